"""Unlisted subjects: words behind a verb of saying that no list knows, and that can be nothing but who says it."""

import re

from app.arabic.names import is_given_name, is_name_word
from app.corpus.fields import SpeakerKind
from app.extract.statements.cues.verbs import CueAt
from app.extract.statements.names.before_speaker import skip_insertions
from app.extract.statements.names.ends import name_end
from app.extract.statements.names.in_text import bare, begins_name
from app.extract.statements.names.open_phrases import loose_end
from app.extract.statements.text.found import Opening
from app.extract.statements.text.lexicon import lemmas_of, surfaces, words_of
from app.extract.statements.text.nouns import Mention, Shape, is_grammar, is_title, looks_feminine, looks_like_masdar
from app.extract.statements.text.stream import Stream

_LONGEST = 6


def unlisted_subject(stream: Stream, cue: CueAt, opening: Opening) -> Mention | None:
    """Who stands between a verb that takes no object and what opens its content; None where it may be something else.

    قال هدايا إن …, وأكدت ناخبة في الحي: «…», أشار بوجاشيف إلى أن …
    """
    surface = cue.surface
    if surface.form not in ("perfect", "imperfect") or surface.pronoun:
        return None
    if opening.frame not in ("clause", "quotation", "colon"):
        return None
    bearer = _bearer(stream, cue.last, opening.mid_end)
    if bearer is not None or surface.verb.lemma not in lemmas_of("without_object"):
        return bearer
    if surface.form == "imperfect" and surface.verb.lemma in lemmas_of("shown_by_things"):
        return None  # يشير تنامي الطلب إلى أن …
    first = skip_insertions(stream, cue.last, opening.mid_end)
    if first >= opening.mid_end or not _may_be_somebody(stream, first):
        return None
    if first > cue.last and stream.words[first - 1][0] == "ب":
        return None  # قال بمرارة شديدة
    last = _before_title(stream, first, loose_end(stream, first, opening.mid_end))
    if last - first > _LONGEST:
        return None
    kind, shape = _kind(stream, first, last)
    word = stream.words[first]
    gender = "f" if looks_feminine(word) and surface.gender == "f" else surface.gender
    return Mention(first, last, kind, shape, gender, surface.plural, last)


def _bearer(stream: Stream, first: int, limit: int) -> Mention | None:
    """أكد إداري الفريق فلان الفلاني أن …: a full name behind a calling that no list has, annexed to a definite noun."""
    for k in range(first + 1, min(limit - 1, first + _LONGEST)):
        word, before = stream.words[k], stream.words[k - 1]
        if is_grammar(before) or stream.readings[k - 1] is not None or not before.isalpha():
            return None
        if (
            k > first + 1
            and before.startswith("ال")
            and is_given_name(word)
            and begins_name(stream, k, limit, titled=True)
        ):
            end = name_end(stream, k, limit)
            return Mention(k, end, "person", "full", None, False, end, (first, k))
    return None


def _before_title(stream: Stream, first: int, last: int) -> int:
    """روجريو زنداميلا كبير الاقتصاديين، فانينج الملقب …: a name ends before what it is told by."""
    ends = (k for k in range(first + 1, last) if is_title(stream.words[k]) or bare(stream.words[k]) in _CALLED)
    return next(ends, last)


def _may_be_somebody(stream: Stream, i: int) -> bool:
    word = stream.words[i]
    if not word.isalpha() or len(word) < 3 or is_grammar(word) or word in surfaces():
        return False
    if word in stream.names:
        return True
    if word[0] == "ل" or (word[0] == "ف" and word[1:] in words_of("demonstrative")):
        return is_name_word(word)
    if word[0] == "ب":  # by its letters بوضوح as well as بوجاشيف
        return stream.count(word) > 1 and not looks_like_masdar(word[1:]) and not word.endswith(("ه", "ات"))
    return not (
        looks_like_masdar(word)
        or _is_manner(stream, i)
        or word.startswith(("لل", "ال"))
        or word.endswith(("ته", "تها", "تهم", "اته", "اتها"))
        or any(word in words_of(group) for group in _NOBODY)
    )


def may_be_unlisted_name(stream: Stream, i: int) -> bool:
    """Whether a word can be one of a name that no list knows: no article, no joined letter, nobody's title."""
    word = stream.words[i]
    joined = word[0] in "وبلف" and not is_name_word(word)
    return (
        not joined and not is_title(word) and not word.endswith(("ه", "ات", "ون", "ين")) and _may_be_somebody(stream, i)
    )


def _is_manner(stream: Stream, i: int) -> bool:
    """قال ضاحكاً، أضاف متنهدا: how it is said."""
    return "\u064b" in stream.written(i, i + 1) or _MANNER.fullmatch(stream.words[i]) is not None


_MANNER = re.compile(r"م.{2,5}ا|.ا..ا")
_CALLED = frozenset(["ملقب", "ملقبه", "مكني", "معروف", "معروفه", "شهير", "شهيره", "مدعو"])
_NOBODY = (
    "event_noun",
    "fixed_object",
    "speech_noun",
    "closes_mention",
    "demonstrative",
    "evidence",
    "resumptive",
    "with_pronoun",
    "not_a_source",
    "pronoun",
    "question",
    "blessing",
)


def _kind(stream: Stream, first: int, last: int) -> tuple[SpeakerKind, Shape]:
    """One to three bare words are a name, a construct is a body's; the many and whoever is told at length have none."""
    words = stream.words[first:last]
    if all(word in stream.names for word in words):
        return "person", "short"
    if words[0].endswith(("ون", "ات")) or (words[0].endswith("ه") and len(words) == 1):
        return "anonymous", "group"
    if len(words) > 1 and words[1].startswith("ال") and words[0] not in stream.names:
        return "organisation", "group"
    return ("person", "short") if len(words) <= 3 else ("anonymous", "group")
