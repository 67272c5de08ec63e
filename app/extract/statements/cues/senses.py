"""Verbs that report in one sense only: سلّم بأن, أعلم فلاناً أن, أطلق تحذيراً من أن, and not سلّم المفاتيح."""

from collections.abc import Callable
from functools import cache

from msgspec.structs import replace

from app.arabic.names import is_name_word
from app.extract.statements.text.lexicon import Surface, homonyms, words_of
from app.extract.statements.text.nouns import is_group_head, is_title, looks_like_masdar
from app.extract.statements.text.stream import Stream

_NAME = 3  # tokens within marks that may be a name
_REACH = 14  # tokens from the verb to what shows its sense
_WHOM = 5  # tokens
_SUBJECT = 7  # tokens
_BROKEN_PLURAL = 5  # letters
_SIGNS = frozenset(".،,؛:!؟?")
_WITH_B = frozenset(["بان", "بانه", "بانها", "بانهم", "بانهما", "بانهن", "باننا", "بانني", "باني"])
_WITH_PRONOUN = frozenset(["names", "us"])
_IT_IS = frozenset(["انه", "انها", "انهم", "انهما"])

Reading = tuple[Surface, bool]


def sense_at(stream: Stream, i: int) -> Reading | None:
    """What token `i`, one of the `homonyms`, says where the words behind it show that it reports."""
    for surface, joined in homonyms().get(stream.words[i], ()):
        verb = surface.verb
        if surface.pronoun != (verb.guard in _WITH_PRONOUN):
            continue
        if all(shown(stream, i) for shown in _senses(verb.guard)):
            return replace(surface, verb=replace(verb, guard=""), pronoun=verb.guard == "names"), joined
    return None


def _behind(stream: Stream, i: int) -> range:
    """The tokens behind `i` up to a sign, a mark or the farthest."""
    end = min(len(stream.words), i + _REACH)
    stop = next((j for j in range(i + 1, end) if stream.words[j] in _SIGNS or j in stream.opens), end)
    return range(i + 1, stop)


def _is_called(stream: Stream, i: int) -> bool:
    """سمّاه المدرب «أفضل لاعب في الجيل»: words in marks, and no name; not ما سمّاه «…», which is part of a sentence."""
    if i > 0 and (stream.words[i - 1] in words_of("with_ma") or stream.words[i - 1] in words_of("relative")):
        return False
    end = min(len(stream.words), i + _SUBJECT)
    quote = next((stream.opens[j] for j in range(i + 1, end) if j in stream.opens), None)
    if quote is None or quote.round or not quote.closed or quote.close - quote.open <= _NAME:
        return False
    return _is_someone(stream, i + 1) and all(word.isalpha() for word in stream.words[i + 1 : quote.open])


def _tells_us(stream: Stream, i: int) -> bool:
    """حدثنا الصياد فلان عن …, and not the imperative حدثنا عن."""
    return stream.words[i].endswith(("نا", "ني")) and i + 1 not in stream.opens and _is_someone(stream, i + 1)


def _is_spelt(stream: Stream, i: int) -> bool:
    """بشّر, or بشرت and يبشر, which are no nouns; not بشر."""
    return stream.words[i].lstrip("وف") not in words_of("also_noun") or "ّ" in stream.written(i, i + 1)


def _colon_behind(stream: Stream, i: int) -> bool:
    """استأنف الشيخ: «…», نطق القاضي بالحكم: «…»: someone, and a colon before any other sign."""
    end = min(len(stream.words), i + _REACH)
    stop = next((j for j in range(i + 1, end) if stream.words[j] in _SIGNS), None)
    return stop is not None and stream.words[stop] == ":" and (stop == i + 1 or _is_someone(stream, i + 1))


def _of_document(stream: Stream, i: int) -> bool:
    """أظهرت الدراسة أن, دراسة حديثة أثبتت أن: a study, a report or its figures show it."""
    that = _that_of(stream, i)
    if that is None:
        return False
    first = stream.sentence_start[i]
    near = range(i + 1, min(that, i + 3)) if that > i + 1 else range(max(first, i - _NAME), i)
    return any(stream.words[j] in words_of("document") or stream.words[j] in words_of("information") for j in near)


def _that_of(stream: Stream, i: int) -> int | None:
    """The token of أن behind the verb `i`, where no other verb or conjunction takes it."""
    that = next((j for j in _behind(stream, i) if stream.words[j] in words_of("complementizer")), None)
    if that is None or stream.words[that - 1] in words_of("not_before_that") or "إ" in stream.written(that, that + 1):
        return None
    between = (reading[0] for reading in stream.readings[i + 1 : that] if reading is not None)
    other = any("أن" in s.verb.opens and s.verb.guard != "weak" and s.form != "masdar" for s in between)
    return None if other else that


def _to_that(stream: Stream, i: int) -> bool:
    """انتهى الباحث إلى أن …, and not انتهى به الأمر إلى أن."""
    behind = stream.words[i + 1 : i + 4]  # توصلوا إلى أن السد قديم, and not انتهى إلى أن باع البيت
    known = behind[:1] == ["الي"] and (behind[-1].startswith("ال") or behind[1:2] != ["ان"])
    return (known or _is_someone(stream, i + 1)) and _governs_that(stream, i, "الي")


