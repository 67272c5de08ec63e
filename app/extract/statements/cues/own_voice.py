"""The text's own voice: the writer of a column, and whoever answers in an interview, are not reported."""

from app.extract.statements.cues.verbs import CueAt
from app.extract.statements.text.found import Found, Opening
from app.extract.statements.text.lexicon import lemmas_of, words_of
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import watched_group

_DASHES = frozenset("-–—*•ـ")
_WITH_DASH = 3  # answers, before a text is an interview
_WITHOUT_DASH = 4
_SHORT_QUESTION = 80  # tokens
_GOVERNED = 16  # tokens between أود and أن أوضح
_SINCE = 4  # tokens between سبق and أن
_BEFORE_THAT_HE_DID, _QUESTION = watched_group("before_that_he_did"), watched_group("question")
_FIRST_PERSON, _SECOND_PERSON = watched_group("first_person"), watched_group("second_person")
_PERSONS_WHO_TALK = watched_group("first_person", "second_person")
_OURS = 2  # letters
_PERSONAL = 5  # words of the first or second person


def says_it_himself(stream: Stream, cue: CueAt, opening: Opening, first: int) -> bool:
    """Whether a cue without a printed subject is the writer's own (أستبعد أن), the reader's, or nobody's (يُتوقع)."""
    surface = cue.surface
    if surface.plural or surface.pronoun:
        return False
    if surface.form == "perfect":
        return _is_first_person(stream, cue, opening, first)
    return surface.form == "imperfect" and (_is_passive(stream, cue) or _is_readers(stream, cue, first))


def speaks_to_reader(stream: Stream, cue: CueAt, first: int) -> bool:
    """ولاحظ معي أن, وأود أن أوضح للقارئ: an imperative or what I am to explain, whoever seems to stand behind it."""
    following = stream.words[cue.last] if cue.last < len(stream.words) else ""
    if following in words_of("with_me"):
        return True
    if stream.words[cue.at] == "تري" and (following in words_of("question") or stream.words[cue.at - 1] == "يا"):
        return True  # تُرى لماذا …
    surface = cue.surface
    if surface.form != "perfect" or surface.gender != "m" or surface.plural or surface.verb.lemma[0] != "أ":
        return False
    that = cue.at - 1
    if that < first or stream.words[that] != "ان" or _did_before(stream, max(first, that - _SINCE), that):
        return False
    return _speaks_of_himself(stream, max(first, that - _GOVERNED), that)


def _did_before(stream: Stream, first: int, that: int) -> bool:
    """بعد أن أوضح, سبق للوزير أن أوضح: behind these أن has a perfect."""
    return bool(stream.places(_BEFORE_THAT_HE_DID, first, that))


def is_my_opinion(stream: Stream, cue: CueAt, opening: Opening) -> bool:
    """أعتقد أن, أعترف للقارئ بأن, آمل أن: nobody stands behind the verb, and it ends no report that it stands in."""
    behind = stream.words[cue.last] if opening.mid_end > cue.last else ""
    if behind and not (behind.startswith("لل") or behind in words_of("preposition")):
        return False
    return _is_mine(stream, cue)


def _is_first_person(stream: Stream, cue: CueAt, opening: Opening, first: int) -> bool:
    before = stream.words[cue.at - 1] if cue.at > first else ""
    if before in words_of("i_that"):
        return True
    content = stream.words[opening.content]  # اعتقدت أنني, where she thought أنها
    if cue.surface.gender == "f":
        return _may_be_mine(stream, cue) and (
            _speaks_of_himself(stream, first, cue.at) or content in words_of("i_that")
        )
    mine = stream.words[cue.at] in words_of("own_voice") or _is_mine(stream, cue)
    return mine and _speaks_of_himself(stream, first, cue.at)


def _is_mine(stream: Stream, cue: CueAt) -> bool:
    """أستبعد, آمل and أخفي, where he did it is استبعد, أمل and أخفى."""
    surface = cue.surface
    if surface.form != "perfect" or surface.gender != "m" or surface.plural or surface.pronoun:
        return False
    lemma, written = surface.verb.lemma, _written(stream, cue)
    mine = written[0] == {"ا": "أ", "أ": "آ"}.get(lemma[0]) or (
        lemma[0] == "أ" and lemma[-1] == "ى" and written[-1] == "ي"
    )
    return mine and not _goes_on(stream, cue)


def _goes_on(stream: Stream, cue: CueAt) -> bool:
    """وتابع أعتقد أن …: what he says begins with the verb."""
    before = stream.readings[cue.at - 1] if cue.at else None
    return before is not None and before[0].verb.lemma in lemmas_of("without_object")


