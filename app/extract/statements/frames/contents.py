"""Contents: where reported words end, which of them are quoted, and of what kind the statement is."""

from functools import cache

from app.arabic.names import actor_kind
from app.corpus.fields import Segment, StatementKind
from app.extract.statements.cues.verbs import surface_at
from app.extract.statements.text.found import Frame
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import COMMA, Watched

_EDGE = frozenset("،,.:;؛-–—!؟?…*•") | {"..", "...", "...."}
_LONG_QUOTE = 5
_REPORTED = frozenset(["clause", "noun", "preposition", "description"])
_PHRASES = frozenset(["noun", "preposition", "description"])
_SUBJECT = 10  # tokens
_WHICH = (("الامر", "الذي"), ("وهو", "ما"), ("وهو", "الامر"))
_WHICH_DID = (("ما",), ("وهو", "ما"), ("الامر", "الذي"), ("وهو", "الامر", "الذي"), ("ثم",), ("قبل", "ان"))
_LEADS = frozenset(led[0] for led in _WHICH_DID)
_WITHOUT = ("دون", "بدون")
_CAME = ("جاء", "جاءت", "ياتي", "تاتي", "وردت", "ورد")
_AMID, _JUST_AS, _WITHIN, _HAD = "وسط", "كما", ("في", "خلال"), ("وكان", "وكانت")
_AND_THAT = frozenset(["وان", "وانه", "وانها", "وانهم", "وبان", "وبانه", "وبانها"])
_SHORT_FUTURE = 4  # letters
_OF_NOUNS = ("ه", "ات", "ين", "ا")
_WILL = ("سي", "ست", "سن")  # before a verb: "ستصدر رغم كل شيء"


_MAY_END = Watched(lambda: ["،", ",", "؛", "..", "اشاره", *_WITHOUT])  # reported words: what they may end at


def content_end(stream: Stream, frame: Frame, start: int, last: int, stops: list[int]) -> int:
    """The token after the last reported word, when they begin at `start`.

    `stops` are tokens where the next statement's own words begin.
    """
    quote = stream.opens.get(start)
    bound = min((stop for stop in stops if stop > start), default=last)
    if (quote is not None and not quote.round) or (quote is not None and quote.close >= bound - 2):
        end = _quotation_end(stream, start, bound, frame)
        if end is not None:
            return end
    end = _clause_end(stream, start, bound, reported=frame in _REPORTED)
    if frame in _PHRASES:
        end = _phrase_end(stream, start, end)
    return max(end, start + 1)


def _quotation_end(stream: Stream, start: int, bound: int, frame: Frame) -> int | None:
    """The end of content that begins with an opening mark; None when it goes on as plain words."""
    words = stream.words
    quote = stream.opens[start]
    close = quote.close
    if not quote.closed:
        return min(close, bound) if bound > start + 2 else close
    if bound <= close:
        return bound
    after = close + 1
    while after + 1 < bound and words[after] in ("و", "او", "،", ",") and _quotes_on(stream, after + 1):
        quote = stream.opens[after + 1]
        close = quote.close
        after = close + quote.closed  # where no mark closes it, it ends before `close`
    size = close - start - 1
    if frame == "clause":
        size = sum(word[0].isalnum() for word in words[start:close])
    if frame == "clause" and after + 3 < bound and words[after] in "،," and words[after + 1] in _AND_THAT:
        return None
    if after >= bound or words[after] in _EDGE or size >= _LONG_QUOTE:
        short = frame not in ("quotation", "colon", "description") and size < _LONG_QUOTE
        if short and after < bound and words[after] in "،," and bound - after > 3:
            return None
        return after
    return None if frame != "quotation" else after


def _quotes_on(stream: Stream, i: int) -> bool:
    """«…» و«…», «…»، «…»: whether another quotation opens at token `i`."""
    quote = stream.opens.get(i)
    return quote is not None and (not quote.round or stream.words[i - 1] == "و")


