"""Relays and documents: نقلت A عن B قوله, جاء في البيان."""

from functools import cache
from typing import NamedTuple

from app.arabic.names import is_given_name, is_name_word
from app.extract.statements.cues.verbs import surface_at
from app.extract.statements.frames.formulas import FormulaAt
from app.extract.statements.names.authors import author_of
from app.extract.statements.names.mentions import read_mention
from app.extract.statements.text.lexicon import Verb, readings, words_of
from app.extract.statements.text.nouns import Mention, is_title, looks_like_masdar
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import Watched

_REACH = 28
_FROM = ("عن", "عنه", "عنها", "عنهم", "لسان")
_CAME = frozenset(["جاء", "جاءت", "وجاء", "وجاءت", "ورد", "وردت", "وورد", "ووردت"])
_LEARNT = frozenset(["علمت", "وعلمت", "علم", "وعلم"])
_GIST = frozenset(["مفاده", "مفادها", "فحواه", "فحواها", "مضمونه", "مضمونها", "خلاصته", "خلاصتها"])
_LEARNT_FROM = frozenset(["من", "ان", "بان", "انه", "انها"])
_NEAR = 5  # tokens


class Relay(NamedTuple):
    """A cue with its speaker and the token where its content begins; `channel` are the tokens of who relays."""

    cue: tuple[int, int]
    lemma: str
    stance: str
    content: int
    mention: Mention | None
    channel: tuple[int, int] | None
    frame: str


def find_relays(stream: Stream, first: int, last: int) -> list[Relay]:
    """All relays and document openings among tokens `first` to `last`."""
    found = []
    for i in stream.places(_BEGINS, first, last - 2):
        if stream.quote[i] >= 0:
            continue
        relay: Relay | None = None
        if stream.words[i] in _CAME and not _is_what_came(stream, i):
            relay = _came(stream, i, first, last)
        elif stream.words[i] in words_of("gathered_from"):
            relay = _gathered(stream, i, last)
        elif stream.words[i] in _GIST:
            relay = _gist(stream, i, first, last)
        elif _relays(stream, i):
            relay = _relay(stream, i, last)
        elif stream.words[i] in _LEARNT:
            relay = _learnt(stream, i, last)
        if relay is not None:
            found.append(relay)
    return found


def _is_what_came(stream: Stream, i: int) -> bool:
    """انتقد ما ورد في المقال: what stands somewhere, and no report of it."""
    return i > 0 and stream.words[i - 1] in ("ما", "لما", "مما", "عما", "بما")


@cache
def _heads() -> frozenset[str]:
    return _CAME | _LEARNT | _GIST | _relaying() | words_of("handed_down") | words_of("gathered_from")


_BEGINS = Watched(_heads)


@cache
def _relaying() -> frozenset[str]:
    """The verbs of passing on what others say."""
    verbs = (
        word
        for word, (surface, _) in readings().items()
        if surface.form != "masdar"
        and not surface.pronoun
        and (surface.verb.guard == "relay" or surface.verb.lemma == "نسب")
    )
    return frozenset(verbs) - {"نقلا", "ونقلا"}