def _written(stream: Stream, cue: CueAt) -> str:
    """The verb as it is written, without its conjunction."""
    return stream.written(cue.at, cue.last)[stream.words[cue.at][0] in "وف" and cue.surface.verb.lemma[0] not in "وف" :]


def _may_be_mine(stream: Stream, cue: CueAt) -> bool:
    """توقعت is hers or mine; قالت, رأت and أقرت are only hers, since I say قلت, رأيت and أقررت."""
    lemma = cue.surface.verb.lemma
    return lemma[-1] not in "ىّ" and stream.words[cue.at][-3] != "ا"


def _speaks_of_himself(stream: Stream, first: int, last: int) -> bool:
    """كنت في مكتبي وتساءلت …: a word of the first person before the verb, outside marks."""
    return any(stream.quote[i] < 0 for i in stream.places(_FIRST_PERSON, first, last))


def _is_passive(stream: Stream, cue: CueAt) -> bool:
    """يُتوقع, يُقال: a written u in stems that have none in the active voice."""
    if _written(stream, cue)[1:2] != "ُ":
        return False
    lemma = cue.surface.verb.lemma
    if lemma[0] == "ا":
        return True
    return "ّ" in lemma[3:] if lemma[0] == "ت" else len(lemma) == 3 or lemma[3:] == "ّ"


def _is_readers(stream: Stream, cue: CueAt, first: int) -> bool:
    """لماذا تشتكي …؟, وأنت تتمنى …: the reader's form is hers as well."""
    if cue.surface.gender != "f":
        return False
    if any(stream.quote[i] < 0 for i in stream.places(_SECOND_PERSON, first, cue.at)):
        return True
    asked = stream.words[stream.sentence_end[cue.at] - 1] in "؟?"
    return asked and bool(stream.places(_QUESTION, first, cue.at))


def speaks_of_us(stream: Stream, first: int, last: int) -> bool:
    """لم يكن لدينا خبز, كنا نبكي: a word of the first person, or a verb or noun with our pronoun, outside marks."""
    for i in range(first, last):
        word = stream.words[i]
        ours = len(word) > _OURS and word.endswith("نا") and word not in words_of("not_ours")
        if (ours or word in words_of("first_person")) and stream.quote[i] < 0:
            return True
    return False


def is_personal(stream: Stream) -> bool:
    """Whether somebody speaks to the reader in the text's own voice, as in columns, letters and interviews."""
    spoken = stream.places(_PERSONS_WHO_TALK, 0, len(stream.words))
    return sum(stream.quote[i] < 0 for i in spoken) >= _PERSONAL


def answers_begin(stream: Stream) -> int:
    """The token where an interview's first answer begins; in any other text the number of its tokens.

    An interview is a row of questions, each with an answer on the next line or behind a dash.
    """
    turns: list[tuple[int, bool]] = []
    for i in stream.stops:
        if stream.words[i] in "؟?" and stream.quote[i] < 0 and i + 1 < len(stream.words):
            dashed = _has_dash(stream, i)
            if _is_answered(stream, i, dashed):
                turns.append((i + 1, dashed))
    with_dash = [at for at, dashed in turns if dashed]
    if len(with_dash) >= _WITH_DASH:
        return with_dash[0]
    return turns[0][0] if len(turns) >= _WITHOUT_DASH else len(stream.words)


def _has_dash(stream: Stream, i: int) -> bool:
    """Whether a dash stands behind the question mark `i`; the long letter that serves as one is no token."""
    if stream.words[i + 1] in _DASHES:
        return True
    start, end = stream.span(i, i + 2)
    return any(sign in _DASHES for sign in stream.letters.original[start : end - len(stream.words[i + 1])])


def _is_answered(stream: Stream, i: int, dashed: bool) -> bool:
    """Whether behind the question mark `i` somebody answers, and no other question follows."""
    after = i + 1
    paragraph = stream.paragraphs[stream.paragraph[i]]
    if not dashed and not (after == paragraph.last and after - paragraph.first <= _SHORT_QUESTION):
        return False
    end = stream.sentence_end[min(after + (stream.words[after] in _DASHES), len(stream.words) - 1)]
    return stream.words[end - 1] not in "؟?"


def told_by_others(found: list[Found]) -> list[Found]:
    """What a sentence of an interview's answer reports: only what names who said it, and not قال لي إن.

    وأضاف goes on with what the newspaper reports.
    """
    kept: list[Found] = []
    for item in found:
        goes_on = item.stance == "continue" or (item.participle and bool(kept))
        if item.mention is not None or goes_on:
            kept.append(item)
    return kept
