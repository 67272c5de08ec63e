"""Cues: the words of a sentence that announce reported words, with the readings that are none taken out."""

from itertools import pairwise

import msgspec

from app.arabic.names import is_given_name, is_name_word
from app.extract.statements.cues.led_verbs import follows_leader, led_to, led_words, says_nothing_but
from app.extract.statements.cues.senses import homonymous, sense_at
from app.extract.statements.text.lexicon import Surface, lemmas_of, readings, words_of
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import Watched

_CONDITIONS = frozenset(["رفض", "اشترط", "طلب", "طالب"])  # … عدم ذكر اسمه
_BEFORE_A_VERB = ("clause_start", "relative", "reset", "same")
# Before an imperfect these say that it may be said, or will be.
_NOT_YET_SAID = frozenset(["ان", "لان", "بان", "قد", "وان", "سوف", "وسوف"])
_SHORT = 3  # letters
_NEAR = 6  # tokens
_TANWIN = ("اً", "ًا")
_CANDIDATE = Watched(lambda: led_words() | readings().keys() | homonymous())
_SUBJECT = 14  # tokens between a verb that looks like a preposition and أن


class CueAt(msgspec.Struct, frozen=True):
    """A candidate: tokens `at` to `last` (exclusive); `joined` when و or ف is written with it."""

    at: int
    last: int
    surface: Surface
    joined: bool

    @property
    def participle(self) -> bool:
        return self.surface.form == "participle"


def surface_at(stream: Stream, i: int) -> tuple[Surface, bool] | None:
    """The lexicon's reading of token `i`, and whether a conjunction is joined to it."""
    return stream.readings[i]


def find_cues(stream: Stream, first: int, last: int) -> list[CueAt]:
    """All candidates outside quotation marks among tokens `first` to `last`."""
    found = []
    for i in stream.places(_CANDIDATE, first, last):
        sense = sense_at(stream, i)
        reading = sense or stream.readings[i] or led_to(stream, i, first)
        if reading is None or reading[0].form == "masdar":
            continue
        if reading[0].pronoun and reading[0].verb.lemma == "وعد" and _counts_it(stream, i):
            reading = readings()[stream.words[i][1:]][0], True
        if stream.quote[i] >= 0 and not _interrupts_quotation(stream, i):
            continue
        surface, joined = reading
        if sense is None and _is_never_cue(stream, i, joined):
            continue
        if not _is_other_word(stream, i, first, surface, joined):
            apart = i > first and stream.words[i - 1] == "و"  # و أضاف: the conjunction with a space behind it
            found.append(CueAt(i, i + 1, surface, joined or apart))
    return found


def _counts_it(stream: Stream, i: int) -> bool:
    """وعدّها «سابقة», which looks like وعدها."""
    return "دّ" in stream.written(i, i + 1) or (i + 1 in stream.opens and not stream.opens[i + 1].round)


def _interrupts_quotation(stream: Stream, i: int) -> bool:
    """، معتبراً أن inside marks: the newspaper's cue within sloppy marks, not the speaker's word."""
    if i == 0 or stream.words[i - 1] not in "،," or stream.quote[i - 1] != stream.quote[i]:
        return False
    if stream.quote[min(i + 1, len(stream.words) - 1)] != stream.quote[i]:
        return False
    reading = surface_at(stream, i)
    if reading is None or reading[0].form != "participle":
        return False
    following = stream.words[i + 1 : i + 3]  # معتبراً أن, لافتاً إلى أن
    if following and following[0] in reading[0].verb.governs:
        del following[0]
    return bool(following) and following[0] in words_of("complementizer")


def _is_never_cue(stream: Stream, i: int, joined: bool) -> bool:
    """مدينة, عدة: mostly another word; دوّن with its sign is none, and محدداً أن no adjective."""
    word = stream.words[i][1:] if joined else stream.words[i]
    if word not in words_of("never_cue") or (word == "دون" and "وّ" in stream.written(i, i + 1)):
        return False
    following = stream.words[i + 1] if i + 1 < len(stream.words) else ""
    return not (word.endswith("ا") and stream.words[i - 1] in "،," and following in words_of("bare_complementizer"))


