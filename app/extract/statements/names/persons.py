"""Persons: a name told from the title before or behind it, also where no list knows the name."""

from dataclasses import replace

from app.arabic.kept import kept
from app.arabic.names import is_given_name, is_name_word
from app.extract.statements.names.before_speaker import leans_on_outlet
from app.extract.statements.names.callings import may_tell_of_bearer, stands_for_title
from app.extract.statements.names.ends import name_end
from app.extract.statements.names.in_text import (
    JOINTS,
    bare,
    begins_name,
    has_article,
    has_tanwin,
    is_annexed,
    listed_person,
    may_be_first,
)
from app.extract.statements.names.nicknames import called_so, nickname
from app.extract.statements.names.of_bearer import (
    has_pronoun,
    is_of_bearer,
    named_behind,
    of_person,
    serves_bearer,
)
from app.extract.statements.names.phrases import tight_end
from app.extract.statements.names.plain import half_listed_name, may_be_name, unlisted_name
from app.extract.statements.names.roles import (
    LONGEST_ROLE,
    apposition,
    belongs_to_place,
    is_named_after,
    names_body,
    person_gender,
    role_limit,
)
from app.extract.statements.names.titled import may_be_family, name_by_position, one_word_name, titled_name
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import (
    Mention,
    is_grammar,
    is_group_head,
    is_title,
    looks_feminine,
)
from app.extract.statements.text.stream import Stream

_FARTHEST = 13  # tokens that are looked through for a name where the words after it may be what is said


def read_person(stream: Stream, start: int, last: int, tight: bool, alone: bool) -> Mention | None:
    """A person: title and function words up to a full name, or a full name, with a role in apposition."""
    head = stream.words[start]
    if _is_no_person(head):
        return None
    if may_tell_of_bearer(head):
        return _told_person(stream, start, last, tight, alone)
    far = min(last, start + (_FARTHEST if tight else LONGEST_ROLE))
    if any(map(_leads_to_name, stream.words[start:far])):
        return _untitled(stream, start, role_limit(stream, start, last), last, tight=tight)
    end = unlisted_name(stream, start, last, sure=tight)
    return _with_apposition(stream, start, end, last) if end is not None else None


def _untitled(stream: Stream, start: int, limit: int, last: int, *, tight: bool) -> Mention | None:
    """A person whose name begins the phrase, or stands in it behind a title that does not begin it."""
    words = stream.words
    head, following = words[start], words[start + 1] if start + 1 < limit else ""
    other = is_title(following) and not following.endswith(("يني", "ينيه"))  # المحاسب الخمسيني فلان is one
    if other and not begins_name(stream, start, limit):
        return None
    end = unlisted_name(stream, start, last, sure=tight) or half_listed_name(stream, start, limit)
    if end is not None:
        return _with_apposition(stream, start, end, last)
    named = _listed_name(stream, start, limit, last, tight=tight, titled=False)
    if named is None and head.startswith("ال") and head not in words_of("organisation"):
        return nickname(stream, start, last)
    return named


def _told_person(stream: Stream, start: int, last: int, tight: bool, alone: bool) -> Mention | None:
    """A person behind a title, or behind what may stand for one."""
    words = stream.words
    head, limit = words[start], role_limit(stream, start, last)
    if head in words_of("title_given") and start + 2 < limit and _is_named_so(stream, start + 1, limit):
        return titled_name(stream, start, start + 1, name_end(stream, start + 1, limit))
    called = called_so(stream, start, last)
    if called is None and head in words_of("fellow"):
        called = _kin_by_given_name(stream, start, limit)
    if called is not None:
        return called
    if not stands_for_title(stream, start, limit, tight=tight):
        return _untitled(stream, start, limit, last, tight=tight)
    if not alone:
        limit = _before_second_title(stream, start, limit)
    named = _listed_name(stream, start, limit, last, tight=tight, titled=True) or nickname(stream, start, last)
    if named is not None:
        return named
    positioned = name_by_position(stream, start, limit)
    if positioned is None and (not tight or words[limit : limit + 1] == ["،"]):
        positioned = one_word_name(stream, start, limit)
    return positioned or _name_after_comma(stream, start, limit, last, alone=alone)


def _is_named_so(stream: Stream, i: int, limit: int) -> bool:
    """المختار جدعان الهزيم: behind a rank that is a given name too, a name of two words more."""
    return begins_name(stream, i, limit, titled=True) or (
        may_be_name(stream, i) and has_article(stream, i + 1) and may_be_family(stream.words[i + 1])
    )


