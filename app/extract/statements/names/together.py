"""Together: several persons named as one speaker (فلان وعلان؛ الباحثان فلان وعلان؛ كل من فلان وعلان وفلان)."""

from dataclasses import replace

from app.arabic.kept import kept
from app.arabic.names import is_given_name, is_name_word
from app.extract.statements.names.ends import name_end
from app.extract.statements.names.in_text import begins_name, has_tanwin
from app.extract.statements.names.origins import is_country, is_origin
from app.extract.statements.names.persons import read_person
from app.extract.statements.names.phrases import tight_end
from app.extract.statements.names.plain import may_be_name
from app.extract.statements.names.roles import belongs_to_place, role_limit
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, is_dual_title, is_grammar, is_people, is_title
from app.extract.statements.text.stream import Stream

_MOST, _NEAR = 8, 4


def named_together(stream: Stream, start: int, last: int) -> Mention | None:
    """The persons behind كل من, or behind a title in the dual or the plural, where they are two or more."""
    if stream.words[start] == "كل" and start + 2 < last and stream.words[start + 1] == "من":
        return _all_from(stream, start + 2, last, None)
    annexed = _is_annexed_dual(stream, start, last)
    if not annexed and not _is_title_of_many(stream.words[start]):
        return None
    limit = role_limit(stream, start, last)
    for k in range(start + 1, limit):
        if _of_one_family(stream, k, last):
            return _siblings(stream, k, last, (start, k))
        if begins_name(stream, k, last, titled=True) and not belongs_to_place(stream, start, k):
            return _all_from(stream, k, last, (start, k))
    return _two_of_them(stream, start, last) if annexed else None


@kept
def may_be_many(word: str) -> bool:
    """Whether a folded word can be the title of several persons, in the dual or in the plural."""
    return word[-1] == "ا" or _is_title_of_many(word)


def _is_annexed_dual(stream: Stream, i: int, last: int) -> bool:
    """مندوبا المملكة، ممثلتا النقابة: a title in the dual, which has lost its ن to the definite noun behind it."""
    word = stream.words[i]
    if word[-1] != "ا" or i + 1 >= last or word.startswith("ال") or has_tanwin(stream, i):
        return False
    if word[:-2] in words_of("title"):
        return False  # رئيسها السابق
    one = word[:-2] + "ه" if word.endswith("تا") else word[:-1]
    following = stream.words[i + 1]
    return is_title(one) and (following.startswith("ال") or is_title(following) or is_country(following))


def _two_of_them(stream: Stream, start: int, last: int) -> Mention | None:
    """وزيرا الخارجية والدفاع، مندوبا المملكة وقطر: two without a name."""
    end = tight_end(stream, start, last)
    if end < last and stream.words[end][0] == "و" and is_country(stream.words[end][1:]):
        end += 1
    return Mention(start, end, "anonymous", "group", None, True, end) if end > start + 1 else None


def _of_one_family(stream: Stream, k: int, last: int) -> bool:
    """ليان وجنى الصباغ: two given names and the one family name of both."""
    if k + 2 >= last or not is_given_name(stream.words[k]) or stream.words[k + 1][0] != "و":
        return False
    return is_given_name(stream.words[k + 1][1:]) and name_end(stream, k + 1, last) > k + 2


def _siblings(stream: Stream, k: int, last: int, role: tuple[int, int]) -> Mention:
    end = name_end(stream, k + 1, last)
    first = Mention(k, k + 1, "person", "short", None, False, k + 1, role)
    second = Mention(k + 1, end, "person", "full", None, False, end, conjunction=True)
    return Mention(k, end, "person", "full", None, True, end, role, joined=(first, second))