def _on_that(stream: Stream, i: int) -> bool:
    """راهن المدرب على أن …"""
    return _is_someone(stream, i + 1) and _governs_that(stream, i, "علي")


def _governs_that(stream: Stream, i: int, preposition: str) -> bool:
    """Whether the first such preposition behind the verb has أن right behind it."""
    at = next((j for j in _behind(stream, i) if stream.words[j] == preposition), None)
    return at is not None and stream.words[at + 1 : at + 2] != [] and stream.words[at + 1] in words_of("complementizer")


def _pictures(stream: Stream, i: int) -> bool:
    """صوّر النائب الاتفاق على أنه هزيمة."""
    behind = _behind(stream, i)
    return any(stream.words[j] == "علي" and stream.words[j + 1] in _IT_IS for j in behind[:-1])


def _faults(stream: Stream, i: int) -> bool:
    """ألقى الوزير باللوم على الشركة."""
    behind = _behind(stream, i)
    fault = next((j for j in behind if stream.words[j] in words_of("blame")), None)
    return fault is not None and "علي" in stream.words[fault + 1 : fault + _WHOM]


def _estimates(stream: Stream, i: int) -> bool:
    """قدّرت المنظمة عدد النازحين بألفي عائلة."""
    counted = i + 1 < len(stream.words) and stream.words[i + 1] in words_of("not_a_source")  # يقدر عدد السكان بمليون
    return not counted and _is_someone(stream, i + 1) and any(_is_amount(stream, j) for j in _behind(stream, i)[2:])


def _is_amount(stream: Stream, i: int) -> bool:
    word = stream.words[i]
    if word == "ب":
        return i + 1 < len(stream.words) and stream.words[i + 1][0].isdigit()
    return word[0] == "ب" and (word[1:] in words_of("numeral") or word[1:] in words_of("quantity"))


def _of_validity(stream: Stream, i: int) -> bool:
    """طعن المحامي في صحة العقد, and not طعن اللص الحارس في صدره."""
    behind = _behind(stream, i)
    return any(stream.words[j] == "في" and stream.words[j + 1] in words_of("validity") for j in behind[:-1])


def _claims(stream: Stream, i: int) -> bool:
    """تبنى التنظيم الهجوم, and not تبنى المجلس القانون."""
    noun = stream.words[i].endswith("ي") and not stream.written(i, i + 1).endswith("ى")  # تبنّي القرار
    return not noun and any(stream.words[j] in words_of("claimed") for j in _behind(stream, i)[:_SUBJECT])


def _counts(stream: Stream, i: int) -> bool:
    """وثّقت الشبكة مقتل عشرة مدنيين, told by who counts such things; سجّل الرئيس أن …, told by anybody."""
    behind = _behind(stream, i)
    if _that_of(stream, i) is not None:
        return _is_someone(stream, i + 1)
    counts = stream.words[i + 1] in words_of("watcher") if behind else False
    return counts and any(stream.words[j] in words_of("counted") for j in behind[1:])


def _with_b(stream: Stream, i: int) -> bool:
    """سلّم المدرب بأن …, and not صلى الله عليه وسلم بأنه."""
    if i > 0 and stream.words[i - 1] in ("عليه", "عليهم", "واله"):
        return False
    near = [stream.words[j] for j in _behind(stream, i)[:_SUBJECT]]
    first_b = next((k for k, word in enumerate(near) if _is_of_b(word)), None)
    return first_b is not None and near[first_b] in _WITH_B and "الي" not in near[:first_b]


def _is_of_b(word: str) -> bool:
    """بقناعاته, بأن; and not باسم, which belongs to who speaks."""
    return word[0] == "ب" and word not in words_of("on_behalf")


def _tells(stream: Stream, i: int) -> bool:
    """أعلمت الإدارة الموظفين أن …, and not أعلم أن, أشعر اليوم بأن."""
    if not _is_someone(stream, i + 1):
        return False
    that = next((j for j in _behind(stream, i) if stream.words[j] in words_of("complementizer")), i)
    return that - i > 2  # who tells, and who is told


def _blames(stream: Stream, i: int) -> bool:
    """عاب فلان على فلان أنه …, and not أخذ على عاتقه أن."""
    words = stream.words
    on = next((j for j in _behind(stream, i) if words[j] == "علي"), None)
    if on is None or on + 1 >= len(words) or words[on + 1] in words_of("taken_upon"):
        return False
    return any(words[j] in words_of("complementizer") for j in _behind(stream, on) if j <= on + _WHOM)


def _someone_behind(stream: Stream, i: int) -> bool:
    return stream.words[i + 1 : i + 2] != [] and stream.words[i + 1] not in _WITH_B and _is_someone(stream, i + 1)


def _is_someone(stream: Stream, i: int) -> bool:
    if i >= len(stream.words):
        return False
    word = stream.words[i]
    return is_group_head(word) or word in stream.names or is_name_word(word)


