"""Openers: the conjunction, preposition, mark or colon by which a cue opens what it reports."""

from collections.abc import Sequence

from app.arabic.names import actor_kind, given_names, is_name_word
from app.extract.statements.cues.verbs import CueAt
from app.extract.statements.frames.bare_openings import begins_with_b
from app.extract.statements.names.attributes import takes_complement
from app.extract.statements.names.by_marks import names_by_marks
from app.extract.statements.names.in_text import begins_name, is_preposition
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.text.found import Opening
from app.extract.statements.text.lexicon import Verb, lemmas_of, words_of
from app.extract.statements.text.marks import FAMILY, Quote
from app.extract.statements.text.nouns import is_group_head, is_title, looks_like_masdar
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import COMMA, Watched

# What follows these is the result of a condition or the main clause, never what a verb before them reports.
_RESULT = frozenset(["فان", "فانه", "فانها", "فانهم"])
_SAYING_ON = frozenset(["لقد", "قايلا", "قايله", "قايلين"])
_CLITICS = frozenset(["ب", "ل"])
_GOVERNED = _CLITICS | {"الي", "علي", "عن", "من", "في"}  # whatever a verb may govern
_FARTHEST = 60
_FARTHEST_NOUN = 24
_IN_TITLE = 4  # tokens from a preposition of a title to its bearer's name
_NEAR = 6  # tokens
_RELATIVE = ("الذي", "التي", "الذين")


def first_opener(stream: Stream, cue: CueAt, limit: int, last: int) -> Opening | None:
    """The first word or mark behind `cue` and before token `limit` that opens; `last` is the sentence's end."""
    words, verb = stream.words, cue.surface.verb
    takes_clause = "أن" in verb.opens
    governs = verb.governs
    leads = governs | {"عما", "مما"}
    that = words_of("complementizer")
    farthest = _FARTHEST if "مفعول" in verb.opens else _FARTHEST_NOUN
    nominal: Opening | None = None
    past = cue.last  # what stands before it has been passed over
    aside = _in_relative(stream, cue, limit)
    for j in _where_it_may_open(stream, cue, limit):
        if j < past or j in aside:
            continue
        word = words[j]
        quote = stream.opens.get(j)
        if quote is not None:
            if quote.round and words[j - 1] not in words_of("complementizer") and words[j - 1] != ":" and j != cue.last:
                past = max(quote.close, j + 1)
                continue
            if names_by_marks(stream, j, cue, last) or (takes_clause and _names_before_that(stream, quote, limit)):
                past = quote.close + 1
                continue
            return nominal or Opening("quotation", j, _before_saying(stream, cue, j))
        if word == ":" and not (words[j - 1].isdigit() and j + 1 < last and words[j + 1].isdigit()):
            if _title_and_clause(stream, j + 1, limit):
                continue
            return Opening("colon", j + 1, _before_saying(stream, cue, j)) if j + 1 < last else None
        if (
            (verb.stance == "ask" or verb.lemma in lemmas_of("tells_how"))
            and word in words_of("asked_with")
            and words[j - 1] not in ("عن", "الي")
        ):
            return Opening("clause", j, j)  # تساءلت كيف بيعت
        if verb.stance == "ask" and _asks_if(stream, j, limit):
            return Opening("clause", j, j)
        if word in _SAYING_ON and j > cue.last and takes_clause:
            return Opening("bare", j if word == "لقد" else j + 1, j)
        if word == "فان" and is_name_word(words[j - 1]) and stream.written(j, j + 1) == "فان":
            continue  # فيليب فان دير لان
        if word in _RESULT and j > cue.last:
            return nominal
        if word in that or (word == "الا" and _is_not_to(stream, j, limit)):
            if word == "ان" and j + 1 < limit and words[j + 1] in words_of("if_so"):
                past = j + 2  # إن وجدت، إن أمكن
                continue
            if _leads_elsewhere(words[j - 1], verb, governs):
                continue
            if takes_clause and not _too_far(stream, cue, j):
                again = nominal is not None and words[j - 1] == words[nominal.mid_end]  # إلى المنطقة إلى أن
                if nominal is not None and nominal.content < j - 1 and not again:
                    return nominal
                return Opening("clause", j, j)
        elif (
            (word in leads or word[0] in "بل") and nominal is None and verb.guard != "weak" and j - cue.last <= farthest
        ):
            nominal = _governed(stream, j, cue, governs, limit)
            if nominal is not None and is_title(words[cue.last]):
                behind = _past_title(stream, cue, j, limit)
                if behind is not None:
                    past, nominal = behind, None
                    continue
            if nominal is not None and nominal.content - j <= 1:
                if not _clause_follows(stream, j, limit, verb):
                    return nominal
                nominal = None if takes_clause and word == "من" and not _comes_with_that(stream, j, limit) else nominal
    return nominal


