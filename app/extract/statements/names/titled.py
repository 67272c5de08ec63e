"""Titled names: a name told from the title before it, by lists or by where it stands."""

from app.arabic.names import is_name_word
from app.extract.statements.names.in_text import has_tanwin
from app.extract.statements.names.origins import is_origin
from app.extract.statements.names.plain import may_be_name
from app.extract.statements.names.roles import apposition, belongs_to_place, person_gender, role_before
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, Shape, is_grammar, is_title, looks_feminine, looks_like_masdar
from app.extract.statements.text.stream import Stream

_LATIN = 5  # tokens: a title and a name of four words


def titled_name(stream: Stream, start: int, first: int, end: int, last: int = 0) -> Mention:
    """A name behind its title; where that is a mere address (الشيخ), the function behind the name says more."""
    role = role_before(stream, start, first)
    if role is not None and role[1] - role[0] == 1 and stream.words[start] in words_of("honorific"):
        behind = apposition(stream, end, last)
        if behind is not None and looks_feminine(stream.words[behind[0]]) == looks_feminine(stream.words[start]):
            role = behind
    shape: Shape = "full" if end > first + 1 else "short"
    return Mention(first, end, "person", shape, person_gender(stream, first, role), False, end, role)


def name_by_position(stream: Stream, start: int, limit: int) -> Mention | None:
    """وزير الخارجية الإسرائيلي فلان فلان: bare words behind a definite title are its bearer's name."""
    words = stream.words
    latin = start + 1
    while latin < min(limit, start + _LATIN) and words[latin].isascii() and words[latin].isalpha():
        latin += 1
    if latin > start + 1 and words[start].startswith("ال"):
        return titled_name(stream, start, start + 1, latin)  # المطور Jonas Relkin
    for k in range(start + 1, limit - 1):
        if not _closes_title(stream, start, k) or belongs_to_place(stream, start, k):
            continue
        end = k
        head = words[start]
        definite = (head.startswith("ال") and is_title(head)) or is_origin(head)
        definite = definite and words[k - 1].startswith("ال")
        sure = definite or (is_title(words[k - 1]) and words[k - 1].startswith("ال")) or is_origin(words[k - 1])
        if sure and may_be_name(stream, k, sure=True):
            end += 1  # behind «الطبيبة» or «المهندسة الزراعية» a bare word is a name, however it ends
        while end < limit and end < k + 3 and may_be_name(stream, end) and not _leaves_name(words[end], end - k):
            end += 1
        if end > k and end < limit and may_be_family(words[end]):
            honorific = words[k - 1] in words_of("honorific") or is_title(words[k - 1])
            closed = end + 1 >= limit or words[end + 1] == "عن"  # كشف مدير كذا فلان الفلاني عن …
            if honorific or sure or closed or is_name_word(words[k]):
                end += 1
        if end - k >= 2 and not (words[k].endswith("ا") and words[k + 1].endswith("ا") and not is_name_word(words[k])):
            return titled_name(stream, start, k, end)
    return None


def one_word_name(stream: Stream, start: int, limit: int) -> Mention | None:
    """الفيلسوف اليوناني أرسطو، : one bare word that closes the phrase behind a title and an adjective of origin."""
    words, k = stream.words, limit - 1
    if k < start + 2 or not is_title(words[start]):
        return None
    if not (is_origin(words[k - 1]) or words[k - 1] in words_of("of_fame")):
        return None
    if not words[start].removeprefix("و").startswith("ال"):
        return None
    if not may_be_name(stream, k) or has_tanwin(stream, k) or words[k] in words_of("adjective"):
        return None
    return titled_name(stream, start, k, limit)


def _leaves_name(word: str, position: int) -> bool:
    """Whether a word behind two of a name, beginning with ب, is a phrase of its own: كارتر بجولة."""
    return position >= 2 and word[0] == "ب" and not is_name_word(word)


def may_be_family(word: str) -> bool:
    """Whether a definite word can be a family name: no title and no «إلى», which folds to the same letters."""
    if not word.startswith("ال") or is_title(word) or is_grammar(word) or word.endswith("ات"):
        return False
    return is_name_word(word) or not (word in words_of("evidence") or looks_like_masdar(word[2:]))


def _closes_title(stream: Stream, start: int, k: int) -> bool:
    """Whether the title can be over before token `k`: a definite word, a closing mark, or «in» and a place."""
    words = stream.words
    before = words[k - 1]
    if before in words_of("masdar_with_al") or is_grammar(before):
        return False
    return before.startswith(("ال", "لل", "وال", '"', "»", "”")) or (k >= start + 3 and words[k - 2] in ("في", "الي"))
