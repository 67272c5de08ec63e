"""Statements without a verb of their own: relays and formulas applied to their sentence, a name and a colon."""

from app.arabic.names import is_name_word
from app.extract.statements.cues.verbs import surface_at
from app.extract.statements.frames.circumstances import is_network
from app.extract.statements.frames.contents import content_end, strip_edges, unquote
from app.extract.statements.frames.formulas import FormulaAt
from app.extract.statements.frames.relays import Relay
from app.extract.statements.names.before_speaker import leans_on_outlet
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.text.found import Found
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, is_title
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import COLON

_TAIL = 12
_FARTHEST_COLON = 16
_SHORTEST = 4  # tokens of a headline behind its colon


def apply_relay(stream: Stream, relay: Relay, last: int, stops: list[int]) -> Found | None:
    start = relay.content
    if stream.words[start] in words_of("complementizer"):
        start = after_complementizer(stream, start, last)
    if start >= last:
        return None
    end = content_end(stream, "clause", start, last, [s for s in stops if s > start])
    a, b = unquote(stream, *strip_edges(stream, start, end))
    if b - a < 1 or (b - a == 1 and stream.words[a] in words_of("complementizer")):
        return None  # نُقل عن فلان أنه قال إن …
    return Found(
        relay.cue,
        relay.lemma,
        relay.stance,
        relay.frame,
        (a, b),
        relay.mention,
        clause=relay.cue[0],
        channel=relay.channel,
    )


def apply_formula(
    stream: Stream, formula: FormulaAt, first: int, last: int, stops: list[int], found: list[Found]
) -> None:
    """An initial formula opens a statement; a tail belongs to the statement before it, or makes its sentence one."""
    if formula.initial:
        start = formula.content
        if start < last and stream.words[start] in ("فان", "ان", "بان", "فقد"):
            start += 1
        if start >= last:
            return
        end = content_end(stream, "clause", start, last, [s for s in stops if s > start])
    else:
        host = next(
            (f for f in reversed(found) if f.content[0] < formula.at and formula.at - 3 <= f.content[1] <= formula.at),
            None,
        )
        if host is not None:
            _lend_tail(found, host, formula.mention, (formula.at, min(last, formula.end + _TAIL)))
            return
        if formula.mention is None and found:
            return
        start, end = first, formula.at
        aside = stream.words[min(formula.end, last - 1)] in ("،", ",", "-", "–") or stream.words[formula.at - 1] == "("
        if formula.end <= last - 3 and aside and formula.at - first < 7:
            end = min([s for s in stops if s > formula.end], default=last)
    a, b = unquote(stream, *strip_edges(stream, start, end))
    if b - a < 2:
        return
    found.append(
        Found(
            (formula.at, formula.last),
            formula.lemma,
            "formula",
            "formula" if formula.initial else "tail",
            (a, b),
            formula.mention,
            clause=formula.at,
            gender=formula.gender,
        )
    )


def _lend_tail(found: list[Found], host: Found, mention: Mention | None, around: tuple[int, int]) -> None:
    """A tail behind a participle belongs to the verb that the participle hangs on as well."""
    for item in reversed([f for f in found if f.content[0] <= host.content[0] and not f.nested]):
        item.tail = mention
        item.around.append(around)
        if not item.participle:
            return


def _may_speak_alone(stream: Stream, mention: Mention, colon: int) -> bool:
    """«الخطيب: …» but not «7 آب 2015: …» or «والآخر: …»: a short name that is one, and no date before the colon."""
    words = stream.words
    if words[colon - 1].isdigit():
        return False
    if mention.kind != "person" or mention.shape != "short":
        return True
    return all(word in stream.names or is_name_word(word) for word in words[mention.first : mention.last])


