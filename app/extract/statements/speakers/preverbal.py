"""Subjects before their verb: in front of it, behind كان or سبق, or as the head of its relative clause."""

from typing import Literal

from app.arabic.kept import kept
from app.arabic.names import is_name_word
from app.corpus.fields import SpeakerKind
from app.extract.statements.cues.led_verbs import leading_verb
from app.extract.statements.cues.verbs import CueAt, surface_at
from app.extract.statements.names.in_text import bare, begins_name
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.names.phrases import tight_end
from app.extract.statements.names.unlisted import may_be_unlisted_name
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import (
    Mention,
    Shape,
    is_grammar,
    is_group_head,
    is_kin_of_somebody,
    is_people,
    is_plausible,
    is_title,
    looks_feminine,
)
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import Watched

_LONGEST_ASIDE = 24
_LONGEST_HEAD = 14
_LONGEST_MANY = 5
_WHEN = ("عندما", "حين", "بعدما", "حينما", "اذ")
_THAT = frozenset(["ان", "وان", "بان", "وبان", "فان", "لان", "اما", "واما", "الا"])
_WAS = Watched(lambda: words_of("was") | words_of("goes_on_doing") | words_of("relative") | {*_WHEN})


def who_had_before(stream: Stream, cue: CueAt, first: int) -> Mention | None:
    """وسبق لفلان أن اقترح …: who it is stands behind ل."""
    words, end = stream.words, cue.at - 1
    if end - first < 2 or words[end] not in ("ان", "وان"):
        return None
    start = next((j + 1 for j in range(end - 2, max(first, end - 6) - 1, -1) if words[j] in ("سبق", "وسبق")), None)
    if start is None or words[start][0] != "ل" or len(words[start]) < 4:
        return None
    plain = words[start][1:] if words[start][1] != "ل" else "ال" + words[start][2:]
    joined = not words[start].startswith("لل")
    if is_title(plain) or is_group_head(plain):
        kind: SpeakerKind = "person" if is_title(plain) else "organisation"
        noun: Shape = "nominal" if end == start + 1 else "group"
        return Mention(start, end, kind, noun, None, False, end, conjunction=joined)
    if is_name_word(plain) or plain in stream.names:
        shape: Shape = "short" if end == start + 1 else "full"
        return Mention(start, end, "person", shape, None, False, end, conjunction=joined)
    return Mention(start, end, "anonymous", "group", None, False, end, conjunction=joined)


def who_returned(stream: Stream, cue: CueAt, first: int) -> Mention | None:
    """وعاد المحافظ ليؤكد أن …: who it is stands behind the verb before."""
    words = stream.words
    if words[cue.at][0] != "ل" or cue.surface.form != "imperfect":
        return None
    back = next((j for j in range(cue.at - 2, first - 1, -1) if words[j] in words_of("returned")), None)
    return read_mention(stream, back + 1, cue.at, tight=True) if back is not None else None


def who_led_to_it(stream: Stream, cue: CueAt, first: int) -> Mention | None:
    """وما لبث الاتحاد أن أعلن …: who it is stands behind the verb that leads to the one of saying."""
    leader = leading_verb(stream, cue.at, first)
    return read_mention(stream, leader + 1, cue.at - 1, tight=True) if leader is not None else None


def _whose_tongue(stream: Stream, cue: CueAt, first: int) -> Mention | None:
    """ولسان حال الأهالي يقول: «…»: whose state speaks."""
    start = next((j + 1 for j in range(cue.at - 2, first, -1) if stream.words[j] == "حال"), None)
    if start is None or stream.words[start - 2].lstrip("وب") != "لسان":
        return None
    return read_mention(stream, start, cue.at, tight=True)


def head_that_speaks(stream: Stream, cue: CueAt, first: int) -> Mention | None:
    """فلان الذي أعلن في بيان …: a person before «الذي» is the subject of the verb behind it."""
    if cue.at - first > 2 and stream.words[cue.at - 2] == "حال":
        return _whose_tongue(stream, cue, first)
    if cue.at <= first or stream.words[cue.at - 1] not in ("الذي", "التي"):
        return None
    head = spoken_before(stream, cue, first)
    return head if head is not None and head.kind == "person" and head.shape == "full" else None


