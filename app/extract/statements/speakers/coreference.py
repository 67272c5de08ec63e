"""Who is meant: short names, nouns that point back and dropped subjects, resolved over the whole article."""

import re
from collections import deque
from itertools import pairwise
from typing import Literal

from app.arabic.fold import folded
from app.arabic.names import canonical_name, first_words_of_actors
from app.corpus.fields import Resolution
from app.extract.statements.names.in_text import bare
from app.extract.statements.names.named_persons import PersonName
from app.extract.statements.names.origins import is_origin, origins
from app.extract.statements.speakers.cast import Cast
from app.extract.statements.speakers.matching import is_family, name_words, nominative, within
from app.extract.statements.speakers.pointing import named_body, of_origin, pointed_at, without_l
from app.extract.statements.speakers.speaker import Speaker
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, is_dual_title, is_title, looks_feminine, title_of_each
from app.extract.statements.text.stream import Stream

# أن مصدراً مطلعاً: the ending that a noun has behind أن, with its tanwin on either side.
_ACCUSATIVE = re.compile(r"(?:\u064b?ا|ا\u064b)(?=\s|$)")
# Where a mention stands on the stack: on top; below the top (a source named in passing); nowhere.
Place = Literal["top", "below", "aside"]
_NEAR, _CLOSE = 150, 80  # tokens
_ACTED = 3


