"""The cast of one article: who has spoken or been spoken of so far, in which order, and every name in the text."""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator

from app.arabic.names import is_name_word
from app.corpus.fields import SpeakerKind
from app.extract.statements.names.in_text import bare
from app.extract.statements.names.named_persons import PersonName
from app.extract.statements.speakers.speaker import Speaker
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import is_title
from app.extract.statements.text.stream import Stream

_RECENT = 8
_VOWELS = str.maketrans("", "", "اويه")
_SHORTEST_SOUND = 3  # letters: سالم and سليم are two men
_PAIR_APART = 25  # tokens between the two of whom الأول is one
_REMEMBERED = 200  # speakers: enough for any article, and a bound for any text


class Cast:
    """Who has spoken (`known`, in the order of their first words) and who did so lately (a stack, the last on top)."""

    def __init__(self, stream: Stream, persons: list[PersonName]) -> None:
        self.stream = stream
        self.known: deque[Speaker] = deque(maxlen=_REMEMBERED)
        self._recent: list[Speaker] = []
        self._persons = persons
        self._starts = [person.first for person in persons]
        self._by_word: dict[str, list[PersonName]] | None = None  # worked out when it is asked for, as the next
        self._by_sound: dict[str, set[str]] | None = None

    def add(self, name: str, kind: SpeakerKind, words: tuple[str, ...], gender: str | None, plural: bool) -> Speaker:
        """A speaker not known before; he is on the stack only when he has been touched."""
        speaker = Speaker(name, kind, words, gender, plural)
        self.known.append(speaker)
        return speaker

    def named_exactly(self, words: tuple[str, ...]) -> Speaker | None:
        """The speaker who became known last by these very words."""
        for speaker in reversed(self.known):
            if speaker.words == words:
                return speaker
        return None

    def touch(self, speaker: Speaker, spoke: bool, *, below: bool = False) -> None:
        """Puts a speaker on top of the stack, or right `below` whoever is there."""
        top = self.last()
        if speaker in self._recent:
            self._recent.remove(speaker)
        if below and top is not None and top is not speaker:
            self._recent.insert(-1, speaker)
        else:
            self._recent.append(speaker)
        del self._recent[:-_REMEMBERED]
        speaker.spoke = speaker.spoke or spoke

    def last(self) -> Speaker | None:
        """Who spoke or was spoken of last."""
        return self._recent[-1] if self._recent else None

    def lately(self) -> list[Speaker]:
        """Who is near the top of the stack, the top first."""
        return self._recent[: -_RECENT - 1 : -1]

    def recency(self, speaker: Speaker) -> int:
        """The place on the stack: higher is later; -1 for who is not on it."""
        return self._recent.index(speaker) if speaker in self._recent else -1

    def joint(self) -> Speaker | None:
        """The two persons who spoke together last."""
        return next((s for s in reversed(self._recent) if s.plural and s.kind == "person"), None)

    def person(self, person: PersonName) -> Speaker:
        """The speaker who has this name, known already or not."""
        for speaker in self.known:
            if speaker.kind == "person" and not speaker.plural and set(person.words) <= set(speaker.words):
                return speaker
        return self.add(person.name, "person", person.words, person.gender, False)

    def named_with(self, word: str) -> list[PersonName]:
        """The full names that have this word (as `bare` gives it), in the order of the text."""
        if self._by_word is None:
            self._by_word = {}
            for person in self._persons:
                for part in {*map(bare, person.words)}:
                    self._by_word.setdefault(part, []).append(person)
        return self._by_word.get(word, [])[:_REMEMBERED]

    def respelled(self, word: str) -> str:
        """برازاني is برزاني: the one family name here that differs by its vowels alone from a word in no list."""
        sound = _consonants(word)
        if is_name_word(word) or len(sound) <= _SHORTEST_SOUND:
            return word
        if self._by_sound is None:
            self._by_sound = {}
            for family in {bare(person.words[-1]) for person in self._persons}:
                self._by_sound.setdefault(_consonants(family), set()).add(family)
        alike = self._by_sound.get(sound, set())
        return next(iter(alike)) if len(alike) == 1 else word

    def named_before(self, token: int) -> Iterator[PersonName]:
        """The full names before a token, the nearest first."""
        end = bisect_right(self._starts, token - 1)
        return reversed(self._persons[max(0, end - _REMEMBERED) : end])

    def only_named_after(self, token: int, within: int) -> PersonName | None:
        """The one person with a full name among so many tokens from `token` on; None where there are more."""
        begin, end = bisect_left(self._starts, token), bisect_left(self._starts, token + within)
        named = [person for person in self._persons[begin:end] if self.stream.quote[person.first] < 0]
        return named[0] if named and all(set(person.words) <= set(named[0].words) for person in named) else None

    def two_before(self, token: int) -> tuple[Speaker, Speaker] | None:
        """The two persons named last before a token, in the order of the text; None where they stand far apart."""
        second: PersonName | None = None
        for person in self.named_before(token):
            if self.stream.quote[person.first] >= 0:
                continue
            if second is None:
                second = person
            elif second.first - person.last > _PAIR_APART:
                return None
            elif not set(person.words) <= set(second.words):
                return self.person(person), self.person(second)
        return None

    def two_with(self, title: str, token: int) -> tuple[PersonName, PersonName] | None:
        """The two persons with a title (as `bare` gives it) named last before a token, in the order of the text."""
        second: PersonName | None = None
        for person in self.named_before(token):
            if title not in person.titles or (second is not None and {*person.words} & {*second.words}):
                continue
            if second is not None:
                return person, second
            second = person
        return None

    def owns(self, person: PersonName) -> bool:
        """لنظام فلان الفلاني, مقتل العقيد فلان: whether a name only says whose something is."""
        words, at = self.stream.words, person.first - 1
        before = words[at] if at >= 0 else ""
        if not before.startswith("ال") and {before, before[1:]} & words_of("organisation"):
            return True
        while at > 0 and is_title(words[at]):
            if words[at] in words_of("dead"):
                return True
            at -= 1
        return at >= 0 and any({words[at], words[at][1:]} & words_of(group) for group in ("loss_of", "died"))


def _consonants(word: str) -> str:
    return word.translate(_VOWELS)