def set_before(stream: Stream, cue: CueAt, first: int) -> Mention | None:
    """أما فلان الفلاني فقد برر …: the subject is set before its verb, and what stands behind is an object."""
    if cue.at < first + 2 or not (stream.words[cue.at - 1] == "فقد" or stream.words[cue.at][0] == "ف"):
        return None
    return spoken_before(stream, cue, first) if stream.words[first] in ("اما", "واما") else None


def _has_pronoun(word: str) -> bool:
    """لكنه، إلا أنها: the subject of the verb behind is in the word itself."""
    joins = word in words_of("complementizer") or word in words_of("clause_start")
    return joins and word.endswith(("ه", "ها", "هم")) and word not in ("وهم",)


def subject_of_was(stream: Stream, cue: CueAt, first: int) -> Mention | None:
    """كان S قد V: the subject stands between the two verbs."""
    words = stream.words
    if cue.joined or cue.at - first < 2:
        return None
    for j in reversed(stream.places(_WAS, max(first, cue.at - _LONGEST_ASIDE), cue.at)):
        if words[j] in words_of("relative") or words[j] in _WHEN:
            return None
        if words[j] in words_of("was") or (words[j] in words_of("goes_on_doing") and cue.surface.form == "imperfect"):
            if any(_is_perfect(stream, k) for k in range(j + 1, cue.at)):
                return None
            mention = read_mention(stream, j + 1, cue.at)
            if words[j] not in words_of("was") and (mention is None or not _is_somebody(stream, mention, j + 1)):
                return None  # أصبح الطريق يهدد السائقين
            if mention is None or not (mention.end >= cue.at - 2 or _only_insertion(stream, mention.end, cue.at)):
                return None
            return mention
    return None


def _is_somebody(stream: Stream, mention: Mention, at: int) -> bool:
    """Whether a mention begins at token `at` and is nobody's guess: a full name, a known one, a title, a body."""
    head = stream.words[mention.first]
    begins = mention.role[0] if mention.role is not None and mention.role[0] < mention.first else mention.first
    known = is_title(head) or is_group_head(head) or is_name_word(head) or head in stream.names
    return begins == at and (known or mention.shape == "full" or mention.plural)


def _is_perfect(stream: Stream, i: int) -> bool:
    reading = surface_at(stream, i)
    return reading is not None and reading[0].form == "perfect" and stream.quote[i] < 0


def spoken_before(stream: Stream, cue: CueAt, first: int) -> Mention | None:
    """S V: the speaker stands before the verb in the same clause, or is the head of its relative clause."""
    words = stream.words
    at = cue.at
    if at <= first:
        return None
    if words[at - 1] in words_of("relative") or (words[at - 1] in ("قد",) and words[at - 2] in words_of("relative")):
        plural = words[at - 1] == "الذين"
        head = _head_of_relative(stream, at - 1, first) if plural == cue.surface.plural else None
        if head is not None and (cue.surface.pronoun or not _can_be_head(stream, head)):
            return None
        return head if head is None or plural or head.gender in (None, cue.surface.gender) else None
    if (cue.joined and words[first] not in ("اما", "واما")) or _has_pronoun(words[at - 1]):
        return None
    apart = _set_apart(stream, first, at)
    if apart is not None:
        return apart
    for begin in _clause_beginnings(stream, first, at):
        mention = _many_behind_that(stream, cue, begin) or read_mention(stream, begin, at, tight=True)
        mention = mention or (_joined_subject(stream, begin, at) if begin == first else None)
        if mention is None or mention.first > begin + 12:
            continue
        behind = mention.last if mention.shape == "full" else mention.end  # a role in apposition is an insertion too
        if mention.end >= _before_was(words, at):
            return _bearer_in_front(stream, mention, first) or mention
        if _only_insertion(stream, behind, at) or _goes_on_to(stream, mention, at):
            return _bearer_in_front(stream, mention, first) or mention
    return _many_in_front(stream, cue, first)


