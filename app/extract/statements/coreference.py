"""Who is meant: short names, nouns that point back and dropped subjects, resolved over the whole article."""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

from app.arabic.fold import folded
from app.arabic.names import canonical_name
from app.corpus.fields import Resolution, SpeakerKind
from app.extract.statements.lexicon import words_of
from app.extract.statements.names_in_text import PersonName, bare
from app.extract.statements.nouns import Mention, is_dual_title, is_title
from app.extract.statements.speakers import Speaker
from app.extract.statements.stream import Stream

# أن مصدراً مطلعاً: the ending that a noun has behind أن, with its tanwin on either side.
_ACCUSATIVE = re.compile(r"(?:\u064b?ا|ا\u064b)(?=\s|$)")
# Where a mention stands on the stack: on top; below the top (a source named in passing); nowhere.
Place = Literal["top", "below", "aside"]
_KUNYA = re.compile(r"(?<=^[أا])ب[يىا] ")
_RECENT = 8
_REMEMBERED = 200  # speakers: enough for any article, and a bound for any text


class Speakers:
    """The stack of speakers, most recent last."""

    def __init__(self, stream: Stream, persons: list[PersonName]) -> None:
        self._stream = stream
        self._persons = persons
        self._starts = [person.first for person in persons]
        self._by_word: dict[str, list[PersonName]] = {}
        for person in persons:
            for word in {*map(bare, person.words)}:
                self._by_word.setdefault(word, []).append(person)
        self._known: deque[Speaker] = deque(maxlen=_REMEMBERED)
        self._recent: list[Speaker] = []
        self._issuers: dict[str, Speaker] = {}
        self.named_later: dict[str, Speaker] = {}  # under the noun that stood for them before their name was printed

    def mention(self, mention: Mention, *, spoke: bool = True, place: Place = "top") -> tuple[Speaker, Resolution]:
        """The speaker that a printed mention means; `place` says where he stands on the stack from now on."""
        if mention.joined is not None:
            return self._joint(mention.joined, spoke, place)
        words = tuple(self._stream.words[mention.first : mention.last])
        words = (words[0][1:] if mention.conjunction else _without_l(words[0]), *words[1:])
        speaker, how = self._resolve(mention, words)
        if mention.role is not None:
            speaker.roles.update(bare(w) for w in self._stream.words[mention.role[0] : mention.role[1]])
        if how == "alias":
            speaker.roles.update(map(bare, words))
        if mention.document is not None:
            self.issued(bare(self._stream.words[mention.document]), speaker)
        if mention.kind == "anonymous" and words[0].endswith("ا"):  # مصدراً
            speaker.roles.add(words[0][:-1])
        if place != "aside":
            self._touch(speaker, spoke, below=place == "below")
        return speaker, how

    def issued(self, document: str, issuer: Speaker) -> None:
        """From now on a document under this noun (without article) is this speaker's."""
        self._issuers[document] = issuer

    def _joint(self, parts: tuple[Mention, Mention], spoke: bool, place: Place) -> tuple[Speaker, Resolution]:
        """Two who speak together: one speaker of both names; each of them is known by himself as well."""
        first, second = (self.mention(part, spoke=spoke, place=place)[0] for part in parts)
        words = (*first.words, *second.words)
        joint = next((s for s in self._known if s.plural and s.words == words), None)
        joint = joint or self._new(f"{first.name} و{second.name}", "person", words, None, True)
        if place != "aside":
            self._touch(joint, spoke, below=place == "below")
        return joint, "explicit"

    def dropped(
        self, gender: str | None, plural: bool, before: int, *, dual: bool = False, aside: bool = False
    ) -> Speaker | None:
        """The most recent speaker that agrees; then a person named before token `before`; else None.

        A dual means the two persons named last. He is the most recent one from now on, unless said `aside`.
        """
        if dual:
            pair = self._pair(before)
            if pair is not None:
                self._touch(pair, True)
            return pair
        for speaker in reversed(self._recent[-_RECENT:]):
            if speaker.agrees(gender, plural):
                if not aside:
                    self._touch(speaker, True)
                return speaker
        last = self.last()
        if not plural and last is not None and last.plural and last.kind == "anonymous" and _said_together(last):
            return last  # «قال الشهود … وأشار»
        if plural:
            return None
        for person in self._named_before(before):
            if before - person.last < 150 and person.gender in (gender, None) and not self._owns(person):
                speaker = self._person(person)
                self._touch(speaker, True)
                return speaker
        return None

    def _owns(self, person: PersonName) -> bool:
        """لنظام فلان الفلاني: whether a name only says whose a body is."""
        before = self._stream.words[person.first - 1] if person.first else ""
        return not before.startswith("ال") and {before, before[1:]} & words_of("organisation") != set()

    def _named_before(self, token: int) -> Iterator[PersonName]:
        """The full names before a token, the nearest first."""
        end = bisect_right(self._starts, token - 1)
        return reversed(self._persons[max(0, end - _REMEMBERED) : end])

    def last(self) -> Speaker | None:
        """Who spoke or was spoken of last."""
        return self._recent[-1] if self._recent else None

    def _touch(self, speaker: Speaker, spoke: bool, *, below: bool = False) -> None:
        top = self._recent[-1] if self._recent else None
        if speaker in self._recent:
            self._recent.remove(speaker)
        if below and top is not None and top is not speaker:
            self._recent.insert(-1, speaker)
        else:
            self._recent.append(speaker)
        del self._recent[:-_REMEMBERED]
        speaker.spoke = speaker.spoke or spoke

    def _resolve(self, mention: Mention, words: tuple[str, ...]) -> tuple[Speaker, Resolution]:
        written = self._written(mention)
        exact = next((s for s in reversed(self._known) if s.words == words), None)
        if (
            mention.kind == "document"
            and len(words) <= 3
            and (words[0].startswith("ال") or words[0] == "نص" or len(words) == 1)
        ):
            author = self._issuer(bare(words[0]))
            if author is not None:
                return author, "document"
        if exact is not None and mention.shape != "nominal":
            return exact, "explicit"
        if mention.kind == "person" and mention.shape in ("full", "short"):
            return self._named(mention, words, written)
        if mention.kind == "person" and is_dual_title(words[0]):
            pair = self._pair(mention.first)
            if pair is not None:
                return pair, "nominal"
        elif mention.shape == "nominal":
            meant = self._pointed_at(mention, words)
            if meant is not None:
                return meant, "nominal"
        fuller = self._organisation(mention, words)
        if fuller is not None:
            return fuller, "alias"
        new = self._new(written, mention.kind, words, mention.gender, mention.plural)
        new.unnamed = mention.kind in _PERSONS and mention.shape != "short" and is_title(words[0])
        new.unnamed = new.unnamed and not any(word.startswith("و") for word in words[1:])
        return new, "explicit"

    def _written(self, mention: Mention) -> str:
        written = _nominative(self._stream.written(mention.first, mention.last)[mention.conjunction :])
        if (
            mention.kind == "anonymous"
            and self._stream.words[mention.first].endswith("ا")
            and (not self._stream.words[mention.first].endswith("نا"))
        ):
            return _ACCUSATIVE.sub("", written)
        if _without_l(self._stream.words[mention.first]) == self._stream.words[mention.first]:
            return written
        return "ال" + written[2:] if written.startswith("لل") else written[1:]

    def _new(self, name: str, kind: SpeakerKind, words: tuple[str, ...], gender: str | None, plural: bool) -> Speaker:
        speaker = Speaker(name, kind, words, gender, plural)
        self._known.append(speaker)
        return speaker

    def _person(self, person: PersonName) -> Speaker:
        for speaker in self._known:
            if speaker.kind == "person" and not speaker.plural and set(person.words) <= set(speaker.words):
                return speaker
        return self._new(person.name, "person", person.words, person.gender, False)

    def _named(self, mention: Mention, words: tuple[str, ...], written: str) -> tuple[Speaker, Resolution]:
        """A person by a full or short name: the fullest name in the article that holds these words in order."""
        words = words[1:] if words[0] == "ابن" and len(words) > 1 else words
        wanted = tuple(bare(w) for w in words)
        for speaker in reversed(self._known):
            if speaker.kind == "person" and not speaker.plural and _within(wanted, tuple(map(bare, speaker.words))):
                return speaker, ("explicit" if len(words) == len(speaker.words) else "short_name")
        candidates = (self._by_word.get(wanted[-1], []) or self._by_word.get(wanted[0], []))[:_REMEMBERED]
        fuller = [p for p in candidates if len(p.words) > len(words) and _within(wanted, tuple(map(bare, p.words)))]
        earlier = [p for p in fuller if p.first <= mention.first] or fuller
        if earlier:
            return self._person(earlier[-1]), "short_name"
        unnamed = self._unnamed_before(mention) if mention.shape == "full" else None
        if unnamed is None:
            return self._new(written, "person", words, mention.gender, False), "explicit"
        self.named_later[unnamed.name] = unnamed
        unnamed.name, unnamed.kind, unnamed.words, unnamed.unnamed = written, "person", words, False
        return unnamed, "explicit"

    def _unnamed_before(self, mention: Mention) -> Speaker | None:
        """«أعلن مسؤول محلي … وقال فلان الفلاني، المتحدث …»: who alone spoke so far, without a name, is named now."""
        spoke = [speaker for speaker in self._known if speaker.spoke]
        if mention.role is None or len(spoke) != 1 or not spoke[0].unnamed or spoke[0].plural:
            return None
        if not spoke[0].agrees(mention.gender, False):
            return None
        words, start = self._stream.words, self._stream.sentence_start[mention.first]
        if any(word in words_of("reset") or word in words_of("another") for word in words[start : mention.first]):
            return None
        roles = {bare(word) for word in words[mention.role[0] : mention.role[1]]}
        head = bare(spoke[0].words[0])
        return spoke[0] if head in roles or head in words_of("any_person") else None

    def _issuer(self, document: str) -> Speaker | None:
        """Who issued the document meant: known by its noun, else the last who spoke and is nobody anonymous."""
        if document in self._issuers:
            return self._issuers[document]
        return next(reversed(self._issuers.values()), None) or self._author()

    def _author(self) -> Speaker | None:
        return next((s for s in reversed(self._recent[-3:]) if s.kind != "anonymous"), None)

    def _pointed_at(self, mention: Mention, words: tuple[str, ...]) -> Speaker | None:
        """الوزير، المصدر ذاته، الأخير، المجلس: the last speaker that the noun fits."""
        head = bare(words[0])
        recent = [s for s in reversed(self._recent[-_RECENT:]) if s.agrees(mention.gender, mention.plural)]
        recent = [s for s in recent if not _of_other_country(s, words)]
        if words[0] in words_of("latter"):
            return next(iter(recent), None)
        same = words[-1] in words_of("same")
        plain = {bare(w) for w in words if w not in words_of("same")}
        for speaker in recent:
            if mention.kind == "organisation" and speaker.kind != "organisation":
                continue
            known = {*map(bare, speaker.words), *speaker.roles}
            if any(named <= known for named in (plain, _other_title(plain))):
                return speaker
            if head in words_of("any_person") and len(words) > 2 and plain - {head, *words_of("of_noun")} <= known:
                return speaker  # المسؤول في الهيئة: whose function named the body
        if mention.kind == "organisation" and not same:
            return None
        titled = self._titled(head, plain, mention.first) or self._titled(head, _other_title(plain), mention.first)
        titled = titled or self._of_known_body(words, mention.first)
        if titled is not None:
            return titled
        if len(words) > 3:
            return None
        if same or _may_be_person(mention, words):
            fitting = [s for s in recent if s.spoke and (s.kind == mention.kind or same or s.kind in _PERSONS)]
            by_head = next((s for s in fitting if head in s.roles or head in map(bare, s.words)), None)
            found = by_head or next(iter(fitting), None)
            return found or (self._last_named(mention) if len(words) == 1 or same else None)
        if mention.kind == "anonymous" and words[0].startswith("ال") and len(words) <= 3:
            # «مصادر … وأشار المصدر»: a source is one or many as the writer likes.
            lately = recent if recent or head not in words_of("source") else reversed(self._recent[-_RECENT:])
            return next((s for s in lately if s.kind == "anonymous"), None)
        return self._only_person(mention) if words[0].startswith("ال") else None

    def _only_person(self, mention: Mention) -> Speaker | None:
        """The one person who has spoken so far, where there is but one."""
        spoke = [s for s in self._known if s.spoke and s.kind in ("person", "anonymous") and not s.plural]
        return spoke[0] if len(spoke) == 1 and spoke[0].agrees(mention.gender, False) else None

    def _pair(self, before: int) -> Speaker | None:
        """الرئيسان، الكاتبان: the two persons named last before, as one joint speaker."""
        joint = next((s for s in reversed(self._recent) if s.plural and s.kind == "person"), None)
        if joint is not None:
            return joint
        for second, first in pairwise(self._named_before(before)):
            between = self._stream.words[first.last : second.first + 1]
            if len(between) <= 4 and between[0].startswith("و"):
                return self._new(f"{first.name} و{second.name}", "person", (*first.words, *second.words), "m", True)
        return None

    def _titled(self, head: str, plain: set[str], before: int) -> Speaker | None:
        """A person named before with this title: "the Turkish president"; most of its words must be shared."""
        fitting = []
        for person in self._named_before(before):
            if head in person.titles:
                shared = len(plain & person.titles)
                if shared == len(plain) or (shared >= 2 and shared >= len(plain) - 1):
                    fitting.append((shared, self._person(person)))
        if not fitting:
            return None
        best = max(shared for shared, _ in fitting)
        of_best = [speaker for shared, speaker in fitting if shared == best]
        return next((speaker for speaker in of_best if speaker.spoke), of_best[0])

    def _of_known_body(self, words: tuple[str, ...], before: int) -> Speaker | None:
        """الأمين العام لرابطة كذا: the one with that title, where the body itself has spoken in the article."""
        cut = next((i for i, word in enumerate(words) if i and _without_l(word) != word), None)
        if cut is None:
            return None
        body, title = {bare(_without_l(words[cut])), *map(bare, words[cut + 1 :])}, {*map(bare, words[:cut])}
        if not any(s.kind == "organisation" and s.spoke and body <= {*map(bare, s.words)} for s in self._known):
            return None
        return next((self._person(p) for p in self._named_before(before) if title <= p.titles), None)

    def _last_named(self, mention: Mention) -> Speaker | None:
        """The person named last before a noun that can only mean a person already spoken of."""
        for person in self._named_before(mention.first):
            if person.gender in (mention.gender, None):
                return self._person(person)
        return None

    def _organisation(self, mention: Mention, words: tuple[str, ...]) -> Speaker | None:
        """An organisation under another of its names, or by the first word of its full name."""
        name = " ".join(words)
        canonical = canonical_name(name)
        if canonical is not None and folded(canonical) != name:
            full = tuple(folded(canonical).split())
            known = next((s for s in self._known if s.words == full), None)
            if known is not None:
                return known
            at = self._stream.text.find(" ".join(full))
            if at >= 0:
                start, end = self._stream.letters.span(at, at + len(" ".join(full)))
                return self._new(
                    self._stream.letters.original[start:end], mention.kind, full, mention.gender, mention.plural
                )
        if mention.kind == "organisation" and len(words) == 2 and all(word.startswith("ال") for word in words):
            of_any = words[1].endswith(("ي", "يه")) and words[1] not in words_of("local_of")
            return self._only_body(bare(words[0])) if of_any else None
        if len(words) == 1 and words[0].startswith("ال"):
            for speaker in reversed(self._known):
                if speaker.kind == mention.kind and words[0] in speaker.words:
                    return speaker
        return None

    def _only_body(self, head: str) -> Speaker | None:
        """البعثة الأممية: the one organisation of the article whose name begins with this noun."""
        bodies = [s for s in self._known if s.kind == "organisation" and bare(s.words[0]) == head]
        return bodies[0] if len(bodies) == 1 else None