def _is_other_word(stream: Stream, i: int, first: int, surface: Surface, joined: bool) -> bool:
    """Whether the words before token `i` show that it is no report here: negated, conditional, a noun."""
    before = stream.words[i - 1] if i > first else ""
    word = stream.words[i][1:] if joined else stream.words[i]
    if not joined and before.startswith("ال") and _is_titled_name(before, word):
        return True  # المهندس تامر الغزي
    if surface.verb.guard == "again" and surface.form == "participle" and not is_said_again(stream, i + 1):
        return True  # مجدداً
    if surface.form == "perfect" and word[0] == "ا" and stream.written(i, i + 1)[joined] == "إ":
        return True  # إيد is a name, إعلان a noun
    if surface.verb.lemma == "أجمع" and surface.form == "imperfect" and not _agree_on(stream, i):
        return True
    if (
        surface.pronoun
        and not _is_said_to(stream, i, surface)
        and not (
            surface.verb.lemma in lemmas_of("told_first") and word.endswith(("نا", "ني")) and _is_told_us(stream, i)
        )
        and not (surface.verb.opens & {"مفعول", "وصف"} and word.endswith(("ه", "ها", "هم", "هما")))
    ):
        return True
    if surface.verb.lemma == "تابع" and i + 1 < len(stream.words) and stream.words[i + 1].startswith("ل"):
        return True  # مسجد تابع لقوات …
    if word == "تبين" and not _someone(stream, i + 1):  # it turned out that …
        return True
    if joined and stream.words[i] in ("ورد", "فرد") and before.isalpha():  # كل فرد, كما ورد
        return True
    if word == "عقب" and not joined and "علي" not in stream.words[i + 1 : i + 6]:  # the preposition
        return True
    if word in words_of("also_noun") and not joined and not _is_verb(stream, i, first, surface):
        return True
    nearby = stream.words[i + 1 : i + 6]
    if word.endswith("اثني") and nearby[:1] in (["عشر"], ["عشره"]):
        return True
    if surface.pronoun and before in words_of("before_infinitive"):
        return True
    if surface.verb.lemma == "شدّد" and any(w in words_of("tightened") for w in nearby) and "ان" not in nearby:
        return True
    if surface.verb.lemma == "أدان" and any(w in words_of("owed") for w in nearby):
        return True
    if surface.form == "perfect" and word.endswith("وا") and stream.written(i, i + 1).endswith(_TANWIN):
        return True  # عدواً
    if surface.verb.lemma == "رفض" and any(w in words_of("refused") for w in stream.words[i + 1 : i + 9]):
        return True
    if surface.verb.lemma == "أبلغ" and surface.form == "imperfect" and _is_amount(stream, i + 1):
        return True
    if surface.verb.lemma in _CONDITIONS and any(w in words_of("name_withheld") for w in stream.words[i + 1 : i + 6]):
        return True
    if surface.verb.guard == "burden" and not any("مسوولي" in w for w in stream.words[i + 1 : i + 10]):
        return True
    if surface.form == "participle" and not _is_cue_participle(stream, i, first, surface):
        return True
    following = stream.words[i + 1] if i + 1 < len(stream.words) else ""
    if surface.verb.lemma == "صرّح" and following in ("له", "لها", "لهم") and not _says_a_clause(stream, i + 2):
        return True  # صرّح له الحارس بالدخول
    if before in words_of("relative") and following in words_of("resumptive"):
        return True
    denied = before in words_of("negation")
    if denied and surface.verb.lemma not in lemmas_of("denied_too") and not says_nothing_but(stream, i + 1):
        return True  # not to deny and not to rule out is to say something
    if surface.verb.lemma in lemmas_of("only_denied") and (not denied or following.startswith("علي")):
        return True  # لا يخفى على أحد أن
    if surface.verb.lemma in lemmas_of("confides") and not following.startswith("ل") and "بان" not in nearby:
        return True
    if surface.verb.lemma in lemmas_of("agrees") and not _agree_on(stream, i, to_do=False):
        return True
    if before in words_of("condition") or before in ("لما", "حسبما", "مما", "بما", "عما"):
        return True
    if before in ("لمن", "ممن"):
        return True
    if before == "ما" and stream.words[i - 2] not in words_of("often"):  # سرعان ما ندد
        return True
    if surface.form == "imperfect" and before in _NOT_YET_SAID and not follows_leader(stream, i, first):
        return True
    points = (
        surface.form == "imperfect" and i > 1 and stream.words[i - 2] in ("عن", "وعن", "حول", "وحول")
    )  # وعن هذا تقول فلانة
    after_noun = (before in words_of("noun_only_after") and not points) or (
        surface.pronoun and before in words_of("preposition")
    )
    after_noun = after_noun or before.isdigit() or before in words_of("counting")  # 400 طالب
    if surface.form != "participle" and not joined and after_noun:
        return True
    return surface.verb.guard == "clause" and not _opens_clause(stream, i, first, joined)


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


def _is_amount(stream: Stream, i: int) -> bool:
    """تبلغ عشرة أيام: what it amounts to."""
    word = stream.words[i] if i < len(stream.words) else ""
    return word.isdigit() or word in words_of("numeral")


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
    groups = ("title", "organisation", "document", "anonymous")
    return i < len(stream.words) and any(stream.words[i] in words_of(group) for group in groups)


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
    return accusative and (
        following in ("في", "ايضا", "لمن") or surface_at(stream, i - 1) is not None or object_follows
    )
