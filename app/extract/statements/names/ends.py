"""Ends of names: how far a personal name goes that has begun."""

from collections.abc import Sequence

from app.arabic.kept import kept
from app.arabic.names import is_given_name, is_name_word, kunya_words, name_particles, name_words
from app.extract.statements.names.in_text import (
    ends_name,
    has_tanwin,
    is_particle_van,
    is_written_ala,
    listed_person,
)
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import is_grammar, is_group_head, is_title, looks_like_masdar
from app.extract.statements.text.stream import Stream

_LONGEST_NAME = 7


def name_end(stream: Stream, first: int, limit: int) -> int:
    """Where a personal name that begins at `first` ends; `limit` is the first token that cannot belong to it."""
    words = stream.words
    listed = listed_person(stream, first, limit)
    if listed:
        return first + listed
    k = first + 1
    family = False
    while k < min(limit, first + _LONGEST_NAME):
        word, before = words[k], words[k - 1]
        if _closes_every_name(word) or has_tanwin(stream, k) or (_may_close_name(word) and _closes(stream, k, limit)):
            break
        if k == first + 1:
            if _is_family_alone(stream, first, limit):
                return k
        elif (before not in name_particles() and _is_no_family(stream, k, limit)) or (
            not is_name_word(word) and (word[0] in "لو" or stream.readings[k] is not None)
        ):
            break
        if word in words_of("title") and before not in name_particles() and not is_given_name(word):
            of_rank = word in words_of("rank_in_name") and _name_follows(stream, k, limit)
            if not of_rank and _title_is_family(stream, first, k, limit):
                return k + 1
            alone = k == first + 1 and word.startswith("ال") and not _name_follows(stream, k, limit)
            if not (of_rank or alone):
                break
        if before in name_particles() or (k > first + 2 and _is_second_particle(words, k - 1)):
            of_rank = word[2:] in words_of("rank_in_name") and _name_follows(stream, k, limit)  # ولد الشيخ أحمد
            family = family or (word.startswith("ال") and not of_rank and before not in ("عبد", "بن", *kunya_words()))
        elif word in name_particles() or word in ("الله", "الدين", "الاسلام") or _is_second_particle(words, k):
            pass
        elif family:
            return k + 1 if _second_family_name(stream, k, limit) else k
        elif word.startswith("ال"):
            if (
                k > first + 1
                and k + 1 < limit
                and words[k + 1].startswith("ال")
                and words[k + 1] not in words_of("title")
                and not is_name_word(word)
            ):
                break
            family = True
        elif word[0] == "ي" and k > first + 1 and not (is_name_word(word) or ends_name(stream, k, limit)):
            return k  # أبو هريرة يقع
        elif not (word in name_words() or is_given_name(word)) and k > first + 1 + _takes_third(words, first):
            if _family_closes(stream, k + 1, limit) and _may_close(stream, k):
                return k + 2
            return k + 1 if _closes_name(stream, k, limit) else k
        k += 1
    while k > first + 1 and words[k - 1] in name_particles() and words[k - 1] != "عبد":
        k -= 1
    return k


@kept
def _closes_every_name(word: str) -> bool:
    """Signs, للمجلس, بالأمس: what stands in no name."""
    return not word.isalpha() or word == "ذات" or word.startswith("لل") or (word[:3] == "بال" and word != "بالله")


@kept
def _may_close_name(word: str) -> bool:
    return is_grammar(word) or word in words_of("blessing") or word in words_of("span_of_time")


def _closes(stream: Stream, k: int, limit: int) -> bool:
    """Whether such a word is no part of the name: رحمه الله, العام الماضي, or grammar that is no name."""
    word, following = stream.words[k], stream.words[k + 1] if k + 1 < limit else ""
    return (
        (word in words_of("blessing") and following == "الله")
        or (word in words_of("span_of_time") and following in words_of("past_or_coming"))
        or (is_grammar(word) and not _name_like_grammar(stream, k))
    )


def _title_is_family(stream: Stream, first: int, k: int, limit: int) -> bool:
    """باسل الجندي، محمد طه فقيه مدير القسم: a title that is the last word of a name."""
    word = stream.words[k]
    if word in words_of("title_of_family") and ends_name(stream, k, limit):
        return True
    of_family = word in words_of("trade_in_name") or (k == first + 1 and word in words_of("title_and_name"))
    return of_family and k + 1 < limit and is_title(stream.words[k + 1])


