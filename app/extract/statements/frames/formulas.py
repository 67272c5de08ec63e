"""Formulas: بحسب، وفق، نقلاً عن …, a source named without a verb of its own, before or after its words."""

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from app.arabic.names import is_name_word
from app.extract.statements.cues.verbs import surface_at
from app.extract.statements.frames.attributed import behind_l
from app.extract.statements.frames.formula_heads import formula_heads, where_formulas_may_begin
from app.extract.statements.frames.main_clauses import begin_of
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.text.lexicon import Surface, lemmas_of, rows, words_of
from app.extract.statements.text.nouns import Mention, is_grammar, is_group_head, is_people
from app.extract.statements.text.stream import Stream

_NO_REPORT = frozenset(["demand", "evaluate"])  # كما أمر، كما وصفه
_REST_OF_NAME = 5
_PAUSE = frozenset(["..", "...", "؛"])


class FormulaAt(NamedTuple):
    """A formula at tokens `at` to `last`, its source up to `end`; `content` is where words after it begin."""

    at: int
    last: int
    end: int
    content: int
    initial: bool
    lemma: str
    mention: Mention | None
    gender: str | None


def find_formulas(stream: Stream, first: int, last: int) -> list[FormulaAt]:
    """All formulas among tokens `first` to `last` that name a plausible source."""
    found: list[FormulaAt] = []
    heads = formula_heads()
    for i in where_formulas_may_begin(stream, first, last):
        known, seconds = heads[stream.words[i]]
        if seconds is not None and (i + 1 >= last or stream.words[i + 1] not in seconds):
            continue
        if stream.quote[i] < 0 and not (found and i < found[-1].last):
            formula = _read(stream, i, first, last, known)
            if formula is not None:
                found.append(formula)
    return found


def _read(stream: Stream, i: int, first: int, last: int, known: list[tuple[tuple[str, ...], str]]) -> FormulaAt | None:
    words = stream.words
    initial = i == first or words[i - 1] in _PAUSE
    of_whom = _with_pronoun(words, i, last)
    if of_whom is not None:
        return _of_him(stream, i, of_whom, first, last)
    for phrase, lemma in known:
        after = _match(words, i, phrase, last)
        if after is None:
            continue
        verb = surface_at(stream, after) if after < last else None
        cue_end = after
        gender = None
        said = verb is not None and verb[0].form in ("perfect", "imperfect", "masdar")
        if verb is not None and said:
            cue_end, gender = after + 1, verb[0].gender
            if cue_end < last and words[cue_end] in ("به", "بها"):
                cue_end += 1
            while cue_end < last and words[cue_end] in words_of("told_to"):
                cue_end += 1  # بحسب ما أوضح لنا فلان
        elif phrase[-1] in _NEED_A_VERB:
            return None
        if lemma == "فيما" and not _told_it(verb, words[i - 1]):
            return None
        start = _past_telling(words, cue_end, last)
        if lemma in _IN_SOMEBODYS_WORDS and not _is_somebodys(stream, start, last):
            return None
        if lemma in _CLAUSES and (verb is None or i == first or verb[0].verb.stance in _NO_REPORT):
            return None
        if lemma == "على لسان" and _is_relayed(stream, i, first):
            return None
        if lemma in _set_off() and not initial and words[i - 1].isalpha():
            return None
        mention = _author(stream, start, last) if phrase[-1] == "ل" else None
        if mention is None and start < last:
            mention = _source_at(stream, start, min(last, start + 25), phrase[-1] == "ل")
        if mention is not None and verb is not None and verb[0].verb.guard == "relay":
            mention = _relayed_from(stream, mention, last)
        mention = _up_to_verb(words, mention)
        follows = mention is not None and initial and _result_follows(words, mention.end, last)
        if mention is not None and not (follows or (said and phrase[-1] in _WHAT)):
            mention = mention if _plausible(stream, mention) else None
        his = mention is None and words[start : start + 1] != [] and words[start] in words_of("his_telling")
        if his:
            cue_end, gender = start + 1, "f" if words[start].endswith("ها") else "m"
        elif mention is None and (verb is None or not verb[0].pronoun):
            return None
        end = mention.end if mention is not None else cue_end
        if lemma in _CLAUSES and end + 1 < last and words[end].startswith("لل") and not words[end + 1].isalpha():
            end += 1  # فيما رواه زملاؤه للمحققين
        if lemma in _CLAUSES and mention is not None and _nothing_follows(stream, end, last):
            end = last
        if lemma in _CLAUSES and words[end : end + 1] != [":"] and not _stands_aside(words, i, end, last):
            return None
        initial = initial and lemma not in _CLAUSES
        if lemma == "كما" and said and end + 2 < last and words[end] == ":":
            return FormulaAt(i, cue_end, end, end + 1, True, lemma, mention, gender)  # كما قال أحد الحكماء: …
        content = _content_after(stream, end, last) if initial else end
        if content is None:
            if i == first:
                return None
            initial = False  # …؛ بحسب فلان.
        return FormulaAt(i, cue_end, end, content or end, initial, lemma, mention, gender)
    return None