def _joined_subject(stream: Stream, first: int, at: int) -> Mention | None:
    """وزوجته أيضاً تقول …, ووزارة الصحة أعلنت …: the subject that the sentence begins with, behind its و."""
    word = stream.words[first]
    noun = word[1:]
    if word[0] != "و" or len(noun) < 3 or not (is_group_head(noun) or is_kin_of_somebody(noun)):
        return None
    if noun in words_of("document") or noun in words_of("evidence"):
        return None
    end = tight_end(stream, first, at)
    kind: SpeakerKind = "organisation" if noun in words_of("organisation") else "anonymous"
    many = noun in words_of("many")
    return Mention(first, end, kind, "group", "f" if looks_feminine(noun) else "m", many, end, conjunction=True)


def _bearer_in_front(stream: Stream, told: Mention, first: int) -> Mention | None:
    """سارة منذر، 42 عاماً، موظفة سابقة، تقول …: who is told of by an indefinite noun between commas."""
    words = stream.words
    if told.shape == "full" or told.first <= first or words[told.first - 1] not in "،,":
        return None
    if (
        words[told.first].startswith("ال")
        or not is_title(words[told.first])
        or not begins_name(stream, first, told.first)
    ):
        return None
    bearer = read_mention(stream, first, told.first, tight=True)
    return bearer if bearer is not None and bearer.shape == "full" and words[bearer.last] in "،," else None


def _before_was(words: list[str], at: int) -> int:
    """وزارة الصحة كانت قد أعلنت …: where the verb at `at` begins, its كان and قد counted."""
    while at > 1 and (words[at - 1] in words_of("was") or words[at - 1] == "قد"):
        at -= 1
    return at


def _many_behind_that(stream: Stream, cue: CueAt, first: int) -> Mention | None:
    """غير أن محللين آخرين يقولون …: an unnamed many in the case that أن gives, right up to a verb in the plural."""
    words = stream.words[first : cue.at]
    if not 1 <= len(words) <= _LONGEST_MANY or not words[0].endswith("ين") or not all(map(str.isalpha, words)):
        return None
    if not cue.surface.plural or len(words[0]) < 5 or is_grammar(words[0]):
        return None
    if words[0].startswith("ال") and words[0][:-2] + "ون" not in words_of("anonymous"):
        return None
    return Mention(first, cue.at, "anonymous", "group", None, True, cue.at)


def _many_in_front(stream: Stream, cue: CueAt, first: int) -> Mention | None:
    """، وعلماء النفس يؤكدون …; ولكن المقربين منه يرون …: a verb in the plural agrees with the many right before it."""
    if not cue.surface.plural or cue.surface.gender != "m":
        return None
    for begin in _clause_beginnings(stream, first, cue.at):
        words = stream.words[begin : cue.at]
        head = words[0][1:] if words[0][0] == "و" and not _means_many(words[0]) else words[0]
        if not _means_many(head) or len(words) > _LONGEST_MANY or not all(map(str.isalpha, words)):
            continue
        if any(word in ("ما", "لا", "بل") or word in words_of("was") for word in words):
            continue  # كثيراً ما يقولون
        if not any(reading is not None for reading in stream.readings[begin : cue.at]):
            return Mention(begin, cue.at, "anonymous", "group", None, True, cue.at, conjunction=head != words[0])
    return None


def _means_many(word: str) -> bool:
    """علماء, كثير, المقربين: a noun for several people, in any case."""
    plural = word[:-2] + "ون" if word.endswith("ين") else word.removesuffix("ا")
    return any(form in words_of("anonymous") or is_people(form) for form in (word, plural))


def _set_apart(stream: Stream, first: int, at: int) -> Mention | None:
    """جولدمان ساكس، أحد المصارف الكبيرة، حذر …: bare words at the head of a sentence, told of between two commas."""
    words = stream.words
    comma = next((k for k in range(first + 2, min(first + 4, at)) if words[k] in "،,"), None)
    if comma is None or words[at - 1] not in "،," or not comma + 2 < at <= comma + _LONGEST_ASIDE:
        return None
    if not all(may_be_unlisted_name(stream, k) for k in range(first, comma)):
        return None
    told = words[comma + 1].startswith("ال") or is_title(words[comma + 1]) or words[comma + 1] in words_of("quantifier")
    return Mention(first, comma, "person", "short", None, False, comma) if told else None


def _clause_beginnings(stream: Stream, first: int, at: int) -> list[int]:
    """Where the clause of a verb at `at` may begin, the nearest first."""
    words = stream.words
    begins = []
    for j in range(at - 1, max(first - 1, at - 40), -1):
        opens = _opens_clause(words[j])
        if opens == "word":
            begins.append(j + 1)
        elif (opens == "sign" and stream.quote[j] < 0) or j == first:
            begins.append(j if j == first else j + 1)
    return [b for b in begins if b < at][:5]


