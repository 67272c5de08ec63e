"""The frames applied to one sentence: which cues hold, what they open, and where their words end."""

from app.arabic.names import is_name_word
from app.extract.statements.cues.own_voice import is_my_opinion, says_it_himself, speaks_to_reader
from app.extract.statements.cues.verbs import CueAt, find_cues, surface_at
from app.extract.statements.frames.clauses import clause_start, goes_on, is_nested
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
from app.extract.statements.frames.formulas import FormulaAt, find_formulas
from app.extract.statements.frames.main_clauses import begin_of, main_clause, subject_behind
from app.extract.statements.frames.openings import find_opening
from app.extract.statements.frames.relays import Relay, find_relays, in_passing
from app.extract.statements.frames.saying_nouns import SaidNoun, end_of_circumstance, made_of_noun, said_nouns
from app.extract.statements.frames.uncued import read_uncued
from app.extract.statements.frames.verbless import after_complementizer, apply_formula, apply_relay, read_colon
from app.extract.statements.names.authors import who_did
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.speakers.subjects import Parties, find_parties
from app.extract.statements.speakers.topics import who_is_set_against
from app.extract.statements.text.found import Found, Opening
from app.extract.statements.text.lexicon import lemmas_of, words_of
from app.extract.statements.text.nouns import Mention, is_plausible
from app.extract.statements.text.stream import Stream

_TIP = 4
_SUBJECT = 6  # tokens
_GOVERN_WHAT_IS_SAID = frozenset(["من", "عن", "الي"])
# A sentence with more cues is a list or noise, not prose.
_MOST_CUES = 40


def read_sentence(stream: Stream, first: int, last: int) -> list[Found]:
    """The statements of one sentence, in the order of their cues."""
    if _leads_to_another(stream, first, last):
        return []
    cues = find_cues(stream, first, last)
    if len(cues) > _MOST_CUES:
        return []
    formulas = find_formulas(stream, first, last)
    relays = find_relays(stream, first, last)
    if len(formulas) + len(relays) > _MOST_CUES:
        return []
    quoted = _relays_in_passing(stream, cues, formulas, last) if cues and formulas else {}
    if quoted:
        relays += quoted.values()
        formulas = [formula for formula in formulas if all(relay.cue[0] != formula.at for relay in relays)]
        cues = [cue for cue in cues if cue.at not in quoted]
    nouns = said_nouns(stream, first, last)
    if not cues and not formulas and not relays and not nouns:
        return read_uncued(stream, first, last) or read_colon(stream, first, last)
    opened: list[tuple[CueAt, Opening]] = []
    for cue in cues:
        opening = _open(stream, cue, first, last)
        if opening is not None:
            opened.append((cue, opening))
    found: list[Found] = []
    cues_taken: set[int] = set()
    begins = {cue.at: clause_start(stream, cue, first) for cue, _ in opened}
    nested = {cue.at for cue, _ in opened if is_nested(stream, cue, first, opened)}
    stops = [
        begins[cue.at] for cue, opening in opened if cue.at not in nested and not goes_on(stream, cue, opening, opened)
    ]
    stops += [cue.at for cue in cues if _turns_away(stream, cue)]
    stops += [formula.at for formula in formulas if formula.at > first]
    stops += [relay.cue[0] for relay in relays]
    lent = {
        cue.at: relay.mention
        for relay in relays
        for cue, opening in opened
        if opening.frame in ("clause", "quotation", "colon")
        and cue.surface.verb.guard != "weak"
        and _only_leads_to(stream, relay, cue.at)
    }
    for relay in relays:
        if any(_only_leads_to(stream, relay, at) for at in lent):
            continue
        made = apply_relay(stream, relay, last, stops)
        if made is not None:
            found.append(made)
            cues_taken.update(range(relay.cue[0], relay.content))
    for cue, opening in opened:
        if cue.at in cues_taken or goes_on(stream, cue, opening, opened):
            continue
        made = _make(stream, cue, opening, begins[cue.at], first, last, stops)
        if made is not None:
            made.nested = cue.at in nested
            made.mention = made.mention or lent.get(cue.at)
            found.append(made)
    for formula in formulas:
        if formula.at + 1 in cues_taken or formula.last - 1 in cues_taken:
            continue
        before = len(found)
        apply_formula(stream, formula, first, last, stops, found)
        set_off = formula.mention is not None and begin_of(formula.mention) == formula.last
        if set_off and len(found) > before and stream.words[formula.end : formula.end + 1] != [":"]:
            # السوق، كما يقول فلان، «لم يعد آمناً»: the formula's verb is no cue of its own
            found[:before] = [f for f in found[:before] if f.cue is None or not formula.at < f.cue[0] < formula.last]
    found += _of_nouns(stream, nouns, found, first, last, stops)
    found.sort(key=lambda f: f.cue[0] if f.cue else f.content[0])
    found = _one_cue_each(found)
    _lend_subjects(stream, found, cues, first)
    return found or read_uncued(stream, first, last) or read_colon(stream, first, last)


