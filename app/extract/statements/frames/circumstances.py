"""Circumstances of a statement: through what it became known and on which day, as printed round its cue."""

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import msgspec

from app.arabic.fold import folded
from app.corpus.fields import Channel, Statement, TextSpan
from app.extract.statements.text.lexicon import rows, words_of
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import Watched, watched_group

_LONGEST_NAME = 5
PUBLISHED, SPOKEN_PIECE = watched_group("published"), watched_group("spoken_piece")
_NEW_OCCASION = frozenset(["formula", "tail", "name_colon"])
# Channels with a name of their own; the others are what somebody issued or held.
_NAMED = frozenset(["newspaper", "tv", "agency", "radio", "site"])


def channel_kinds() -> dict[str, str]:
    """Folded channel words and their kinds, from `data/channels.tsv`."""
    return {folded(word): kind for kind, words in rows("channels.tsv") for word in words.split()}


_KINDS = channel_kinds()


_CHANNEL = Watched(lambda: ["ل", *_KINDS, *(letter + word for word in _KINDS for letter in "لبو")])


def is_network(word: str) -> bool:
    """Whether a folded word is a social network's or an account's: «تويتر: …» names nobody."""
    return _KINDS.get(word) == "social"


def find_channel(stream: Stream, regions: list[tuple[int, int]]) -> Channel | None:
    """The first channel named in the token ranges: «لصحيفة …», «لـ«…»», «في بيان», «على تويتر»."""
    for first, last in regions:
        for i in stream.places(_CHANNEL, first, last):
            word = stream.words[i]
            kind = _KINDS.get(word) or (_KINDS.get(word[1:]) if word[0] in "لبو" else None)
            if kind is not None:
                own_name = kind in _NAMED
                return _channel(
                    stream, kind, i, _name_end(stream, i + 1, last) if own_name else _issue_end(stream, i + 1, last)
                )
            if word == "ل" and i + 1 < last and i + 1 in stream.opens and stream.opens[i + 1].close <= last:
                return _channel(stream, "outlet", i + 2, stream.opens[i + 1].close)
    return None


def channel_of(stream: Stream, span: tuple[int, int]) -> Channel:
    """The one who relays, already read as tokens."""
    words = stream.words[span[0] : span[1]]
    kind = next((_KINDS[word] for word in words if word in _KINDS), None)
    if kind is None:
        kind = "written_statement" if any(word in words_of("document") for word in words) else "outlet"
    return _channel(stream, kind, *span)


def published_in(stream: Stream, first: int, cue: int) -> Channel | None:
    """«نشر الموقع الرسمي لـ… تصريحات لفلان، قال:»: the site, or the statement itself where a council publishes it."""
    words = stream.words
    published = next((i for i in stream.places(PUBLISHED, first, cue) if stream.quote[i] < 0), None)
    if published is None:
        return None
    piece = next(iter(stream.places(SPOKEN_PIECE, published + 1, cue)), None)
    if piece is None:
        return None
    if words[published + 1] in ("الموقع", "موقع"):
        end = _site_end(stream, published + 1, piece)
        kind = "official_site" if "الرسمي" in words[published + 1 : end] else "site"
        return _channel(stream, kind, published + 1, end)
    publisher = _KINDS.get(words[published + 1]) or _KINDS.get(words[published + 1][2:])
    if publisher is not None and publisher in _NAMED:
        return _channel(stream, publisher, published + 1, _site_end(stream, published + 1, piece))
    own: str | None = _KINDS.get(words[piece]) or _KINDS.get(words[piece][:-1])
    return _channel(stream, own, piece, piece + 1) if own is not None else None


def _site_end(stream: Stream, i: int, last: int) -> int:
    """Where the publisher's name ends: before an adverb, a sign, or what was published."""
    end = i + 1
    while end < last and stream.words[end].isalpha() and stream.words[end] not in words_of("adverb"):
        if stream.words[end] in words_of("preposition"):
            break
        end += 1
    return end


