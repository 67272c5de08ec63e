"""From a page's text to its statements: read sentence by sentence, speakers resolved, repetitions linked."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

import msgspec

from app.arabic.fold import fold
from app.corpus.fields import Channel, Cue, Resolution, SpeakerMention, Statement, TextSpan, Zone
from app.extract.statements.confidence import confidence_of, in_own_voice
from app.extract.statements.cues.own_voice import answers_begin, is_personal, speaks_of_us, told_by_others
from app.extract.statements.cues.verbs import surface_at
from app.extract.statements.duplicates import link_duplicates, link_nested
from app.extract.statements.frames.attributed import quoted_whole
from app.extract.statements.frames.circumstances import carry_channels, channel_of, find_channel, find_day, published_in
from app.extract.statements.frames.contents import (
    kind_of,
    make_segments,
    only_quoted,
    outer_quotations,
    segments_of,
    strip_edges,
)
from app.extract.statements.frames.formula_heads import begins_formula
from app.extract.statements.names.affiliations import affiliation_of
from app.extract.statements.names.learned import learned_names
from app.extract.statements.names.named_persons import person_names
from app.extract.statements.pull_quotes import read_pull_quote
from app.extract.statements.sentences import read_sentence
from app.extract.statements.speakers.coreference import Speakers
from app.extract.statements.speakers.floor import (
    catch_up,
    holds_floor,
    learn_gender,
    name_topic,
    needs_speaker,
    remember_document,
    who_speaks,
)
from app.extract.statements.speakers.speaker import Speaker, as_mention
from app.extract.statements.speakers.topics import joins_others, subject_of_clause, who_answers
from app.extract.statements.text.found import Found
from app.extract.statements.text.lexicon import homonyms, words_of
from app.extract.statements.text.stream import Stream

EXTRACTOR_VERSION = "1.5"


def extract_statements(
    text: str, zones: Sequence[Zone] | None = None, published: date | None = None
) -> list[Statement]:
    """All statements of `text`, in its order.

    `zones`: only `body`, `title` and `pull_quote` zones are read; None means that the whole text is body, a
    paragraph a line. `published`: the day that اليوم means, where it is known. All spans are code points into `text`
    as given. Never raises on any string.
    """
    stream = Stream(fold(text), zones, published)
    if not stream.words:
        return []
    persons = person_names(stream)
    stream.names.update(word for person in persons for word in person.words)
    persons = sorted(persons + learned_names(stream, stream.names), key=lambda person: person.first)
    stream.names.update(word for person in persons for word in person.words)
    speakers = Speakers(stream, persons)
    statements: list[Statement] = []
    answers = answers_begin(stream)
    for zone in ("body", "title"):
        for paragraph in stream.paragraphs:
            if paragraph.zone == zone:
                at = max(paragraph.first, stream.sentence_end[paragraph.first - 1] if paragraph.first else 0)
                while at < paragraph.last:
                    end = stream.sentence_end[at]
                    made = _read(stream, speakers, at, end, answers) or _goes_on(stream, statements, at, end)
                    _join(statements, made)
                    at = end
    for block in dict.fromkeys(p.block for p in stream.paragraphs if p.zone == "pull_quote"):
        item = read_pull_quote(stream, [p for p in stream.paragraphs if p.block == block])
        if item is not None:
            catch_up(stream, speakers)
            statements.append(_quoted(stream, speakers, item))
    if speakers.awaits_name():
        catch_up(stream, speakers)
    statements = [_named_later(speakers, statement) for statement in statements]
    if is_personal(stream):
        statements = [msgspec.structs.replace(s, confidence=in_own_voice(s.confidence)) for s in statements]
    statements.sort(key=lambda s: (s.cue.start if s.cue else s.content.start, s.content.start))
    return link_duplicates(carry_channels(link_nested(statements)))


def _read(stream: Stream, speakers: Speakers, first: int, last: int, answers: int) -> list[Statement]:
    """One sentence's statements; a sentence without any may still name who speaks next.

    `answers`: the token where an interview's answers begin.
    """
    found = read_sentence(stream, first, last)
    if first >= answers:
        found = told_by_others(found)
    name_topic(stream, speakers, found, first, last)
    previous: Speaker | None = None
    statements = []
    for number, item in enumerate(found):
        if item.mention is not None and item.mention.kind == "person" and item.mention.shape == "full":
            stream.names.update(stream.words[item.mention.first : item.mention.last])
        asked = who_answers(stream, item, found[number - 1]) if number else None
        if number and item.mention is None and not item.nested:
            item.mention = subject_of_clause(stream, item, found[number - 1])
        speaker, how, reason = who_speaks(stream, speakers, item, previous, asked)
        if speaker is None and needs_speaker(item):
            continue
        if holds_floor(stream, item) and not (previous is not None and item.frame == "tail" and how == "document"):
            previous = speaker or previous  # أوصى فلان، بحسب البيان، بكذا، داعياً …: the document is only the source
        if speaker is not None:
            learn_gender(item, speaker)
            speaker.with_others = item.mention is not None and joins_others(stream, item.mention.last, item.content[0])
            remember_document(stream, speakers, item, speaker)
        statement = _statement(stream, item, as_mention(stream, speaker, how, item.mention, reason))
        statements.append(_with_utterer(stream, speakers, item, statement))
    return statements


def _goes_on(stream: Stream, statements: list[Statement], first: int, last: int) -> list[Statement]:
    """«…». «…»: a quotation without a cue right behind another has its speaker."""
    inner = quoted_whole(stream, first, last) if statements else None
    if inner is None and statements and _speaks_on(stream, statements[-1], first, last):
        statements[-1] = _lengthened(stream, statements[-1], last)
        return []
    if inner is None:
        return _and_that(stream, statements, first, last)
    before = statements[-1]
    said = before.content.end
    if before.rule == "quotation_first" and first and stream.span(stream.sentence_start[first - 1], first)[0] <= said:
        said = stream.span(first - 1, first)[1]  # «…»، قالت فلانة. «…»
    between = stream.letters.original[said : stream.span(*inner)[0]]
    if before.kind == "indirect" or before.speaker is None or any(map(str.isalnum, between)):
        return []
    reason = "the quotation goes on"
    speaker = msgspec.structs.replace(before.speaker, start=None, end=None, text=None, reason=reason)
    return [_statement(stream, Found(None, "", "neutral", "quotation_alone", strip_edges(stream, *inner)), speaker)]


def _speaks_on(stream: Stream, before: Statement, first: int, last: int) -> bool:
    """قالت فلانة: عملنا عشرين ساعة. لم يكن لدينا خبز.: behind a colon without marks her own words go on as hers."""
    asks_on = before.cue is not None and before.cue.stance == "ask" and stream.words[last - 1] in "؟?"
    if before.rule != "colon" or before.kind != "direct" or not (asks_on or speaks_of_us(stream, first, last)):
        return False
    if not _speaks_for_himself(stream, before):
        return False
    between = stream.letters.original[before.content.end : stream.span(first, last)[0]]
    return between.strip() in _FULL_STOPS and "\n" not in between and not is_personal(stream)


def _speaks_for_himself(stream: Stream, statement: Statement) -> bool:
    """Neither a verse (يقول الشاعر فلان: …) nor what a writer quotes by the way (حيث قال: …, كما قال الحكيم: …)."""
    if (
        statement.cue is None
        or statement.speaker is None
        or stream.letters.original[statement.content.start - 1] == "("
    ):
        return False
    verb = bisect_left(stream.starts, stream.letters.offset(statement.cue.start))
    opens = stream.sentence_start[min(verb, len(stream.words) - 1)] >= verb - 1
    poet = statement.role is not None and "شاعر" in statement.role.text
    return not poet and (opens or statement.speaker.resolution == "explicit")


_FULL_STOPS = (".", "!", "؟", "..", "...", "…")


def _lengthened(stream: Stream, statement: Statement, last: int) -> Statement:
    """The same statement, all of it quoted, up to token `last`."""
    first = bisect_left(stream.starts, stream.letters.offset(statement.content.start))
    a, b = strip_edges(stream, first, last)
    content = TextSpan.of(stream.letters.original, *stream.span(a, b))
    return msgspec.structs.replace(statement, content=content, segments=make_segments(stream, [(a, b, True)], (a, b)))


def _and_that(stream: Stream, statements: list[Statement], first: int, last: int) -> list[Statement]:
    """وأكد فلان أن …. وأن …: a sentence that goes on with the clause of the one before has its speaker."""
    if not statements or stream.words[first] not in _AND_THAT or "إ" in stream.written(first, first + 1)[:2]:
        return []
    before, start = statements[-1], stream.span(first, last)[0]
    between = stream.letters.original[before.content.end : start]
    if before.rule != "clause" or before.speaker is None or any(map(str.isalnum, between)) or "\n" in between:
        return []
    speaker = msgspec.structs.replace(before.speaker, start=None, end=None, text=None, reason="the report goes on")
    content = strip_edges(stream, first + (stream.words[first] in ("وان", "وبان")), last)
    return [_statement(stream, Found(None, "", "neutral", "clause", content, complementizer=True), speaker)]


_AND_THAT = frozenset(["وان", "وبان", "وانه", "وانها", "وانهم", "وبانه", "وبانها"])


def _join(statements: list[Statement], made: list[Statement]) -> None:
    """Puts a sentence's statements behind those before: what it attributes of the words before it is said but once."""
    if made and statements:
        said, first = statements[-1].content, made[0].content
        if first == said:
            statements.pop()  # a quotation attributed only behind its end
        elif made[0].rule == "attributed" and first.start < said.end and said.start < first.end:
            del made[0]
    statements += made