def _belittles(stream: Stream, i: int) -> bool:
    """قلل فلان من أهمية …: of what somebody makes little."""
    words = stream.words
    return _is_someone(stream, i + 1) and any(
        words[j] == "من" and words[j + 1] in words_of("of_weight") for j in _behind(stream, i)[:-1]
    )


def _ascribes(stream: Stream, i: int) -> bool:
    """أرجع الخبير ارتفاع الأسعار إلى …, and not أرجع الموظف الملف إلى المدير: something that happens has a cause."""
    behind = range(i + 1, min(stream.sentence_end[i], i + _REACH))  # أرجعت مصادر في الوزارة، التأخير إلى …
    to = next((j for j in behind if stream.words[j] == "الي"), i)
    return _is_someone(stream, i + 1) and any(_happens(stream.words[j]) for j in range(i + 2, to))


def _happens(word: str) -> bool:
    bare = word.removeprefix("ال")
    deed = looks_like_masdar(bare) and (len(bare) > _BROKEN_PLURAL or bare[0] == "ت")  # no أطراف
    return deed or bare in words_of("has_a_cause")


def _calls(stream: Stream, i: int) -> bool:
    club = stream.written(i, i + 1).endswith("ي")
    return not club and any(_is_called_for(stream, j) for j in _behind(stream, i)[:_WHOM])


def _is_called_for(stream: Stream, i: int) -> bool:
    """نادى المتظاهرون بإسقاط المجلس, and not ينادون السجناء بالأرقام: a deed has its hamza below, a plural above."""
    word = stream.words[i]
    deed = word[1:].removeprefix("ال")
    named = looks_like_masdar(deed) and "أ" not in stream.written(i, i + 1)
    return word[0] == "ب" and (named or deed in words_of("content_noun"))


def _directs(stream: Stream, i: int) -> bool:
    """وجّه المحافظ بتشكيل لجنة, and not وجّه الجيش ضربة باستخدام الصواريخ: nothing but who directs before the deed."""
    at = next((j for j in _behind(stream, i) if _is_called_for(stream, j)), None)
    return at is not None and all(_may_name(stream, j) for j in range(i + 1, at))


def _may_name(stream: Stream, i: int) -> bool:
    word = stream.words[i]
    return word.startswith("ال") or is_title(word) or is_name_word(word) or word in stream.names or word in ("بن", "ال")


def _asks(stream: Stream, i: int) -> bool:
    """سأل النائب الوزير عما إذا كان …, سأله عن سبب التأخير; and not سأل عن البيت."""
    words = stream.words
    behind = _behind(stream, i)
    return any(words[j] == "عما" or (words[j] == "عن" and words[j + 1] in words_of("asked_about")) for j in behind[:-1])


def _outlet_says(stream: Stream, i: int) -> bool:
    """نشرت الصحيفة أن …, and not نشرت الدراسة أمس."""
    outlet = i + 1 < len(stream.words) and stream.words[i + 1].removeprefix("ال") in words_of("channel")
    return outlet and _that_of(stream, i) is not None


def _unveils(stream: Stream, i: int) -> bool:
    """أماط النائب اللثام عن صفقة."""
    return any(stream.words[j] == "اللثام" for j in _behind(stream, i))


def _with_noun_of_speech(stream: Stream, i: int) -> bool:
    """أطلقت الهيئة تحذيراً من أن …, طرح الصحافي سؤالاً: «…»: what it says right behind the noun, or behind whom."""
    words = stream.words
    noun = next((j for j in _behind(stream, i) if words[j] in words_of("light_noun")), None)
    if noun is None:
        return False
    end = min(len(words), noun + _WHOM)
    that = next((j for j in range(noun + 1, end) if words[j] in words_of("complementizer") or words[j] == ":"), None)
    if that is None or any(word in _SIGNS for word in words[noun + 1 : that]):
        return False
    return words[that] == ":" or words[that - 1] not in words_of("not_before_that")


_SENSES = {
    "b": _with_b,
    "told": _tells,
    "blames": _blames,
    "someone": _someone_behind,
    "ascribes": _ascribes,
    "calls": _calls,
    "belittles": _belittles,
    "light": _with_noun_of_speech,
    "colon": _colon_behind,
    "document": _of_document,
    "to": _to_that,
    "on": _on_that,
    "as": _pictures,
    "faults": _faults,
    "estimates": _estimates,
    "validity": _of_validity,
    "claims": _claims,
    "counts": _counts,
    "names": _is_called,
    "us": _tells_us,
    "spelt": _is_spelt,
    "directs": _directs,
    "asks": _asks,
    "unveils": _unveils,
    "outlet": _outlet_says,
}


@cache
def _senses(guard: str) -> tuple[Callable[[Stream, int], bool], ...]:
    """What shows the sense that the guard of a verb names: all of these have to."""
    return tuple(_SENSES[sense] for sense in guard.split("+"))


@cache
def homonymous() -> frozenset[str]:
    """All written forms of these verbs."""
    return frozenset(homonyms())