def _takes_third(words: Sequence[str], first: int) -> bool:
    """عبد الرحمن فلان, أبو فلان علان: whether what begins the name is of two words; not أبو سليم, which is whole."""
    return words[first] == "عبد" or (words[first] in kunya_words() and not is_given_name(words[first + 1]))


def _is_second_particle(words: Sequence[str], k: int) -> bool:
    """فان دير برغ، دي لا توري: a word that is a particle behind another one alone."""
    return words[k] in words_of("second_particle") and words[k - 1] in ("فان", "فون", "دي", "دو", "دا")


def _name_like_grammar(stream: Stream, k: int) -> bool:
    """علي, and what stands behind a particle: جديع بن نهار."""
    if stream.words[k] == "علي":
        return not is_written_ala(stream, k)
    if stream.words[k] == "فان":
        return is_particle_van(stream, k)
    if _is_second_particle(stream.words, k):
        return True
    return stream.words[k - 1] in name_particles() and stream.words[k] in words_of("adverb")


def _is_no_family(stream: Stream, k: int, limit: int) -> bool:
    """لفت فلان علان الانتباه: a definite noun that is a verb's object, and no family name."""
    word = stream.words[k]
    if not word.startswith("ال") or word == "الله" or is_name_word(word):
        return False
    if any(word in words_of(group) for group in ("fixed_object", "addressed", "evidence", "apposed", "quantifier")):
        return True
    if word.endswith("ه") and not ends_name(stream, k, limit):
        return True  # بعد أن قاد فلان علان المباراة الأخيرة
    if len(word) > 6 and word.endswith(("ين", "ون", "ات")):
        return True  # استقبل فلان علان المهندسين
    return looks_like_masdar(word[2:])


def _is_family_alone(stream: Stream, first: int, limit: int) -> bool:
    """الرئيس أوباما خطة …: a family name with a word behind it that is in no list and ends nothing."""
    word, following = stream.words[first], stream.words[first + 1]
    if is_given_name(word) or word in name_particles() or word not in name_words():
        return False
    if first + 2 < limit and has_tanwin(stream, first + 2) and not has_tanwin(stream, first + 1):
        return False  # حل إميليو ساراتي ضيفاً
    return not (is_name_word(following) or following.startswith("ال") or ends_name(stream, first + 1, limit))


def _second_family_name(stream: Stream, k: int, limit: int) -> bool:
    """قصي الهنداوي البحري، : one more definite word right before a sign or grammar belongs to the name."""
    word = stream.words[k]
    if not word.startswith("ال") or word in words_of("title") or word in words_of("organisation"):
        return False
    if not (word.endswith(("ي", "يه")) or is_name_word(word)):
        return False  # زار فلان الفلاني السد.
    return k + 1 >= limit or not stream.words[k + 1].isalpha() or is_grammar(stream.words[k + 1])


def _family_closes(stream: Stream, k: int, limit: int) -> bool:
    """عبد الله خضير زبار العلواني لـ«…»: whether a family name in ي stands at token `k`, and the name ends with it."""
    word = stream.words[k] if k < limit else ""
    if not (word.startswith("ال") and word.endswith("ي") and len(word) > 5) or word in words_of("title"):
        return False
    return is_name_word(word) and (ends_name(stream, k, limit) or stream.words[k + 1] == "ل")


def _may_close(stream: Stream, k: int) -> bool:
    """Whether a word that no list knows can be one of a name by its form."""
    word = stream.words[k]
    southern = word.startswith("با") and len(word) > 5  # باسلمة، باوزير
    if len(word) < 3 or looks_like_masdar(word):
        return False
    if word.endswith(("ا", "ه", "ات", "ون", "ين")) and not southern:
        return False
    if (word[0] in "بوفل" and not word.startswith("با")) or stream.readings[k] is not None:
        return False
    return not (word in words_of("feminine_head") or is_group_head(word) or word in words_of("relative_verb"))


def _closes_name(stream: Stream, k: int, limit: int) -> bool:
    """Whether a word that no list knows, behind two of a name, is its last: a sign or a title stands behind it."""
    if not _may_close(stream, k):
        return False
    if k + 1 >= limit:
        return limit < stream.sentence_end[k]
    following = stream.words[k + 1]
    return (
        following in "،,:"
        or following in words_of("title")
        or following in words_of("complementizer")
        or following in words_of("day")
    )


def _name_follows(stream: Stream, k: int, limit: int) -> bool:
    return k + 1 < limit and is_name_word(stream.words[k + 1])