def _kin_by_given_name(stream: Stream, start: int, limit: int) -> Mention | None:
    """وتقول زوجته هناء إن …: somebody's kin, and the given name alone, right before a sign or the opener."""
    words = stream.words
    name = start + 2 if start + 1 < limit and words[start + 1] in words_of("of_kin") else start + 1  # ابنها الأصغر يزن
    if name >= limit or not is_given_name(words[name]):
        return None
    end = name + 1
    closed = end >= limit or not words[end].isalpha() or is_grammar(words[end])
    if words[name] in words_of("name_and_noun") or not closed:
        return None
    gender = "f" if words[start].endswith(("ته", "تها", "تهم")) else "m"
    return Mention(name, end, "person", "short", gender, False, end, (start, name))


def _listed_name(stream: Stream, start: int, limit: int, last: int, *, tight: bool, titled: bool) -> Mention | None:
    """The first name of the lists behind the title that begins at `start`, or at `start` itself."""
    words, titles, places, called = stream.words, words_of("title"), words_of("at_place"), words_of("called")
    for k in range(start, min(limit, start + _FARTHEST) if tight else limit):
        if not (_leads_to_name(words[k]) or (k + 1 < limit and words[k + 1] in JOINTS)):
            continue
        if k > start and words[k - 1] in places and not listed_person(stream, k, limit):
            continue  # مدير المركز في فاريا فلان الفلاني
        if start < k < limit - 1 and words[k - 1] in titles and is_annexed(words, k):
            continue
        rank = words[k] in titles and not is_given_name(words[k])
        if tight and not titled and (rank or words[k] in called) and not _leads_to_title(stream, start, k, limit):
            return None
        if rank and not (
            titled and words[k] in words_of("title_and_name") and begins_name(stream, k, limit, titled=True)
        ):
            if k > start and not titled and (_is_body(words[start]) or words[start] in stream.names):
                return None  # انتقدت طهران عزل الرئيس فلان، أعلن الجيش تعيين العميد فلان، أدان سلوم اغتيال القاضي فلان
            titled = True
        elif k == start and is_title(words[k]) and not is_given_name(words[k]) and words[k + 1] != "بن":
            continue
        elif k > start and words[k] in called:
            titled = True
        elif begins_name(stream, k, limit, titled=titled and k > start) and (
            k == start or titled or _definite(stream, start)
        ):
            if tight and not titled and not _reaches(stream, start, k, limit):
                return None
            if belongs_to_place(stream, start, k):
                return _bearer_behind(stream, start, k, limit)
            end = name_end(stream, k, limit)
            k = _with_unlisted_first(stream, start, k)
            if k == start + 1 and words[start] in words_of("of_person") and not has_pronoun(stream, start):
                return of_person(stream, start, end, limit)
            if k == start + 2 and is_of_bearer(stream, start, k):
                return named_behind(stream, start, end, last) or of_person(stream, start, end, limit)
            if k > start + 1 and words[k - 1] == "من" and words[k - 2] in words_of("close_to"):
                gender = "f" if looks_feminine(words[start]) else "m"
                return Mention(start, end, "anonymous", "group", gender, False, end)  # مصدر مقرب من فلان
            if serves_bearer(words, start, k):
                return Mention(start, end, "anonymous", "group", "m", False, end)
            return titled_name(stream, start, k, end, last) if k > start else _with_apposition(stream, k, end, last)
    return None


@kept
def _leads_to_name(word: str) -> bool:
    """Whether a folded word is a title, or one that a name can begin with, or that stands before or in a name."""
    return word in words_of("title") or word in words_of("called") or word in JOINTS or may_be_first(word)


def _leads_to_title(stream: Stream, start: int, k: int, limit: int) -> bool:
    """Whether the noun phrase at `start` ends right before the title at token `k`, or «in» a place before it."""
    return _reaches(stream, start, k - 1 - (stream.words[k - 2] in words_of("at_place")), limit)


def _reaches(stream: Stream, start: int, k: int, limit: int) -> bool:
    """Whether the noun phrase at `start` goes as far as token `k`."""
    return k <= start or k <= tight_end(stream, start, limit)


def _is_body(word: str) -> bool:
    return word in words_of("feminine_head") or (word in words_of("organisation") and not is_title(word))


def _with_unlisted_first(stream: Stream, start: int, k: int) -> int:
    """الفنانة سجعاء سامر الكرزي: a bare word between a definite one and a listed name is the first of the name."""
    first = k - 1
    if first <= start or not has_article(stream, first - 1) or not may_be_name(stream, first, sure=True):
        return k
    word = stream.words[first]
    other = word in words_of("adjective") or word in words_of("of_office") or word[0] == "ب"
    return k if other or has_tanwin(stream, first) else first