@kept
def _opens_clause(word: str) -> Literal["word", "sign"] | None:
    """Whether a clause begins behind a folded word; behind a sign it does where that stands in no quotation."""
    if word in words_of("clause_start") or word in _THAT:
        return "word"
    return "sign" if word in "،,؛:" or word[:2] == ".." else None


def _only_insertion(stream: Stream, begin: int, end: int) -> bool:
    """Whether nothing but an insertion (set off by signs, or a preposition's phrase) stands between S and V."""
    words = stream.words
    if all(word in words_of("adverb") for word in words[begin:end]):
        return True
    if end - begin == 1 and words[begin][0] == "ب" and words[begin][1:] in words_of("region"):
        return True  # مصادر في المقاومة بعدن أكدت
    if words[begin] in "،,-–(" or words[begin][1:] in words_of("preposition"):
        return words[end - 1] in "،,-–)" or words[end - 1] in ("قد", "و")
    return (
        (words[begin] in words_of("preposition") or words[begin] in words_of("represented"))
        and end - begin <= 8
        and not any(w in "،," for w in words[begin : end - 1])
    )


def _goes_on_to(stream: Stream, mention: Mention, at: int) -> bool:
    """المحافظ فلان الفلاني، كان قد صرح …; …، المنتمي لحزب معارض أشار …: more about a full name, then its verb."""
    words = stream.words
    if mention.shape != "full":
        return False
    end = at
    while end > mention.end and (words[end - 1] in words_of("was") or words[end - 1] in ("قد", "فقد", "،", ",")):
        end -= 1
    if end <= mention.end:
        return True
    between = range(mention.end, end)
    if len(between) > _LONGEST_ASIDE or any(_is_perfect(stream, k) for k in between):
        return False
    begin = words[mention.end]
    if mention.role is not None and mention.role[0] == mention.last:
        return not any(word in "،," for word in words[mention.end : end])  # فلان رئيس المجلس في كذا يقول …
    if begin in "،," and words[mention.end + 1] in words_of("one_of_place"):
        return True
    if begin in ("الذي", "التي"):
        return not any(word in "،," for word in words[mention.end : end - 1]) or words[end - 1] in "،,"
    if begin in words_of("preposition"):
        return end < at and words[end] in "،,"
    return begin in "،," and words[mention.end + 1].startswith("ال") and not is_grammar(words[mention.end + 1])


def _head_of_relative(stream: Stream, relative: int, first: int) -> Mention | None:
    """The noun phrase that ends right before الذي."""
    words = stream.words
    end = relative
    if end > first and words[end - 1] in "،,":
        end -= 1
    heads = []
    for begin in range(max(first, end - _LONGEST_HEAD), end):
        if words[begin] not in words_of("demonstrative") and _may_head(stream, begin, end):
            mention = read_mention(stream, begin, end)
            if mention is not None and mention.end >= end:
                heads.append(mention)
    if heads:
        return next((mention for mention in heads if mention.shape == "full"), heads[0])
    if end > first and words[end - 1].isalpha() and words[end - 1].startswith("ال"):
        return read_mention(stream, end - 1, end, tight=True)
    if end > first and words[end - 1][:1] in ("ب", "ل") and words[end - 1][1:] in stream.names:
        return Mention(end - 1, end, "person", "short", None, False, end, conjunction=True)  # بفلان الذي أكد
    return None


def _can_be_head(stream: Stream, mention: Mention) -> bool:
    """Whether the noun before «الذي» can be the one who says, and is no time and no thing."""
    head = stream.words[mention.first][mention.conjunction :]
    if head in words_of("time_noun") or head in words_of("evidence"):
        return False
    if mention.shape == "short" and mention.role is None:
        return head in stream.names or bare(head) in stream.names or is_name_word(head)
    return is_plausible(stream, mention)


def _may_head(stream: Stream, begin: int, end: int) -> bool:
    word = stream.words[begin]
    return (
        is_title(word)
        or word in words_of("anonymous")
        or word in words_of("organisation")
        or begins_name(stream, begin, end)
    )
