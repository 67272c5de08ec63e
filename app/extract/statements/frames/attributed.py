"""Words that stand by themselves, and behind them who said them: هذا ما أكده فلان, الكلام لفلان, هكذا يصف فلان …"""

from functools import cache
from typing import NamedTuple

from app.arabic.names import is_name_word
from app.corpus.fields import SpeakerKind
from app.extract.statements.cues.asides import says_aside
from app.extract.statements.cues.verbs import surface_at
from app.extract.statements.frames.contents import strip_edges
from app.extract.statements.frames.doubts import names_a_speaker
from app.extract.statements.names.ends import name_end
from app.extract.statements.names.in_text import begins_name
from app.extract.statements.names.mentions import named_at, read_mention
from app.extract.statements.names.phrases import tight_end
from app.extract.statements.text.found import Found
from app.extract.statements.text.lexicon import lemmas_of, words_of
from app.extract.statements.text.nouns import Mention, Shape, is_group_head, is_title
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import watched_group

SHORTEST = 3  # words
_SHORTEST_QUOTED = 2  # words, where what follows surely says whose they are
PAUSES = frozenset("،,؛-–—")
_POINTS_BACK = watched_group("points_back")
_LONGEST_PLAIN = 45  # words: what is pointed at by «هذا ما» is one thing said, and no story
_TITLED = 8
_LONGEST_SIGNATURE = 14  # tokens
_OR, _THUS, _SOURCES = "او", ("هكذا", "وهكذا"), ("المصدر", "والمصدر")
_BY_THIS, _BY_THESE = ("بهذا", "بذلك"), ("بهذه", "بهذا", "بتلك")
_THAT = ("ذلك", "هذا")


class Teller(NamedTuple):
    """Who said the words before: `verb` is the token of the verb that says so; `plain` when it needs no marks."""

    mention: Mention | None
    verb: int
    plain: bool


def read_attributed(stream: Stream, first: int, last: int) -> list[Found]:
    """«…». بهذه الكلمات يلخص فلان حاله; «…»، عبارة يرددها فلان; لا رواتب هذا الشهر. هذا ما أكده فلان."""
    return _of_own(stream, first, last) or _of_sentence_before(stream, first, last)


def quoted_whole(stream: Stream, first: int, last: int, shortest: int = SHORTEST) -> tuple[int, int] | None:
    """The inside of the quotation that is all of a sentence, or None; it has at least `shortest` words."""
    quote = stream.opens.get(first)
    if quote is None or quote.round or not quote.closed or quote.close - first <= shortest:
        return None
    return quote.inner if all(not word[0].isalnum() for word in stream.words[quote.close : last]) else None


def made(stream: Stream, content: tuple[int, int], mention: Mention | None, verb: int) -> Found:
    """A statement without an opening of its own; its cue is token `verb` where that is a verb of saying."""
    reading = surface_at(stream, verb)
    if reading is None or reading[0].form == "masdar":
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


def _of_own(stream: Stream, first: int, last: int) -> list[Found]:
    """What the sentence itself begins with: a quotation, or plain words up to «، وهو ما أكده فلان»."""
    own = stream.opens.get(first)
    if own is None:
        return _plain_of_own(stream, first, last)
    if own.round or not own.closed or own.close - first <= _SHORTEST_QUOTED or own.close + 3 >= last:
        return []
    content, at = own.inner, own.close + 1
    joined = stream.opens.get(at + 1) if stream.words[at] == "و" else None
    if joined is not None and joined.closed:  # «…» و«…»، بهذا نعت …
        content, at = (content[0], joined.close), joined.close + 1
    teller = _teller(stream, at, last, quoted=True)
    return [made(stream, content, teller.mention, teller.verb)] if teller is not None else []


def _plain_of_own(stream: Stream, first: int, last: int) -> list[Found]:
    words = stream.words
    for i in stream.places(_POINTS_BACK, first + SHORTEST, min(last - SHORTEST, first + _LONGEST_PLAIN)):
        if words[i - 1] in "،,؛-–—" and stream.quote[i] < 0:
            teller = _teller(stream, i, last, quoted=False)
            if teller is not None:
                return [made(stream, (first, i - 1), teller.mention, teller.verb)]
    return []