def _in_relative(stream: Stream, cue: CueAt, limit: int) -> range:
    """ونفت المدربة، التي قالت إنها لن تعود، توقيع …: what tells of the subject opens nothing for the verb before it."""
    words = stream.words
    commas = stream.places(COMMA, cue.last, min(limit, cue.last + 2 * _FARTHEST_NOUN))[:2]
    if len(commas) < 2 or words[commas[0] + 1] not in _RELATIVE or stream.readings[commas[0] + 2] is None:
        return range(0)
    inside = range(*commas)
    says = any(words[j] in words_of("complementizer") for j in inside) and ":" not in words[inside.start : inside.stop]
    return inside if says else range(0)


def _where_it_may_open(stream: Stream, cue: CueAt, limit: int) -> Sequence[int]:
    """The tokens to look at: all of them where a noun may have the verb's ب or ل written on it."""
    if cue.surface.verb.governs & _CLITICS:
        return range(cue.last, limit)
    return stream.places(_MAY_OPEN, cue.last, limit)


def _openers() -> frozenset[str]:
    """Whatever an opening, or what is passed over before it, begins with."""
    governed = _GOVERNED | {"عما", "مما"}
    clauses = words_of("complementizer") | words_of("asked_with") | {"ان", "ما", "الا"}
    return frozenset(FAMILY) | {":"} | governed | clauses | _RESULT | _SAYING_ON


_MAY_OPEN = Watched(_openers)


def _past_title(stream: Stream, cue: CueAt, j: int, limit: int) -> int | None:
    """دعا المبعوث إلى السهل فلان الفلاني إلى …: the token behind the name whose title has the preposition at `j`.

    The verb's own opener has to follow the name; None where it does not.
    """
    words = stream.words
    bearer = read_mention(stream, cue.last, limit)
    if bearer is None or bearer.shape != "full" or bearer.role is None or bearer.joined is not None:
        return None
    if not bearer.role[0] <= j < bearer.first <= j + _IN_TITLE:
        return None
    again = range(bearer.end, min(limit, bearer.end + _NEAR))
    opens = any(words[k] in words_of("complementizer") or words[k] == words[j] or words[k] == ":" for k in again)
    return bearer.end if opens else None


def _asks_if(stream: Stream, j: int, limit: int) -> bool:
    """سألت فلانة المريض إن كان …, تساءل ما إذا كانت …"""
    if j + 1 >= limit:
        return False
    word, following = stream.words[j], stream.words[j + 1]
    return (word == "ما" and following == "اذا") or (word == "ان" and following in words_of("was"))


def _before_saying(stream: Stream, cue: CueAt, j: int) -> int:
    """وأضاف فلان يقول: «…»: the speaker stands before the second verb, the opener behind it."""
    return j - 1 if j - 1 > cue.last and stream.words[j - 1] in words_of("says") else j


def _is_not_to(stream: Stream, j: int, limit: int) -> bool:
    """يتوقع ألا تهبط: أن and لا in one word, before a verb."""
    return j + 1 < limit and stream.written(j, j + 1) == "ألا" and stream.words[j + 1][0] in "يتن"


def _leads_elsewhere(before: str, verb: Verb, governs: frozenset[str]) -> bool:
    """Whether the word before أن takes it for itself: بحجة أن, رغم أن, and أبدى تطلعه في أن."""
    if before in words_of("not_before_that") or before in words_of("relative"):
        return True
    if verb.lemma in lemmas_of("clause_with_to") and before != "الي":
        return True
    return "اسم" in verb.opens and before in ("في", "من", "عن") and before not in governs