def _told_it(verb: tuple[Surface, bool] | None, before: str) -> bool:
    """…، فيما رواه فلان، …: neither فيما أكد فلان nor فيما ينتقده آخرون."""
    told = verb is not None and verb[0].pronoun and verb[0].form == "perfect"
    return verb is not None and told and verb[0].verb.lemma in lemmas_of("tells_it") and before in "،,-–("


_CLAUSES = frozenset(["فيما", "كما", "هذا ما", "وهذا ما", "مثلما"])
_NEED_A_VERB = frozenset(["حد", "فيما", "ما", "لما", "حسبما", "وفقما", "بحسبما", "كما", "مثلما"])
_IN_SOMEBODYS_WORDS = frozenset(["بتعبير", "من منظور"])
# Behind these a verb of saying vouches for its subject.
_WHAT = frozenset(["فيما", "ما", "لما", "حسبما", "وفقما", "بحسبما"])


@cache
def _set_off() -> frozenset[str]:
    """Formulas only behind a sign; behind a word they belong to it: رد على ما نشره الموقع, هامشية في نظر الشيخ."""
    return frozenset(row[0] for row in rows("formulas.tsv") if row[2:] == ["apart"])


def _is_somebodys(stream: Stream, i: int, last: int) -> bool:
    """بتعبير فلان, من منظور الخبير; not بتعبير آخر, من منظور فلسفي."""
    if i >= last or stream.words[i] in words_of("otherwise"):
        return False
    word = stream.words[i]
    return word.startswith("ال") or word in stream.names or is_group_head(word) or is_name_word(word)


def _stands_aside(words: list[str], i: int, end: int, last: int) -> bool:
    """، كما قال فلان، or at the end of the sentence: not كما قال فلان إن …"""
    closes = end >= last or not words[end].isalpha()
    return closes and (not words[i - 1].isalpha() or end >= last - 1)


def _nothing_follows(stream: Stream, end: int, last: int) -> bool:
    """كما أعلن حاكم المنطقة الفلاني: only the rest of a name stands behind, nothing that could be said."""
    rest = range(end, last - 1)
    return len(rest) <= _REST_OF_NAME and all(
        stream.words[j].isalpha() and stream.readings[j] is None and not is_grammar(stream.words[j]) for j in rest
    )


def _is_relayed(stream: Stream, i: int, first: int) -> bool:
    """تناقلت مواقع على لسان فلان قوله: part of a relay."""
    before = stream.readings[max(first, i - _REST_OF_NAME) : i]
    if any(reading is not None and reading[0].verb.guard == "relay" for reading in before):
        return True
    begins = stream.readings[first]  # وأكدت الوزارة على لسان فلان …: how she says it
    return begins is not None and begins[0].form == "perfect" and i - first <= _REST_OF_NAME


def _with_pronoun(words: list[str], i: int, last: int) -> int | None:
    """The token behind بحسبه, برأيها, في نظرهم."""
    word = words[i][1:] if words[i][0] == "و" else words[i]
    if word in words_of("source_with_pronoun"):
        return i + 1
    return i + 2 if word == "في" and i + 1 < last and words[i + 1] in words_of("view_with_pronoun") else None


def _of_him(stream: Stream, i: int, end: int, first: int, last: int) -> FormulaAt | None:
    """وبحسبه فإن الهزات ستستمر; …، برأيه: a source that is no more than a pronoun."""
    words = stream.words
    initial = i == first or (words[i - 1] in "،,؛" and words[end : end + 1] in _RESULTS)
    content = _content_after(stream, end, last) if initial else end
    set_apart = initial or (words[i - 1] in "،," and (end >= last or not words[end].isalpha()))
    if content is None or not set_apart or (initial and content > end + 1):
        return None
    gender = "f" if words[end - 1].endswith("ها") else "m"
    return FormulaAt(i, end, end, content, initial, stream.joined(i, end), None, gender)


def _relayed_from(stream: Stream, outlet: Mention, last: int) -> Mention:
    """حسبما نقلت صحيفة عن فلان: whose words the outlet relays."""
    source = next((j for j in range(outlet.first + 1, min(last - 1, outlet.end + 1)) if stream.words[j] == "عن"), None)
    return outlet if source is None else read_mention(stream, source + 1, min(last, source + 26)) or outlet


def _author(stream: Stream, i: int, last: int) -> Mention | None:
    """وفقاً لدراسة أعدتها الجامعة: who made the document whose noun has the ل."""
    words = stream.words
    if i >= last or not (words[i][1:] in words_of("document") or words[i][1:] in words_of("information")):
        return None
    author = i + 1
    while author < last and words[author] in words_of("of_document"):
        author += 1
    return read_mention(stream, author, last, tight=True) if i + 1 < author < last else None


def _past_telling(words: list[str], i: int, last: int) -> int:
    """وفقاً لرواية فلان: past the noun for what the source tells."""
    return i + 1 if i + 1 < last and words[i].removeprefix("ل") in words_of("telling") else i