def _of_sentence_before(stream: Stream, first: int, last: int) -> list[Found]:
    """What the sentence before says, in marks or plain, when this one is all about who said it."""
    if first == 0:
        return []
    if stream.paragraph[first - 1] != stream.paragraph[first]:
        return _signed(stream, first, last)
    begin = stream.sentence_start[first - 1]
    quoted = quoted_whole(stream, begin, first, _SHORTEST_QUOTED)
    if quoted is None and not _may_be_said(stream, begin, first):
        return []
    teller = _teller(stream, first, last, quoted=quoted is not None)
    if teller is None:
        return []
    return [made(stream, quoted or (begin, first), teller.mention, teller.verb)]


def _signed(stream: Stream, first: int, last: int) -> list[Found]:
    """«…», and on the next line — أم فلان، نازحة من الريف: a quotation set apart, signed by whom it is of."""
    if stream.words[first] not in "-–—" or last - first > _LONGEST_SIGNATURE or first + 2 >= last:
        return []
    begin = stream.sentence_start[first - 1]
    quoted = quoted_whole(stream, begin, first)
    mention = named_at(stream, first + 1, last, tight=True) if quoted is not None else None
    if quoted is None or mention is None or mention.kind != "person" or mention.shape == "nominal":
        return []
    return [made(stream, quoted, mention, first)]


def _may_be_said(stream: Stream, first: int, last: int) -> bool:
    """Whether a plain sentence is short enough to be one thing said, and no question of the writer's."""
    return SHORTEST <= last - first <= _LONGEST_PLAIN and stream.words[last - 1] not in "؟?:"


def _teller(stream: Stream, at: int, last: int, *, quoted: bool) -> Teller | None:
    """Who is named from token `at` on as having said what stands before it."""
    words = stream.words
    while at < last and (words[at] in PAUSES or words[at] in ":("):
        at += 1
    if at + 1 >= last or not (quoted or words[at] in _plain_tellers() or words[at + 1] in _THAT):
        return None
    teller = (
        _owner(stream, at, last)
        or _source(stream, at, last)
        or _by_what(stream, at, last)
        or _that_is(stream, at, last)
        or _by_verb(stream, at, last, quoted=quoted)
        or _behind_colon(stream, at, last)
        or _by_signature(stream, at, last)
    )
    if teller is None or not (quoted or teller.plain) or teller.mention is None:
        return None
    return teller if names_a_speaker(stream, teller.mention) else None


@cache
def _plain_tellers() -> frozenset[str]:
    """What a teller that needs no marks begins with, unless it is «أوضح ذلك فلان»."""
    belong = words_of("belongs_to")
    groups = map(words_of, ("points_back", "was", "tiding", "manner_of_saying"))
    return belong.union(*groups, ("و" + word for word in belong), (_OR,), _THUS, _BY_THIS, _BY_THESE, _SOURCES)


def _behind_colon(stream: Stream, at: int, last: int) -> Teller | None:
    """«…»: فلان الفلاني: a headline turned round."""
    if stream.words[at - 1] != ":":
        return None
    mention = named_at(stream, at, last, tight=True)
    named = mention is not None and mention.kind == "person" and (mention.shape == "full" or mention.role is not None)
    return Teller(mention, at, False) if named else None


def _by_signature(stream: Stream, at: int, last: int) -> Teller | None:
    """«…» – النائب فلان الفلاني, «…» (فلان الفلاني): nothing but a titled name behind a dash or in brackets."""
    if stream.words[at - 1] not in ("-", "–", "—", "("):
        return None
    quoted = [quote for quote in stream.quotes_at(stream.sentence_start[at], at) if not quote.round]
    if not quoted or quoted[-1].close - quoted[-1].open <= SHORTEST:
        return None  # «حكايات الجبل» (الكاتب فلان الفلاني): a title and who wrote it
    mention = read_mention(stream, at, last, tight=True)
    if mention is None or mention.kind != "person" or mention.role is None or mention.shape != "full":
        return None
    return Teller(mention, at, False) if not any(map(str.isalnum, "".join(stream.words[mention.end : last]))) else None