def _named_later(speakers: Speakers, statement: Statement) -> Statement:
    """The same statement, under the name that the text gave its speaker only afterwards."""
    mention = statement.speaker
    later = speakers.named_later.get(mention.name) if mention is not None and mention.name is not None else None
    if mention is None or later is None:
        return statement
    how: Resolution = "nominal" if mention.resolution == "explicit" else mention.resolution
    named = msgspec.structs.replace(
        mention, name=later.name, kind=later.kind, resolution=how, reason=f"named later: {later.name}"
    )
    return msgspec.structs.replace(statement, speaker=named)


def _with_utterer(stream: Stream, speakers: Speakers, item: Found, statement: Statement) -> Statement:
    """A tail that names a person for an organisation's words: who spoke for it."""
    if item.tail is None or item.tail.kind != "person" or statement.speaker is None:
        return statement
    if statement.speaker.kind != "organisation":
        return statement
    speaker, how = speakers.mention(item.tail, spoke=False)
    utterer = as_mention(stream, speaker, how, item.tail, "named in the tail")
    return msgspec.structs.replace(statement, utterer=utterer)


def _quoted(stream: Stream, speakers: Speakers, item: Found) -> Statement:
    """A pull quote's statement; without an attribution nobody is named."""
    if item.mention is None:
        return _statement(stream, item, as_mention(stream, None, "unresolved", None, "no line says who"))
    speaker, how, reason = who_speaks(stream, speakers, item)
    return _statement(stream, item, as_mention(stream, speaker, how, item.mention, reason))