def _title_and_clause(stream: Stream, i: int, limit: int) -> bool:
    """وقال فلان: المتحدث باسم الدفاع إن …: a colon for a comma before a title."""
    if i >= limit or stream.words[i] not in words_of("title"):
        return False
    for word in stream.words[i + 1 : min(limit, i + 2 * _NEAR)]:
        if word in words_of("complementizer"):
            return True
        if not word.isalpha():
            return False
    return False


def _names_before_that(stream: Stream, quote: Quote, limit: int) -> bool:
    """في بيان تسلمت «المدار» نسخة منه أن: one word in marks, and the clause still to come."""
    if quote.close - quote.open > 2 or not quote.closed:
        return False
    return any(
        word in words_of("complementizer") for word in stream.words[quote.close + 1 : min(limit, quote.close + _NEAR)]
    )


def _too_far(stream: Stream, cue: CueAt, j: int) -> bool:
    """An imperfect that is mostly passive (يعتبر، يتوقع) reports only with أن right behind its subject."""
    guard = cue.surface.verb.guard
    if cue.joined and cue.surface.form == "perfect":
        return False
    if guard != "weak" and (cue.surface.form != "imperfect" or guard != "impersonal"):
        return False
    between = stream.words[cue.last : j]
    somebody = between and (
        is_group_head(between[0]) or between[0] in words_of("chief") or begins_name(stream, cue.last, j)
    )
    if guard == "impersonal" and somebody:  # وتتوقع مصادر في المقاومة أن
        return len(between) > 2 * _NEAR
    asked = ("من",) if "طلب" in cue.surface.verb.opens else ()  # طلب فلان من الحكومة أن …
    apart = any(w in "،,؛" or (w in words_of("preposition") and w not in asked) for w in between[:-1])
    return len(between) > 8 or apart


def _clause_follows(stream: Stream, j: int, limit: int, verb: Verb) -> bool:
    """Whether the same preposition comes again with أن after it: then the first one was an insertion's."""
    if _comes_with_that(stream, j, limit):
        return True
    if stream.words[j] != "من" or "أن" not in verb.opens:
        return False
    for k in range(j + 1, limit - 1):  # نبهت دراسة أعدها فريق من الجامعة إلى أن …
        if not stream.words[k].isalpha():
            return False
        if stream.words[k] in verb.governs and stream.words[k + 1] in words_of("complementizer"):
            return not looks_like_masdar(stream.words[k - 1].removeprefix("ال"))
    return False


def _comes_with_that(stream: Stream, j: int, limit: int, *, name: bool = False) -> bool:
    """Whether the preposition at `j` comes again with أن behind it, or with `name` behind a person's name."""
    words = stream.words
    again = (k for k in range(j + 1, limit - 1) if words[k] == words[j])
    if name:
        return any(is_name_word(words[k - 1]) or words[k - 1] in stream.names for k in again)
    return any(words[k + 1] in words_of("complementizer") for k in again)


