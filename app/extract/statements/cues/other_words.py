"""Verbs of saying that are another word where they stand: a noun, a name, a preposition, denied or only supposed."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise

from app.arabic.names import is_given_name, is_name_word
from app.extract.statements.cues.led_verbs import follows_leader, led_words, says_nothing_but
from app.extract.statements.text.lexicon import Surface, lemmas_of, words_of
from app.extract.statements.text.nouns import is_group_head
from app.extract.statements.text.stream import Stream

_BEFORE_A_VERB = ("clause_start", "relative", "reset", "same")
# Before an imperfect these say that it may be said, or will be.
_NOT_YET_SAID = frozenset(["ان", "لان", "بان", "قد", "وان", "سوف", "وسوف"])
_AS_FAR_AS = frozenset(["لما", "حسبما", "مما", "بما", "عما", "لمن", "ممن"])
_NOT = "ما"  # or what it is that …: no word of a group
_ABOUT = ("عن", "وعن", "حول", "وحول")
_SHORT = 3  # letters
_NEAR = 6  # tokens
_TANWIN = ("اً", "ًا")
_SUBJECT = 14  # tokens between a verb that looks like a preposition and أن


def is_other_word(stream: Stream, i: int, first: int, surface: Surface, joined: bool) -> bool:
    """Whether the words round token `i` show that it is no report here: negated, conditional, a noun."""
    word = stream.words[i][1:] if joined else stream.words[i]
    before = stream.words[i - 1] if i > first else ""
    if any(is_other(stream, i, first, surface) for is_other in _of_verbs().get(surface.verb.lemma, ())):
        return True
    if (before in _telling_before() or before.isdigit()) and _shown_by(before, stream, i, first, surface, joined):
        return True
    if joined:
        if before.isalpha() and stream.words[i] in ("ورد", "فرد"):  # كل فرد, كما ورد
            return True
    elif before.startswith("ال") and _is_titled_name(before, word):
        return True  # المهندس تامر الغزي
    elif (word in words_of("also_noun") and not _is_verb(stream, i, first, surface)) or (
        word == "عقب" and "علي" not in stream.words[i + 1 : i + 6]
    ):
        return True
    if word == "تبين" and not _someone(stream, i + 1):  # it turned out that …
        return True
    if word.endswith("اثني") and stream.words[i + 1 : i + 2] in (["عشر"], ["عشره"]):
        return True
    if surface.pronoun and not _has_its_object(stream, i, word, surface):
        return True
    if surface.form == "perfect":
        if word[0] == "ا" and stream.written(i, i + 1)[joined] == "إ":
            return True  # إيد is a name, إعلان a noun
        if word.endswith("وا") and stream.written(i, i + 1).endswith(_TANWIN):
            return True  # عدواً
    if surface.form == "participle" and not _is_cue_participle(stream, i, first, surface):
        return True
    return surface.verb.guard in _GUARDS and _GUARDS[surface.verb.guard](stream, i, first, surface, joined)


def _is_burden(stream: Stream, i: int, first: int, surface: Surface, joined: bool) -> bool:
    return not any("مسوولي" in word for word in stream.words[i + 1 : i + 10])


def _is_again(stream: Stream, i: int, first: int, surface: Surface, joined: bool) -> bool:
    """مجدداً: again, and not renewing what was said."""
    return surface.form == "participle" and not is_said_again(stream, i + 1)


def _is_preposition(stream: Stream, i: int, first: int, surface: Surface, joined: bool) -> bool:
    return not _opens_clause(stream, i, first, joined)


_GUARDS = {"burden": _is_burden, "again": _is_again, "clause": _is_preposition}


@cache
def _of_verbs() -> dict[str, tuple[Callable[[Stream, int, int, Surface], bool], ...]]:
    """What tells, for some verbs, that they do not report; by their lemmas."""
    of_verbs: dict[str, tuple[Callable[[Stream, int, int, Surface], bool], ...]] = {
        "أجمع": (_gathers,),
        "تابع": (_is_attached,),
        "شدّد": (_tightens,),
        "أدان": (_owes,),
        "رفض": (_refuses, _asks_for_no_name),
        "اشترط": (_asks_for_no_name,),
        "طلب": (_asks_for_no_name,),
        "طالب": (_asks_for_no_name,),
        "أبلغ": (_amounts_to,),
        "صرّح": (_permits,),
    }
    for group, is_other in (("only_denied", _is_affirmed), ("confides", _confides_nothing), ("agrees", _agrees_to_do)):
        for lemma in lemmas_of(group):
            of_verbs[lemma] = (*of_verbs.get(lemma, ()), is_other)
    return of_verbs


def _gathers(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    return surface.form == "imperfect" and not _agree_on(stream, i)


def _is_attached(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    """مسجد تابع لقوات …"""
    return i + 1 < len(stream.words) and stream.words[i + 1].startswith("ل")


def _tightens(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    nearby = stream.words[i + 1 : i + 6]
    return "ان" not in nearby and not words_of("tightened").isdisjoint(nearby)


def _owes(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    return not words_of("owed").isdisjoint(stream.words[i + 1 : i + 6])


def _refuses(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    return not words_of("refused").isdisjoint(stream.words[i + 1 : i + 9])


def _asks_for_no_name(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    """… عدم ذكر اسمه: what a source asks for."""
    return not words_of("name_withheld").isdisjoint(stream.words[i + 1 : i + 6])


def _amounts_to(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    """تبلغ عشرة أيام: what it amounts to."""
    word = stream.words[i + 1] if i + 1 < len(stream.words) else ""
    return surface.form == "imperfect" and (word.isdigit() or word in words_of("numeral"))


def _permits(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    """صرّح له الحارس بالدخول"""
    return stream.words[i + 1 : i + 2] in (["له"], ["لها"], ["لهم"]) and not _says_a_clause(stream, i + 2)


def _is_affirmed(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    """A verb that reports only where it is denied, and not in لا يخفى على أحد أن."""
    denied = i > first and stream.words[i - 1] in words_of("negation")
    return not denied or (i + 1 < len(stream.words) and stream.words[i + 1].startswith("علي"))


def _confides_nothing(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    nearby = stream.words[i + 1 : i + 6]
    return not (nearby and nearby[0].startswith("ل")) and "بان" not in nearby


def _agrees_to_do(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    return not _agree_on(stream, i, to_do=False)


@cache
def _telling_before() -> frozenset[str]:
    """The words before a verb that may tell that it does not report."""
    groups = ("before_infinitive", "relative", "negation", "condition", "noun_only_after", "preposition", "counting")
    return _AS_FAR_AS.union(_NOT_YET_SAID, (_NOT,), *map(words_of, groups))


def _shown_by(before: str, stream: Stream, i: int, first: int, surface: Surface, joined: bool) -> bool:
    """Whether the word before token `i`, a digit or one of those that may tell, shows that it is no report."""
    if before in words_of("condition") or before in _AS_FAR_AS:
        return True
    if surface.pronoun and before in words_of("before_infinitive"):
        return True
    following = stream.words[i + 1] if i + 1 < len(stream.words) else ""
    if before in words_of("relative") and following in words_of("resumptive"):
        return True
    denied = before in words_of("negation") and surface.verb.lemma not in lemmas_of("denied_too")
    if denied and not says_nothing_but(stream, i + 1):
        return True  # not to deny and not to rule out is to say something
    if before == _NOT and stream.words[i - 2] not in words_of("often"):  # سرعان ما ندد
        return True
    if surface.form == "imperfect" and before in _NOT_YET_SAID and not follows_leader(stream, i, first):
        return True
    if surface.form == "participle" or joined:
        return False
    if before.isdigit() or before in words_of("counting"):  # 400 طالب
        return True
    if surface.pronoun and before in words_of("preposition"):
        return True
    points = surface.form == "imperfect" and i > 1 and stream.words[i - 2] in _ABOUT  # وعن هذا تقول فلانة
    return before in words_of("noun_only_after") and not points


def _has_its_object(stream: Stream, i: int, word: str, surface: Surface) -> bool:
    """Whether a verb with a pronoun reports: to whom it is said, or what is said of him."""
    if _is_said_to(stream, i, surface):
        return True
    if surface.verb.lemma in lemmas_of("told_first") and word.endswith(("نا", "ني")) and _is_told_us(stream, i):
        return True
    return not surface.verb.opens.isdisjoint(_WITH_OBJECT) and word.endswith(("ه", "ها", "هم", "هما"))


_WITH_OBJECT = ("مفعول", "وصف")


def _is_said_to(stream: Stream, i: int, surface: Surface) -> bool:
    """قاله: «…», وقاطعه أحد النواب: «…», فأجابها بأن …: a verb whose object is who hears it."""
    if surface.form != "perfect":
        return False
    if surface.verb.lemma in lemmas_of("told_that") and _says_a_clause(stream, i + 1):
        return _is_told_us(stream, i)
    return surface.verb.lemma in lemmas_of("said_to") and ":" in stream.words[i + 1 : i + _SUBJECT]


def _is_titled_name(title: str, word: str) -> bool:
    """Whether a verb's letters stand behind a definite title as a given name: تامر, يزيد."""
    return title in words_of("title") and word not in ("امل", "وعد") and is_given_name(word)