def _statement(stream: Stream, item: Found, speaker: SpeakerMention) -> Statement:
    text = stream.letters.original
    marked = _with_marks(stream, item)
    parts = segments_of(stream, *marked)
    if item.frame == "pull_quote" or _within_marks(stream, item):
        parts = [(*item.content, True)]
    elif item.frame == "quotation_first" and item.cue is not None and item.content[0] < item.cue[0] < item.content[1]:
        parts = [part for part in parts if part[2]]
    elif only_quoted(stream, *marked):
        parts = [(a, b, True) for a, b in outer_quotations(stream, *marked)]
    if item.frame in ("colon", "name_colon") and not any(d for _, _, d in parts) and not item.complementizer:
        parts = [(a, b, True) for a, b, _ in parts]
    kind = kind_of(parts)
    cue = None
    if item.cue is not None:
        start, end = stream.span(*item.cue)
        if stream.words[item.cue[0]][:1] in "وف" and _conjunction_joined(stream, item.cue[0], item.lemma):
            start = stream.letters.start(stream.starts[item.cue[0]] + 1)
        cue = Cue(start, end, text[start:end], item.lemma, item.stance)
    day = find_day(stream, item.around)
    role_at = next((m.role for m in (item.mention, item.tail) if m is not None and m.role is not None), None)
    return Statement(
        content=TextSpan.of(text, *stream.span(*item.content)),
        segments=make_segments(stream, parts, item.content),
        kind=kind,
        zone=stream.paragraphs[stream.paragraph[item.content[0]]].zone,
        cue=cue,
        speaker=speaker,
        confidence=confidence_of(item, speaker, kind),
        rule=item.frame,
        polarity="denied" if item.stance == "deny" and not _negated(stream, item) else "affirmed",
        role=TextSpan.of(text, *stream.span(*role_at)) if role_at is not None else None,
        affiliation=affiliation_of(stream, role_at) if role_at is not None else None,
        channel=_channel(stream, item),
        said_on=day and day.span(stream),
        said_on_date=day and day.before(stream, stream.published),
        addressee=TextSpan.of(text, *stream.span(*item.addressee)) if item.addressee else None,
        reasons=_reasons(item, speaker),
    )