def _clause_end(stream: Stream, start: int, bound: int, *, reported: bool) -> int:
    """Where reported words end without a mark; two dots end what is `reported` and no quotation of its own."""
    words = stream.words
    for j in stream.places(_MAY_END, start + 1, bound - 1):
        if stream.quote[j] >= 0 and stream.quote[j] != stream.quote[start]:
            continue
        word = words[j]
        if word in "،,؛":
            if (
                _closes_report(stream, j + 1, bound)
                or _sets_against(stream, j, bound)
                or _happens_afterwards(stream, start, j, bound)
            ):
                return j
        elif word == "..":
            if reported and j + 1 not in stream.opens and ("(" not in words[start:j] or ")" in words[start:j]):
                return j
        elif word == "اشاره":  # …، في إشارة إلى …
            if words[j - 1] == "في" and j - 1 > start and words[j + 1] == "الي":
                return j - 1
        elif _withholds(stream, j, bound):
            return j - 1 if words[j - 1] == "من" else j
    return bound


def _sets_against(stream: Stream, j: int, bound: int) -> bool:
    """إن … «…»، في حين غاب …: behind what ends with a quotation the newspaper sets something of its own against it."""
    words = stream.words
    if words[j - 1] not in _MARKS or any(True for _ in stream.quotes_at(j, bound)):
        return False
    return words[j + 1] in words_of("meanwhile") or (words[j + 1] == "في" and words[j + 2] == "حين")


def _happens_afterwards(stream: Stream, start: int, j: int, last: int) -> bool:
    """إن الجسر سيبنى، ما أثار سخرية الأهالي: behind what is still to come the perfect tells what really happened.

    So it does behind a quotation that ends what is said: …»، ثم غادر القاعة.
    """
    words = stream.words
    if words[j + 1] not in _LEADS:
        return False
    at = next((j + 1 + len(led) for led in _WHICH_DID if tuple(words[j + 1 : j + 1 + len(led)]) == led), None)
    if at is None or at >= last:
        return False
    leaves = words[j + 1] in ("ثم", "قبل")
    did = words[at] in words_of("leaves_the_room" if leaves else "had_effect")
    return did and (words[j - 1] in _MARKS or any(_is_to_come(word) for word in words[start:j]))


def _is_to_come(word: str) -> bool:
    """ستعود, لن, سوف; not سيارة, سنوات."""
    if word in ("لن", "ولن", "سوف", "وسوف"):
        return True
    verbal = word[:2] in _WILL and len(word) > _SHORT_FUTURE and not word.endswith(_OF_NOUNS)
    return verbal and word not in words_of("not_to_come")


def _withholds(stream: Stream, j: int, bound: int) -> bool:
    """… دون أن تحدد نوعها, … من دون ذكر تفاصيل: the newspaper says what was left unsaid."""
    verb = stream.words[j + 1] == "ان"
    said, *further = stream.words[j + 1 + verb : bound] or [""]
    if said not in words_of("withheld_verb" if verb else "withheld") or any(word in "،,:" for word in further):
        return False
    set_off = stream.words[j - 1] in "،," or (stream.words[j - 1] == "من" and stream.words[j - 2] in "،,")
    return set_off or any(word in words_of("left_unsaid") for word in [said, *further[:3]])


def is_contrast(stream: Stream, i: int) -> bool:
    """Whether a clause begins at token `i` that is set against the one before: لكن, فيما, إلا أن."""
    word = stream.words[i]
    if word in ("الا", "غير"):
        return i + 1 < len(stream.words) and stream.words[i + 1].startswith("ان")
    return word in words_of("contrast")


def _phrase_end(stream: Stream, start: int, bound: int) -> int:
    """A noun phrase ends where a clause begins behind a comma: أعلن سيطرته على …، فيما شن …, …، وكانت تدور …"""
    words = stream.words
    for j in stream.places(COMMA, start + 1, bound - 2):
        outside = stream.quote[j] in (-1, stream.quote[start])
        if outside and (is_contrast(stream, j + 1) or words[j + 1] in words_of("next_clause")):
            return j
    return bound


