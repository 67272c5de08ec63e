"""Issuers: whose document it is (بيان لوزارة …، بيان صادر عن …، بيان لفلان الفلاني)."""

from dataclasses import replace

from app.arabic.names import actor_kind, is_name_word, name_words
from app.extract.statements.names.before_speaker import skip_insertions
from app.extract.statements.names.ends import name_end
from app.extract.statements.names.in_text import bare
from app.extract.statements.names.open_phrases import loose_end
from app.extract.statements.names.persons import read_person
from app.extract.statements.names.phrases import tight_end
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, Shape, is_grammar, is_group_head, is_title, looks_feminine
from app.extract.statements.text.stream import Stream


def issuer_of(stream: Stream, start: int, last: int, tight: bool) -> Mention | None:
    """بيان لوزارة الدفاع، بيان صادر عن …، بيان البيت الأبيض: who issued the document is the speaker."""
    words = stream.words
    k = start + 1
    while k < last and (words[k] in words_of("of_document") or (k > start + 1 and words[k] in words_of("day"))):
        k += 1
    if words[start + 1 : start + 2] and words[start + 1] in words_of("authored"):
        author = _author_of_it(stream, start, last)
        if author is not None:
            return author
    k = _past_adjectives(stream, k, last)
    if k >= last or k in stream.opens:
        return _in_marks(stream, start, k, last)
    word = words[k]
    quote = stream.opens.get(k + 1) if word in ("ل", "لل") else None
    if quote is not None and not quote.round and 1 < quote.close - k <= 8 and quote.close < last:
        return Mention(k + 2, quote.close, "organisation", "group", None, False, quote.close + 1, document=start)
    if word[0] == "ل" and word[1:] in words_of("anonymous"):
        end = tight_end(stream, k, last) if tight else loose_end(stream, k, last)
        many = word.endswith(("ون", "ين"))
        return Mention(k, end, "anonymous", "group", None, many, end, document=start, conjunction=True)
    if word.startswith("لل") and (
        "ال" + word[2:] in words_of("organisation")
        or actor_kind(word[2:]) is not None
        or actor_kind("ال" + word[2:]) is not None
    ):
        end = tight_end(stream, k, last)
        of_one: Shape = "nominal" if end == k + 1 else "group"
        return Mention(k, end, "organisation", of_one, None, False, end, document=start)
    if word in stream.names or bare(word) in stream.names or (word.startswith("ال") and word in name_words()):
        return Mention(k, k + 1, "person", "short", None, False, k + 1, document=start)
    if named_with_l(stream, k, last):
        end = name_end(stream, k, last)
        return Mention(k, end, "person", "full", None, False, end, document=start, conjunction=True)
    plain = word[1:] if word.startswith("ل") and word[1:] in words_of("organisation") else word
    named = plain in words_of("organisation") or actor_kind(plain) is not None
    if not named or (plain.startswith("ال") and k == start + 1 and words[start].startswith("ال")):
        return None
    end = tight_end(stream, k, last) if tight else loose_end(stream, k, last)
    gender = "f" if looks_feminine(plain) else "m"
    shape: Shape = "nominal" if end == k + 1 and plain.startswith("ال") else "group"
    return Mention(k, end, "organisation", shape, gender, False, end, document=start)


def _past_adjectives(stream: Stream, k: int, last: int) -> int:
    """التقرير السنوي لمنظمة كذا، دراسة حديثة لجامعة كذا: the body behind ل and the adjectives before it; else `k`."""
    for j in range(k, min(last, k + 3)):
        word = stream.words[j]
        if word[0] == "ل" and len(word) > 3:
            body = word[1:] in words_of("organisation") or "ال" + word[2:] in words_of("organisation")
            return j if body and not word.endswith("قطاع") else k
        if not word.isalpha() or is_grammar(word) or is_group_head(word) or stream.readings[j] is not None:
            return k
    return k


def _in_marks(stream: Stream, start: int, k: int, last: int) -> Mention | None:
    """إحصائية «كذا»: figures told by whose they are; what stands in marks behind a book is its title."""
    quote = stream.opens.get(k)
    if quote is None or quote.round or quote.close >= last or quote.close - k > 5 or k != start + 1:
        return None
    if bare(stream.words[start]) not in words_of("information"):
        return None
    return Mention(k + 1, quote.close, "organisation", "group", None, False, quote.close + 1, document=start)


def _author_of_it(stream: Stream, start: int, last: int) -> Mention | None:
    """تغريدة حذفتها لاحقاً المذيعة فلانة، رسالة وجهها النائب فلان إلى …: the full name behind the verb."""
    first = skip_insertions(stream, start + 2, last)
    author = read_person(stream, first, last, True, True) if first < last else None
    if author is None or author.shape != "full" or (author.role or (author.first, 0))[0] > first:
        return None
    return replace(author, document=start)


def named_with_l(stream: Stream, k: int, last: int) -> bool:
    """بيان لفلان الفلاني …: a full name behind ل, which is written with it."""
    word = stream.words[k]
    if word[0] != "ل" or word.startswith("لل") or len(word) < 4 or k + 1 >= last or is_name_word(word):
        return False
    family = stream.words[k + 1]
    if not family.isalpha() or is_grammar(family) or is_group_head(word[1:]):
        return False
    return is_name_word(word[1:]) or is_name_word(family) or (k + 2 < last and is_title(stream.words[k + 2]))