def _by_verb(stream: Stream, at: int, last: int, *, quoted: bool) -> Teller | None:
    """هكذا يصف فلان …, بهذه الكلمات بدأ فلان …; behind a quotation also a verb of saying by itself."""
    verb = _past_pointer(stream, at, last, quoted=quoted)
    if verb is None or verb + 1 >= last:
        return None
    reading = surface_at(stream, verb)
    says = reading is not None and reading[0].verb.lemma in lemmas_of("attests") and reading[0].verb.lemma != "ردّ"
    return Teller(read_mention(stream, verb + 1, last, tight=True), verb, says and verb > at)


def _past_pointer(stream: Stream, at: int, last: int, *, quoted: bool) -> int | None:
    """The verb behind هكذا, بهذه الكلمات or عبارة …ها; or a verb of saying that stands there itself."""
    words = stream.words
    at += words[at] == _OR and words[at + 1] == "هكذا"  # أو هكذا يقول فلان
    if words[at] in _THUS or (words[at] in _BY_THIS and words[at + 1] not in words_of("wording")):
        return at + 1
    if words[at] in words_of("manner_of_saying"):
        return at
    if at + 2 < last and words[at] in _BY_THESE and words[at + 1] in words_of("wording"):
        return at + 2
    if not quoted:
        return None
    noun = at
    while noun + 2 < last and (
        words[noun] in words_of("points_back") or (noun > at and words[noun] in words_of("among"))
    ):
        noun += 1  # كانت تلك آخر جملة كتبها فلان
    if words[noun] in words_of("wording") or words[noun] in words_of("said_thing"):
        return noun + 1 if noun + 2 < last and words[noun + 1].endswith(("ها", "ه")) else None
    return at if says_aside(stream, at) or says_it(stream, at) else None


def says_it(stream: Stream, i: int) -> bool:
    """قالها فلان: a verb of saying with its object, which is what was quoted before."""
    reading = surface_at(stream, i)
    if reading is None or not reading[0].pronoun or reading[0].form not in ("perfect", "imperfect"):
        return False
    return reading[0].verb.lemma in lemmas_of("attests") and stream.words[i].endswith(("ها", "ه"))


def _by_what(stream: Stream, at: int, last: int) -> Teller | None:
    """هذا ما أكده فلان, وهو الأمر الذي نفته الوزارة, الخبر نفسه أكده فلان, ذلك ما عبر عنه فلان."""
    verb = _past_relative(stream, at, last)
    if verb is None or verb + 1 >= last:
        return None
    while stream.words[verb] in ("قد", "كان", "كانت") and verb + 2 < last:
        verb += 1
    reading = surface_at(stream, verb)
    if reading is None or reading[1] or reading[0].form not in ("perfect", "imperfect"):
        return None
    if reading[0].verb.lemma not in lemmas_of("attests"):
        return None
    behind = verb + 1
    if not reading[0].pronoun:
        if stream.words[behind] not in words_of("with_pronoun") or not stream.words[behind].endswith("ه"):
            return None
        behind += 1
    mention = read_mention(stream, behind, last, tight=True)
    judges = "وصف" in reading[0].verb.opens or reading[0].verb.lemma == "رأى"
    if judges and mention is not None and mention.end + 1 < last:
        return None  # وهو ما اعتبره الوزير خطوة كبيرة: what he calls it is his, and not what happened
    return Teller(mention, verb, True)


def _that_is(stream: Stream, at: int, last: int) -> Teller | None:
    """أوضح ذلك مدير المشفى فلان الفلاني: a sentence of who says it, right behind what is said."""
    if at + 3 >= last or stream.words[at + 1] not in _THAT:
        return None
    reading = surface_at(stream, at)
    if reading is None or reading[0].pronoun or reading[0].form != "perfect":
        return None
    if reading[0].verb.lemma not in lemmas_of("attests"):
        return None
    mention = read_mention(stream, at + 2, last, tight=True)
    return Teller(mention, at, True) if mention is not None and mention.shape == "full" else None