def _said_together(speaker: Speaker) -> bool:
    """Whether several spoke of whom one may go on: witnesses, sources, but not «some»."""
    return speaker.spoke and speaker.words[0] not in words_of("quantifier")


_PERSONS = ("person", "anonymous")


def _of_other_country(speaker: Speaker, words: tuple[str, ...]) -> bool:
    """Whether a speaker is known by his country and the noun that points back names another: no one is both."""
    wanted = _origins(words[1:])
    own = _origins((*speaker.roles, *(speaker.words if is_title(speaker.words[0]) else ())))
    return bool(wanted) and bool(own) and not wanted <= own


def _origins(words: Iterable[str]) -> set[str]:
    """The countries that adjectives of origin among the words mean, each by its masculine."""
    found = {bare(word) for word in words} & words_of("country_nisba")
    return {word.removesuffix("ه").replace("امريك", "اميرك") for word in found}


def _other_title(plain: set[str]) -> set[str]:
    """رئيس الحكومة is رئيس الوزراء: the title by its other noun."""
    if not plain & {"رييس", "رييسه"}:
        return plain
    swap = {"حكومه": "وزراء", "وزراء": "حكومه"}
    return {swap.get(word, word) for word in plain}


def _may_be_person(mention: Mention, words: tuple[str, ...]) -> bool:
    """الوزير، المسؤول التونسي: a definite title, alone or with adjectives of origin, means somebody already named."""
    if mention.kind == "anonymous" and not (words[0].startswith("ال") and is_title(words[0])):
        return False
    return mention.kind in _PERSONS and all(
        word.endswith(("ي", "يه")) and word not in words_of("not_nisba") for word in words[1:]
    )


def _nominative(name: str) -> str:
    """أبي فلان، أبا فلان: a kunya is a name in its first case, whatever stands before it."""
    return _KUNYA.sub("بو ", name)


def _without_l(word: str) -> str:
    """بيان للوزارة، بيان لوزارة …: the noun without its preposition."""
    if word.startswith("لل") and len(word) > 4:
        return "ال" + word[2:]
    return word[1:] if word.startswith("ل") and word[1:] in words_of("organisation") else word


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))
