"""Names in marks: a person between brackets or marks behind a title, and bodies each by its name in marks."""

from app.arabic.names import is_given_name, is_name_word
from app.extract.statements.names.ends import name_end
from app.extract.statements.names.in_text import begins_name
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, Shape, is_grammar, is_title, looks_feminine
from app.extract.statements.text.stream import Stream

_LONGEST_TITLE = 6


def in_brackets(stream: Stream, start: int, last: int) -> Mention | None:
    """مدير المشفى (فلان الفلاني): a title, and the full name of its bearer between round brackets."""
    if not (is_title(stream.words[start]) or stream.words[start] in words_of("one_of")):
        return None
    opened = next((k for k in range(start + 1, min(last, start + _LONGEST_TITLE)) if k in stream.opens), None)
    quote = stream.opens[opened] if opened is not None else None
    if quote is None or opened is None or not quote.round or not quote.closed or quote.close >= last:
        return None
    words, first = stream.words[start:opened], opened + 1
    plain = all(word.isalpha() and not is_grammar(word) and not is_name_word(word) for word in words)
    gender = "f" if looks_feminine(words[0]) else "m"
    if plain and quote.close == first + 1 and is_given_name(stream.words[first]):
        return Mention(first, quote.close, "person", "short", gender, False, quote.close + 1, (start, opened))
    if not plain or not begins_name(stream, first, quote.close) or name_end(stream, first, quote.close) != quote.close:
        return None
    return Mention(first, quote.close, "person", "full", gender, False, quote.close + 1, (start, opened))


def quoted_name(stream: Stream, start: int, last: int) -> Mention | None:
    """الدكتور "الفلاني": a name in marks behind its title."""
    quote = stream.opens[start + 1]
    first = start + 2
    if quote.round or quote.close - start > 5 or quote.close >= last or quote.close == first:
        return None
    full = begins_name(stream, first, quote.close, titled=True)
    if not full and stream.words[first] not in stream.names:
        return None
    shape: Shape = "full" if full else "short"
    return Mention(first, quote.close, "person", shape, None, False, quote.close + 1, (start, start + 1))


def bodies_in_marks(stream: Stream, start: int, last: int) -> Mention | None:
    """جمعيتا «غراس» و«سواعد»، منظمات «كذا» و«كذا»: bodies of one kind, each by its name in marks."""
    head = stream.words[start]
    if start + 1 not in stream.opens or not (_is_two_bodies(head) or head in words_of("organisation")):
        return None
    end, names = start + 1, 0
    while end in stream.opens and not stream.opens[end].round and stream.opens[end].close < last:
        names += 1
        end = stream.opens[end].close + 1
        if stream.words[end : end + 1] == ["و"] and end + 1 in stream.opens:
            end += 1
    return Mention(start, end, "organisation", "group", None, True, end) if names > 1 else None


def _is_two_bodies(word: str) -> bool:
    """جمعيتا, حزبا: a body's noun in the dual, annexed."""
    one = word[:-2] + "ه" if word.endswith("تا") else word[:-1]
    return word.endswith("ا") and one in words_of("organisation")
