"""Insertions: what may stand between a verb, its subject and what is said: أمس، في بيان له، لـ«…», على لسان فلان."""

from app.extract.statements.cues.verbs import surface_at
from app.extract.statements.names.before_speaker import leans_on_outlet
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.stream import Stream

_WHO_IS = ("وهو", "وهي", "وهم", "الذي", "التي", "الذين")
_LONGEST_ASIDE = 14  # tokens
_OF_OCCASION = ("of_occasion", "of_document", "occasion")


def after_insertion(stream: Stream, begin: int, limit: int) -> int:
    """Past adverbs, «في بيان» and «لـ«…»» up to the noun that is said."""
    words = stream.words
    j = begin
    while j < limit:
        word = words[j]
        if word in words_of("adverb") or word in "،,-–/" or word.isdigit() or word in words_of("with_manner"):
            j += 1
        elif (word in words_of("manner_of") and j + 1 < limit) or (
            word in words_of("span_of_time") and j + 1 < limit and words[j + 1] in words_of("past_or_coming")
        ):
            j += 2
        elif word in _WHO_IS and j > begin and words[j - 1] in "،,":  # وناشدت فلانة، وهي أم لثلاثة، المنظمات
            j = next((c + 1 for c in range(j, min(limit, j + _LONGEST_ASIDE)) if words[c] in "،,"), limit)
        elif word == "(" and j in stream.opens:
            j = stream.opens[j].close + 1
        elif leans_on_outlet(stream, j):
            j += 1
            while j < limit and (j in stream.opens or words[j].startswith("ال") or words[j] in words_of("channel")):
                j = stream.opens[j].close + 1 if j in stream.opens else j + 1
        elif word.startswith("لل") and j + 1 < limit and words[j + 1] in words_of("content_noun"):
            j += 1  # أكد المدير للأهالي عدم وجود …
        elif word in words_of("on_behalf") and j + 1 < limit:
            j = _past_party(stream, j + 1, limit)  # نفى المتحدث باسم النقابة صحة …
        elif word in words_of("preposition"):
            j = _past_phrase(stream, j, limit)
        elif word.startswith("ل") and word[1:] in words_of("feminine_head"):  # خلال زيارته لبغداد
            j += 1
        else:
            break
    return j


def _is_of_occasion(word: str) -> bool:
    """ختام بيانها, ختام اجتماعهم الطارئ: what an occasion's name goes on with."""
    of_theirs = next((word[: -len(end)] for end in ("ها", "هم", "ه") if word.endswith(end)), word)
    return of_theirs in words_of("occasion") or any(word in words_of(group) for group in _OF_OCCASION)


def _is_deed_behind(words: list[str], k: int) -> bool:
    """أعلنت في بيان تعليق الإضراب: what is announced, where في ختام تعليق على … names one occasion by another."""
    return words[k] in words_of("deed_or_occasion") and words[k - 1] not in words_of("part_of_occasion")


def _past_phrase(stream: Stream, j: int, limit: int) -> int:
    """Past a preposition and its noun phrase: to the comma behind it, or by grammar where there is none near."""
    words = stream.words
    k = j + 1
    while k + 1 < limit and words[k].isdigit():  # في 13 تموز
        k += 1
    if k < limit and words[k] in words_of("occasion"):
        comma = next((c for c in range(k, min(limit, k + 12)) if words[c] in "،,"), None)
        k += 1
        while (
            k < limit
            and (words[k] in words_of("ordinal_of_occasion") or _is_of_occasion(words[k]))
            and not _is_deed_behind(words, k)
        ):
            k += 1
        if words[k - 1] in ("عن", "من") and k < limit:  # في بيان صادر عن …
            return comma + 1 if comma is not None and comma > k else _past_party(stream, k, limit)
        if comma is not None and (k == comma or words[k] in words_of("preposition") or surface_at(stream, k)):
            return comma + 1
        return k
    if k >= limit:
        return limit
    comma = next((c for c in range(k, min(limit - 1, k + 8)) if words[c] in "،,"), None)
    if comma is not None and words[comma + 1] in words_of("adverb"):  # في بلدة … بريف …، اليوم السبت،
        return comma + 1
    end = _past_party(stream, k + 1 if k + 1 < limit and words[k] == "لسان" else k, limit)
    return _past_phrase(stream, end, limit) if end < limit and words[end] in words_of("place_with_b") else end


def _past_party(stream: Stream, k: int, limit: int) -> int:
    """Past the one who is named at token `k`, or past that token alone."""
    mention = read_mention(stream, k, limit, tight=True)
    end = mention.end if mention is not None and mention.first == k else k + 1
    return _past_town(stream.words, end, limit) if end == k + 1 and stream.words[k] in words_of("place_head") else end


def _past_town(words: list[str], i: int, limit: int) -> int:
    """في مدينة | كذا: a noun for a place without article goes on to the name of the place."""
    if i + 1 >= limit or words[i - 1].startswith("ال") or not words[i].isalpha():
        return i
    return i + 2 if words[i] in words_of("compound_place") and words[i + 1].isalpha() else i + 1


def set_off(stream: Stream, start: int) -> bool:
    """S أعلنت، في وقت سابق، …: an insertion right after a verb whose subject stands before it."""
    word = stream.words[start]
    following = stream.words[start + 1] if start + 1 < len(stream.words) else ""
    if word in "،,-–" or word in words_of("adverb") or word in ("خلال", "اثناء"):
        return True
    return word == "في" and following in words_of("occasion")