def read_colon(stream: Stream, first: int, last: int) -> list[Found]:
    """«الخطيب: لن نفاوض»: a name and a colon, no verb."""
    words = stream.words
    for j in stream.places(COLON, first + 1, min(last - 1, first + _FARTHEST_COLON)):
        if stream.quote[j] < 0 and not words[j + 1].isdigit():
            reading = surface_at(stream, j + 1)
            if reading is not None and reading[0].form == "perfect":  # a dateline: «فلان- المدينة: طالب …»
                return []
            mention = _before_colon(stream, first, j)
            if mention is None or not _may_stand_alone(stream, mention, first, j, last):
                return []
            a, b = unquote(stream, *strip_edges(stream, j + 1, last))
            return [Found(None, "", "neutral", "name_colon", (a, b), mention)] if b > a + 1 else []
    return []


def _before_colon(stream: Stream, first: int, colon: int) -> Mention | None:
    """Who stands before the colon: up to a dash where a place follows it, up to «لـ«…»» where an outlet does."""
    words = stream.words
    first = _past_lead(stream, first, colon)
    if any(leans_on_outlet(stream, k) for k in range(first + 1, colon)):  # بعد عام.. فلان لـ«…»:
        first = next((k + 1 for k in range(colon - 1, first, -1) if words[k] in ("..", "...")), first)
    dash = next((k for k in range(first, colon) if words[k] in "-–—|"), colon)
    if dash < colon and not is_title(words[first]):
        return None  # who writes for whom: «فلان الفلاني - الصحيفة:»
    outlet = next((k for k in range(first + 1, dash) if leans_on_outlet(stream, k)), dash)
    mention = read_mention(stream, first, outlet)
    if mention is None or mention.first > first + 6 or is_network(words[mention.first]):
        return None
    start = mention.role[0] if mention.role is not None and mention.role[0] < mention.first else mention.first
    if any(word.isalpha() and not is_title(word) for word in words[first:start]) and colon + 1 not in stream.opens:
        return None  # ففاجأني بسؤال غريب: …
    behind = words[mention.end]
    if mention.end < outlet and behind.isalpha() and behind not in words_of("preposition") and behind[0] != "ل":
        return None  # أراد فلان أن يجرب أسلوباً آخر: …
    return mention if dash == colon or mention.shape == "full" else None


def _past_lead(stream: Stream, first: int, colon: int) -> int:
    """- فلان: …, #المدينة || فلان: …: past the dash of an answer, past the tag of a post."""
    words = stream.words
    bars = [k for k in range(first, colon) if words[k][0] == "|"]
    if words[first] == "#" and bars:
        return bars[-1] + 1
    return first + 1 if words[first] in "-–—" and first + 1 < colon else first


def _may_stand_alone(stream: Stream, mention: Mention, first: int, colon: int, last: int) -> bool:
    """Whether who stands before a colon says what is behind it: a person, or a body in a headline."""
    told = any(leans_on_outlet(stream, k) for k in range(mention.end, colon))
    if mention.kind == "person":
        return (mention.shape != "nominal" or told or is_title(stream.words[mention.first])) and _may_speak_alone(
            stream, mention, colon
        )
    if mention.kind == "document":
        return False
    paragraph = stream.paragraphs[stream.paragraph[first]]
    if told or paragraph.zone == "title":
        return True
    known = stream.words[mention.first] in words_of("anonymous") or stream.words[mention.first] in words_of("headed")
    source = mention.kind == "anonymous" and stream.words[mention.first] in words_of(
        "any_person"
    )  # متحدث باسم الحزب: …
    known = known or source
    ends = source or stream.words[last - 1] not in ".؛،:"
    headline = first == paragraph.first == mention.first and last == paragraph.last and ends
    return known and headline and mention.end == colon and last - colon > _SHORTEST


def after_complementizer(stream: Stream, at: int, last: int) -> int:
    """Past a bare أن; past أنه too where a quotation mark follows at once."""
    if stream.words[at] in words_of("bare_complementizer"):
        at += 1
        if at < last and stream.words[at] == ":":
            at += 1
        return at
    return at + 1 if at + 1 in stream.opens and not stream.opens[at + 1].round else at