def _closes_report(stream: Stream, i: int, last: int) -> bool:
    """Whether the newspaper speaks again behind a comma: وذلك …, وقدم شكره …, وكان … قد …"""
    word = stream.words[i]
    if word not in _closers():
        return _is_unverified(stream, i, last)
    following = stream.words[i + 1] if i + 1 < last else ""
    if word in words_of("closes_report"):
        if stream.words[i - 1] == "؛":  # behind this sign the cause or the effect belongs to what is said
            return word == "وذلك" and following in ("في", "خلال") and _is_own_occasion(stream, i + 2)
        return word != "وذلك" or not _gives_reason(following)
    if word in words_of("notes") and following in words_of("noted"):
        return True  # …، يذكر أن …, …، والجدير بالذكر أن …
    if word in words_of("audience_did"):
        return True  # …، فصفق الحاضرون
    if word == _AMID and following in words_of("reaction"):
        return True  # …، وسط تصفيق الحضور
    if word in words_of("declining") and following in words_of("refused"):
        return True  # …، رافضاً الإجابة عن الأسئلة
    if word in words_of("according") and following in ("ما", "لما"):
        return True
    if _is_unverified(stream, i, last):
        return True
    if word == _JUST_AS and following:
        reading = surface_at(stream, i + 1)
        return reading is not None and reading[0].form == "perfect" and reading[0].verb.guard not in ("weak", "clause")
    if word in _CAME and following in words_of("what_came"):
        return True  # …، جاء ذلك خلال اجتماع
    if (word, following) in _WHICH and i + 2 < last:
        answer = surface_at(stream, i + 2)  # …، الأمر الذي نفته الشركة, …، وهو ما أكده فلان
        if answer is not None and answer[0].pronoun:
            return True
    if word in _WITHIN and following in words_of("own_occasion"):
        return not any(sign in "،," for sign in stream.words[i + 2 : last])  # …، خلال مؤتمره الصحفي.
    if word in _WITHIN and following in words_of("spoken_piece"):
        return True
    return word in _HAD and "قد" in stream.words[i + 1 : min(last, i + _SUBJECT)]


@cache
def _closers() -> frozenset[str]:
    """The words behind a comma with which the newspaper may speak again."""
    groups = map(words_of, ("closes_report", "notes", "audience_did", "declining", "according"))
    others = (_AMID, _JUST_AS, *_WITHIN, *_HAD, *_CAME, *(which for which, _ in _WHICH))
    return frozenset(others).union(*groups)


def _is_own_occasion(stream: Stream, i: int) -> bool:
    return any(stream.words[i] in words_of(group) for group in ("own_occasion", "spoken_piece"))


def _gives_reason(word: str) -> bool:
    """وذلك لأهميته, وذلك بسبب …: the reason belongs to what is said."""
    return word in words_of("reason") or (word[:1] == "ل" and word != "لدي" and not word.startswith("لل"))


def _is_unverified(stream: Stream, i: int, last: int) -> bool:
    """…، فيما لم يتسن التحقق من ذلك: the newspaper says what it could not find out."""
    clause = stream.words[i : min(last, i + _SUBJECT)]
    if words_of("verifying").isdisjoint(clause):
        return False
    return any(word in words_of("negation") or word in words_of("could_not") for word in clause[:3])


def strip_edges(stream: Stream, first: int, last: int) -> tuple[int, int]:
    """Signs and loose conjunctions taken off both ends of a token range; marks stay when they pair inside it."""
    words, loose = stream.words, words_of("loose_end")
    while first < last and (words[first] in _EDGE):
        first += 1
    while last > first and (words[last - 1] in _EDGE or (words[last - 1] in loose and not _closed(stream, last))):
        last -= 1
    return first, last


def _closed(stream: Stream, i: int) -> bool:
    """«… ولو بعد حين»: whether token `i` is the mark that closes the quotation right before it."""
    number = stream.quote[i - 1]
    return number >= 0 and stream.quotes[number].closed and stream.quotes[number].close == i


