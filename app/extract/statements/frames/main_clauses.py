"""Where the sentence's main clause goes on behind a report that stands inside it, or before it."""

from app.extract.statements.cues.verbs import CueAt
from app.extract.statements.frames.doubts import names_a_speaker
from app.extract.statements.names.in_text import begins_name
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.text.found import Opening
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, is_grammar, is_group_head, is_title, looks_like_masdar
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import COMMA

_RELATIVE = ("الذي", "التي", "الذين", "اللذان", "اللتان", "اللواتي")
_SHORTEST = 2  # tokens


def main_clause(stream: Stream, cue: CueAt, content: int, first: int, last: int) -> tuple[int, Mention | None] | None:
    """The comma before the main verb, and its subject where that speaks: مؤكداً أن …، أنهى فلان خطابه.

    Also behind a relative clause: فلان، الذي قال إن …، أحيل إلى التحقيق; and behind one of time: بعد أن أكد أن …، غادر.
    """
    if cue.participle and cue.at == first:
        for comma in _commas(stream, content + _SHORTEST, last):
            subject = read_mention(stream, comma + 2, last, tight=True) if comma + 2 < last else None
            if subject is not None and begin_of(subject) == comma + 2 and _is_somebody(stream, subject):
                return comma, subject
        return None
    if words_of("concession") >= {stream.words[first]} and "ان" in stream.words[first + 1 : cue.at]:
        return next(((c, None) for c in stream.places(COMMA, content + 1, last - 2) if _is_result(stream, c)), None)
    if _opens_with_time(stream, cue, first):
        commas = _commas(stream, content + 1, last)
        return (commas[0], None) if commas else None
    if _is_told_of_subject(stream, cue, first):
        return next(((c, None) for c in stream.places(COMMA, content + 1, last - 2) if _goes_back(stream, c)), None)
    if _is_set_off(stream, cue, first):
        commas = _commas(stream, content + _SHORTEST, last)
        return (commas[-1], None) if commas else None
    return None


def subject_behind(stream: Stream, cue: CueAt, opening: Opening, last: int) -> Mention | None:
    """ودعا إلى وقف الإضراب رئيس الاتحاد فلان الفلاني, وأكد صحة الخبر مصدر ملاحي: the subject ends the sentence.

    It stands behind a definite word, so that nothing before is annexed to it, and is a title with its name or an
    indefinite source.
    """
    if cue.participle or cue.surface.form != "perfect" or opening.frame not in ("noun", "preposition"):
        return None
    if opening.mention is not None or opening.mid_end > cue.last:
        return None
    words = stream.words
    end = last - 1 if words[last - 1] in ".،؛" else last
    for j in range(opening.content + _SHORTEST, end):
        if not words[j - 1].startswith("ال") or words[j].startswith("ال") or stream.quote[j] >= 0:
            continue
        if not (is_title(words[j]) or words[j] in words_of("source") or words[j] in words_of("anonymous")):
            continue
        mention = read_mention(stream, j, end, tight=True)
        many = mention is not None and mention.kind == "anonymous" and mention.plural
        told_of = many and mention is not None and mention.end < end and words[mention.end].endswith("وا")
        whole = mention is not None and begin_of(mention) == j and (mention.end >= end or told_of)
        if mention is not None and whole and (mention.shape == "full" or many or words[j] in words_of("source")):
            return mention
    return None


def _is_told_of_subject(stream: Stream, cue: CueAt, first: int) -> bool:
    """ونفت المدربة، التي قالت إن …، توقيع أي عقد: whether the cue tells of the subject of the sentence's first verb."""
    head = stream.readings[first]
    if head is None or head[0].form != "perfect" or cue.participle or cue.at - first < _SHORTEST + 2:
        return False
    return stream.words[cue.at - 1] in _RELATIVE and stream.words[cue.at - 2] in "،,"


def _goes_back(stream: Stream, comma: int) -> bool:
    """Whether what the first verb opens begins behind a comma: a deed, or أن."""
    word = stream.words[comma + 1]
    deed = looks_like_masdar(word) or word in words_of("content_noun") or word in words_of("bare_complementizer")
    return stream.quote[comma] < 0 and (deed or word in ("الي", "علي", "عن", "من"))


def _is_result(stream: Stream, comma: int) -> bool:
    """رغم أن الحكومة تقول إن …، فإن السوق مشتعلة: the main clause behind a concession."""
    return stream.quote[comma] < 0 and stream.words[comma + 1] in ("فان", "فانه", "فانها", "فانهم", "الا", "لكن")


def _opens_with_time(stream: Stream, cue: CueAt, first: int) -> bool:
    """بعد أن قال فلان إن …, حين أعلن …: whether the cue is the verb of a clause of time that opens the sentence."""
    words = stream.words
    if cue.participle or cue.surface.form != "perfect" or not first < cue.at <= first + 2:
        return False
    if words[cue.at - 1] == "ان":
        return words[first] in ("بعد", "وبعد", "فبعد", "منذ", "ومنذ") and cue.at == first + 2
    return cue.at == first + 1 and words[first] in words_of("when")


def begin_of(mention: Mention) -> int:
    """The first token of a mention, its title with it."""
    return mention.role[0] if mention.role is not None and mention.role[0] < mention.first else mention.first


def _commas(stream: Stream, first: int, last: int) -> list[int]:
    """Commas behind which a bare verb may stand: no conjunction, no article, nothing that goes on with a clause."""
    words = stream.words
    return [
        j
        for j in stream.places(COMMA, first, last - 2)
        if stream.quote[j] < 0 and words[j + 1].isalpha() and _may_be_verb(stream, j + 1)
    ]


def _is_somebody(stream: Stream, mention: Mention) -> bool:
    """Whether a mention behind a verb is a name, a title or a body, and no thing: تواصل العمل."""
    head = stream.words[mention.first]
    known = mention.shape == "full" or mention.role is not None or is_title(head) or is_group_head(head)
    return known and names_a_speaker(stream, mention)


def _may_be_verb(stream: Stream, i: int) -> bool:
    word, reading = stream.words[i], stream.readings[i]
    if len(word) < 3 or word.startswith(("و", "ال", "ب", "لل")) or is_grammar(word) or begins_name(stream, i, i + 2):
        return False
    if word in words_of("contrast") or word in words_of("not_before_that") or is_title(word) or is_group_head(word):
        return False
    if reading is not None:
        return reading[0].form in ("perfect", "imperfect")
    return not word.endswith(("ا", "ه", "ات", "ين"))


def _is_set_off(stream: Stream, cue: CueAt, first: int) -> bool:
    """Whether the cue's clause is one of relation behind a comma, and a noun the first word of the sentence."""
    words = stream.words
    relative = next((j for j in range(cue.at - 1, max(first, cue.at - 4), -1) if words[j] in _RELATIVE), None)
    if relative is None or relative - first < _SHORTEST or words[relative - 1] not in "،,":
        return False
    head = words[first]
    noun = head.startswith("ال") or is_title(head) or is_group_head(head) or begins_name(stream, first, relative)
    verbs = (stream.readings[j] for j in range(first, relative))
    return noun and not any(verb is not None and verb[0].form in ("perfect", "imperfect") for verb in verbs)
