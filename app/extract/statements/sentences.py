"""The frames applied to one sentence: which cues hold, which of them stands inside another, where each one stops."""

from app.extract.statements.cued import open_cue, statement_of
from app.extract.statements.cues.verbs import CueAt, find_cues, surface_at
from app.extract.statements.frames.clauses import clause_start, goes_on, is_nested
from app.extract.statements.frames.contents import content_end, strip_edges, unquote
from app.extract.statements.frames.formulas import FormulaAt, find_formulas
from app.extract.statements.frames.main_clauses import begin_of
from app.extract.statements.frames.relays import Relay, find_relays, in_passing
from app.extract.statements.frames.saying_nouns import SaidNoun, end_of_circumstance, made_of_noun, said_nouns
from app.extract.statements.frames.uncued import read_uncued
from app.extract.statements.frames.verbless import after_complementizer, apply_formula, apply_relay, read_colon
from app.extract.statements.names.authors import who_did
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.speakers.topics import who_is_set_against
from app.extract.statements.text.found import Found, Opening
from app.extract.statements.text.lexicon import lemmas_of, words_of
from app.extract.statements.text.nouns import Mention
from app.extract.statements.text.stream import Stream

_TIP = 4
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
        opening = open_cue(stream, cue, first, last)
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
        made = statement_of(stream, cue, opening, begins[cue.at], first, last, stops)
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