def _is_told_us(stream: Stream, i: int) -> bool:
    """أخبرنا الحارس أن …, and not أخبرتنا الرائحة أن …"""
    return i + 1 < len(stream.words) and stream.words[i + 1] not in words_of("evidence")


def _says_a_clause(stream: Stream, i: int) -> bool:
    nearby = range(i, min(len(stream.words), i + _SUBJECT))
    return any(stream.words[j] in words_of("complementizer") or stream.words[j] == ":" for j in nearby)


def _agree_on(stream: Stream, i: int, *, to_do: bool = True) -> bool:
    """يُجمع فلان وعلان على أن …, and not يجمع بين …; without `to_do` not اتفقا على أن يلتقيا either."""
    nearby = stream.words[i + 1 : i + 2 * _SUBJECT]
    for k, (a, b) in enumerate(pairwise(nearby)):
        if a == "علي" and b in words_of("complementizer"):
            return to_do or b != "ان" or nearby[k + 2 : k + 3] == [] or nearby[k + 2][0] not in "يتن"
    return False


def _opens_clause(stream: Stream, i: int, first: int, joined: bool) -> bool:
    """Whether a verb that looks like a preposition (بين, عبر) stands where only a verb can."""
    word = stream.words[i]
    if word not in ("بين", "وبين", "عبر", "وعبر"):
        return True
    nearby = stream.words[i + 1 : i + _SUBJECT]
    if word.endswith("عبر"):
        begins = joined or i == first or (_someone(stream, i + 1) and _begins_clause(stream, i, first))
        return "عن" in nearby[: _SUBJECT // 2] and begins
    if not any(w in words_of("complementizer") for w in nearby):
        return False
    if "ّ" in stream.written(i, i + 1):
        return True  # بيّن
    following = stream.words[i + 1]
    free = i == first or not stream.words[i - 1].isalpha() or following in words_of("complementizer")
    if joined or i == first:
        return free or words_of("between").isdisjoint(stream.words[max(first, i - _SUBJECT) : i])
    if stream.words[i - 1] in words_of("clause_start"):
        return True
    return (_someone(stream, i + 1) or following in words_of("complementizer")) and _begins_clause(
        stream, i, first, joined
    )


def is_said_again(stream: Stream, i: int) -> bool:
    """جدد تأكيده، كرر رفض بلاده: what is repeated was said before."""
    word = stream.words[i] if i < len(stream.words) else ""
    bare = next((word[: -len(end)] for end in ("ها", "هم", "ه") if word.endswith(end)), "")
    forms = (word, bare, bare[:-1] + "ه", word.removeprefix("ال"))  # تأكيده, دعوته, الدعوة
    return any(form in words_of("said_again") for form in forms)


def _someone(stream: Stream, i: int) -> bool:
    """Whether token `i` is a noun for somebody or something that reports."""
    return i < len(stream.words) and is_group_head(stream.words[i])


def _is_verb(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    """Whether a word that is a noun as well (ذكر, كشف) is a verb here: a noun has no أن right behind it."""
    before = stream.words[i - 1] if i > first else ""
    following = stream.words[i + 1] if i + 1 < len(stream.words) else ""
    if before in words_of("complementizer"):
        return False
    if stream.words[i] == "نفي" and stream.written(i, i + 1).endswith("ى"):
        return True
    if _follows_name(stream, i, first) and _opens_behind(stream, i, surface):
        return True
    return following in words_of("complementizer") or _begins_clause(stream, i, first)


def _follows_name(stream: Stream, i: int, first: int) -> bool:
    """Whether a full name stands before token `i`: المدرب سامر الحلاق ردّ."""
    return i - first > 1 and all(word in stream.names or is_name_word(word) for word in stream.words[i - 2 : i])


def _opens_behind(stream: Stream, i: int, surface: Surface) -> bool:
    """ذكر: «…», علّق على النتيجة: «…», كشف عن خطة, وعد بتخفيض: a verb with its opener, where a noun has none."""
    words, end = stream.words, min(len(stream.words), i + _NEAR)
    if i + 1 < end and (
        words[i + 1] in surface.verb.governs or ("ب" in surface.verb.governs and words[i + 1][0] == "ب")
    ):
        return surface.verb.guard != "weak"
    sign = next((j for j in range(i + 1, end) if not words[j].isalnum()), i)
    return words[sign] == ":" and sign + 1 in stream.opens


def _begins_clause(stream: Stream, i: int, first: int, joined: bool = False) -> bool:
    """Whether token `i` stands where a verb can: first, after a sign, after قد or a conjunction, after من جهته."""
    if i == first or joined:
        return True
    before = stream.words[i - 1]
    if not before.isalpha() or before in ("ذلك", "و") or any(before in words_of(group) for group in _BEFORE_A_VERB):
        return True
    if before in ("فقد", "لقد", "ولقد"):
        return any(word in words_of("complementizer") for word in stream.words[i + 1 : i + _SUBJECT])
    following = stream.words[i + 1] if i + 1 < len(stream.words) else ""
    return before not in words_of("preposition") and following.startswith("ال") and following in words_of("title")


def _is_cue_participle(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    """Whether a participle reports: set off by a sign, or with its opener right behind it."""
    following = stream.words[i + 1] if i + 1 < len(stream.words) else ""
    further = stream.words[i + 2] if i + 2 < len(stream.words) else ""
    if surface.verb.lemma == "قال" or stream.readings[i] is None:
        return True  # a noun that another verb leads to
    accusative = not stream.words[i].endswith(("ه", "ين")) or stream.written(i, i + 1).endswith("ةً")
    if i > first and not accusative and stream.words[i - 1] in words_of("tidings"):  # معلومات مؤكدة
        return False
    governs = following in surface.verb.governs
    if i == first:
        return accusative or governs or following == ":" or {following, further} & words_of("complementizer") != set()
    if stream.words[i] in led_words():  # ختم بدعوة الأحزاب إلى …
        return True
    before = stream.words[i - 1]
    if before in "-–—" and following == ":":  # a dateline: «الصحيفة - متابعة:»
        return False
    opened = following in words_of("complementizer") or following == ":" or i + 1 in stream.opens
    if opened or governs or not before.isalpha():
        return True
    if following in ("اياه", "اياها", "اياهم"):
        return True  # واصفة إياه بأنه …
    if stream.words[i].endswith("ين") and "ب" in surface.verb.governs and following[:1] == "ب":
        if any(word in words_of("finds_himself") for word in stream.words[first:i]):
            return False  # بات العمال مطالبين بدفع غرامة
        return len(following) > _SHORT and following not in words_of("not_governed_b")  # خرجوا مطالبين بفتح الطريق
    object_follows = following.startswith(("ال", "ب")) and following != "الي"
    return accusative and (following in ("في", "ايضا", "لمن") or stream.readings[i - 1] is not None or object_follows)