def _relays_in_passing(stream: Stream, cues: list[CueAt], formulas: list[FormulaAt], last: int) -> dict[int, Relay]:
    """What a formula makes of a cue, by the cue's token."""
    return {cue.at: relay for cue in cues for f in formulas if (relay := in_passing(stream, cue.at, f, last))}


def _only_leads_to(stream: Stream, relay: Relay, cue: int) -> bool:
    """نُقل عن فلان أنه قال إن …: nothing stands between the relay's أنه and the verb of saying at token `cue`."""
    return relay.content + 1 == cue and stream.words[relay.content] in words_of("complementizer")


def _of_nouns(
    stream: Stream,
    nouns: list[SaidNoun],
    found: list[Found],
    first: int,
    last: int,
    stops: list[int],
) -> list[Found]:
    """What nouns of saying report, where no verb reports it already."""
    made = []
    for noun in nouns:
        at, opening = noun.cue.at, noun.opening
        if any(item.cue is not None and item.cue[0] <= at < item.content[1] for item in found):
            continue
        start = opening.content
        if opening.frame == "clause":
            start = after_complementizer(stream, start, last)
        bound = end_of_circumstance(stream, noun.cue, first, last)
        aroused = stream.words[noun.cue.at - 1] in words_of("aroused")
        quotes = [
            q for q in stream.quotes_at(start, bound) if q.closed and not q.round and (aroused or q.open == start)
        ]
        if quotes:
            bound = min(bound, quotes[0].close + 1)  # أثار تصريحه بأن «…» غضب الأندية
        end = content_end(stream, opening.frame, start, bound, [s for s in stops if start < s < bound])
        content = unquote(stream, *strip_edges(stream, start, end))
        if content[1] > content[0] + 1:
            made.append(made_of_noun(noun, content))
    return made


def _turns_away(stream: Stream, cue: CueAt) -> bool:
    """، رافضاً الخوض في التفاصيل, ، ويشير بيده إلى …: what the speaker does besides, whether it reports or not."""
    if cue.joined and cue.last < len(stream.words) and stream.words[cue.last] in words_of("gesture"):
        return stream.words[cue.at - 1] in "،,"
    set_off = cue.participle and cue.at > 0 and stream.words[cue.at - 1] in "،,"
    return set_off and stream.words[cue.at].endswith("ا") and cue.surface.verb.stance in ("deny", "demand", "condemn")


def _leads_to_another(stream: Stream, first: int, last: int) -> bool:
    """اقرأ أيضاً: … is a link to another article."""
    at = stream.paragraphs[stream.paragraph[first]].first
    word = stream.words[at]
    if word in words_of("reading_link"):
        return True
    more = words_of("reading_more")
    return word in words_of("reading_tip") and not more.isdisjoint(stream.words[at + 1 : min(at + _TIP, last)])


