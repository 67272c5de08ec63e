"""Mentions: who is named in a stretch of words, with name and role told apart."""

from dataclasses import dataclass
from typing import Literal

from app.arabic.names import actor_kind, given_names, is_name_word, name_words
from app.corpus.fields import SpeakerKind
from app.extract.statements.lexicon import words_of
from app.extract.statements.names_in_text import begins_name, is_preposition, name_end
from app.extract.statements.stream import Stream

Shape = Literal["full", "short", "nominal", "group"]
_SIGNS = frozenset("،,:;؛-–—()[]{}/*|") | {"..", "..."}
_LONGEST_ROLE = 30


@dataclass(slots=True)
class Mention:
    """Tokens `first` to `last` (exclusive) name who speaks; `role` are the tokens of title or function.

    `end` is where reading stopped. `shape` tells a full name from a part of one, a noun that points back
    ("the minister") and a group or organisation.
    """

    first: int
    last: int
    kind: SpeakerKind
    shape: Shape
    gender: str | None
    plural: bool
    end: int
    role: tuple[int, int] | None = None


def read_mention(
    stream: Stream, first: int, last: int, *, tight: bool = False, alone: bool = True
) -> Mention | None:
    """The speaker named at the beginning of tokens `first` to `last`, insertions skipped; None when there is none.

    `tight`: the words after the speaker may be the content itself, so a noun phrase ends where its grammar does,
    and a first word that no speaker begins with is refused. Not `alone`: an addressee may follow the speaker.
    """
    start = skip_insertions(stream, first, last)
    return named_at(stream, start, last, tight=tight, alone=alone)


def named_at(stream: Stream, start: int, last: int, *, tight: bool = False, alone: bool = True) -> Mention | None:
    """Like `read_mention`, for a speaker that begins at token `start` itself."""
    if start >= last or not _may_begin(stream, start, last):
        return None
    return _person(stream, start, last, tight, alone) or _noun_phrase(stream, start, last, tight)


def skip_insertions(stream: Stream, first: int, last: int) -> int:
    """The first token after adverbs, signs and prepositional phrases that stand before the speaker."""
    i = first
    words = stream.words
    while i < last:
        word = words[i]
        if word in words_of("adverb") or word in _SIGNS or word.isdigit():
            i += 1
        elif word == "من" and i + 1 < last and words[i + 1] in words_of("reset"):
            i += 2
        elif (word in words_of("preposition") and not begins_name(stream, i, last)) or leans_on_outlet(stream, i):
            i = after_phrase(stream, i, last)
        elif word.startswith("ل") and len(word) > 4 and i == first and _told_to(word):
            i = i + 1 if word.startswith("لل") else after_phrase(stream, i, last)
        elif word.startswith("بال") or word in words_of("with_manner"):
            i += 1
        else:
            break
    return i


def is_title(word: str) -> bool:
    """Whether a folded word is a title or function, with or without article and ل."""
    titles = words_of("title")
    if word.endswith("و") and len(word) > 4:  # ممثلو، مسؤولو
        word = word[:-1]
    return word in titles or (word.startswith("لل") and ("ال" + word[2:] in titles or word[2:] in titles))


def _told_to(word: str) -> bool:
    return not is_name_word(word) and not word.startswith("لجن")


def leans_on_outlet(stream: Stream, i: int) -> bool:
    """لـ«…», لصحيفة …, لوكالة …: told to an outlet."""
    word = stream.words[i]
    if word in ("ل", "لل", "به", "له", "لها", "لهم", "فيه", "فيها"):
        return True
    return word.startswith("ل") and (word[1:] in words_of("channel") or word in words_of("told_to"))


def after_phrase(stream: Stream, i: int, last: int) -> int:
    """Past a prepositional phrase: to the comma, past a name in marks, or to the next word that begins a speaker."""
    words = stream.words
    j = i + 1
    while j < last:
        word = words[j]
        if word in "،,":
            return j + 1
        if j in stream.opens:
            j = stream.opens[j].close + 1
            while j < last and words[j].startswith("ال") and not begins_name(stream, j, last):
                if words[j] in words_of("title"):
                    break
                j += 1
            return j
        if j > i + 1 and word in words_of("title") and word.startswith("ال") and words[j - 1] not in ("مع", "و"):
            if j + 1 < last and is_name_word(words[j + 1]):
                return j
        j += 1
    return last


def _may_begin(stream: Stream, i: int, last: int) -> bool:
    word = stream.words[i]
    if word in words_of("preposition") and not begins_name(stream, i, last):
        return False
    return not (
        word in words_of("complementizer")
        or word in words_of("relative")
        or word in words_of("clause_start")
        or word in words_of("negation")
        or word in words_of("pronoun")
        or word in ("ما", "من", "بدلا", "لمن")
    )


