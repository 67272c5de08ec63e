"""Verbs of saying that another verb leads to: عاد ليؤكد, سارع إلى القول إن, ما لبث أن أعلن, صمت قبل أن يقول."""

from functools import cache

from app.extract.statements.text.lexicon import Surface, Verb, lemmas_of, readings, surfaces, words_of
from app.extract.statements.text.stream import Stream

_SHORTEST_IMPERFECT = 4  # letters
_REACH = 14  # tokens
_TO = ("الي", "علي", "في", "عند", "حد")
_SUBJECT = 8  # tokens
_JUSSIVES = {"يقل": "يقول", "تقل": "تقول", "يضف": "يضيف", "تضف": "تضيف", "يجب": "يجيب", "تجب": "تجيب"}
_EXCEPT = ("سوي", "الا", "غير", "اكثر")
_OPENER = ("علي", "الي", "عن", "ب")
_HIS_WORDS = ("بالقول", "بقوله", "بقولها", "حديثه", "حديثها")

Reading = tuple[Surface, bool]


@cache
def led_words() -> frozenset[str]:
    """Words that are no verb of saying by themselves, and one behind a verb that leads to it."""
    return frozenset(_purposes().keys() | _nouns().keys() | _JUSSIVES.keys())


def led_to(stream: Stream, i: int, first: int) -> Reading | None:
    """What token `i`, one of the `led_words`, is behind the verb that leads to it."""
    word = stream.words[i]
    purpose = _purposes().get(word)
    if purpose is not None:
        return _purpose(stream, i, first, purpose)
    if word in _JUSSIVES:
        denied = i > first and stream.words[i - 1] in words_of("negation")
        return readings()[_JUSSIVES[word]] if denied and says_nothing_but(stream, i + 1) else None
    surface = _nouns().get(word)
    if surface is None or not _is_said(stream, i, first, surface.verb.governs):
        return None
    return surface, False


def follows_leader(stream: Stream, i: int, first: int) -> bool:
    """قبل أن يقول: «…», ولم ينس أن يؤكد أن …: an imperfect behind أن that did happen."""
    words = stream.words
    if i - first < 2 or words[i - 1] != "ان":
        return False
    if words[i - 2] == "قبل":
        return _opens_here(stream, i + 1) and not any(w in words_of("not_yet") for w in words[first:i])
    return leading_verb(stream, i, first) is not None


def says_nothing_but(stream: Stream, j: int) -> bool:
    """لم يقل الأب سوى: «…»: an exception from what is denied, and the words themselves right behind it."""
    words = stream.words
    for k in range(j, min(len(words) - 1, j + _SUBJECT)):
        if words[k] in _EXCEPT:
            if words[k] == "اكثر":  # لم يقل أكثر من: «…»
                return words[k + 1] == "من" and _opens_here(stream, _past_wording(stream, k + 2))
            if words[k + 1] in words_of("wording"):
                return _opens_here(stream, _past_wording(stream, k + 1))
            return _opens_here(stream, k + 1) and (words[k] == "سوي" or words[k + 1] not in ("ان", "انه", "انها"))
    return False


def _past_wording(stream: Stream, j: int) -> int:
    """سوى جملة واحدة: past the noun for the words and what is said of it."""
    words = stream.words
    if j < len(words) and words[j] in words_of("wording"):
        j += 1
        while j < len(words) - 1 and words[j].isalpha() and words[j] not in words_of("complementizer"):
            j += 1
    return j


def leading_verb(stream: Stream, i: int, first: int) -> int | None:
    """The verb before أن that leads to the verb of saying at `i`: لبث in ما لبث فلان أن أعلن."""
    words = stream.words
    if i - first < 2 or words[i - 1] != "ان":
        return None
    for j in range(i - 2, max(first, i - _REACH) - 1, -1):
        if words[j] in words_of("leads_with_that"):
            return j if j > 0 and words[j - 1] in words_of("negation_of_leader") else None
    return None


@cache
def _purposes() -> dict[str, Reading]:
    """Imperfects with ل before them."""
    return {
        "ل" + word: reading
        for word, reading in readings().items()
        if word[0] in "يت"
        and len(word) >= _SHORTEST_IMPERFECT
        and not reading[1]
        and reading[0].form == "imperfect"
        and not reading[0].pronoun
    }


