"""Quotations that no verb before them announces: attributed only behind their end, or going on without a cue."""

from app.arabic.names import is_name_word
from app.extract.statements.cues.asides import ASIDE
from app.extract.statements.frames.attributed import (
    PAUSES,
    SHORTEST,
    made,
    quoted_whole,
    read_attributed,
    says_it,
)
from app.extract.statements.frames.circumstances import PUBLISHED, SPOKEN_PIECE
from app.extract.statements.frames.doubts import names_a_speaker
from app.extract.statements.frames.insertions import after_insertion
from app.extract.statements.frames.main_clauses import begin_of
from app.extract.statements.frames.worded import read_worded
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.text.found import Found
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.marks import Quote
from app.extract.statements.text.nouns import is_grammar, is_group_head, is_title
from app.extract.statements.text.stream import BULLETS, Stream
from app.extract.statements.text.watched import COLON


def read_uncued(stream: Stream, first: int, last: int) -> list[Found]:
    """What a sentence without an opened cue attributes: «…». هكذا يصف فلان …; الخبز غال، تقول فلانة، والناس …"""
    within = quoted_whole(stream, first, last)
    return (
        read_attributed(stream, first, last)
        or _spoken_aside(stream, *(within or (first, last)), within is not None)
        or _issued(stream, first, last)
        or read_worded(stream, first, last)
        or _told(stream, first, last)
    )


def _spoken_aside(stream: Stream, first: int, last: int, quoted: bool) -> list[Found]:
    """A verb of saying and its subject between two signs: what stands round them is what is said."""
    words = stream.words
    if words[first] in words_of("preposition") or words[first] in words_of("clause_start"):
        return []
    shortest = 2 if _is_thing(words[first]) else SHORTEST
    for i in stream.places(ASIDE, first + shortest, last - 1):
        if (quoted or stream.quote[i] < 0) and words[i - 1] in PAUSES:
            mention = read_mention(stream, i + 1, last, tight=True)
            if mention is None or begin_of(mention) > i + SHORTEST or not names_a_speaker(stream, mention):
                continue
            if after_insertion(stream, _past_told(stream, mention.end, last), last) >= last - 1:
                return [made(stream, _led_quotation(stream, first, i - 1), mention, i)]
            if words[mention.end] in PAUSES:
                return [made(stream, (first, last), mention, i)]
    return []


def _led_quotation(stream: Stream, first: int, last: int) -> tuple[int, int]:
    """وبصوت خافت: «…»، يقول فلان: the words in marks, where a colon stands before them and nothing behind."""
    _, quote = _announced(stream, first, last) or (first, None)
    return quote.inner if quote is not None and quote.close == last - 1 else (first, last)


def _is_thing(word: str) -> bool:
    """المصابون، تقول فلانة، وصلوا …: a definite noun that can be a clause's subject, and no day or adverb."""
    return word.startswith("ال") and word not in words_of("adverb") and word not in words_of("day")


def _past_told(stream: Stream, i: int, last: int) -> int:
    """… للصحفيين: past who was told."""
    return i + 1 if i < last and stream.words[i] in words_of("told_to") else i


def _issued(stream: Stream, first: int, last: int) -> list[Found]:
    """ووجه رئيس البلدية نداء إلى السكان: «…»: what was issued is quoted behind a colon."""
    colon, quote = _announced(stream, first + 3, last) or (first, None)
    if quote is None or quote.close - quote.open <= SHORTEST:
        return []
    verb = next(iter(stream.places(PUBLISHED, first, min(colon, first + SHORTEST))), None)
    if verb is None:
        return []
    piece = next(iter(stream.places(SPOKEN_PIECE, verb + 1, colon)), None)
    mention = read_mention(stream, verb + 1, piece, tight=True) if piece is not None else None
    if mention is None or not names_a_speaker(stream, mention):
        return []
    item = made(stream, quote.inner, mention, verb)
    item.cue, item.lemma = (verb, verb + 1), item.lemma or "نشر"
    return [item]


def _told(stream: Stream, first: int, last: int) -> list[Found]:
    """تتذكر أم فلان يوم القصف: «…»: whatever its verb is, a sentence that ends in a quotation tells who says it."""
    words = stream.words
    colon, quote = _announced(stream, first + 2, last) or (first, None)
    shortest = 1 if says_it(stream, first) else SHORTEST  # وقالتها أم فلان: «سنعود»
    if quote is None or quote.round or quote.close - quote.open <= shortest:
        return []
    led = words[first] in ("بهذه", "بهذا") and words[first + 1] in words_of("wording")  # بهذه الكلمات بدأ فلان حديثه
    verb = first + 2 if led else first
    if any(word[0].isalnum() for word in words[quote.close : last]) or not (
        led or shortest == 1 or _is_present(words[first]) or _may_be_past(stream, first)
    ):
        return []
    begin = verb + 1 + (words[verb + 1] in words_of("told_to"))  # ويحكي لنا فلان قصته
    mention = read_mention(stream, begin, colon, tight=True)
    if mention is None or mention.kind != "person" or mention.first > verb + SHORTEST:
        return []
    named = mention.shape == "full" or mention.role is not None or words[mention.first] in stream.names
    if not (named or is_name_word(words[mention.first])):
        return []
    item = made(stream, quote.inner, mention, verb)
    item.cue = None if item.cue is None or not item.lemma else item.cue
    return [item]


def _announced(stream: Stream, first: int, last: int) -> tuple[int, Quote] | None:
    """The first colon outside marks and the quotation it leads to, where it leads to one; nothing without a colon."""
    colon = next((j for j in stream.places(COLON, first, last) if stream.quote[j] < 0), None)
    if colon is None:
        return None
    quote = stream.opens.get(colon + 1) if colon + 1 < last else _on_next_line(stream, last)
    return (colon, quote) if quote is not None and quote.closed else None


def _on_next_line(stream: Stream, first: int) -> Quote | None:
    """- «…»: the quotation that begins the line at token `first` behind a bullet or و, with nothing behind it."""
    following = stream.follower(stream.paragraph[first - 1])
    if following is None or following.first != first:
        return None
    if stream.words[first] not in BULLETS and stream.words[first] != "و":
        return None
    whole = quoted_whole(stream, first + 1, stream.sentence_end[first], 1)
    return stream.opens[first + 1] if whole is not None else None


def _may_be_past(stream: Stream, i: int) -> bool:
    """وودّع الجندي فلان أمه: «…», فابتسم فلان: «…»: any word joined to what is before, and a person right behind it."""
    word, behind = stream.words[i][1:], stream.words[i + 1]
    if stream.words[i][0] not in "وف" or len(word) < SHORTEST or word.endswith("ه") or word.startswith("ال"):
        return False
    if is_grammar(stream.words[i]) or is_grammar(word) or is_name_word(word) or is_group_head(word) or is_title(word):
        return False
    return word not in words_of("worded") and (behind in stream.names or (is_title(behind) and behind.startswith("ال")))


def _is_present(word: str) -> bool:
    """يتذكر, وتشير: a word with the shape of an imperfect in the third person."""
    plain = word[1:] if word[0] == "و" else word
    return len(plain) >= SHORTEST and plain[0] in "يت" and not (is_name_word(plain) or plain.endswith("ه"))