class Speakers:
    """Who is meant by a mention, or by a verb without one."""

    def __init__(self, stream: Stream, persons: list[PersonName]) -> None:
        self._stream = stream
        self._cast = Cast(stream, persons)
        self._issuers: dict[str, Speaker] = {}
        self._acted: deque[Mention] = deque(maxlen=_ACTED)
        self.unheard: list[tuple[int, int]] = []  # sentences without a statement since the last one
        self.named_later: dict[str, Speaker] = {}  # under the noun that stood for them before their name was printed

    def mention(self, mention: Mention, *, spoke: bool = True, place: Place = "top") -> tuple[Speaker, Resolution]:
        """The speaker that a printed mention means; `place` says where he stands on the stack from now on."""
        if mention.joined is not None:
            return self._joint(mention.joined, spoke, place)
        words = tuple(self._stream.words[mention.first : mention.last])
        words = (words[0][1:] if mention.conjunction else without_l(words[0]), *words[1:])
        speaker, how = self._resolve(mention, words)
        if speaker.gender is None and speaker.kind == "person":
            speaker.gender = mention.gender
        if mention.role is not None:
            speaker.roles.update(map(bare, self._stream.words[slice(*mention.role)]))
        if how == "alias":
            speaker.roles.update(map(bare, words))
        if speaker.kind != "person":
            speaker.other_gender = self._other_gender(mention, how)
        if mention.document is not None:
            self.issued(bare(self._stream.words[mention.document]), speaker)
        if mention.kind == "anonymous" and words[0].endswith("ا"):  # مصدراً
            speaker.roles.add(words[0][:-1])
        if place != "aside":
            self._cast.touch(speaker, spoke, below=place == "below")
        return speaker, how

    def _other_gender(self, mention: Mention, how: Resolution) -> str | None:
        """The gender of a document's noun (قالت الوزارة في بيان …، وأضاف), or of المصدر for مصادر."""
        if how == "nominal":
            return mention.gender
        noun = mention.first if how == "document" else mention.document
        return None if noun is None else "f" if looks_feminine(self._stream.words[noun]) else "m"

    def acted(self, mention: Mention) -> None:
        """A body that did something and said nothing: it speaks next where nobody else can."""
        self._acted.append(mention)

    def issued(self, document: str, issuer: Speaker) -> None:
        """From now on a document under this noun (without article) is this speaker's."""
        self._issuers[document] = issuer

    def _joint(self, parts: tuple[Mention, ...], spoke: bool, place: Place) -> tuple[Speaker, Resolution]:
        """Those who speak together: one speaker of all names; each of them is known by himself as well."""
        speakers = [self.mention(part, spoke=spoke, place=place)[0] for part in parts]
        words = tuple(word for speaker in speakers for word in speaker.words)
        joint = next((s for s in self._cast.known if s.plural and s.words == words), None)
        joint = joint or self._cast.add(" و".join(speaker.name for speaker in speakers), "person", words, None, True)
        if place != "aside":
            self._cast.touch(joint, spoke, below=place == "below")
        return joint, "explicit"

    def answers(self, gender: str | None) -> Speaker | None:
        """Of two persons who talk to each other, the one who did not speak last; None where only one talks."""
        talking = [s for s in self._cast.lately()[:3] if s.spoke and s.kind != "organisation" and not s.plural]
        if len(talking) < 2 or talking[0] is not self._cast.last() or not talking[0].agrees(gender, False):
            return None
        other = talking[1] if talking[1].agrees(gender, False) else None
        if other is not None:
            self._cast.touch(other, True)
        return other

    def named_next(self, gender: str | None, after: int) -> Speaker | None:
        """The only person whom the next sentences name, where nobody was spoken of before: يقول: «…». هكذا بدأ فلان."""
        if any(s.kind in ("person", "anonymous") for s in self._cast.known):
            return None
        person = self._cast.only_named_after(after, _CLOSE)
        if person is None or person.gender not in (gender, None) or self._cast.owns(person):
            return None
        speaker = self._cast.person(person)
        self._cast.touch(speaker, True)
        return speaker

    def dropped(
        self, gender: str | None, plural: bool, before: int, *, dual: bool = False, aside: bool = False
    ) -> Speaker | None:
        """The most recent speaker that agrees; then who did something before token `before` or is named; else None.

        A dual means the two persons named last. He is the most recent one from now on, unless said `aside`.
        """
        if dual:
            top = self._cast.last()
            if top is not None and top.plural and _are_two(top.words[0]):
                return top
            pair = self._pair(before)
            if pair is not None:
                self._cast.touch(pair, True)
            return pair
        for speaker in self._cast.lately():
            if speaker.agrees(gender, plural):
                if not aside:
                    self._cast.touch(speaker, True)
                return speaker
        last = self._cast.last()
        if not plural and last is not None and last.plural and last.kind == "anonymous" and _said_together(last):
            return last  # «قال الشهود … وأشار»
        if plural and last is not None and last.with_others:
            return last
        for mention in reversed(self._acted):
            if before - mention.first < _CLOSE and mention.plural == plural and mention.gender in (gender, None):
                return self.mention(mention)[0]
        if plural:
            return None
        for person in self._cast.named_before(before):
            if before - person.last < _NEAR and person.gender in (gender, None) and not self._cast.owns(person):
                speaker = self._cast.person(person)
                self._cast.touch(speaker, True)
                return speaker
        return None

    def _resolve(self, mention: Mention, words: tuple[str, ...]) -> tuple[Speaker, Resolution]:
        exact = self._cast.named_exactly(words)
        if (
            mention.kind == "document"
            and bare(words[0]) not in words_of("information")
            and len(words) <= 3
            and (words[0].startswith("ال") or words[0] == "نص" or len(words) == 1)
        ):
            author = self._issuer(bare(words[0]), new=not words[0].startswith("ال"))
            if author is not None:
                return author, "document"
        if exact is not None and mention.shape != "nominal":
            return exact, "explicit"
        if len(words) == 1 and is_origin(words[0]) and mention.kind == "person":
            meant = of_origin(self._cast, words[0], mention.first)
            if meant is not None:
                return meant, "nominal"
        if mention.kind == "person" and mention.shape in ("full", "short"):
            return self._named(mention, words)
        if mention.kind == "person" and (is_dual_title(words[0]) or words[0] in words_of("both")):
            dual = is_dual_title(words[0])
            pair = self._pair(mention.first, title_of_each(words[0])) if dual else self._both(mention.first)
            if pair is not None:
                return pair, "nominal"
        elif mention.shape == "nominal":
            meant = pointed_at(self._cast, mention, words)
            if meant is not None:
                return meant, "nominal"
            body = named_body(self._stream, mention, words)
            if body is not None:
                return self.mention(body, spoke=False, place="aside")[0], "nominal"
        fuller = self._organisation(mention, words)
        if fuller is not None:
            return fuller, "alias"
        new = self._cast.add(self._written(mention), mention.kind, words, mention.gender, mention.plural)
        new.unnamed = mention.kind in ("person", "anonymous") and mention.shape != "short" and is_title(words[0])
        new.unnamed = new.unnamed and not any(word.startswith("و") for word in words[1:])
        return new, "explicit"

    def _written(self, mention: Mention) -> str:
        written = nominative(self._stream.written(mention.first, mention.last)[mention.conjunction :])
        if (
            mention.kind == "anonymous"
            and self._stream.words[mention.first].endswith("ا")
            and not self._stream.words[mention.first].endswith(("نا", "ها", "هما"))  # زوجها
            and not mention.plural  # مندوبا المملكة
        ):
            return _ACCUSATIVE.sub("", written)
        if without_l(self._stream.words[mention.first]) == self._stream.words[mention.first]:
            return written
        head = self._stream.words[mention.first]
        if head.startswith("لل") and head[1:] in words_of("organisation"):  # للجنة, للواء: ل is the noun's own
            return "ال" + written[1:] if mention.last == mention.first + 1 else written[1:]
        return "ال" + written[2:] if written.startswith("لل") else written[1:]

    def _named(self, mention: Mention, words: tuple[str, ...]) -> tuple[Speaker, Resolution]:
        """A person by a full or short name: the fullest name in the article that holds these words in order."""
        words = ("بن", *words[1:]) if words[0] == "ابن" and len(words) > 1 else words
        wanted = name_words(words)
        if len(wanted) == 1:
            wanted = (self._cast.respelled(wanted[0]),)
        role = mention.role and self._stream.words[mention.role[0]]
        known = self._known_as(wanted, bare(role) if role else "")
        if known is not None:
            return known, ("explicit" if len(words) == len(known.words) else "short_name")
        candidates = self._cast.named_with(wanted[-1]) or self._cast.named_with(wanted[0])
        fuller = [p for p in candidates if len(p.words) > len(words) and within(wanted, name_words(p.words))]
        earlier = [p for p in fuller if p.first <= mention.first] or fuller
        if earlier:
            return self._cast.person(earlier[-1]), "short_name"
        written = self._written(mention)
        unnamed = self._unnamed_before(mention) if mention.shape == "full" else None
        if unnamed is None:
            return self._cast.add(written, "person", words, mention.gender, False), "explicit"
        self.named_later[unnamed.name] = unnamed
        unnamed.name, unnamed.kind, unnamed.words, unnamed.unnamed = written, "person", words, False
        return unnamed, "explicit"

    def _known_as(self, wanted: tuple[str, ...], title: str) -> Speaker | None:
        """The person already known whose name holds these words: of the same title, by family name, who spoke last."""
        named = [s for s in self._cast.known if s.kind == "person" and not s.plural]
        fitting = [s for s in named if within(wanted, name_words(s.words))]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        return max(fitting, key=lambda s: (title in s.roles, is_family(wanted[-1], s), self._cast.recency(s)))

    def awaits_name(self) -> bool:
        """Whether who alone spoke so far has no name, which the text may yet give him."""
        spoke = [speaker for speaker in self._cast.known if speaker.spoke]
        return len(spoke) == 1 and spoke[0].unnamed

    def _unnamed_before(self, mention: Mention) -> Speaker | None:
        """«أعلن مسؤول محلي … وقال فلان الفلاني، المتحدث …»: who alone spoke so far, without a name, is named now."""
        spoke = [speaker for speaker in self._cast.known if speaker.spoke]
        if mention.role is None or len(spoke) != 1 or not spoke[0].unnamed or spoke[0].plural:
            return None
        if not spoke[0].agrees(mention.gender, False):
            return None
        said, role = origins(spoke[0].words), origins(self._stream.words[slice(*mention.role)])
        if said and role and not said <= role:
            return None
        words, start = self._stream.words, self._stream.sentence_start[mention.first]
        if any(word in words_of("reset") or word in words_of("another") for word in words[start : mention.first]):
            return None
        roles = {bare(word) for word in words[mention.role[0] : mention.role[1]]}
        head = bare(spoke[0].words[0])
        return spoke[0] if head in roles or head in words_of("any_person") else None

    def _issuer(self, document: str, *, new: bool = False) -> Speaker | None:
        """Who issued the document meant: known by its noun, else the last who spoke and is nobody anonymous.

        Whoever is found so is its issuer from now on. A `new` one (رسالة، استطلاع) is his only who issued one before.
        """
        if document not in self._issuers and not (new and document not in ("بيان", "نص")):
            issuer = next(reversed(self._issuers.values()), None) or self._author()
            if issuer is not None:
                self.issued(document, issuer)
        return self._issuers.get(document)

    def _author(self) -> Speaker | None:
        return next((s for s in self._cast.lately()[:3] if s.kind != "anonymous"), None)

    def _pair(self, before: int, title: str = "") -> Speaker | None:
        """الرئيسان، الكاتبان: the two persons named last before who go together, as one joint speaker.

        They spoke together, have the `title` of each of the two, are joined by و, or are the only two who spoke.
        """
        joint = self._cast.joint()
        if joint is not None:
            return joint
        two = self._cast.two_with(title, before) if title else None
        if two is not None:
            return self._together(*two)
        for second, first in pairwise(self._cast.named_before(before)):
            between = self._stream.words[first.last : second.first + 1]
            if between and len(between) <= 4 and between[0].startswith("و"):
                return self._together(first, second)
        spoke = [s for s in self._cast.known if s.spoke and s.kind == "person"] if title else []
        return self._together(*spoke) if len(spoke) == 2 else None

    def _together(self, first: Speaker | PersonName, second: Speaker | PersonName) -> Speaker:
        return self._cast.add(f"{first.name} و{second.name}", "person", (*first.words, *second.words), None, True)

    def _both(self, before: int) -> Speaker | None:
        """كلاهما: the two who were named last, joined by و or not."""
        two = self._cast.two_before(before)
        joint = self._pair(before)
        if joint is not None or two is None:
            return joint
        return self._together(*two)

    def _organisation(self, mention: Mention, words: tuple[str, ...]) -> Speaker | None:
        """An organisation under another of its names, or by the first word of its full name."""
        name = " ".join(words)
        canonical = canonical_name(name) if words[0] in first_words_of_actors() else None
        if canonical is not None and folded(canonical) != name:
            full = tuple(folded(canonical).split())
            known = next((s for s in self._cast.known if s.words == full), None)
            if known is not None:
                return known
            at = self._stream.text.find(" ".join(full))
            if at >= 0:
                start, end = self._stream.letters.span(at, at + len(" ".join(full)))
                return self._cast.add(
                    self._stream.letters.original[start:end], mention.kind, full, mention.gender, mention.plural
                )
        if mention.kind == "organisation" and len(words) == 2 and all(word.startswith("ال") for word in words):
            of_any = words[1].endswith(("ي", "يه")) and words[1] not in words_of("local_of")
            return self._only_body(words) if of_any else None
        if len(words) == 1 and words[0].startswith("ال"):
            for speaker in reversed(self._cast.known):
                if speaker.kind == mention.kind and words[0] in speaker.words:
                    return speaker
        return None

    def _only_body(self, words: tuple[str, ...]) -> Speaker | None:
        """البعثة الأممية: the one organisation of the article whose name begins with this noun, of no other country."""
        head, wanted = bare(words[0]), origins(words)
        bodies = [s for s in self._cast.known if s.kind == "organisation" and bare(s.words[0]) == head]
        bodies = [s for s in bodies if not wanted or origins(s.words) <= wanted]
        return bodies[0] if len(bodies) == 1 else None


def _are_two(word: str) -> bool:
    """الشقيقان, مسؤولتان, وزيرا الطاقة: a noun in the dual."""
    return word.endswith(("ان", "تا")) or (word.endswith("ا") and is_title(word[:-1]))


def _said_together(speaker: Speaker) -> bool:
    """Whether several spoke of whom one may go on: witnesses, sources, but not «some»."""
    return speaker.spoke and speaker.words[0] not in words_of("quantifier")