def _purpose(stream: Stream, i: int, first: int, reading: Reading) -> Reading | None:
    """وعاد المحافظ ليؤكد أن …: an imperfect behind ل that is said, and no purpose."""
    returned = any(before in words_of("returned") for before in stream.words[max(first, i - _REACH) : i])
    return reading if returned or _adds(stream, i, first, reading[0]) else None


def _adds(stream: Stream, i: int, first: int, surface: Surface) -> bool:
    """قال فلان إن …، ليضيف أن …: a verb of going on, behind a comma and what was said before it."""
    words = stream.words
    if surface.verb.lemma not in lemmas_of("goes_on_saying") or i - first < 2 or words[i - 1] not in "،,":
        return False
    if i + 1 == len(words) or not (_opens_here(stream, i + 1) or words[i + 1] in _HIS_WORDS):
        return False
    return any(stream.readings[j] is not None for j in range(first, i - 1))


@cache
def _nouns() -> dict[str, Surface]:
    """Verbal nouns of saying with their article, with ب before them too, as participles of their verbs."""
    return {
        before + noun: Surface(verb, "participle", None, False, False)
        for noun, verb in (nouns_of_saying() | _nouns_of_asking()).items()
        for before in (("ال", "بال", "ب") if noun in _nouns_of_asking() else ("ال", "بال"))
    }


@cache
def _nouns_of_asking() -> dict[str, Verb]:
    """دعوة, مطالبة: nouns of asking for something, folded and bare, with their verbs."""
    pairs = (pair.split("=") for pair in sorted(words_of("noun_of_asking")))
    return {noun: surfaces()[verb][0].verb for noun, verb in pairs}


@cache
def nouns_of_saying() -> dict[str, Verb]:
    """Verbal nouns of saying, folded and bare, with their verbs."""
    pairs = (pair.split("=") for pair in sorted(words_of("noun_of_saying")))
    return {noun: surfaces()[verb][0].verb for noun, verb in pairs}


def _is_said(stream: Stream, i: int, first: int, governs: frozenset[str]) -> bool:
    """سارع إلى القول إن …, ختم بالدعوة إلى …: a leading verb before it, what is said right behind it."""
    words = stream.words
    governed = words[i][0] == "ب" or (i > first and words[i - 1] in _TO)
    if not governed and not _is_said_again(stream, i, first):
        return False
    asked = words[i].endswith("ه") and words[i + 1 : i + 2 if words[i].startswith(("ال", "بال")) else i + _SUBJECT]
    asks = governed and any(word in governs or word[0] in governs for word in asked or [])
    if asked and asked[0] == "من":  # بتوصية من فلان
        asks = False
    if not (asks or _opens_here(stream, i + 1)):
        return (
            words[i][0] == "ب"
            and words[i + 1 : i + 2] != []
            and words[i + 1] in governs
            and _led_here(stream, i, first)
        )
    return not governed or any(word in words_of("leads_to_saying") for word in words[max(first, i - _REACH) : i])


def _is_said_again(stream: Stream, i: int, first: int) -> bool:
    """أعاد الوزير القول إن …, فضّل التذكير بأن …: a noun of saying for the object of a verb that leads to it."""
    if stream.words[i] not in words_of("said_object"):
        return False
    return any(word in words_of("says_again") for word in stream.words[max(first, i - _REACH) : i])


def _led_here(stream: Stream, i: int, first: int) -> bool:
    """قام فلان بالتأكيد على ضرورة …: a leading verb before it, and no other between, as in طالبوا بالكشف عن …"""
    for j in range(i - 1, max(first, i - _REACH) - 1, -1):
        if stream.words[j] in words_of("leads_to_saying"):
            return True
        if stream.readings[j] is not None or not stream.words[j].isalpha():
            return False
    return False


def _opens_here(stream: Stream, j: int) -> bool:
    """Whether a clause, a colon or a quotation begins at token `j`, behind its preposition or a subject."""
    words = stream.words
    for k in range(j, min(len(words), j + 2)):
        if words[k] in words_of("complementizer") or words[k] == ":":
            return True
        if k in stream.opens and not stream.opens[k].round:
            return True
        if words[k] not in _OPENER:
            return False
    return False