def _governed(stream: Stream, j: int, cue: CueAt, governs: frozenset[str], limit: int) -> Opening | None:
    """A noun phrase after the preposition that the verb governs."""
    word = stream.words[j]
    following = stream.words[j + 1] if j + 1 < limit else ""
    if word == "عما" and "عن" in governs and cue.surface.verb.stance == "ask":
        return Opening("preposition", j, j)
    if word == "مما" and "من" in governs and stream.words[j - 1] not in "،,":
        return Opening("preposition", j, j)  # حذر مما وصفه بـ…
    if stream.words[j - 1] in words_of("known_as"):
        return None  # الملقب بـ«الصقر»
    if word == "ب" and "ب" in governs:
        return Opening("preposition", j + 1, j) if j + 1 in stream.opens else None
    if word in governs and (
        word != "علي" or (is_preposition(stream, j) and not begins_name(stream, j, limit, titled=True))
    ):
        if following in words_of("insertion_after") or following in words_of("complementizer") or not following:
            return None
        of_title = j == cue.last + 1 and _comes_with_that(stream, j, limit, name=True)
        if (j > cue.last + 1 or of_title) and takes_complement(stream, j):
            return None  # اللجنة المشرفة على …, وأكد المشرف على العروض المهندس فلان على …
        if word in ("من", "في", "ل") and j > cue.last and following in words_of("occasion"):
            return None
        if stream.words[j - 1] in words_of("issued_by") and j > cue.last:
            return None  # أعلن بيان صدر عن …
        if following.startswith("ال") and j + 2 < limit and stream.words[j + 2] in words_of("complementizer"):
            return None  # على الإنترنت أن
        if word == "في" and any(_comes_again(stream, k) for k in range(j + 1, min(limit, j + 16))):
            return None
        one_of = stream.words[j - 1] in words_of("anonymous") and not stream.words[j - 1].startswith("ال")
        if word == "من" and one_of:  # عدد من السكان
            return None
        kept = "+" + {"الي": "إلى", "علي": "على"}.get(word, word) in cue.surface.verb.opens
        return Opening("preposition", j if kept else j + 1, j)
    hurried = word == "بسرعه" and (following.startswith("ال") or looks_like_masdar(following))  # طالب بسرعة البحث
    if "ب" in governs and word[0] == "ب" and (hurried or _may_be_governed(word)):
        if j > cue.last + 1 and takes_complement(stream, j) and _governs_later(stream, j, limit):
            return None  # أوصت اللجنة المكلفة بالتحقيق بإحالة …
        if (is_name_word(word) and not word.startswith("بال")) or actor_kind(word) is not None:
            return None
        title_before = j - 2 >= cue.last and stream.words[j - 2].startswith("ال") and len(stream.words[j - 2]) > 2
        surname = not word.startswith("بال")
        if surname and stream.words[j - 1] in given_names() and (j == cue.last + 1 or title_before):  # سعيد بومدوحة
            return None
        if word[1:] in words_of("organisation") and _is_of_one(stream, j, limit):  # المتحدث بوزارة الداخلية أن
            return None
        if word == "بما" and following in ("ان", "في", "فيه", "فيها", "فيهم", "يعني"):
            return None
        if any(w in words_of("clause_with_b") for w in stream.words[j + 1 : min(limit, j + 2 * _NEAR)]):
            return None
        return Opening("preposition", j, j)
    if "ل" in governs and j > cue.last and (_asked_for(word) or _asked_of(stream, j)):
        return Opening("preposition", j, j)
    return None


def _governs_later(stream: Stream, j: int, limit: int) -> bool:
    return any(word[0] == "ب" and _may_be_governed(word) for word in stream.words[j + 1 : min(limit, j + 16)])


def _may_be_governed(word: str) -> bool:
    return (len(word) > 3 and not begins_with_b(word)) or word[1:] in words_of("short_masdar") or word == "بما"


def _asked_of(stream: Stream, j: int) -> bool:
    """دعا فلان الجمهور للهدوء: any noun with ل right behind the one who is asked."""
    word = stream.words[j]
    return word.startswith("لل") and stream.words[j - 1] in words_of("addressed") and len(word) > 5


def _asked_for(word: str) -> bool:
    """دعا فلان الوفد لزيارة …: a deed with ل written on it."""
    deed = word[2:] if word.startswith("لل") else word[1:]
    if word[0] != "ل" or len(deed) <= 3:
        return False
    fifth = len(deed) == 4 and deed[0] == "ت" and word.startswith("لل") and actor_kind("ال" + deed) is None  # للتحرك
    return fifth or looks_like_masdar(deed) or deed in words_of("content_noun")


def _is_of_one(stream: Stream, j: int, limit: int) -> bool:
    """Whether an organisation behind ب is where the speaker belongs: what is said follows, with أن or its own ب."""
    further = stream.words[j + 1 : min(limit, j + _NEAR)]
    if not any(is_title(word) for word in stream.words[max(0, j - 2) : j]):
        return False  # أشاد فلان بالمقاومة
    return any(word in words_of("complementizer") or word.startswith("بال") for word in further)


def _comes_again(stream: Stream, k: int) -> bool:
    """Whether a later «في» behind a comma is the governed one: شكك الباحث في المركز، فلان، في صمود الاتفاق."""
    return stream.words[k] == "في" and stream.words[k - 1] in "،,"
