"""Of a bearer: somebody told by whose mother, lawyer or deputy he is, with a name of his own behind that or without."""

from app.arabic.names import given_names, is_given_name
from app.extract.statements.names.ends import name_end
from app.extract.statements.names.in_text import begins_name
from app.extract.statements.names.titled import titled_name
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, is_grammar, is_title, looks_feminine
from app.extract.statements.text.stream import Stream


def is_of_bearer(stream: Stream, start: int, name: int) -> bool:
    """والدة الشهيد فلان, محامية المتهم فلان: whether the name is that of the one whose mother or lawyer it is."""
    head, whose = stream.words[start], stream.words[start + 1]
    gender, feminine = given_names().get(stream.words[name]), looks_feminine(head)
    if head in words_of("kin_of_whom") and whose in words_of("of_whom"):
        # زوجة المعتقل هناء الراشد: a woman's name is not the prisoner's
        return gender not in ("m", "f") or (gender == "f") != feminine or looks_feminine(whose) == feminine
    if not whose.startswith("ال") or head.startswith("ال") or not (is_title(whose) or whose in words_of("of_whom")):
        return False
    if head not in words_of("of_person") and head not in words_of("kin_of_whom"):
        return False
    return gender == ("m" if feminine else "f") and looks_feminine(whose) != feminine


def named_behind(stream: Stream, start: int, end: int, last: int) -> Mention | None:
    """محامية المتهم فلان الفلاني، الأستاذة فلانة الفلانية، : her own name, between two commas."""
    words = stream.words
    k = end + 1
    if k + 1 >= last or words[end] not in "،,":
        return None
    while k < last and (words[k] in words_of("honorific") or words[k] in words_of("called")):
        k += 1
    if k == end + 1 or not begins_name(stream, k, last, titled=True):
        return None
    behind = name_end(stream, k, last)
    if behind < last and words[behind] not in "،,:" and not is_grammar(words[behind]):
        return None
    gender = "f" if looks_feminine(words[start]) else "m"
    return Mention(k, behind, "person", "full", gender, False, behind, (start, end))


def of_person(stream: Stream, start: int, end: int, limit: int) -> Mention:
    """نائب فلان الفلاني: somebody without a name of his own, or with one behind (نائب فلان علان الفلاني)."""
    if end < limit and is_given_name(stream.words[end]) and begins_name(stream, end, limit, titled=True):
        return titled_name(stream, start, end, name_end(stream, end, limit))
    gender = "f" if looks_feminine(stream.words[start]) else "m"
    return Mention(start, end, "anonymous", "group", gender, False, end)


def has_pronoun(stream: Stream, i: int) -> bool:
    """شقيقه, which folds to the letters of شقيقة."""
    return stream.written(i, i + 1)[-1] == "ه"


def serves_bearer(words: list[str], start: int, name: int) -> bool:
    """مسؤول في مكتب الرئيس فلان: whether the name is that of the one whose body somebody unnamed belongs to."""
    if words[start] not in words_of("anonymous") or words[start].startswith("ال"):
        return False
    return any(
        words[j] in words_of("of_noun")
        and words[j + 1] in words_of("organisation")
        and not words[j + 1].startswith("ال")
        and is_title(words[j + 2])
        for j in range(start + 1, name - 2)
    )
