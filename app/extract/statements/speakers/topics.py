"""Topics: the subject of a sentence's first verb, who goes on to speak where a later verb names nobody."""

from dataclasses import replace

import msgspec

from app.arabic.kept import kept
from app.extract.statements.cues.verbs import surface_at
from app.extract.statements.names.authors import author_of
from app.extract.statements.names.before_speaker import skip_insertions
from app.extract.statements.names.in_text import bare, begins_name
from app.extract.statements.names.mentions import named_at, read_mention
from app.extract.statements.text.found import Found
from app.extract.statements.text.lexicon import lemmas_of, words_of
from app.extract.statements.text.nouns import Mention, is_grammar, is_group_head, is_plausible, is_state, is_title
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import COLON, watched_group

_FARTHEST = 12  # tokens
_WITH_PRONOUN = watched_group("with_pronoun")
_LONGEST_CLAUSE = 24

_SET_AGAINST, _BUT_THAT = frozenset(["ان", "لكن"]), frozenset(["غير", "الا", "بيد"])


class Subject(msgspec.Struct, frozen=True):
    """The subject of a sentence's first verb; not `sure`: no name, but a group that can surely speak."""

    mention: Mention
    sure: bool


def main_subject(stream: Stream, first: int, last: int, *, groups: bool) -> Mention | None:
    """The subject of the first verb among tokens `first` to `last`, when that verb reports nothing.

    A full name, or the short one of somebody known; with `groups` also whoever else can surely speak.
    """
    subject = subject_of_sentence(stream, first, last)
    return subject.mention if subject is not None and (groups or subject.sure) else None


def subject_of_sentence(stream: Stream, first: int, last: int) -> Subject | None:
    """Like `main_subject`, for whoever asks for groups only where there is no name.

    Where somebody turns to that subject (التفت إليه فلان الفلاني) it is he who goes on.
    """
    if last - first < 3:
        return None
    author = _author_in_front(stream, first, last)
    if author is not None:
        return Subject(author, sure=True)
    start = _past_connectors(stream, first, last)
    if last - start < 3 or not stream.words[start].isalpha():
        return None
    answering = _who_turns_to(stream, start, last)
    if answering is not None:
        return Subject(answering, sure=True)
    if _bare(stream.words[start]) in words_of("preposition") and not _expresses(stream, start, last):
        return None
    reading = surface_at(stream, start)
    if (reading is not None and reading[0].form == "participle") or stream.words[start] in words_of("died"):
        return None
    if not _begins_with_subject(stream, start, last):
        start += 1
    while start < last - 1 and stream.words[start] in words_of("with_pronoun"):
        start += 1  # واتفق معه فلان الفلاني
    if stream.words[start] in words_of("fellow") and begins_name(stream, start + 1, last):
        start += 1
    if stream.words[start] in words_of("spoken_piece"):
        start += 1  # وتعكس تصريحات فلان …، إذ قال
        if stream.words[start] in stream.names and not begins_name(stream, start, last):
            return Subject(Mention(start, start + 1, "person", "short", None, False, start + 1), sure=True)
    mention = read_mention(stream, start, min(last, start + 20), tight=True)
    if mention is None or mention.first > start + _FARTHEST or stream.words[mention.first] in words_of("all_of"):
        return None
    if _is_only_a_place(stream.words[mention.first]):
        return None
    if mention.role is not None and any(word in words_of("dead") for word in stream.words[slice(*mention.role)]):
        return None
    if mention.gender is None and _marked_feminine(stream.words[start - 1]):
        mention = replace(mention, gender="f")  # رافقت «الصحيفة» السفير، وأوضح …: it is not she who explains
    known = mention.kind == "person" and mention.shape == "short" and stream.words[mention.last - 1] in stream.names
    told = _whom_outlet_met(stream, start, mention, last)
    if told is not None:
        return Subject(told, sure=True)
    outlet = mention.kind == "organisation" and stream.words[mention.first] in words_of("channel")
    if mention.shape == "full" or known or (outlet and mention.first + 1 in stream.opens):
        return Subject(mention, sure=True)  # واستندت صحيفة «كذا» إلى …
    tells = reading is not None and not reading[0].plural
    return Subject(mention, sure=tells) if _can_go_on(stream, mention) else None