def unquote(stream: Stream, first: int, last: int) -> tuple[int, int]:
    """The range without the pair of marks around it, or without a mark whose partner is outside."""
    words = stream.words
    if first < last and first in stream.opens:
        quote = stream.opens[first]
        if quote.close >= last - 1:
            first += 1
            if quote.closed and quote.close == last - 1:
                last -= 1
            return strip_edges(stream, first, last)
        if only_quoted(stream, first, last):
            return first + 1, last - 1
    partners = {quote.close for quote in stream.quotes_at(first, last) if quote.closed}
    if last > first and words[last - 1] in _MARKS and last - 1 not in partners:
        last -= 1
    return strip_edges(stream, first, last)


_MARKS = frozenset(['"', '""', "<<", ">>", "((", "))", "''", "«", "»", "“", "”", "„", "‟", "'", ",,"])


def segments_of(stream: Stream, first: int, last: int) -> list[tuple[int, int, bool]]:
    """The range cut into reported and quoted parts: (first, last, direct), marks left out."""
    parts: list[tuple[int, int, bool]] = []
    at = first
    for quote in stream.quotes_at(first, last):
        if quote.open < at or quote.round:
            continue
        if quote.close > last or not is_speech(stream, quote.open, quote.close, first, last):
            continue
        if quote.open > at:
            parts.append((at, quote.open, False))
        parts.append((quote.open + 1, quote.close, True))
        at = quote.close + 1
    if at < last:
        parts.append((at, last, False))
    stripped = [(*strip_edges(stream, a, b), direct) for a, b, direct in parts]
    return [part for part in stripped if part[1] > part[0]]


def is_speech(stream: Stream, open_: int, close: int, first: int, last: int) -> bool:
    """Whether marks inside content quote words that were said; marks around a word or a name do not."""
    size = close - open_ - 1
    if size < 2 or not any(word.isalpha() for word in stream.words[open_ + 1 : close]):
        return False
    before = stream.words[open_ - 1] if open_ else ""
    if before in words_of("named_by_marks") and size <= 6:
        return False
    inner = stream.words[open_ + 1 : close]
    if inner[0] in words_of("negation") or (inner[0][:2] in _WILL and len(inner[0]) > 4):
        return True
    if before in ("ب", "ك", "ل", "لل") or (before in words_of("organisation") and not _says_of_it(before, inner[0])):
        return size > 3
    if size > 3:
        return True
    if all(word.startswith("ال") for word in inner[1:]) and inner[0] not in words_of("negation"):
        return False
    if actor_kind(" ".join(inner)) is not None:
        return False
    return close >= last - 1 or not before.startswith("ال") or inner[0][0] in "يت"


def _says_of_it(body: str, word: str) -> bool:
    """الشركة «على حافة الإفلاس», الحكومة «فقدت ثقة الشارع»: a predicate, and no name."""
    verb = word.endswith("ت") and not word.endswith("ات")
    return body.startswith("ال") and (verb or word in words_of("preposition"))


def only_quoted(stream: Stream, first: int, last: int) -> bool:
    """Whether a range holds nothing but quotations, joined by و."""
    at = first
    while at < last:
        quote = stream.opens.get(at)
        if quote is not None and quote.close < last and not quote.round:
            at = quote.close + 1
        elif stream.words[at] in ("و", "،", ","):
            at += 1
        else:
            return False
    return True


def outer_quotations(stream: Stream, first: int, last: int) -> list[tuple[int, int]]:
    """The insides of the quotations of a range, those within others left out."""
    inside: list[tuple[int, int]] = []
    for quote in stream.quotes_at(first, last):
        if not quote.round and (not inside or quote.open > inside[-1][1]):
            inside.append((quote.open + 1, quote.close))
    return inside


def kind_of(parts: list[tuple[int, int, bool]]) -> StatementKind:
    """direct, indirect or mixed, from the segments."""
    quoted = [direct for _, _, direct in parts]
    if all(quoted) and quoted:
        return "direct"
    return "mixed" if any(quoted) else "indirect"


def make_segments(stream: Stream, parts: list[tuple[int, int, bool]], content: tuple[int, int]) -> list[Segment]:
    """Segments with offsets into the text as written, none beyond the content."""
    made = []
    for first, last, direct in parts:
        start, end = stream.span(max(first, content[0]), min(last, content[1]))
        made.append(Segment(start, end, stream.letters.original[start:end], direct))
    return made
