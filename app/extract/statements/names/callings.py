"""Callings: titles, and whatever else tells of the person who is named behind it."""

from app.arabic.kept import kept
from app.arabic.names import is_given_name, is_name_word
from app.extract.statements.names.attributes import asks_for_complement
from app.extract.statements.names.ends import name_end
from app.extract.statements.names.in_text import begins_name, has_article
from app.extract.statements.names.origins import is_origin
from app.extract.statements.names.plain import may_be_name
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import is_dual_title, is_group_head, is_title
from app.extract.statements.text.stream import Stream

_TELLING = ("kin_of_speaker", "kin_of_whom", "anonymous", "dead", "chief", "fellow", "superlative")
_FAR = 8  # tokens from what tells of somebody to his name


def stands_for_title(stream: Stream, start: int, limit: int, *, tight: bool) -> bool:
    """Whether what begins at `start` is a title, or tells of the person named behind it like one."""
    head = stream.words[start]
    if is_title(head) or is_dual_title(head):
        return True
    return may_tell_of_bearer(head) and (
        (head in words_of("kin_of_speaker") and begins_name(stream, start + 1, limit, titled=True))
        or (_is_title_of_theirs(head) and _name_is_near(stream, start, limit))
        or (head in words_of("kin_of_whom") and start + 1 < limit and _is_of_defined(stream, start))
        or (head in words_of("anonymous") and head not in words_of("tidings"))
        or _is_countryman(stream, start, limit)
        or head in words_of("dead")
        or _is_chief(stream, start, limit)
        or _is_before_latin(stream, start, limit)
        or (not tight and _is_calling(stream, start, limit))
        or (_tells_of_one(stream, start) and _name_is_near(stream, start, limit, _FAR))
    )


def _is_of_defined(stream: Stream, start: int) -> bool:
    """أرملة الشهيد: an indefinite noun before a definite one."""
    return not has_article(stream, start) and has_article(stream, start + 1)


@kept
def may_tell_of_bearer(word: str) -> bool:
    """Whether a folded word can be a title, or tell of the person named behind it."""
    if word.startswith("ال") or is_title(word) or _is_title_of_theirs(word):
        return True
    return any(word in words_of(group) for group in _TELLING)


@kept
def _is_title_of_theirs(word: str) -> bool:
    """رئيسها، مديرتهم: a title with the pronoun of a body named before."""
    stem = word[:-2]
    if not word.endswith(("ها", "هم", "نا")) or len(stem) < 3:
        return False
    return stem in words_of("title") or (stem[-1] == "ت" and stem[:-1] + "ه" in words_of("title"))


def _name_is_near(stream: Stream, start: int, limit: int, within: int = 4) -> bool:
    return any(begins_name(stream, k, limit, titled=True) for k in range(start + 1, min(limit, start + within)))


def _is_countryman(stream: Stream, start: int, limit: int) -> bool:
    """قال البرتغالي جوزيه فلان: an adjective of origin in the place of a title, right before a name."""
    head = stream.words[start]
    if start + 2 >= limit or not head.startswith("ال") or not head.endswith(("ي", "يه")):
        return False
    if not is_origin(head):  # الجيولوجي إياد فلان: a calling that no list has
        given = is_given_name(stream.words[start + 1]) and stream.words[start + 1] not in words_of("name_and_noun")
        return given and not is_name_word(head) and not is_group_head(head)
    return begins_name(stream, start + 1, limit, titled=True) or (
        may_be_name(stream, start + 1) and may_be_name(stream, start + 2)
    )


def _is_calling(stream: Stream, start: int, limit: int) -> bool:
    """السائح فلان الفلاني: any definite noun right before a given name that fills the rest."""
    head, words = stream.words[start], stream.words
    if not head.startswith("ال") or len(head) < 5 or start + 2 >= limit or is_group_head(head):
        return False
    if not is_given_name(words[start + 1]) or words[start + 1] in words_of("name_and_noun"):
        return False
    if head in words_of("evidence") or head in words_of("addressed") or has_article(stream, start + 1):
        return False
    return begins_name(stream, start + 1, limit, titled=True) and name_end(stream, start + 1, limit) >= limit


def _tells_of_one(stream: Stream, start: int) -> bool:
    """زميله في الفريق فلان، المكلف بتسيير الأعمال فلان، أكبر معمري القرية فلان: what tells of one person at length."""
    head, following = stream.words[start], stream.words[start + 1 : start + 2]
    if head in words_of("fellow") or (head.startswith("ال") and asks_for_complement(head)):
        return True
    return head in words_of("superlative") and following != [] and following[0].endswith(("ي", "ين", "اء"))


def _is_before_latin(stream: Stream, start: int, limit: int) -> bool:
    """المطوّر Jonas Relkin: a definite calling right before a name in Latin letters."""
    head, name = stream.words[start], stream.words[start + 1] if start + 1 < limit else ""
    return head.startswith("ال") and name.isascii() and name.isalpha() and not is_group_head(head)


def _is_chief(stream: Stream, start: int, limit: int) -> bool:
    """كبير المفاوضين, كبيرة مستشاري الرئيس: the first of several who have a title."""
    if stream.words[start] not in words_of("chief") or start + 1 >= limit:
        return False
    one = stream.words[start + 1].removeprefix("ال")
    return one in words_of("anonymous") or any(is_title(one[: -len(end)]) for end in ("ين", "ي") if one.endswith(end))
