"""Circumstances of a statement: through what it became known and on which day, as printed round its cue."""

from app.arabic.fold import folded
from app.corpus.fields import Channel, TextSpan
from app.extract.statements.lexicon import rows, words_of
from app.extract.statements.stream import Stream

_LONGEST_NAME = 5


def channel_kinds() -> dict[str, str]:
    """Folded channel words and their kinds, from `data/channels.tsv`."""
    return {folded(word): kind for kind, words in rows("channels.tsv") for word in words.split()}


_KINDS = channel_kinds()


def find_channel(stream: Stream, regions: list[tuple[int, int]]) -> Channel | None:
    """The first channel named in the token ranges: «لصحيفة …», «لـ«…»», «في بيان», «على تويتر»."""
    for first, last in regions:
        for i in range(first, last):
            word = stream.words[i]
            kind = _KINDS.get(word) or (_KINDS.get(word[1:]) if word[0] in "لبو" else None)
            if kind is not None:
                return _channel(stream, kind, i, _name_end(stream, i + 1, last))
            if word == "ل" and i + 1 < last and i + 1 in stream.opens and stream.opens[i + 1].close <= last:
                return _channel(stream, "outlet", i + 2, stream.opens[i + 1].close)
    return None


def channel_of(stream: Stream, span: tuple[int, int]) -> Channel:
    """The one who relays, already read as tokens."""
    kind = _KINDS.get(stream.words[span[0]], "outlet")
    return _channel(stream, kind, *span)


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


def find_day(stream: Stream, regions: list[tuple[int, int]]) -> TextSpan | None:
    """The first word for a day in the token ranges, as printed: اليوم، أمس، الثلاثاء."""
    for first, last in regions:
        for i in range(first, last):
            if stream.words[i] in words_of("day") and stream.quote[i] < 0:
                return TextSpan.of(stream.letters.original, *stream.span(i, i + 1))
    return None