def _before_second_title(stream: Stream, start: int, limit: int) -> int:
    """Where the one who is spoken to begins: اتهم رئيس الحزب الوزير فلان الفلاني …"""
    words = stream.words
    for k in range(start + 2, limit):
        if (
            words[k] in words_of("title")
            and words[k].startswith("ال")
            and not is_given_name(words[k])
            and words[k] not in words_of("honorific")
            and not is_title(words[k - 1])
        ):
            return k
    return limit


def _with_apposition(stream: Stream, first: int, end: int, last: int) -> Mention:
    role = apposition(stream, end, last)
    past = _past_aside(stream, end, role, last)
    return Mention(first, end, "person", "full", person_gender(stream, first, role), False, past, role)


def _past_aside(stream: Stream, end: int, role: tuple[int, int] | None, last: int) -> int:
    """نفى فلان، الناطق باسم السكك، توقف القطار: past a role between two commas; `end` where there is none."""
    words = stream.words
    if role is None or role[0] == end or role[1] >= last:
        return end
    closed = words[role[1]] in "،," if words[end] in "،," else words[role[1]] == ")"
    return role[1] + 1 if closed else end


def _bearer_behind(stream: Stream, start: int, name: int, limit: int) -> Mention | None:
    """مدير جامعة الإمام فلان بن علان الدكتور …، حاكم محافظة كذا فلان الفلاني: the second name is the person's."""
    words = stream.words
    of_place = words[name - 1] in words_of("place_head") or names_body(words, name)
    of_place = of_place or (is_title(words[name - 1]) and is_named_after(words[name - 2]))
    for k in range(name + 1, limit - 1):
        if words[k - 1] in words_of("honorific") or k - 1 in stream.opens:
            known = begins_name(stream, k, limit, titled=True)
        else:
            known = of_place and k <= name + 3 and (k == name + 1 or is_given_name(words[k]))
            known = known and begins_name(stream, k, limit, titled=is_given_name(words[k]))
        if known:
            return titled_name(stream, start, k, name_end(stream, k, limit))
    return None


@kept
def _is_no_person(word: str) -> bool:
    """محللون، مصادر، بيان: a folded noun that is nobody's title."""
    if word in words_of("many") or word in words_of("document"):
        return True
    if word in words_of("quantifier") and word not in words_of("one_of"):
        return True  # دان عدد من الوجهاء خطوة النائب فلان
    plural = (word.endswith("ون") and len(word) > 4) or bare(word) in words_of("feminine_head")
    return plural and word in words_of("anonymous")


def _definite(stream: Stream, start: int) -> bool:
    head = stream.words[start]
    if is_group_head(head) and not is_title(head):
        return False
    following = stream.words[start + 1] if start + 1 < len(stream.words) else ""
    return head.startswith("ال") or following.startswith("ال")


def _name_after_roles(stream: Stream, start: int, comma: int, last: int) -> Mention | None:
    """أستاذ القانون، عضو لجنة الصياغة، النائب السابق فلان الفلاني، : the name stands behind the last of the roles."""
    words = stream.words
    if not is_title(words[comma + 1]) or looks_feminine(words[comma + 1]) != looks_feminine(words[start]):
        return None
    bearer = read_person(stream, comma + 1, last, True, True)
    if bearer is None or bearer.shape != "full" or bearer.role is None or bearer.role[0] != comma + 1:
        return None
    closed = bearer.last >= last or words[bearer.last] in "،,:" or is_grammar(words[bearer.last])
    return replace(bearer, role=(start, comma)) if closed else None


def _name_after_comma(stream: Stream, start: int, comma: int, last: int, *, alone: bool) -> Mention | None:
    """رئيس الجهاز، اللواء فلان الفلاني، : the name stands in apposition to its title."""
    words = stream.words
    if comma >= last - 2 or words[comma] not in ("،", ",", "-", "–", "("):
        return None
    k = comma + 1
    while k < last and words[k] in words_of("title") and not is_given_name(words[k]):
        k += 1
    if (
        k >= last - 1
        or (k == comma + 1 and words[k] in words_of("relative_verb"))
        or words[k] in words_of("place_head")
        or (words[k][0] == "و" and not is_name_word(words[k]))
        or not (begins_name(stream, k, last, titled=True) or unlisted_name(stream, k, last, titled=True))
    ):
        return _name_after_roles(stream, start, comma, last) if alone else None
    end = name_end(stream, k, last)
    if end < last and words[end].isalpha() and not (is_grammar(words[end]) or leans_on_outlet(stream, end)):
        return None
    if not alone and not (end < last and words[end] in "،,"):
        return None
    role = (start, comma)
    return Mention(k, end, "person", "full", person_gender(stream, k, role), False, end, role)
