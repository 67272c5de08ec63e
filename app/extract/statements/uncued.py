"""Quotations that no verb before them announces: attributed only behind their end, or going on without a cue."""

from app.arabic.names import is_name_word
from app.extract.statements.contents import strip_edges
from app.extract.statements.cues import surface_at
from app.extract.statements.doubts import names_a_speaker
from app.extract.statements.found import Found
from app.extract.statements.lexicon import lemmas_of, words_of
from app.extract.statements.mentions import read_mention
from app.extract.statements.nouns import Mention
from app.extract.statements.stream import Stream

_SHORTEST = 3  # words
_PAUSES = "،,-–"


def read_uncued(stream: Stream, first: int, last: int) -> list[Found]:
    """What a sentence without an opened cue attributes: «…». هكذا يصف فلان …; الخبز غال، تقول فلانة، والناس …"""
    within = lone_quotation(stream, first, last)
    return (
        _attributed(stream, first, last)
        or _spoken_aside(stream, *(within or (first, last)), within is not None)
        or _issued(stream, first, last)
        or _told(stream, first, last)
    )


def lone_quotation(stream: Stream, first: int, last: int) -> tuple[int, int] | None:
    """The inside of the quotation that is all of a sentence, or None."""
    quote = stream.opens.get(first)
    if quote is None or quote.round or not quote.closed or quote.close - first <= _SHORTEST:
        return None
    return quote.inner if all(not word[0].isalnum() for word in stream.words[quote.close : last]) else None


def _attributed(stream: Stream, first: int, last: int) -> list[Found]:
    """«…». بهذه الكلمات يلخص فلان حاله; «…»، عبارة يرددها فلان."""
    own = stream.opens.get(first)
    if own is not None:
        if own.round or not own.closed or own.close - first <= _SHORTEST or own.close + 3 >= last:
            return []
        content, at = own.inner, own.close + 1
        joined = stream.opens.get(at + 1) if stream.words[at] == "و" else None
        if joined is not None and joined.closed:  # «…» و«…»، بهذا نعت …
            content, at = (content[0], joined.close), joined.close + 1
    else:
        before = _quotation_before(stream, first)
        if before is None:
            return []
        content, at = before, first
    if stream.words[at] in _PAUSES or stream.words[at] == ":":
        at += 1
    verb = _past_pointer(stream, at, last)
    if verb is None or verb + 1 >= last:
        return []
    mention = read_mention(stream, verb + 1, last, tight=True)
    if mention is None or not names_a_speaker(stream, mention):
        return []
    return [_made(stream, content, mention, verb)]


def _quotation_before(stream: Stream, first: int) -> tuple[int, int] | None:
    """The inside of the quotation that is all of the sentence before token `first`."""
    if first == 0 or stream.paragraph[first - 1] != stream.paragraph[first]:
        return None
    begin = stream.sentence_start[first - 1]
    return lone_quotation(stream, begin, first)


def _past_pointer(stream: Stream, at: int, last: int) -> int | None:
    """The verb behind هكذا, بهذه الكلمات or عبارة …ها; or a verb of saying that stands there itself."""
    words = stream.words
    if at + 1 >= last:
        return None
    if words[at] in ("هكذا", "وهكذا") or (words[at] in ("بهذا", "بذلك") and words[at + 1] not in words_of("wording")):
        return at + 1
    if words[at] in words_of("manner_of_saying"):
        return at
    if at + 2 < last and words[at] in ("بهذه", "بهذا") and words[at + 1] in words_of("wording"):
        return at + 2
    if at + 1 < last and words[at] in words_of("wording") and words[at + 1].endswith(("ها", "ه")):
        return at + 1
    return at if _says(stream, at) else None


def _says(stream: Stream, i: int) -> bool:
    reading = surface_at(stream, i)
    if reading is None or reading[1] or reading[0].form not in ("perfect", "imperfect"):
        return False
    return reading[0].verb.lemma in lemmas_of("speaks_aside") and not reading[0].pronoun