def _whom_outlet_met(stream: Stream, start: int, outlet: Mention, last: int) -> Mention | None:
    """تحدثت الصحيفة إلى فلانة الفلانية، وقالت …: whom a paper meets or talks to, by a full name."""
    if bare(stream.words[outlet.first]) not in words_of("channel") or outlet.end >= last:
        return None
    verb = stream.words[start - 1] if start > 0 else ""
    if verb not in words_of("meets") and _bare(verb) not in words_of("meets"):
        return None
    behind = outlet.end + (stream.words[outlet.end] in ("الي", "مع"))
    told = read_mention(stream, behind, last, tight=True)
    return told if told is not None and told.kind == "person" and told.shape == "full" else None


def _is_only_a_place(word: str) -> bool:
    """روما, كولومبيا: a town or a country as often where something happens as who does it."""
    return is_state(word) and not (word.startswith("ال") or word in words_of("feminine_head"))


def _author_in_front(stream: Stream, first: int, last: int) -> Mention | None:
    """وفي تصريح لفلان الفلاني قال …: whose piece the sentence begins with."""
    if last - first < 4 or _bare(stream.words[first]) != "في":
        return None
    if stream.words[first + 1] not in words_of("spoken_piece"):
        return None
    author = author_of(stream, first, min(last, first + _FARTHEST))
    return author if author is not None and author.shape == "full" and stream.words[first + 2][0] == "ل" else None


def _marked_feminine(verb: str) -> bool:
    """زارت: a verb in ت, which is not of its root."""
    plain = _bare(verb)
    return plain.endswith("ت") and len(plain) > 3 and plain not in words_of("root_in_t")


def _who_turns_to(stream: Stream, first: int, last: int) -> Mention | None:
    """فلان …، التفت إليه نظيره علان العلاني: a full name behind a verb and the pronoun of whom it is done to."""
    for i in reversed(stream.places(_WITH_PRONOUN, first + 1, last - 1)):
        behind = min(last, i + 20)
        if stream.quote[i] < 0 and skip_insertions(stream, i + 1, behind) == i + 1:
            mention = named_at(stream, i + 1, behind, tight=True)
            if mention is not None and mention.shape == "full" and (mention.role or (mention.first, 0))[0] == i + 1:
                return mention
    return None


def _begins_with_subject(stream: Stream, i: int, last: int) -> bool:
    """لكن واشنطن التزمت …، وكان فلان قد …: whether a noun stands first, and its verb behind it."""
    word = stream.words[i]
    if i and stream.words[i - 1] in words_of("was"):
        return True
    noun = word.startswith("ال") or word in words_of("feminine_head") or is_group_head(word)
    return (noun and surface_at(stream, i) is None) or begins_name(stream, i, last)


def _can_go_on(stream: Stream, mention: Mention) -> bool:
    """Whether a short name is somebody's, and anything else can surely speak."""
    if mention.kind == "person" and mention.shape == "short":
        return mention.role is not None or stream.words[mention.last - 1] in stream.names
    return is_plausible(stream, mention)


def can_be_subject(mention: Mention, found: Found) -> bool:
    """Whether a dropped subject agrees with the one of the sentence's first verb."""
    if mention.kind == "document":
        return False
    if found.plural or mention.plural:
        return found.plural and (mention.plural or mention.kind in ("organisation", "anonymous"))
    return found.gender is None or mention.gender is None or found.gender == mention.gender


def joins_others(stream: Stream, first: int, last: int) -> bool:
    """فلان الفلاني رئيس البلدية ومصدران بالشرطة: whether others are joined to a speaker among these tokens."""
    joined = [word[1:] for word in stream.words[first:last] if word[0] == "و" and len(word) > 3]
    return any(is_group_head(word) or is_group_head(word.removesuffix("ان")) for word in joined)


def subject_of_clause(stream: Stream, found: Found, before: Found) -> Mention | None:
    """…، فيما رد عليه زميله فلان الفلاني بالقول: the full name that does what a clause behind a comma tells of."""
    if found.cue is None:
        return None
    at = found.cue[0]
    for i in range(at - 2, max(before.content[0], at - _LONGEST_CLAUSE), -1):
        if stream.words[i] in "،,؛" and stream.quote[i] < 0:
            leads = stream.words[at][0] == "ب" and stream.words[i + 1][0] in "وف"  # …، ورد عليه زميله فلان بالقول
            if not leads and stream.words[i + 1] not in words_of("meanwhile"):
                return None
            host = _his_counterpart(stream, i + 1, at)
            if host is not None:
                return host
            main = main_subject(stream, i + 1, at, groups=False)
            return main if main is not None and main.shape == "full" and main.end <= at else None
    return None


