"""The text as the frames read it: folded tokens with paragraphs, sentences and quotation marks worked out once."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from datetime import date
from itertools import accumulate, compress

from app.arabic.fold import Folded
from app.arabic.names import is_given_name, name_particles
from app.corpus.fields import StatementZone, Zone
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.marks import Quote, pair_marks
from app.extract.statements.text.watched import Reading, Watched, how_many, known

# A word, two apostrophes or commas for a quotation mark, a pause of dots, or any other single sign.
# Most words begin with one of the first letters, and most other characters are spaces: those are told at once.
_WORD_OR_SIGN = r"[ء-ي0-9a-z]++[^\W_]*|(?!\s)(?:''|′′|\"\"|<<|>>|\(\(|\)\)|,,|\.\.+|[^\w\s]|[^\W_]+|_+)"
# د. فلان، أ.د. فلان، م/ فلان: the sign belongs to the title, and ends nothing.
_TITLE = r"(?<![^\W_])(?<!\d )(?<![\s(«\"“'\[][^\W_]\. )و?(?:ا ?[./] ?)?[دم] ?[./](?= ?[^\W\d_]{2})"
_MAY_BE_TITLE = re.compile(r"[دم](?<![^\W_و][دم]) ?[./] ?[^\W\d_]{2}")
_TOKENS = re.compile(f"({_WORD_OR_SIGN})")
_TOKENS_AND_TITLES = re.compile(f"({_TITLE}|{_WORD_OR_SIGN})")
_STOPS = frozenset(".!?؟")
_STOP = Watched(lambda: _STOPS)
# Tokens. Beyond it there is no prose, and reading a sentence must not take time in the square of a whole text.
_LONGEST_SENTENCE = 1201
_COLON_REACH = 30
_LEADS = frozenset([":", "👇", "⬇", "↓"])
BULLETS = frozenset("-–—•*·▪●")


class Paragraph:
    """One paragraph as a range of tokens, `first` inclusive, `last` exclusive; `block` numbers its zone."""

    __slots__ = ("block", "first", "last", "zone")

    def __init__(self, zone: StatementZone, block: int, first: int, last: int) -> None:
        self.zone = zone
        self.block = block
        self.first = first
        self.last = last


class Stream:
    """Tokens of all readable zones in the order of the text, as parallel lists (fast to scan).

    `words[i]` is folded and stands at `starts[i]:ends[i]` of the folded text; `readings[i]` is what the lexicon knows
    of it. `quote[i]` is the position in
    `quotes` of the outermost quotation that holds token `i`, or -1. `sentence_start[i]`, `sentence_end[i]` bound
    the sentence of token `i`; a quotation never ends a sentence inside itself.
    """

    def __init__(self, letters: Folded, zones: Sequence[Zone] | None, published: date | None = None) -> None:
        self.letters = letters
        self.published = published  # the day that اليوم means
        self.text = letters.text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.paragraphs: list[Paragraph] = []
        self._counts: Counter[str] | None = None
        self.short_titles: set[int] = set()  # tokens that stand for a title of men and women (د.)
        self._tokens = _TOKENS_AND_TITLES if _may_hold_titles(letters.text) else _TOKENS
        self._hyphenated = "-" in letters.text
        for zone, block, start, end in _paragraph_spans(letters, zones):
            self._read(zone, block, start, end)
        size = len(self.words)
        self.readings: list[Reading | None] = [None] * size
        self._places: list[list[int]] = [[] for _ in range(how_many())]
        self._look_at_all()
        self.with_tanwin = self._with_tanwin()  # tokens that end in tanwin: جاهزاً
        self.stops = self.places(_STOP, 0, size)  # what can end a sentence
        self.quotes: list[Quote] = pair_marks(self)
        self.quote = [-1] * size
        for number, quote in enumerate(self.quotes):
            if not quote.round and self.quote[quote.open] == -1:
                end = min(quote.close + 1, size)
                self.quote[quote.open : end] = [number] * (end - quote.open)
        self._quote_starts = [quote.open for quote in self.quotes]
        self.has_unclosed = any(not quote.closed for quote in self.quotes)
        self._may_end = sorted({*self.stops, *(quote.close for quote in self.quotes)})
        self.opens = {quote.open: quote for quote in self.quotes}
        self.names: set[str] = set()  # words of the full names in the text, once they are known
        self.sentence_start = [0] * size
        self.sentence_end = [size] * size
        self.paragraph = [0] * size
        for number, paragraph in enumerate(self.paragraphs):
            self.paragraph[paragraph.first : paragraph.last] = [number] * (paragraph.last - paragraph.first)
        self._bound_all()

    def _read(self, zone: StatementZone, block: int, start: int, end: int) -> None:
        first = len(self.words)
        parts = self._tokens.split(self.text[start:end])  # what stands between the tokens, and the tokens, in turn
        edges = list(accumulate(map(len, parts), initial=start))
        words, starts, ends = parts[1::2], edges[1:-1:2], edges[2::2]
        if self._hyphenated:
            for i in reversed([i for i, word in enumerate(words) if word == "-" and _joins_name(words, starts, i)]):
                del words[i], starts[i], ends[i]
        self.words += words
        self.starts += starts
        self.ends += ends
        if self._tokens is _TOKENS_AND_TITLES:
            self._write_out_titles(first)
        if len(self.words) > first:
            self.paragraphs.append(Paragraph(zone, block, first, len(self.words)))

    def _write_out_titles(self, first: int) -> None:
        """د. is read as الدكتور from now on; its place in the text stays that of the short form."""
        for i in range(first, len(self.words)):
            word = self.words[i]
            if len(word) > 1 and word[-1] in "./" and word[0] in "ودما":
                title = "المهندس" if "م" in word else "الدكتور"
                self.words[i] = f"و{title}" if word[0] == "و" else title
                self.short_titles.add(i)

    def _look_at_all(self) -> None:
        found, places = list(map(known().get, self.words)), self._places
        for i, word in compress(enumerate(found), found):
            if word is not None:
                self.readings[i], watched = word
                for number in watched:
                    places[number].append(i)

    def follower(self, number: int) -> Paragraph | None:
        """The paragraph behind paragraph `number`, where both are body and nothing stands between them."""
        if number + 1 >= len(self.paragraphs):
            return None
        here, following = self.paragraphs[number], self.paragraphs[number + 1]
        if here.zone != "body" or following.zone != "body":
            return None
        between = self.text[self.ends[here.last - 1] : self.starts[following.first]]
        return following if not between or between.isspace() else None

    def _bound_all(self) -> None:
        """Bounds the sentences, each within its paragraph unless what it says goes on in the next."""
        first = 0
        for number, paragraph in enumerate(self.paragraphs):
            if not self._goes_on(number, paragraph):
                self._bound_sentences(first, paragraph.last)
                first = paragraph.last

    def _goes_on(self, number: int, paragraph: Paragraph) -> bool:
        """Whether a quotation runs on into the next paragraph, or a report ends with its colon."""
        following = self.follower(number)
        if following is None:
            return False
        last = paragraph.last - 1
        inside = self.quote[last]
        if inside >= 0 and self.quotes[inside].closed and self.quotes[inside].close >= following.first:
            return True
        listed = self.words[following.first] in BULLETS or self.words[following.first].isdigit()
        return self.words[last] in _LEADS and inside < 0 and not listed and self._reports(paragraph)

    def _reports(self, paragraph: Paragraph) -> bool:
        """Whether a verb of saying stands in the paragraph's last words."""
        return any(
            reading is not None and reading[0].form != "masdar"
            for reading in self.readings[max(paragraph.first, paragraph.last - _COLON_REACH) : paragraph.last]
        )

    def _bound_sentences(self, first: int, last: int) -> None:
        may_end = self._may_end[bisect_left(self._may_end, first) : bisect_left(self._may_end, last - 1)]
        begin = first
        for end in (*(i + 1 for i in may_end if self._ends_sentence(i)), last):
            while begin < end:
                stop = min(end, begin + _LONGEST_SENTENCE)
                self.sentence_start[begin:stop] = [begin] * (stop - begin)
                self.sentence_end[begin:stop] = [stop] * (stop - begin)
                begin = stop

    def _ends_sentence(self, i: int) -> bool:
        word, number = self.words[i], self.quote[i]
        if number >= 0:
            # A full stop just before the closing mark ends the sentence after the mark.
            quote = self.quotes[number]
            last = self.words[i - 1] if i else ""
            following = self.words[i + 1] if i + 1 < len(self.words) else ""
            if i != quote.close or last not in _STOPS or following in _STOPS or following in "،,:":
                return False
            return last == "." or not self._says_before(i + 1)
        if word not in _STOPS:
            return False
        if word == "." and i > 0 and len(self.words[i - 1]) == 1 and self.words[i - 1].isalpha():
            return False  # an initial: "د. ب. أ"
        if word == "." and i > 0 and self.words[i - 1] in words_of("letter_name"):
            return False  # لورا إيه. كولان
        initial = self.words[i + 1] if i + 1 < len(self.words) else ""
        if word == "." and len(initial) == 1 and initial.isalpha() and self.starts[i + 1] == self.ends[i]:
            return initial == "و"  # نبال.ع
        at = self.ends[i]
        if at < len(self.text) and not self.text[at].isspace() and word == ".":
            # "17.5" and "إن.بي.سي" go on; "انتهت.وقال" lacks a space.
            return i > 0 and len(self.words[i - 1]) > 2 and not self.words[i - 1].isdigit() and self.text[at] > "\u0600"
        return True

    def _says_before(self, i: int) -> bool:
        """ "متى نعود؟" يسأل فلان: a verb of saying right behind a question belongs to it."""
        reading = self.readings[i] if i < len(self.readings) else None
        return reading is not None and not reading[1] and reading[0].form in ("perfect", "imperfect")

    def where(self, known: Container[str], first: int, last: int) -> Iterator[int]:
        """The tokens from `first` to `last` whose words are among those `known`."""
        return compress(range(first, last), map(known.__contains__, self.words[first:last]))

    def places(self, watched: Watched, first: int, last: int) -> list[int]:
        """The same for words that are watched, which were looked for in the whole text at once."""
        places = self._places[watched.number]
        return places[bisect_left(places, first) : bisect_left(places, last)] if places else places

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Tokens `first` to `last` (exclusive) as code points of the text as written."""
        return self.letters.span(self.starts[first], self.ends[last - 1])

    def token_at(self, offset: int) -> int:
        """The token that holds a letter of the folded text, or the last one before it; -1 where none is."""
        return bisect_right(self.starts, offset) - 1

    def _with_tanwin(self) -> frozenset[int]:
        offsets = (self.letters.offset(at) - 1 for at in occurrences("\u064b", self.letters.original))
        tokens = (self.token_at(offset) for offset in offsets)
        return frozenset(i for i in tokens if i >= 0 and self._ends_in_tanwin(i))

    def _ends_in_tanwin(self, i: int) -> bool:
        return self.words[i][-1] in "اهيء" and "\u064b" in self.written(i, i + 1)[-3:]

    def quotes_at(self, first: int, last: int) -> list[Quote]:
        """The pairs of marks that open among tokens `first` to `last`."""
        return self.quotes[bisect_left(self._quote_starts, first) : bisect_left(self._quote_starts, last)]

    def count(self, word: str) -> int:
        """How often a folded word stands in the text."""
        if self._counts is None:
            self._counts = Counter(self.words)
        return self._counts[word]

    def joined(self, first: int, last: int) -> str:
        """The folded words of a token range, one space between two."""
        return " ".join(self.words[first:last])

    def written(self, first: int, last: int) -> str:
        """A token range as it is written."""
        start, end = self.span(first, last)
        return self.letters.original[start:end]


def _may_hold_titles(text: str) -> bool:
    """Whether a title may be written short (د. فلان): looked for at its sign, since signs are fewer than letters."""
    signs = (at for sign in "./" for at in occurrences(sign, text) if at and text[at - 1] in "دم ")
    return any(_MAY_BE_TITLE.match(text, at - back) for at in signs for back in (1, 2) if at >= back)


def occurrences(part: str, text: str) -> Iterator[int]:
    """Where `part` stands in `text`; much quicker than an expression where it seldom does."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _joins_name(words: list[str], starts: list[int], i: int) -> bool:
    """Whether a hyphen stands inside a name: عبد-الرحمن، آل-ناصر، جان-مارك; not حلب-دمشق."""
    if i == 0 or i + 1 >= len(words) or not starts[i - 1] + len(words[i - 1]) == starts[i] == starts[i + 1] - 1:
        return False
    before, after = words[i - 1], words[i + 1]
    if before in name_particles():
        return after.isalpha()
    if not (before.isalpha() and after.isalpha()) or after[0] == "و" or before.startswith("ال") or after[:2] == "ال":
        return False
    return is_given_name(before) or is_given_name(after)


def _paragraph_spans(letters: Folded, zones: Sequence[Zone] | None) -> list[tuple[StatementZone, int, int, int]]:
    """Readable stretches of the folded text; body zones and whole texts are cut at newlines."""
    if zones is None:
        wanted: list[tuple[StatementZone, int, int]] = [("body", 0, len(letters.text))]
    else:
        wanted = []
        for zone in zones:
            if zone.kind == "body" or zone.kind == "title" or zone.kind == "pull_quote":
                wanted.append((zone.kind, letters.offset(zone.start), letters.offset(zone.end)))
    spans: list[tuple[StatementZone, int, int, int]] = []
    for block, (kind, start, end) in enumerate(wanted):
        at = start
        while at < end:
            newline = letters.text.find("\n", at, end)
            stop = end if newline < 0 else newline
            if stop > at:
                spans.append((kind, block, at, stop))
            at = stop + 1
    return spans