def _spoken_aside(stream: Stream, first: int, last: int, quoted: bool) -> list[Found]:
    """A verb of saying and its subject between two signs: what stands round them is what is said."""
    words = stream.words
    if words[first] in words_of("preposition") or words[first] in words_of("clause_start"):
        return []
    for i in range(first + _SHORTEST, last - 1):
        if words[i - 1] in _PAUSES and (quoted or stream.quote[i] < 0) and _says(stream, i):
            mention = read_mention(stream, i + 1, last, tight=True)
            if mention is None or mention.first > i + _SHORTEST or not names_a_speaker(stream, mention):
                continue
            if mention.end >= last - 1:
                return [_made(stream, (first, i - 1), mention, i)]
            if words[mention.end] in _PAUSES:
                return [_made(stream, (first, last), mention, i)]
    return []


def _issued(stream: Stream, first: int, last: int) -> list[Found]:
    """ووجه رئيس البلدية نداء إلى السكان: «…»: what was issued is quoted behind a colon."""
    words = stream.words
    colon = next((j for j in range(first + 3, last - 1) if words[j] == ":" and stream.quote[j] < 0), last)
    quote = stream.opens.get(colon + 1)
    verb = next((j for j in range(first, min(colon, first + _SHORTEST)) if words[j] in words_of("published")), None)
    if quote is None or verb is None or not quote.closed or quote.close - quote.open <= _SHORTEST:
        return []
    piece = next((j for j in range(verb + 1, colon) if words[j] in words_of("spoken_piece")), None)
    mention = read_mention(stream, verb + 1, piece, tight=True) if piece is not None else None
    if mention is None or not names_a_speaker(stream, mention):
        return []
    item = _made(stream, quote.inner, mention, verb)
    item.cue, item.lemma = (verb, verb + 1), item.lemma or "نشر"
    return [item]


def _told(stream: Stream, first: int, last: int) -> list[Found]:
    """تتذكر أم فلان يوم القصف: «…»: whatever its verb is, a sentence that ends in a quotation tells who says it."""
    words = stream.words
    colon = next((j for j in range(first + 2, last - 1) if words[j] == ":" and stream.quote[j] < 0), last)
    quote = stream.opens.get(colon + 1)
    if quote is None or quote.round or not quote.closed or quote.close - quote.open <= _SHORTEST:
        return []
    led = words[first] in ("بهذه", "بهذا") and words[first + 1] in words_of("wording")  # بهذه الكلمات بدأ فلان حديثه
    verb = first + 2 if led else first
    if any(word[0].isalnum() for word in words[quote.close : last]) or not (led or _is_present(words[first])):
        return []
    begin = verb + 1 + (words[verb + 1] in words_of("told_to"))  # ويحكي لنا فلان قصته
    mention = read_mention(stream, begin, colon, tight=True)
    if mention is None or mention.kind != "person" or mention.first > verb + _SHORTEST:
        return []
    named = mention.shape == "full" or mention.role is not None or words[mention.first] in stream.names
    if not (named or is_name_word(words[mention.first])):
        return []
    item = _made(stream, quote.inner, mention, verb)
    item.cue = None if item.cue is None or not item.lemma else item.cue
    return [item]


def _is_present(word: str) -> bool:
    """يتذكر, وتشير: a word with the shape of an imperfect in the third person."""
    plain = word[1:] if word[0] == "و" else word
    return len(plain) >= _SHORTEST and plain[0] in "يت" and not (is_name_word(plain) or plain.endswith("ه"))


def _made(stream: Stream, content: tuple[int, int], mention: Mention, verb: int) -> Found:
    reading = surface_at(stream, verb)
    if reading is None:
        return Found(None, "", "neutral", "attributed", strip_edges(stream, *content), mention, clause=verb)
    surface = reading[0]
    return Found(
        (verb, verb + 1),
        surface.verb.lemma,
        surface.verb.stance,
        "attributed",
        strip_edges(stream, *content),
        mention,
        surface.form,
        surface.gender,
        surface.plural,
        clause=verb,
    )