def with_others(stream: Stream, mention: Mention, last: int, *, two: bool = False) -> Mention:
    """فلان وعلان: where more persons fill the stretch to its end, they speak together with the first.

    `two`: a title in the dual stands before them, so that the second is somebody, in a list or not.
    """
    if mention.shape != "full":
        return mention
    parts = [mention]
    while len(parts) < _MOST:
        following = _next_person(stream, parts[-1].end, last) or (
            _second_of_two(stream, parts[-1].end, last) if two else None
        )
        if following is None or following.shape != "full":
            break
        parts.append(following)
    end = parts[-1].end
    if len(parts) == 1 or (end < last and stream.words[end].isalpha() and not is_grammar(stream.words[end])):
        return mention
    return replace(mention, last=parts[-1].last, gender=None, plural=True, end=end, joined=tuple(parts))


def _all_from(stream: Stream, first: int, last: int, role: tuple[int, int] | None) -> Mention | None:
    if is_title(stream.words[first]):
        one = read_person(stream, first, last, False, True)
    elif begins_name(stream, first, last, titled=True):
        end = name_end(stream, first, last)
        one = Mention(first, end, "person", "full", None, False, end, role)
    else:
        return None
    two = role is not None and (is_dual_title(stream.words[role[0]]) or stream.words[role[0]][-1] == "ا")
    together = with_others(stream, one, last, two=two) if one is not None else None
    return together if together is not None and together.joined is not None else None


def _next_person(stream: Stream, i: int, last: int) -> Mention | None:
    """The person joined by و at token `i`: وعلان الفلاني، وعضو المجلس فلان، ونظيره اللبناني فلان."""
    words = stream.words
    if i + 1 >= last or words[i][0] != "و":
        return None
    if words[i][1:] in words_of("fellow"):
        return _fellow(stream, i, last)
    if is_title(words[i]):
        return read_person(stream, i, last, False, True)
    known = is_name_word(words[i + 1]) or words[i + 1].startswith("ال")
    if not is_name_word(words[i][1:]) or not (
        known or (is_given_name(words[i][1:]) and _ends_there(stream, i + 1, last))
    ):
        return None
    end = name_end(stream, i, last)
    return Mention(i, end, "person", "full", None, False, end, conjunction=True)


def _fellow(stream: Stream, i: int, last: int) -> Mention | None:
    """ونظيره اللبناني فلان الفلاني، وزميلته فلانة، : by the name behind the noun, in a list or right before the end."""
    words = stream.words
    for k in range(i + 1, min(last, i + _NEAR)):
        if begins_name(stream, k, last, titled=True):
            end = name_end(stream, k, last)
            return Mention(k, end, "person", "full", None, False, end, (i, k))
    k = i + 2 if i + 1 < last and is_origin(words[i + 1]) else i + 1
    end = k
    while end < min(last, k + 3) and may_be_name(stream, end):
        end += 1
    named = end - k > 1 or (end == k + 1 and is_given_name(words[k]))
    closed = end >= last or not words[end].isalpha() or is_grammar(words[end])
    return Mention(k, end, "person", "full", None, False, end, (i, k)) if named and closed else None


def _ends_there(stream: Stream, i: int, last: int) -> bool:
    """وفادي سلوم إن …: whether a plain word that no list knows is the last before the opener or a sign."""
    closed = i + 1 >= last or not stream.words[i + 1].isalpha() or is_grammar(stream.words[i + 1])
    return closed and may_be_name(stream, i)


def _second_of_two(stream: Stream, i: int, last: int) -> Mention | None:
    """الوزيران فلان وكريمة بوزيد: two words that no list knows, the first joined by و."""
    words = stream.words
    if i + 1 >= last or words[i][0] != "و" or len(words[i]) < 4 or not words[i + 1].isalpha():
        return None
    if is_grammar(words[i + 1]) or is_title(words[i][1:]) or is_title(words[i + 1]):
        return None
    end = max(name_end(stream, i, last), i + 2)
    return Mention(i, end, "person", "full", None, False, end, conjunction=True)


@kept
def _is_title_of_many(word: str) -> bool:
    """الكاتبان، الناشطتان، الباحثون، الطالبات، النواب."""
    if is_dual_title(word) or word in words_of("titles_of_many"):
        return True
    if word.endswith("ات"):
        return is_title(word[:-2] + "ه")
    return is_people(word) and is_title(word[:-2])