def _issue_end(stream: Stream, i: int, last: int) -> int:
    """The end of «بيان له», «البيان الصادر عنه», «مؤتمر صحفي», «منشور»: attributes, and whose it is."""
    words, end = stream.words, i
    while end < last and end - i < _LONGEST_NAME:
        word = words[end]
        if not (word in words_of("of_document") or word in words_of("of_occasion")):
            belongs = (
                end == i and word.startswith("ل") and (word.startswith("لل") or word[1:] in words_of("organisation"))
            )
            if not belongs and not (word in ("عنه", "عنها", "عنهم") and end > i):
                break
        end += 1
    loose = ("عن", "من")
    while end > i and (
        words[end - 1] in words_of("day") or words[end - 1] in words_of("issued") or words[end - 1] in loose
    ):
        end -= 1
    return end


def _channel(stream: Stream, kind: str, first: int, last: int) -> Channel:
    start, end = stream.span(first, last)
    if stream.words[first][0] == "ل" and stream.words[first] not in _KINDS:
        start = stream.letters.start(stream.starts[first] + 1)
    return Channel(kind, stream.letters.original[start:end], start, end)


def _name_end(stream: Stream, i: int, last: int) -> int:
    """The end of a channel's own name: one in marks, or the words up to the next sign or grammar."""
    words = stream.words
    end = i
    while end < last and end - i < _LONGEST_NAME:
        if end in stream.opens:
            return min(stream.opens[end].close + 1, last) if stream.opens[end].close < last else end
        word = words[end]
        if not word.isalpha() or word in words_of("preposition") or word in words_of("adverb"):
            break
        if word in words_of("complementizer") or word in words_of("demonstrative") or word in words_of("relative"):
            break
        end += 1
    return end


class Day(NamedTuple):
    """Words for a day, tokens `first` to `last`, and what they count: days back, or a day of the week."""

    first: int
    last: int
    counts: str
    number: int

    def span(self, stream: Stream) -> TextSpan:
        """The words as printed."""
        return TextSpan.of(stream.letters.original, *stream.span(self.first, self.last))

    def before(self, stream: Stream, published: date | None) -> date | None:
        """The day itself, counted from the day of publication; None where that is not known, or the text differs."""
        following = stream.words[self.last : self.last + 1]
        if published is None or any(word in words_of("coming") for word in following):
            return None
        back = self.number
        if self.counts == "weekday":
            back = (published.weekday() - self.number) % 7
            if back == 0 and any(word in words_of("past_or_coming") for word in following):
                back = 7  # on a Friday, الجمعة الماضي is a week ago
        day = published - timedelta(days=back)
        other = any(word.isdecimal() and len(word) < 3 and int(word) != day.day for word in following)
        return None if other else day


@cache
def _days() -> dict[str, list[tuple[tuple[str, ...], str, int]]]:
    """Folded phrases for days by their first word, the longest first."""
    days: dict[str, list[tuple[tuple[str, ...], str, int]]] = {}
    for phrase, counts, number in rows("days.tsv"):
        words = tuple(folded(phrase).split())
        days.setdefault(words[0], []).append((words, counts, int(number)))
    for known in days.values():
        known.sort(key=lambda entry: -len(entry[0]))
    return days


_DAY = Watched(_days)


def find_day(stream: Stream, regions: list[tuple[int, int]]) -> Day | None:
    """The first words for a day in the token ranges, outside quotations: اليوم، أول من أمس، الثلاثاء."""
    for first, last in regions:
        for i in stream.places(_DAY, first, last):
            if stream.quote[i] >= 0:
                continue
            for phrase, counts, number in _days()[stream.words[i]]:
                end = i + len(phrase)
                if end <= last and tuple(stream.words[i:end]) == phrase:
                    return Day(i, end, counts, number)
    return None


def carry_channels(statements: list[Statement]) -> list[Statement]:
    """The same list; what a speaker goes on to say on one reported occasion has the channel of its beginning.

    The occasion is over where somebody else speaks, where another channel is named, and at a formula («بحسب …»).
    """
    carried: list[Statement] = []
    channel: Channel | None = None
    speaker: str | None = None
    for statement in statements:
        name = statement.speaker.name if statement.speaker is not None else None
        aside = statement.zone != "body" or statement.nested_in is not None
        if not aside:
            if name is None or name != speaker or statement.rule in _NEW_OCCASION:
                channel = None
            if statement.channel is None and channel is not None:
                statement = msgspec.structs.replace(statement, channel=Channel(channel.kind, channel.name))
            channel, speaker = statement.channel, name
        carried.append(statement)
    return carried