def _relays(stream: Stream, i: int) -> bool:
    reading = surface_at(stream, i)
    if stream.words[i] in words_of("handed_down"):
        return _is_handed_down(stream, i)
    if reading is None or stream.words[i] not in _relaying():
        return False
    return reading[0].verb.lemma != "نسب" or "الي" in stream.words[i + 1 : i + _REACH // 2]


def _is_handed_down(stream: Stream, i: int) -> bool:
    """ويُروى عن الشيخ قوله: «…», يُعزى إلى فلان قوله إن …: nobody before the source, and its words behind it."""
    words = stream.words
    return words[i + 1] in ("عن", "الي") and not words_of("his_saying").isdisjoint(words[i + 2 : i + _REACH // 2])


def in_passing(stream: Stream, verb: int, formula: FormulaAt, last: int) -> Relay | None:
    """وذكرت الإذاعة، نقلاً عن فلان، أن …: the verb's subject is the channel of whom it quotes."""
    if not formula.lemma.startswith("نقلا") or formula.mention is None or formula.at <= verb:
        return None
    said = _opener(stream, formula.end, min(last, formula.end + _NEAR))
    if said is None or any(reading is not None for reading in stream.readings[formula.end : said]):
        return None
    outlet = read_mention(stream, verb + 1, formula.at, tight=True)
    channel = (outlet.first, outlet.last) if outlet is not None else None
    return Relay((formula.at, formula.last), formula.lemma, "relay", said, formula.mention, channel, "relay")


def _gist(stream: Stream, i: int, first: int, last: int) -> Relay | None:
    """وجه الحزب رسالة مضمونها أن …, تلقى رسالة من فلان مفادها أن …: what somebody's words come to."""
    following = stream.words[i + 1]
    if following not in words_of("complementizer") and following != ":" and not _long_quote(stream, i + 1):
        return None
    content = _opener(stream, i + 1, last)
    author = author_of(stream, first, i)
    if author is None:
        source = next((j for j in range(i - 1, first, -1) if stream.words[j] == "من"), None)
        author = read_mention(stream, source + 1, i, tight=True) if source is not None else None
    if content is None or author is None:
        return None
    return Relay((i, i + 1), "جاء في", "document", content, author, None, "document")


def _gathered(stream: Stream, i: int, last: int) -> Relay | None:
    """ويُفهم من كلام فلان أن …, يتضح من تصريحاته أن …: what somebody's words come to, as the newspaper has it."""
    words = stream.words
    if words[i + 1] != "من" or words[i + 2] not in words_of("somebodys_words"):
        return None
    that = next((j for j in range(i + 3, min(last, i + _REACH // 2)) if words[j] in words_of("complementizer")), None)
    if that is None or any(word in "،," for word in words[i:that]):
        return None
    mention = read_mention(stream, i + 3, that, tight=True) if that > i + 3 else None
    return Relay((i, i + 1), "فهم", "hint", that, mention, None, "relay")


def _came(stream: Stream, i: int, first: int, last: int) -> Relay | None:
    """جاء في البيان, جاء على لسان فلان, أصدر الحزب بياناً جاء فيه."""
    following = stream.words[i + 1]
    if following == "في":
        return _document(stream, i, last)
    if following in words_of("document"):
        return _as_follows(stream, i, last)
    if following == "علي" and stream.words[i + 2] == "لسان":
        content = _opener(stream, i + 3, last)
        mention = read_mention(stream, i + 3, content) if content is not None else None
        return Relay((i, i + 3), "جاء", "relay", content, mention, None, "relay") if content is not None else None
    if following not in ("فيه", "فيها"):
        return None
    content = _opener(stream, i + 2, last)
    if content is None:
        return None
    return Relay((i, i + 1), "جاء في", "document", content, author_of(stream, first, i), None, "document")


def _relay(stream: Stream, i: int, last: int) -> Relay | None:
    words = stream.words
    stop = min(last, i + _REACH)
    reading = surface_at(stream, i)
    lemma, stance = ("نسب" if words[i + 1] == "الي" or _ascribes(stream, i) else "نقل"), "relay"
    source = ("الي",) if lemma == "نسب" else ("عن",) if _is_what_came(stream, i) else _FROM
    about = next((j for j in range(i + 1, stop) if words[j] in source and stream.quote[j] < 0), None)
    if about is None:
        return _source_first(stream, i, last)
    about = _last_source(stream, about, min(last, about + _REACH))
    cue = (i, i + 1)
    for j in range(about + 1, min(last, about + _REACH)):
        reading = surface_at(stream, j)
        if reading is not None and reading[0].form == "masdar" and stream.quote[j] < 0:
            verb = reading[0].verb
            content = _said_by_masdar(stream, j, verb, last)
            if content is not None:
                return _made(stream, i, about, (j, j + 1), verb.lemma, verb.stance, content, j)
            if verb.lemma == "قال":
                return None
        if words[j] == "القول":
            content = _opener(stream, j + 1, last)
            return _made(stream, i, about, (j, j + 1), "قال", "neutral", content, j) if content is not None else None
        if lemma != "نسب" and (words[j] in words_of("complementizer") or words[j] == ":" or _long_quote(stream, j)):
            content = _opener(stream, j, last)
            return _made(stream, i, about, cue, lemma, stance, content, j) if content is not None else None
    return None


def _ascribes(stream: Stream, i: int) -> bool:
    reading = surface_at(stream, i)
    return reading is not None and reading[0].verb.lemma == "نسب"


def _last_source(stream: Stream, about: int, last: int) -> int:
    """نقلت صحيفة عن وكالة عن مصدر …: the last of a chain is whose words they are."""
    if stream.words[about] != "عن":
        return about
    mention = read_mention(stream, about + 1, last, tight=True)
    again = mention.end if mention is not None else last
    if again + 1 < last and stream.words[again] == "عن":
        return _last_source(stream, again, last)
    return about


def _source_first(stream: Stream, i: int, last: int) -> Relay | None:
    """وعن موظف في الميناء، نقل المراسل أن …: the source stands at the head of the sentence."""
    first = stream.sentence_start[i]
    if stream.words[first] not in ("عن", "وعن") or i - first < 3 or stream.words[i - 1] not in "،,":
        return None
    content = _opener(stream, i + 1, last)
    if content is None:
        return None
    channel = read_mention(stream, i + 1, content)
    by = (channel.first, channel.last) if channel is not None else None
    return Relay((i, i + 1), "نقل", "relay", content, read_mention(stream, first + 1, i - 1), by, "relay")


def _said_by_masdar(stream: Stream, j: int, verb: Verb, last: int) -> int | None:
    """قوله إن …, نفيه وقوع إصابات: where the words begin behind a noun of saying."""
    if verb.lemma in ("قال", "أكد"):
        content = _opener(stream, j + 1, last)
        if content is not None:
            return content
    following = stream.words[j + 1] if j + 1 < last else ""
    if following in words_of("complementizer") or following == ":" or _long_quote(stream, j + 1):
        return _opener(stream, j + 1, last)
    noun = looks_like_masdar(following) or following in words_of("content_noun")
    return j + 1 if "اسم" in verb.opens and noun else None


def _long_quote(stream: Stream, j: int) -> bool:
    quote = stream.opens.get(j)
    return quote is not None and not quote.round and quote.close - j > 5


def _made(
    stream: Stream, i: int, about: int, cue: tuple[int, int], lemma: str, stance: str, content: int, end: int
) -> Relay:
    of_him = stream.words[about] not in ("عن", "الي", "لسان")  # نقلت عنه الصحيفة قوله
    channel = read_mention(stream, about + 1, end) if of_him else None
    if about > i + 1:
        channel = read_mention(stream, i + 1, about)
    return Relay(
        cue,
        lemma,
        stance,
        content,
        None if of_him else read_mention(stream, about + 1, end),
        (channel.first, channel.last) if channel is not None else None,
        "relay",
    )


def _document(stream: Stream, i: int, last: int) -> Relay | None:
    """جاء في البيان أن …: also نص البيان, بيان للحزب."""
    words = stream.words
    start = i + 2
    if words[start] in ("نص", "ختام", "مقدمه", "متن"):
        start += 1
    if start >= last or (words[start] not in words_of("document") and words[start] not in words_of("spoken_piece")):
        return None
    for j in range(start + 1, min(last, start + _REACH)):
        if words[j] in words_of("complementizer") or words[j] == ":" or _long_quote(stream, j):
            content = _opener(stream, j, last)
            if content is None:
                return None
            mention = _owner(stream, start + 1, j) or read_mention(stream, i + 2, j)
            return Relay((i, i + 1), "جاء في", "document", content, mention, (i + 2, start + 1), "document")
    return None


def _owner(stream: Stream, i: int, last: int) -> Mention | None:
    """جاء في تغريدة لفلان الفلاني: whose document it is, the ل written with his name."""
    word = stream.words[i] if i < last else ""
    if word[:1] == "ل" and is_title(word):  # للوزير فلان
        titled = read_mention(stream, i, last, tight=True)
        return titled if titled is not None and titled.shape == "full" and titled.role is not None else None
    if word[:1] != "ل" or not (word[1:] in stream.names or is_given_name(word[1:])):
        return None
    end = i + 1
    while end < last and (stream.words[end] in stream.names or is_name_word(stream.words[end])):
        end += 1
    return Mention(i, end, "person", "full" if end > i + 1 else "short", None, False, end, conjunction=True)


def _as_follows(stream: Stream, i: int, last: int) -> Relay | None:
    """وجاء البيان على النحو التالي: «…», وجاء نص البيان كالتالي: …"""
    words = stream.words
    colon = next((j for j in range(i + 2, min(last - 1, i + _REACH)) if words[j] == ":"), None)
    if colon is None or words[colon - 1] not in ("التالي", "الاتي", "كالتالي", "كالاتي", "يلي"):
        return None
    return Relay((i, i + 1), "جاء", "document", colon + 1, read_mention(stream, i + 1, colon - 1), None, "document")


def _opener(stream: Stream, j: int, last: int) -> int | None:
    """Past the opener at or after `j`: a complementizer, a colon, a mark, or plain words."""
    words = stream.words
    for k in range(j, min(last, j + _REACH)):
        if words[k] == ":" or _long_quote(stream, k):
            return (k + 1 if words[k] == ":" else k) if k + 1 < last else None
        if words[k] in words_of("complementizer") and words[k - 1] not in words_of("not_before_that"):
            return k
    return None


def _is_outlet(word: str) -> bool:
    """صحيفتنا, القناة."""
    return word.endswith("نا") or word.removeprefix("ال") in words_of("channel")


def _learnt(stream: Stream, i: int, last: int) -> Relay | None:
    """علمت «المدار» من مصادر مطلعة أن …: the outlet tells what its sources say."""
    words = stream.words
    outlet = stream.opens.get(i + 1)
    if outlet is not None and outlet.close - i <= _REACH // 2:
        source = outlet.close + 1
    elif outlet is None and _is_outlet(stream.words[i + 1]):
        source = next((j for j in range(i + 2, min(last, i + _NEAR)) if stream.words[j] in _LEARNT_FROM), last)
    else:
        return None
    if source >= last:
        return None
    said = next((j for j in range(source, min(last, source + _REACH)) if words[j] in words_of("complementizer")), None)
    if said == source:  # علمت «المدار» أن …: its own knowledge
        outlet_itself = read_mention(stream, i + 1, source, tight=True)
        return Relay((i, i + 1), "علم", "relay", said, outlet_itself, None, "relay") if outlet_itself else None
    if said is None or words[source] != "من":
        return None
    if words[source + 1] in words_of("its_sources"):  # من مصادرها الخاصة
        mention: Mention | None = Mention(source + 1, said, "anonymous", "group", "f", True, said)
    else:
        mention = read_mention(stream, source + 1, said)
    if mention is None or mention.kind != "anonymous":
        return None
    return Relay((i, i + 1), "علم", "relay", said, mention, (i + 1, source), "relay")