def _person(stream: Stream, start: int, last: int, tight: bool, alone: bool) -> Mention | None:
    """A person: title and function words up to a full name, or a full name, with a role in apposition."""
    limit = _role_limit(stream, start, last)
    words = stream.words
    titled = is_title(words[start]) or words[start] in words_of("anonymous")
    if not titled and start + 1 < limit and is_title(words[start + 1]) and not begins_name(stream, start, limit):
        return None
    if not tight and not titled:
        end = _unlisted_name(stream, start, last)
        if end is not None:
            role = _apposition(stream, end, last)
            return Mention(start, end, "person", "full", _person_gender(stream, start, role), False, end, role)
    for k in range(start, limit):
        if k > start and words[k] in words_of("title") and words[k] not in given_names():
            if not alone and words[k].startswith("ال") and k > start + 1 and titled and not is_title(words[k - 1]) and words[k] not in words_of("honorific"):
                break
            titled = True
            continue
        if k == start and is_title(words[k]) and words[k] not in given_names():
            continue
        if tight and (not titled and k > _tight_end(stream, start, limit) or k > start + 12):
            break
        if begins_name(stream, k, limit, titled=titled and k > start) and (k == start or titled or _definite(stream, start)):
            end = name_end(stream, k, limit)
            role = (start, k) if k > start else _apposition(stream, end, last)
            return Mention(k, end, "person", "full", _person_gender(stream, k, role), False, end, role)
    if not titled:
        return None
    return _name_by_position(stream, start, limit) or (
        _name_after_comma(stream, start, limit, last) if alone else None
    )


def _name_by_position(stream: Stream, start: int, limit: int) -> Mention | None:
    """وزير الخارجية الإسرائيلي فلان فلان: bare words behind a definite title are its bearer's name."""
    words = stream.words
    for k in range(start + 1, limit - 1):
        if not _closes_title(stream, start, k):
            continue
        end = k
        while end < limit and end < k + 3 and _may_be_name(words[end]):
            end += 1
        if end > k and end < limit and words[end].startswith("ال") and not is_title(words[end]):
            honorific = words[k - 1] in words_of("honorific") or is_title(words[k - 1])
            if honorific or end + 1 >= limit or is_name_word(words[k]):
                end += 1
        if end - k >= 2:
            role = (start, k)
            return Mention(k, end, "person", "full", _person_gender(stream, k, role), False, end, role)
    return None


def _closes_title(stream: Stream, start: int, k: int) -> bool:
    """Whether the title can be over before token `k`: a definite word, a closing mark, or «in» and a place."""
    words = stream.words
    before = words[k - 1]
    if before in words_of("masdar_with_al"):
        return False
    return before.startswith(("ال", "لل", "وال", '"', "»", "”")) or (k >= start + 3 and words[k - 2] in ("في", "الي"))


def _may_be_name(word: str) -> bool:
    return (
        word.isalpha()
        and len(word) > 1
        and not word.startswith(("ال", "لل", "وال", "بال"))
        and not _is_grammar(word)
        and not _is_group_head(word)
        and word not in words_of("feminine_head")
        and (is_name_word(word) or not word.endswith(("ه", "ات", "ون", "ين", "يه")))
    )


def _definite(stream: Stream, start: int) -> bool:
    return stream.words[start].startswith("ال") and stream.words[start] not in words_of("organisation")


def _name_after_comma(stream: Stream, start: int, comma: int, last: int) -> Mention | None:
    """رئيس الجهاز، اللواء فلان الفلاني، : the name stands in apposition to its title."""
    words = stream.words
    if comma >= last - 2 or words[comma] not in ("،", ",", "-", "–", "("):
        return None
    k = comma + 1
    while k < last and words[k] in words_of("title") and words[k] not in given_names():
        k += 1
    if k >= last - 1 or not (begins_name(stream, k, last, titled=True) or _unlisted_name(stream, k, last, titled=True)):
        return None
    end = name_end(stream, k, last)
    if end < last and words[end].isalpha() and not _is_grammar(words[end]):
        return None
    role = (start, comma)
    return Mention(k, end, "person", "full", _person_gender(stream, k, role), False, end, role)