def _his_counterpart(stream: Stream, first: int, at: int) -> Mention | None:
    """فيما اكتفى مضيفها بالقول …: a noun with the pronoun of who spoke before, right between its verb and «saying»."""
    word = stream.words[at - 1]
    if at - first != 3 or stream.words[at][0] != "ب" or not word.endswith(("ها", "هم")) or len(word) < 5:
        return None
    return None if is_grammar(word) else Mention(at - 1, at, "anonymous", "group", None, False, at)


def who_is_set_against(stream: Stream, first: int, last: int) -> Mention | None:
    """…، غير أن السائق رفض ذلك، مؤكداً …: the subject of the last clause that is set against those before."""
    for i in range(last - 2, first, -1):
        if stream.words[i] in "،,؛":
            return None
        if stream.words[i] in _SET_AGAINST and (stream.words[i] == "لكن" or stream.words[i - 1] in _BUT_THAT):
            subject = read_mention(stream, i + 1, last, tight=True)
            if subject is None or subject.kind != "person" or stream.quote[i] >= 0:
                return None
            head = stream.words[subject.first]
            return subject if subject.shape == "full" or is_title(head) or head in stream.names else None
    return None


def who_is_asked(stream: Stream, asker: Mention, first: int, last: int) -> Mention | None:
    """سأل فلان الوزيرة فلانة عن كذا: whom the subject of a verb of asking asks."""
    readings = (surface_at(stream, i) for i in range(first, min(asker.first, first + 3)))
    if not any(reading is not None and reading[0].verb.lemma in lemmas_of("asks") for reading in readings):
        return None
    asked = read_mention(stream, asker.end, last, tight=True)
    if asked is None or asked.kind != "person":
        return None
    titled = asked.shape == "nominal" and is_title(stream.words[asked.first])  # سأل القاضي المتهم عن كذا
    return asked if asked.shape == "full" or titled else None


def who_answers(stream: Stream, found: Found, before: Found) -> Mention | None:
    """سأل فلان الوزيرة: «…»، فأجابت: who was asked answers, where the verb agrees and names nobody."""
    if found.mention is not None or before.addressee is None or found.participle:
        return None
    if found.lemma not in lemmas_of("answers") or before.lemma not in lemmas_of("asks"):
        return None
    asked = read_mention(stream, *before.addressee, tight=True)
    return asked if asked is not None and can_be_subject(asked, found) else None


@kept
def _bare(word: str) -> str:
    return word[1:] if word.startswith("و") and len(word) > 2 else word


def _expresses(stream: Stream, i: int, last: int) -> bool:
    """عبر الوزير عن …: the verb, which is written like the preposition."""
    return stream.words[i] == "عبر" and "عن" in stream.words[i + 1 : min(last, i + _FARTHEST)]


def _past_dateline(stream: Stream, first: int, last: int) -> int:
    """«فلان الفلاني - المدينة: قلل الوزير …»: the sentence begins behind the colon."""
    colons = stream.places(COLON, first + 1, min(last - 3, first + _FARTHEST))
    return colons[0] + 1 if len(colons) == 1 and stream.quote[colons[0]] < 0 else first


def _past_connectors(stream: Stream, first: int, last: int) -> int:
    """The first token after «إلى ذلك»، «من جهته»، «وفي غضون ذلك،»، «وبينما لم» at the head of a sentence."""
    i = _past_dateline(stream, first, last)
    while i < last - 2:
        word = stream.words[i]
        bare_word = _bare(word)
        if word in ("سرعان", "وسرعان") and stream.words[i + 1] == "ما":
            i += 2
        elif (
            word in "،,-–" or (word in words_of("clause_start") and bare_word != "اما") or word in words_of("negation")
        ):
            i += 1
        elif bare_word not in words_of("preposition") or _expresses(stream, i, last):
            break
        elif stream.words[i + 1] in words_of("reset") or stream.words[i + 1] in words_of("demonstrative"):
            i += 2
        else:
            comma = next((j for j in range(i, min(last, i + 14)) if stream.words[j] in "،,"), None)
            if comma is None:
                break
            i = comma + 1
    return i
