"""Before a speaker: what may stand between a verb of saying and who says it."""

from functools import cache

from app.arabic.kept import kept
from app.arabic.names import is_name_word
from app.extract.statements.names.in_text import begins_name
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import is_group_head, is_title
from app.extract.statements.text.stream import Stream

_MORE, _FROM = "اكثر", "من"
SIGNS = frozenset("،,:;؛-–—()[]{}/*|") | {"..", "..."}


def skip_insertions(stream: Stream, first: int, last: int) -> int:
    """The first token after adverbs, signs and prepositional phrases that stand before the speaker."""
    i = first
    words = stream.words
    while i < last and _may_stand_before(words[i]):
        word = words[i]
        if word == "اخري" and i == first and i + 1 >= last:
            break  # وقالت أخرى إن …
        if _opens_time(stream, i, last):
            i = after_phrase(stream, i, last)
        elif _stands_aside(word) or _is_bare_object(stream, i, last):
            i += 1
        elif is_pair(stream, i, last):
            i += 2
        elif word == "لمراسلنا":
            i += 1
        elif (word in words_of("preposition") and not begins_name(stream, i, last)) or leans_on_outlet(stream, i):
            i = after_phrase(stream, i, last)
        elif word.startswith("ل") and len(word) > 3 and i == first and _told_to(word):
            i = i + 1 if word.startswith("لل") or _to_ours(word) else after_phrase(stream, i, last)
        elif word.startswith("بال") or word in words_of("with_manner"):
            i += 2 if word in words_of("manner_of") or _describes(words, i + 1, last) else 1
        else:
            break
    return i


@kept
def _may_stand_before(word: str) -> bool:
    """Whether a folded word can be skipped at all: most are told to be no insertion by themselves."""
    return (
        _stands_aside(word)
        or word in ("ذلك", "مره", "مناسبه")
        or may_begin_pair(word)
        or word in words_of("preposition")
        or word in words_of("with_manner")
        or leans(word)
        or word.startswith(("ل", "بال"))
    )


def _stands_aside(word: str) -> bool:
    return (
        word in ("مره", "مناسبه")
        or word in words_of("adverb")
        or word in SIGNS
        or word.isdigit()
        or _leads_to_speaker(word)
    )


def _leads_to_speaker(word: str) -> bool:
    """وقال له فلان: whom it is said to; not نقلت عنه الوكالة."""
    return word in ("لنا", "لي") or (word in words_of("with_pronoun") and not word.startswith("عن"))


def _describes(words: list[str], i: int, last: int) -> bool:
    """بمرارة شديدة: an adjective of the manner before it."""
    both = i < last and words[i].isalpha() and words[i].endswith("ه") and words[i - 1].endswith("ه")
    return both and not (is_name_word(words[i]) or is_group_head(words[i]) or words[i].startswith("ال"))


def _opens_time(stream: Stream, i: int, last: int) -> bool:
    """قبل أيام قليلة من الزيارة: a preposition that is an adverb too, with its noun."""
    word = stream.words[i]
    return word in words_of("adverb") and i + 1 < last and stream.words[i + 1] in words_of("length_of_time")


def _is_bare_object(stream: Stream, i: int, last: int) -> bool:
    """ذكر ذلك فلان الفلاني: what was said, before who said it."""
    if stream.words[i] != "ذلك" or i + 1 >= last:
        return False
    return is_title(stream.words[i + 1]) or is_name_word(stream.words[i + 1])


def _begins_source(word: str) -> bool:
    return is_group_head(word) and (word in words_of("anonymous") or is_title(word) or not word.startswith("ال"))


def _is_unnamed_source(told: str, before: str, word: str) -> bool:
    """Whether an unnamed person begins behind the phrase of who is told: it closes with a definite or a proper noun."""
    if word not in words_of("anonymous") or word in ("اخر", "اخري") or word.startswith("ال"):
        return False
    return before.startswith("ال") or (told[1:] in words_of("channel") and not is_group_head(before))


def is_pair(stream: Stream, i: int, last: int) -> bool:
    """«من جهته», «العام الماضي»."""
    if i + 1 >= last:
        return False
    word, following = stream.words[i], stream.words[i + 1]
    if word == _MORE and following == _FROM:
        return i + 2 < last and stream.words[i + 2] in ("مره", "مناسبه")
    past = word in words_of("span_of_time") and following in words_of("past_or_coming")
    return past or (word == _FROM and following in words_of("reset"))


@kept
def may_begin_pair(word: str) -> bool:
    """Whether a folded word can be the first of such a pair."""
    return word in (_MORE, _FROM) or word in words_of("span_of_time")


def _told_to(word: str) -> bool:
    return not (is_name_word(word) or is_group_head(word) or word.startswith("لجن"))


def _to_ours(word: str) -> bool:
    """لصحيفتنا, لموقعنا, لزميلتنا: the pronoun closes the phrase."""
    return word.endswith("نا") and len(word) > 5


def leans_on_outlet(stream: Stream, i: int) -> bool:
    """لـ«…», لصحيفة …, لوكالة …: told to an outlet."""
    return stream.words[i] in leaning_words()


def leans(word: str) -> bool:
    """Whether a folded word begins with ل and an outlet, or stands for that."""
    return word in leaning_words()


@cache
def leaning_words() -> frozenset[str]:
    """All words that lean on an outlet, or stand for that."""
    told = (word for word in words_of("told_to") if word.startswith("ل"))
    outlets = ("ل" + channel for channel in words_of("channel"))
    return frozenset(["ل", "لل", "به", "له", "لها", "لهم", "فيه", "فيها", *told, *outlets])


def after_phrase(stream: Stream, i: int, last: int) -> int:
    """Past a prepositional phrase: to the comma, past a name in marks, or to the next word that begins a speaker."""
    words = stream.words
    j = i + 1
    while j < last:
        word = words[j]
        if word in "،,":
            return j + 1
        if j in stream.opens:
            j = stream.opens[j].close + 1
            while j < last and words[j].startswith("ال") and not begins_name(stream, j, last):
                if words[j] in words_of("title"):
                    break
                j += 1
            return j
        titled = j > i + 1 and word in words_of("title") and word.startswith("ال") and words[j - 1] not in ("مع", "و")
        if titled and j + 1 < last and is_name_word(words[j + 1]):
            return j
        if j == i + 2 and words[j - 1] in words_of("region") and _begins_source(word):
            return j  # من عمّان ناطق باسم التحالف
        if j >= i + 2 and words[i][0] == "ل" and _is_unnamed_source(words[i], words[j - 1], word):
            return j  # لوكالة الأنباء الرسمية مصدر في الشرطة
        j += 1
    return last