def _unlisted_name(stream: Stream, k: int, last: int, *, titled: bool = False) -> int | None:
    """The end of two or three plain words that can only be a name no list knows, or None.

    A sign, a title or the opener stands right after them, and none of them is a group, an adjective or grammar.
    """
    words = stream.words
    end = k
    while end < last and end < k + 4 and words[end].isalpha() and not _is_grammar(words[end]) and not is_title(words[end]):
        if words[end].startswith(("لل", "وال", "بال")) or (end == k and words[end].startswith("ال")):
            return None
        end += 1
    if not 2 <= end - k <= 3 or _is_group_head(words[k]) or words[k] in words_of("feminine_head"):
        return None
    titled = titled or (end < last and is_title(words[end]) and not words[end].startswith("ال"))
    if words[end - 1].endswith(("ه", "ون", "ين", "ات", "ي")) and not (titled or is_name_word(words[end - 1])):
        return None
    if not (titled or is_name_word(words[k]) or is_name_word(words[end - 1])):
        return None
    stands = end >= last or words[end] in "،,:" or is_title(words[end]) or words[end] in words_of("complementizer")
    return end if stands else None


def _is_grammar(word: str) -> bool:
    return (
        word in words_of("preposition")
        or word in words_of("adverb")
        or word in words_of("complementizer")
        or word in words_of("relative")
        or word in words_of("clause_start")
        or word in words_of("negation")
    )


def _role_limit(stream: Stream, start: int, last: int) -> int:
    """How far a title may run before its name: over في/باسم/لـ, but not into an insertion."""
    words = stream.words
    stop = min(last, start + _LONGEST_ROLE)
    k = start
    while k < stop:
        word = words[k]
        if word in "،,:;؛" or word in words_of("relative") or word in words_of("complementizer"):
            return k
        if k in stream.opens:
            quote = stream.opens[k]
            if quote.close - k > 6 or (k > start and words[k - 1] == "ل") or quote.close >= stop:
                return k
            k = quote.close + 1
            continue
        if word in _SIGNS or (k > start and leans_on_outlet(stream, k)):
            return k
        if word in words_of("preposition") and k > start and not begins_name(stream, k, last, titled=True):
            following = words[k + 1] if k + 1 < last else ""
            if word not in words_of("role_preposition") or following in words_of("occasion"):
                return k
        k += 1
    return stop


def _apposition(stream: Stream, end: int, last: int) -> tuple[int, int] | None:
    """A role after the name: "…, the director of …,"."""
    words = stream.words
    i = end
    if i < last and words[i] in "،,":
        i += 1
    if i >= last or words[i] not in words_of("title"):
        return None
    k = i + 1
    while k < last and words[k] not in "،,:" and words[k] not in words_of("complementizer"):
        if words[k] in words_of("preposition") and (k + 1 >= last or words[k + 1] in words_of("occasion")):
            break
        k += 1
    return i, k


def _person_gender(stream: Stream, name: int, role: tuple[int, int] | None) -> str | None:
    if role is not None:
        head = stream.words[role[0]]
        if head in words_of("title"):
            return "f" if looks_feminine(head) else "m"
    known = given_names().get(stream.words[name])
    return known if known in ("m", "f") else None


def looks_feminine(word: str) -> bool:
    """Whether a folded noun takes feminine agreement: ة, sound feminine or broken plural, a country, an acronym."""
    if word in words_of("masculine_ه"):
        return False
    return (word.endswith("ه") and len(word) > 3) or word in words_of("feminine_head") or word.endswith("ات")


def _noun_phrase(stream: Stream, start: int, last: int, tight: bool) -> Mention | None:
    """An organisation, a group, a document, a short name or a noun that points back."""
    words = stream.words
    if start in stream.opens and not stream.opens[start].round:
        quote = stream.opens[start]
        if quote.close - start > 6 or quote.close >= last:
            return None
        if words[start + 1] in stream.names or begins_name(stream, start + 1, quote.close):
            return Mention(start + 1, quote.close, "person", "short", None, False, quote.close + 1)
        return Mention(start + 1, quote.close, "organisation", "group", None, False, quote.close + 1)
    head = words[start]
    if not head.isalpha() or head.startswith("بال"):
        return None
    if not is_speaker_head(head) and (tight or not _may_be_unknown(stream, start, last)):
        return None
    if head in words_of("document") or head in words_of("tidings"):
        issuer = _issuer(stream, start, last, tight)
        if issuer is not None:
            return issuer
    end = _tight_end(stream, start, last) if tight else _loose_end(stream, start, last)
    if end - start >= 2 and is_title(head) and _is_family_name(stream, start + 1, end):
        gender = "f" if looks_feminine(head) else "m"
        return Mention(start + 1, start + 2, "person", "short", gender, False, start + 2, (start, start + 1))
    kind, shape = _classify(stream, start, end)
    plural = (head.endswith(("ون", "وا")) and len(head) > 4) or head in words_of("many")
    gender = "f" if looks_feminine(head) else "m"
    if shape == "short":
        gender = given_names().get(head, "mf").replace("mf", "") or None
    return Mention(start, end, kind, shape, gender, plural, end)


