"""The statement of one cue: what it opens, where its words begin and end, who says them, and what makes it none."""

from app.arabic.names import is_name_word
from app.extract.statements.cues.own_voice import is_my_opinion, says_it_himself, speaks_to_reader
from app.extract.statements.cues.verbs import CueAt, surface_at
from app.extract.statements.frames.contents import content_end, strip_edges, unquote
from app.extract.statements.frames.doubts import (
    can_say,
    is_doubted,
    is_fiction,
    lays_bare,
    may_be_passive,
    no_document,
    points,
    remembers,
    says_nothing,
    thing_shows,
    thing_that,
)
from app.extract.statements.frames.main_clauses import begin_of, main_clause, subject_behind
from app.extract.statements.frames.openings import find_opening
from app.extract.statements.frames.verbless import after_complementizer
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.speakers.subjects import Parties, find_parties
from app.extract.statements.text.found import Found, Opening
from app.extract.statements.text.lexicon import lemmas_of, words_of
from app.extract.statements.text.nouns import is_plausible
from app.extract.statements.text.stream import Stream

_ANNOUNCED = 4  # tokens before a colon
_SUBJECT = 6  # tokens
_GOVERN_WHAT_IS_SAID = frozenset(["من", "عن", "الي"])


def open_cue(stream: Stream, cue: CueAt, first: int, last: int) -> Opening | None:
    """What a cue of the sentence from `first` to `last` opens; None where it reports nothing."""
    verb = cue.surface.verb
    if verb.guard == "relay":
        return None
    opening = find_opening(stream, cue, last)
    if opening is None or opening.content >= last:
        return _quotation_before(stream, cue, first)
    set_before = stream.words[first] in ("اما", "واما")
    if (
        cue.surface.form == "imperfect"
        and may_be_passive(cue, opening)
        and not set_before
        and _is_passive(stream, cue, opening, first)
    ):
        return None
    if verb.guard == "weak" and opening.frame not in ("quotation", "colon", "clause") and "طلب" not in verb.opens:
        return None
    if verb.lemma in lemmas_of("only_that") and not _has_that_near(stream, cue, opening):
        return None
    if verb.lemma in lemmas_of("only_described") and opening.frame != "description":
        return None
    if speaks_to_reader(stream, cue, first) or is_my_opinion(stream, cue, opening):
        return None
    return None if _is_accused(cue, opening) or is_doubted(stream, cue, opening, first, last) else opening


def _has_that_near(stream: Stream, cue: CueAt, opening: Opening) -> bool:
    """شهد الحارس بأنه رأى …, and not شهدت المدينة احتفالاً، بعد أن …"""
    between = stream.words[cue.last : opening.mid_end]
    return opening.frame == "clause" and len(between) <= _SUBJECT and not any(word in "،,." for word in between)


def _is_accused(cue: CueAt, opening: Opening) -> bool:
    """يتهمون بقضايا, اتهم بالتآمر: a verb that nobody says without an object is passive without one."""
    surface = cue.surface
    if surface.verb.lemma not in lemmas_of("passive_without_object") or surface.pronoun or cue.participle:
        return False
    return opening.frame == "preposition" and opening.mid_end <= cue.last


def _is_passive(stream: Stream, cue: CueAt, opening: Opening, first: int) -> bool:
    """ويتوقع أن …, ويلاحظ هنا أن …: nobody stands between the verb and its clause, or before it."""
    before = stream.words[cue.at - 1] if cue.at > first else ""
    if not (cue.joined or cue.at == first or before in "،,"):
        return False
    size = opening.mid_end - cue.last
    subject = read_mention(stream, cue.last, opening.mid_end) if size == 1 else None
    return size < 1 or (size == 1 and (subject is None or not is_plausible(stream, subject)))


def _quotation_before(stream: Stream, cue: CueAt, first: int) -> Opening | None:
    """ "…"، قالت S: the quotation stands before the verb."""
    if cue.joined or cue.participle:
        return None
    begins = surface_at(stream, first)
    if begins is not None and begins[0].form == "participle":
        return None  # قائلاً: «…»، أنهى فلان حديثه
    at = cue.at - 1
    if at >= first and stream.words[at] in "،,":
        at -= 1
    if at < first:
        return None
    for quote in stream.quotes_at(first, at):
        short = quote.open == first and cue.surface.verb.lemma in lemmas_of("speaks_aside")  # "سنعود"، كتبت فلانة
        if quote.close == at and quote.closed and not quote.round and (short or at - quote.open > 4):
            return Opening("quotation_first", quote.open, stream.sentence_end[cue.at])
    return None