def _past_relative(stream: Stream, at: int, last: int) -> int | None:
    """The token behind هذا ما, وهو الأمر الذي, الخبر نفسه, هذا الكلام."""
    words = stream.words
    pointed = words[at] in words_of("points_back")
    i = at + pointed
    while pointed and i < last and words[i] in words_of("just_what"):
        i += 1
    if i + 2 >= last:
        return None
    if pointed and words[i] == "ما":
        return i + 1
    if words[i] not in words_of("tiding"):
        return None
    i += 1
    if words[i] in ("الذي", "التي"):
        return i + 1
    return i + (words[i] in words_of("same") or words[i] in ("هذا", "هذه"))


def _source(stream: Stream, at: int, last: int) -> Teller | None:
    """المصدر: فلان; كان هذا رأي فلان; هذه كلمات فلان."""
    words = stream.words
    if words[at] in _SOURCES and words[at + 1] == ":" and at + 2 < last:
        named = words[at + 2] not in words_of("channel") and words[at + 2] not in ("وكالات", "الوكالات", "متابعات")
        return Teller(named_at(stream, at + 2, last, tight=True), at, True) if named else None
    i = at
    while i < last and (words[i] in words_of("points_back") or words[i] in words_of("was")):
        i += 1
    if i > at and i + 1 < last and words[i] in words_of("among"):
        i += 1  # كانت تلك آخر كلمات فلان
    if i == at or i + 1 >= last or words[i] not in words_of("own_view"):
        return None
    worded = words[i] in words_of("own_words")
    if words[i] in ("لسان", "وجهه"):
        i += 1
    mention = named_at(stream, i + 1, last, tight=True) if i + 1 < last else None
    return Teller(mention, at, worded and _is_one(mention, last))


def _is_one(mention: Mention | None, last: int) -> bool:
    """A full name, or anybody with whom the sentence ends: هذا رأي الوزارة; not هذا كلام الناس في المقاهي."""
    if mention is None:
        return False
    return mention.shape == "full" or mention.role is not None or mention.end >= last - 1


def _owner(stream: Stream, at: int, last: int) -> Teller | None:
    """الكلام لفلان; والعبارة للشاعرة فلانة; القول هنا لأحد السكان."""
    words = stream.words
    i = at + (words[at] in words_of("points_back"))
    if words[i][words[i][0] == "و" :] not in words_of("belongs_to"):
        return None
    i += 1
    while i < last and words[i] in words_of("still"):
        i += 1
    if i >= last or words[i][0] != "ل":
        return None
    mention = behind_l(stream, i, last)
    return Teller(mention, at, _is_one(mention, last))


def behind_l(stream: Stream, i: int, last: int) -> Mention | None:
    """Whom ل names, which is written with the first word: لفلان, لمدير المدرسة فلان, للشاعرة فلانة, لأحد السكان."""
    word = stream.words[i]
    if word in ("ل", "لل"):
        return named_at(stream, i + 1, last, tight=True)
    whole = word.startswith("لل")
    plain = "ال" + word[2:] if whole and word[1:] not in words_of("organisation") else word[1:]  # للمجلس, للجنة
    titled = _titled(stream, i, last) if whole or is_title(plain) else None
    if titled is not None or is_title(plain):
        return titled or Mention(i, i + 1, "person", "nominal", None, False, i + 1, conjunction=not whole)
    if is_group_head(plain):
        end = tight_end(stream, i, last)
        kind: SpeakerKind = "organisation" if plain in words_of("organisation") else "anonymous"
        if plain in words_of("document") and kind == "anonymous":
            kind = "document"
        shape: Shape = "nominal" if whole and end == i + 1 else "group"
        apart = whole or kind == "organisation"  # whose name is read without its ل
        return Mention(i, end, kind, shape, None, False, end, conjunction=not apart)
    if not (is_name_word(plain) or plain in stream.names or (i + 1 < last and is_name_word(stream.words[i + 1]))):
        return None
    end = name_end(stream, i, last)
    return Mention(i, end, "person", "full" if end > i + 1 else "short", None, False, end, conjunction=True)


def _titled(stream: Stream, i: int, last: int) -> Mention | None:
    """The full name behind a title that begins at token `i`."""
    for j in range(i + 1, min(last - 1, i + _TITLED)):
        if not stream.words[j].isalpha():
            return None
        if begins_name(stream, j, last, titled=True):
            end = name_end(stream, j, last)
            return Mention(j, end, "person", "full", None, False, end, (i, j))
    return None