def _is_family_name(stream: Stream, i: int, end: int) -> bool:
    """الرئيس الغانم: whether the one word behind a title is a name and no adjective of it."""
    word = stream.words[i]
    if i + 1 < end or not stream.words[i - 1].startswith("ال"):
        return False
    if word in stream.names:
        return True
    return is_name_word(word) and not word.startswith("ال") and not is_title(word)


def _may_be_unknown(stream: Stream, start: int, last: int) -> bool:
    """Whether a first word that no list knows may still name a speaker: one or two words, or a definite construct."""
    words = stream.words
    if words[start].endswith("ا") or words[start].isdigit():
        return False
    end = _loose_end(stream, start, last)
    return end - start <= 2 or end >= last or words[start + 1].startswith("ال")


def _issuer(stream: Stream, start: int, last: int, tight: bool) -> Mention | None:
    """بيان لوزارة الدفاع، بيان صادر عن …، بيان البيت الأبيض: who issued the document is the speaker."""
    words = stream.words
    k = start + 1
    while k < last and words[k] in words_of("of_document"):
        k += 1
    if k >= last or k in stream.opens:
        return None
    word = words[k]
    if word.startswith("لل") and len(word) > 4:
        end = _tight_end(stream, k, last)
        return Mention(k, end, "organisation", "group", None, False, end)
    plain = word[1:] if word.startswith("ل") and word[1:] in words_of("organisation") else word
    named = plain in words_of("organisation") or actor_kind(plain) is not None
    if not named or (plain.startswith("ال") and k == start + 1 and words[start].startswith("ال")):
        return None
    end = _tight_end(stream, k, last) if tight else _loose_end(stream, k, last)
    gender = "f" if looks_feminine(plain) else "m"
    return Mention(k, end, "organisation", "group", gender, False, end)


def is_plausible(stream: Stream, mention: Mention) -> bool:
    """Whether a mention is surely of someone who can speak, and no thing: for places where things stand as often."""
    head = stream.words[mention.first]
    if mention.shape == "full" or head in words_of("feminine_head") or _is_group_head(head) or is_title(head):
        return True
    if mention.first > 0 and mention.first - 1 in stream.opens:
        return True
    if head.startswith("لل") and "ال" + head[2:] in words_of("organisation"):
        return True
    if mention.shape == "short":
        plain = head[2:] if head.startswith("ال") else head
        return is_name_word(head) or head in stream.names or plain in stream.names or not head.endswith("ه")
    return _names_actor(stream, mention.first, mention.last) or head.endswith(("ون", "يون"))


def _names_actor(stream: Stream, first: int, last: int) -> bool:
    """Whether the first one to four words are a listed actor."""
    return any(actor_kind(stream.joined(first, k)) is not None for k in range(first + 1, min(last, first + 4) + 1))


def is_speaker_head(word: str) -> bool:
    """Whether a folded word can be the first of a speaker's mention."""
    if word in words_of("masdar_with_al"):
        return False
    return (
        word in words_of("organisation")
        or word in words_of("anonymous")
        or word in words_of("document")
        or word in words_of("title")
        or actor_kind(word) is not None
        or word in words_of("feminine_head")
        or (word.startswith("ال") and len(word) > 4)
        or (word in name_words() and len(word) > 2)
        or word in given_names()
    )


def _loose_end(stream: Stream, start: int, last: int) -> int:
    """The end of a noun phrase where an opener is known to follow: the next sign, preposition or adverb."""
    words = stream.words
    k = start + 1
    personal = not _is_group_head(words[start]) and is_name_word(words[start])
    while k < last and k < start + 14:
        word = words[k]
        if k in stream.opens:
            quote = stream.opens[k]
            if quote.round or quote.close - k > 6 or quote.close >= last or words[k - 1] == "ل":
                break
            k = quote.close + 1
            continue
        if not word.isalpha() or leans_on_outlet(stream, k) or (personal and word.startswith(("ل", "ب")) and not is_name_word(word)):
            break
        if word in words_of("adverb") or word in words_of("relative") or word in words_of("complementizer"):
            break
        if is_title(word) and (personal or words[start].startswith("ال") and not _is_group_head(words[start])):
            break
        if word in words_of("clause_start") or word in words_of("demonstrative") or word in words_of("speech_noun"):
            break
        if is_preposition(stream, k):
            following = words[k + 1] if k + 1 < last else ""
            open_head = not words[start].startswith("ال") or is_title(words[start]) or words[start] in words_of("anonymous")
            of_head = open_head and following != "ما" and (
                k == start + 1 or (k == start + 2 and word in ("في", "من", "عن"))
            )
            if word in ("باسم", "في", "لدي", "من", "عن") and of_head and following not in words_of("occasion"):
                k += 2
                continue
            break
        k += 1
    return min(k, last)