def _match(words: list[str], i: int, phrase: tuple[str, ...], last: int) -> int | None:
    """The token after the phrase, or None. A final ل may be written together with its noun."""
    for k, part in enumerate(phrase):
        if i + k >= last:
            return None
        word = words[i + k]
        if k == 0 and word != part:
            word = word[1:]
        if part == "ل" and word.startswith("ل"):
            return i + k if word != "ل" else i + k + 1
        if word != part:
            return None
    return i + len(phrase)


def _plausible(stream: Stream, mention: Mention) -> bool:
    """Whether the noun after a formula can be a source: وفق القانون and حسب الحاجة name none."""
    head = stream.words[mention.first]
    if mention.shape != "full" and _is_measure(stream.words, mention):
        return False
    if mention.shape == "full" or mention.document is not None or mention.kind in ("anonymous", "document"):
        return True
    if head in words_of("numeral") and mention.last > mention.first + 1:
        return is_group_head(stream.words[mention.first + 1]) or is_people(stream.words[mention.first + 1])
    if head.startswith("لل"):
        head = "ال" + head[2:]
    if head in words_of("not_a_source") and mention.last - mention.first == 1:
        return False
    if head in words_of("rule_noun") and mention.last - mention.first == 1:
        return False
    return (
        head in words_of("organisation")
        or head in words_of("tidings")
        or head in words_of("pages")
        or head in words_of("title")
        or head in words_of("feminine_head")
        or (
            mention.kind == "person"
            and mention.shape == "short"
            and mention.last - mention.first <= 2
            and not (head.startswith("ال") and not is_name_word(head) and head[2:] not in stream.names)
            and head not in words_of("not_a_source")
        )
    )


def _is_measure(words: list[str], mention: Mention) -> bool:
    """وفق القانون, بحسب عدد أفراد الأسرة: a rule or a size, where بحسب عدد من السكان names a source."""
    head = words[mention.first]
    if head == "نظام" and mention.last > mention.first + 1:
        return not is_name_word(words[mention.first + 1])  # بحسب نظام القرعة
    if words[mention.end : mention.end + 1] in (
        ["المعمول"],
        ["المتبع"],
        ["المتبعه"],
        ["النافذ"],
        ["النافذه"],
        ["الساري"],
    ):
        return True  # وفق النظام المعمول به
    if head == "عدد":
        return words[mention.first + 1 : mention.first + 2] != ["من"]
    alone = mention.last == mention.first + 1 or words[mention.first + 1][0] == "و"  # وفق معطيات وقناعات جديدة
    return head in words_of("not_a_source") and alone


def _content_after(stream: Stream, end: int, last: int) -> int | None:
    """After an initial formula the words begin behind a comma, at فإن, or at a mark."""
    words = stream.words
    comma: int | None = None
    for j in range(end, min(last, end + 30)):
        if words[j] in _RESULT:
            return j
        if comma is None and words[j] in "،,:" and not opens_insertion(words, j + 1, last):
            comma = j
    if comma is None and end < last and _clause_begins(stream, end):
        return end  # في رأي فلان لن تنخفض الأسعار, بحسب الوزارة قتل عشرة
    return comma + 1 if comma is not None and comma + 1 < last else None


def _source_at(stream: Stream, start: int, last: int, with_l: bool) -> Mention | None:
    """بحسب الوزارة, وفقاً للوزارة: whom a formula names; with the ل written on it, the noun is no insertion."""
    mention = read_mention(stream, start, last)
    word = stream.words[start]
    if not with_l or word[0] != "ل" or (mention is not None and begin_of(mention) == start):
        return mention
    plain = "ال" + word[2:] if word.startswith("لل") and not is_group_head(word[1:]) else word[1:]
    rule = plain.removeprefix("ال") in words_of("rule_with_l")
    return behind_l(stream, start, last) if is_group_head(plain) and not rule else mention


def _up_to_verb(words: list[str], mention: Mention | None) -> Mention | None:
    """بحسب وزارة الصحة قتل عشرة: a verb is no part of whom a formula names."""
    if mention is None or mention.shape == "full":
        return mention
    verb = next((k for k in range(mention.first + 1, mention.end) if words[k] in words_of("happened")), None)
    return mention if verb is None else replace(mention, last=verb, end=verb)


def _clause_begins(stream: Stream, i: int) -> bool:
    """Whether only a clause can begin at token `i`, behind a source: لن, or a perfect of what happens in the news."""
    return stream.words[i] in words_of("future_or_not") or stream.words[i] in words_of("happened")


_RESULTS = (["فان"], ["فانه"], ["فانها"], ["فانهم"])
_RESULT = frozenset(["فان", "فانه", "فانها", "فانهم", "فقد", "فلا", "فلم", "فلن"])


def _result_follows(words: list[str], end: int, last: int) -> bool:
    """Whether فإن or فقد stands right behind the source: only a report goes on so."""
    return any(words[j] in _RESULT for j in range(end, min(last, end + 3)))


def opens_insertion(words: list[str], j: int, last: int) -> bool:
    """Whether «في تصريح …», «في ختام …» begins at token `j`."""
    return j + 1 < last and words[j] == "في" and words[j + 1] in words_of("occasion")