def _channel(stream: Stream, item: Found) -> Channel | None:
    """Through what this statement became known, as far as its own sentence says so."""
    if item.channel is not None:
        return channel_of(stream, item.channel)
    found = find_channel(stream, item.around)
    if found is not None and found.start is not None and _names_speaker(stream, item, found.start):
        found = None
    if found is None and item.cue is not None and item.form == "perfect":
        found = published_in(stream, stream.sentence_start[item.cue[0]], item.cue[0])
    return found


def _names_speaker(stream: Stream, item: Found, at: int) -> bool:
    """Whether a broadcaster or agency is itself the one who says it, and no channel."""
    mention = item.mention
    if mention is None or mention.kind == "document":
        return False
    start, end = stream.span(mention.first, mention.last)
    return start <= at < end


def _negated(stream: Stream, item: Found) -> bool:
    """لم ينف، ولم يستبعد: whether a negation stands before the cue."""
    return item.cue is not None and item.cue[0] > 0 and stream.words[item.cue[0] - 1] in words_of("negation")


def _reasons(item: Found, speaker: SpeakerMention) -> list[str]:
    """What a person should know about how the statement was found."""
    reasons = [f"frame: {item.frame}"]
    if speaker.reason:
        reasons.append(f"speaker: {speaker.reason}")
    if item.unclosed:
        reasons.append("a quotation mark is never closed")
    if item.nested:
        reasons.append("stands inside another report")
    return reasons


def _within_marks(stream: Stream, item: Found) -> bool:
    """Whether all of the content stands in one pair of marks."""
    first, last = item.content
    opened = stream.opens.get(first - 1)
    if opened is not None and opened.close >= last:
        return True
    number = stream.quote[first]
    return number >= 0 and stream.quote[last - 1] == number and stream.quotes[number].open < first


def _with_marks(stream: Stream, item: Found) -> tuple[int, int]:
    """The content's tokens together with the marks at its edges, so that its first and last quotations are seen."""
    first, last = item.content
    if first - 1 in stream.opens:
        first -= 1
    if last < len(stream.words) and any(
        quote.closed and quote.close == last and quote.open >= first for quote in stream.quotes_at(first, last)
    ):
        last += 1
    return first, last


def _conjunction_joined(stream: Stream, i: int, lemma: str) -> bool:
    """Whether the و or ف that token `i` begins with is no letter of the cue itself."""
    if stream.words[i] in ("ورد", "وردت") and lemma != "ردّ":
        return False
    if lemma == "عدّ":  # وعدّها, which looks like وعدها
        return True
    for surface, joined in homonyms().get(stream.words[i], ()):
        if surface.verb.lemma == lemma:
            return joined
    reading = surface_at(stream, i)
    return reading[1] if reading is not None else not begins_formula(stream.words[i])