def _is_group_head(word: str) -> bool:
    return (
        word in words_of("organisation")
        or word in words_of("anonymous")
        or word in words_of("document")
        or word in words_of("title")
    )


def _tight_end(stream: Stream, start: int, last: int) -> int:
    """The end of a noun phrase by its grammar: indefinite heads up to the first definite noun, then adjectives."""
    words = stream.words
    k = start + 1
    head = words[start]
    definite = head.startswith(("ال", "لل")) or (actor_kind(head) is not None and not _is_group_head(head))
    proper = definite and not head.startswith("ال") or is_name_word(head) and not _is_group_head(head)
    while k < last and k < start + 12:
        word = words[k]
        if k in stream.opens:
            quote = stream.opens[k]
            if quote.round or quote.close - k > 6 or quote.close >= last or words[k - 1] == "ل":
                break
            k, definite = quote.close + 1, True
            continue
        if not word.isalpha() or leans_on_outlet(stream, k) or word in words_of("masdar_with_al"):
            break
        if word in words_of("preposition") or word in words_of("adverb") or word in words_of("relative"):
            break
        if word in words_of("clause_start") or word in words_of("demonstrative") or word in words_of("speech_noun"):
            break
        if head.startswith("ال") and (word in words_of("addressed") or word in words_of("organisation") and word.startswith("ال")):
            break
        if word in words_of("title") and word.startswith("ال") and definite:
            break
        personal = is_name_word(head) and not _is_group_head(head) and actor_kind(head) != "organisation"
        if personal and (word in words_of("addressed") or word in words_of("organisation")):
            break
        if word.startswith("ال") and _begins_object(words, start, k, personal):
            break
        if word.startswith("ال"):
            definite = True
        elif word.startswith("وال") and len(word) > 5 and definite:
            pass
        elif word.startswith("لل") and len(word) > 4 and not proper:
            definite = True
        elif word.startswith("ل") and not proper and k + 1 < last and words[k + 1].startswith("ال"):
            pass
        elif proper and is_name_word(word):
            pass
        elif definite or proper:
            break
        elif word in name_words() or word in given_names() or actor_kind(word) or word in words_of("feminine_head"):
            definite = True
        elif not (word.endswith(("ي", "ه", "ون", "ين")) or words[k - 1] in words_of("organisation") or is_title(words[k - 1])):
            break
        k += 1
    return k


def _begins_object(words: list[str], start: int, k: int, personal: bool) -> bool:
    """Whether a definite word inside a noun phrase is no attribute of it but the next noun."""
    word, before = words[k], words[k - 1]
    attribute = word.endswith(("ي", "يه", "يين", "يون"))
    if personal:
        return not (attribute or is_name_word(word))
    if k > start + 1 and not before.startswith("ال") and is_name_word(before) and not is_title(before):
        return not attribute
    return before.startswith("ال") and before.endswith(("ي", "يه")) and word.endswith("ات")


def _classify(stream: Stream, start: int, end: int) -> tuple[SpeakerKind, Shape]:
    words = stream.words
    head = words[start]
    actor = actor_kind(stream.joined(start, end)) or (actor_kind(head) if not _is_group_head(head) else None)
    if actor == "person":
        return "person", "short"
    if actor is not None:
        return "organisation", "group"
    if head in words_of("document"):
        return "document", "nominal"
    definite = head.startswith("ال")
    if head in words_of("anonymous"):
        return "anonymous", "nominal" if definite and end - start <= 3 else "group"
    if head in words_of("organisation") or head in words_of("feminine_head"):
        back = definite and (end - start == 1 or words[end - 1] in words_of("same"))
        return "organisation", "nominal" if back else "group"
    if definite and head.endswith("ان") and is_title(head[:-2]):
        return "person", "nominal"
    if head in words_of("title") or head in words_of("latter"):
        if definite or end - start == 1:
            return "person", "nominal"
        return "person", "nominal" if end - start <= 3 else "group"
    if words[end - 1] in words_of("same"):
        return "organisation", "nominal"
    if head.endswith("ون") and not definite and len(head) > 4:
        return "anonymous", "group"
    if end - start <= 3 and is_name_word(head):
        return "person", "short"
    if end - start == 1:
        return "person", "short"
    return "organisation", "group"