def _lend_subjects(stream: Stream, found: list[Found], cues: list[CueAt], first: int) -> None:
    """كرر فلان موقفه، قائلاً: a participle's subject stands behind a verb that opens nothing itself."""
    if not found or found[0].cue is None:
        return
    at = found[0].cue[0]
    and_said = found[0].mention is None and stream.words[at] in words_of("and_said")  # وغرد فلان فقال
    if not (found[0].participle or and_said):
        return
    against = who_is_set_against(stream, first, at) if found[0].participle and found[0].mention is None else None
    if against is not None:
        found[0].mention = against
        return
    for cue in cues:
        if cue.at < at and not cue.participle and not (and_said and cue.surface.verb.lemma in lemmas_of("asks")):
            mention = read_mention(stream, cue.last, at, tight=True)
            if mention is not None and (not and_said or _goes_on_to_say(stream, mention, found[0])):
                found[0].mention = mention
                return
    for i in range(first, at if found[0].participle else first):
        reading = surface_at(stream, i)
        if reading is not None and reading[0].pronoun and reading[0].form == "perfect" and stream.quote[i] < 0:
            mention = read_mention(stream, i + 1, at)  # اتهامات رفضها فلان، مؤكداً …
            if mention is not None and mention.kind == "person" and mention.end >= at - 1:
                found[0].mention = mention
                return
    accused = found[0].lemma == "اتهم"  # أوقفت الشرطة شخصاً متهماً بالسرقة
    if _may_be_verb_at_head(stream, first) and not (accused and stream.words[at - 1] not in "،,"):
        found[0].mention = who_did(stream, first, at)  # تظاهر العشرات مطالبين بفتح الطريق


def _may_be_verb_at_head(stream: Stream, first: int) -> bool:
    """Whether the first word of a sentence may be its verb: no article, nothing that ends as nouns do."""
    word = stream.words[first].removeprefix("و")
    return len(word) > 2 and not word.startswith(("ال", "لل")) and not word.endswith(("ه", "ات", "ين", "ون", "ا"))


def _goes_on_to_say(stream: Stream, mention: Mention, said: Found) -> bool:
    """Whether somebody is named, in full or by a word of a full name, with whom the second verb agrees."""
    named = mention.shape == "full" or stream.words[mention.last - 1] in stream.names
    return named and mention.gender in (said.gender, None)


def _one_cue_each(found: list[Found]) -> list[Found]:
    """Where two cues claim the same words, the nearer one has them; وأضاف فلان يقول: "…" is said once, by فلان."""
    kept: list[Found] = []
    for item in found:
        if kept and kept[-1].content == item.content and kept[-1].mention is not None and _says_on(item):
            continue
        while kept and kept[-1].content[1] == item.content[1] and kept[-1].content[0] >= item.content[0]:
            kept.pop()
        kept.append(item)
    return kept


def _says_on(item: Found) -> bool:
    return item.form == "imperfect" and item.mention is None and item.lemma == "قال"


def _open(stream: Stream, cue: CueAt, first: int, last: int) -> Opening | None:
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


def _make(
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
        parties = parties._replace(speaker=main[1])
    if behind is not None:
        parties = parties._replace(speaker=behind)
    if parties.speaker is not None and stream.words[parties.speaker.first] == "نسخه":  # وصلت «المدار» نسخة منه
        parties = parties._replace(speaker=None)
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
    return cue.surface.verb.stance == "ask" and stream.words[i] == "ان" and stream.words[i + 1] in words_of("was")


def _past_announcement(stream: Stream, start: int, last: int) -> int:
    """طالب بما يلي: …, أكد على النقاط التالية: …, دعا إلى: …: past the colon, where only it is announced before it."""
    words = stream.words
    colon = next(stream.where(":", start + 1, min(start + _TIP, last - 1)), None)
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