def statement_of(
    stream: Stream, cue: CueAt, opening: Opening, own: int, first: int, last: int, stops: list[int]
) -> Found | None:
    """The statement of a cue whose own clause begins at token `own`."""
    surface = cue.surface
    start = opening.content
    if opening.frame == "clause" and not _asks_whether(stream, cue, start):
        start = after_complementizer(stream, start, last)
    elif (opening.frame == "colon" and start < last and stream.words[start] in words_of("bare_complementizer")) or (
        opening.frame == "preposition" and _leads_into_marks(stream, start)
    ):
        start += 1
    elif opening.frame == "preposition":
        start = _past_announcement(stream, start, last)
    if start >= last:
        return None
    main = None
    behind = subject_behind(stream, cue, opening, last)
    if opening.frame == "quotation_first":
        close = next(q.close for q in stream.quotes_at(start, start + 1) if q.closed)
        end = close + 1
    else:
        main = main_clause(stream, cue, start, first, last)
        further = stops if main is None else [*stops, main[0]]
        further = further if behind is None else [*further, begin_of(behind)]
        end = content_end(stream, opening.frame, start, last, [s for s in further if s != own])
    a, b = unquote(stream, *strip_edges(stream, start, end))
    if b - a < 1 or (b - a == 1 and opening.frame == "noun" and is_name_word(stream.words[a])):
        return None
    halves = _quotation_before(stream, cue, first) if opening.frame == "quotation" else None
    if halves is not None and (halves.content != first or stream.words[cue.at - 1] not in "،,"):
        halves = None
    if halves is not None:  # «…»، تقول فلانة، «…»: one quotation that the cue interrupts
        a = halves.content + 1
    parties = find_parties(stream, cue, opening, first, last)
    if main is not None and main[1] is not None and parties.speaker is None:
        parties.speaker = main[1]
    if behind is not None:
        parties.speaker = behind
    if parties.speaker is not None and stream.words[parties.speaker.first] == "نسخه":  # وصلت «المدار» نسخة منه
        parties.speaker = None
    of_document = surface.verb.lemma in lemmas_of("of_documents")
    if parties.speaker is not None and not of_document and not can_say(stream, parties.speaker, opening):
        return None
    if parties.speaker is None and (
        says_nothing(cue, opening)
        or thing_shows(stream, cue)
        or thing_that(stream, cue, opening)
        or lays_bare(stream, cue, opening)
        or says_it_himself(stream, cue, opening, first)
    ):
        return None
    if is_fiction(stream, first, cue.at, parties.speaker) or remembers(stream, cue, parties.speaker):
        return None
    if points(stream, cue, opening) or no_document(stream, cue, parties.speaker):
        return None
    if "سبب" in surface.verb.opens and opening.frame != "clause":
        a, parties = _with_object(stream, a, parties)
    middle = (cue.last, _circumstances_end(stream, cue, min(opening.mid_end, a)))
    return Found(
        (cue.at, cue.last),
        surface.verb.lemma,
        surface.verb.stance,
        opening.frame if halves is None else halves.frame,
        (a, b),
        parties.speaker,
        surface.form,
        surface.gender,
        surface.plural,
        own,
        addressee=parties.addressee,
        unclosed=_is_unclosed(stream, a, b),
        around=[middle] if opening.frame != "quotation_first" else [],
        complementizer=opening.frame == "clause"
        or start > opening.content
        or stream.words[opening.content] in words_of("complementizer"),
    )


def _asks_whether(stream: Stream, cue: CueAt, i: int) -> bool:
    """تساءل فلان إن كان أحد يسمع: إن is no "that" here, and belongs to the question."""
    return (
        cue.surface.verb.stance == "ask"
        and stream.words[i] == "ان"
        and i + 1 < len(stream.words)
        and stream.words[i + 1] in words_of("was")
    )


def _past_announcement(stream: Stream, start: int, last: int) -> int:
    """طالب بما يلي: …, أكد على النقاط التالية: …, دعا إلى: …: past the colon, where only it is announced before it."""
    words = stream.words
    colon = next(stream.where(":", start + 1, min(start + _ANNOUNCED, last - 1)), None)
    announced = colon is not None and (colon == start + 1 or words[colon - 1] in words_of("as_follows"))
    return colon + 1 if colon is not None and announced and stream.quote[colon] < 0 else start


def _leads_into_marks(stream: Stream, i: int) -> bool:
    """دعا إلى "التسامح": a preposition right before marks that hold several words is no part of what is said."""
    quote = stream.opens.get(i + 1)
    return stream.words[i] in ("الي", "علي", "ل") and quote is not None and not quote.round and quote.close - i > 3


def _circumstances_end(stream: Stream, cue: CueAt, end: int) -> int:
    """Up to where channel and day may stand: before what the verb governs (تعجب فلان من …)."""
    governs = cue.surface.verb.governs & _GOVERN_WHAT_IS_SAID
    for j in stream.where(governs, cue.last, end) if governs else ():
        if stream.words[j + 1] not in words_of("insertion_after"):
            return j
    return max(cue.last, end)


def _with_object(stream: Stream, first: int, parties: Parties) -> tuple[int, Parties]:
    """عزا التأخير إلى …: what is explained is no addressee but the beginning of the content."""
    told = parties.addressee
    if told is None:
        return first, parties
    pronoun = stream.words[told[0]] in words_of("demonstrative") or told[1] > first
    return (first if pronoun else told[0]), Parties(parties.speaker)


def _is_unclosed(stream: Stream, first: int, last: int) -> bool:
    """Whether a mark before or in the content is never closed."""
    if not stream.has_unclosed:
        return False
    return any(not quote.closed for quote in stream.quotes_at(max(first - 1, 0), last))
