"""Affiliations: for whom somebody speaks or works, where the role says it plainly."""

from app.arabic.names import actor_kind
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import is_title
from app.extract.statements.text.stream import Stream

_OF_PORTFOLIO = frozenset(["وزير", "وزيره"])
_AT = frozenset(["في", "لدي"])


def affiliation_of(stream: Stream, role: tuple[int, int]) -> str | None:
    """The exact words of the organisation or country in the role's tokens, or None.

    «الناطق باسم X», «القيادي بـX», «الباحث في X», «مدير X», «وزير خارجية X».
    """
    first, last = role
    words = stream.words
    skipped = first
    for i in range(first, last):
        word = words[i]
        if i < skipped:
            continue
        if word in _OF_PORTFOLIO and i + 1 < last:
            if words[i + 1].startswith("ال"):  # وزير العدل التونسي: an adjective says of which country
                return None
            skipped = i + 2
            continue
        if word in words_of("on_behalf") and i + 1 < last:
            return _written(stream, i + 1, last)
        if i == first:
            continue
        if word in _AT and i + 1 < last and _is_body(stream, i + 1, last):
            return _written(stream, i + 1, last)
        if word[0] == "ب" and word[1:] and _is_body_word(word[1:]):
            return _written(stream, i, last, proclitic=1)
        if word.startswith("لل") and _is_body_word("ال" + word[2:]) and not words[first].startswith("لل"):
            return None
        if _is_body(stream, i, last):
            return _written(stream, i, last)
        if not (is_title(word) or word in words_of("of_office") or words[i - 1] in words_of("of_office")):
            return None
    return None


def _is_body(stream: Stream, i: int, last: int) -> bool:
    return _is_body_word(stream.words[i]) or any(
        actor_kind(stream.joined(i, k)) == "organisation" for k in range(i + 1, min(last, i + 4) + 1)
    )


def _is_body_word(word: str) -> bool:
    """Whether a folded word heads an organisation's name or is a country."""
    plain = word[2:] if word.startswith("ال") else word
    return (
        word in words_of("organisation")
        or plain in words_of("organisation")
        or actor_kind(word) == "organisation"
        or (word in words_of("feminine_head") and word not in words_of("anonymous"))
    )


def _written(stream: Stream, first: int, last: int, *, proclitic: int = 0) -> str:
    """The words as written up to a sign or a preposition, without a joined preposition before them."""
    end = first + 1
    while end < last:
        if end in stream.opens and stream.opens[end].close < last:
            end = stream.opens[end].close + 1
            continue
        if stream.words[end] in words_of("honorific"):
            break  # إدارة الجوازات النقيب فلان
        if not stream.words[end].isalpha() or stream.words[end] in words_of("preposition"):
            break
        end += 1
    start, stop = stream.span(first, end)
    return stream.letters.original[start:stop][proclitic:]
