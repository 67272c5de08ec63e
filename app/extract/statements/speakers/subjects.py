"""Subjects: who speaks at a cue, before or after it, and to whom."""

from dataclasses import replace

import msgspec

from app.arabic.names import actor_kind, is_name_word
from app.extract.statements.cues.verbs import CueAt
from app.extract.statements.frames.formulas import opens_insertion
from app.extract.statements.frames.insertions import after_insertion
from app.extract.statements.names.authors import author_of, author_of_piece, who_did
from app.extract.statements.names.in_text import begins_name
from app.extract.statements.names.mentions import named_at, read_mention
from app.extract.statements.names.origins import is_country, origins
from app.extract.statements.names.unlisted import unlisted_subject
from app.extract.statements.speakers.preverbal import (
    head_that_speaks,
    set_before,
    spoken_before,
    subject_of_was,
    who_had_before,
    who_led_to_it,
    who_returned,
)
from app.extract.statements.text.found import Opening
from app.extract.statements.text.lexicon import lemmas_of, words_of
from app.extract.statements.text.nouns import (
    Mention,
    is_grammar,
    is_group_head,
    is_state,
    is_title,
    is_two_of_them,
    looks_feminine,
    looks_like_masdar,
)
from app.extract.statements.text.stream import Stream

_LONGEST_ADDRESSEE = 6
_FATHA = "\u064e"
_TO_ANOTHER_TOPIC = frozenset(
    f"{joined}{phrase}"
    for joined in ("", "و")
    for phrase in (
        "الي ذلك",
        "من جهه اخري",
        "من جهه ثانيه",
        "من ناحيه اخري",
        "من جانب اخر",
        "في غضون ذلك",
        "علي صعيد اخر",
    )
)


class Parties(msgspec.Struct):
    """The printed speaker and the tokens of the addressee; None where there is none."""

    speaker: Mention | None
    addressee: tuple[int, int] | None = None


def find_parties(stream: Stream, cue: CueAt, opening: Opening, first: int, last: int) -> Parties:
    """Speaker and addressee of a cue whose opening is known. A participle has no speaker of its own."""
    to_whom = "مفعول" in cue.surface.verb.opens
    if opening.frame == "quotation_first":
        return Parties(read_mention(stream, cue.last, last))
    through_it = stream.words[cue.last : cue.last + 2] in (["من", "خلاله"], ["من", "خلالها"])
    if cue.last < last and (through_it or stream.words[cue.last] in words_of("in_it")) and not cue.joined:
        told = read_mention(stream, cue.last + 1, opening.mid_end) if not to_whom else None
        if told is not None and told.end >= opening.mid_end and _is_told_here(stream, cue, told):
            return Parties(told)  # في وقت أكدت فيه أثينا أنها …
        author = author_of(stream, first, cue.at) or who_did(stream, first, cue.at)
        behind = read_mention(stream, cue.last + 1, opening.mid_end)
        to_them = behind is not None and stream.words[behind.first].startswith("لل")  # أوعز من خلالها للاعبين
        return Parties(author or (None if to_them else behind))
    on_it = stream.words[cue.last] if cue.last < last else ""
    if on_it in ("عليها", "عليه") and cue.surface.verb.lemma in lemmas_of("written"):
        holder = read_mention(stream, first + 1, cue.at, tight=True)  # رفع المحتجون لافتات كتب عليها «…»
        return Parties(holder if holder is not None and holder.first == first + 1 else None)
    piece = author_of_piece(stream, first, cue.at) if not cue.participle else None
    if piece is not None:
        return Parties(piece, _addressee(stream, cue.last, opening.mid_end) if to_whom else None)
    if cue.surface.pronoun and stream.words[first] in ("اما", "واما") and opening.mid_end > cue.last:
        behind = read_mention(stream, cue.last, opening.mid_end, tight=True)
        if behind is not None:
            return Parties(behind)  # أما الشركة فاتهمها العمال بكذا
    if cue.participle:
        return Parties(None, _addressee(stream, cue.last, opening.mid_end) if to_whom else None)
    before = (
        subject_of_was(stream, cue, first)
        or who_had_before(stream, cue, first)
        or who_returned(stream, cue, first)
        or who_led_to_it(stream, cue, first)
    )
    if to_whom:
        return _two_parties(stream, cue, opening, before or spoken_before(stream, cue, first))
    if before is not None:
        return Parties(before)
    head = head_that_speaks(stream, cue, first) or set_before(stream, cue, first)
    if head is not None:
        return Parties(head)
    after = opening.mention
    if after is None and "وصف" in cue.surface.verb.opens and _of_relative(stream, cue):
        return Parties(spoken_before(stream, cue, first))
    if after is None and opening.mid_end > cue.last:
        tight = "وصف" in cue.surface.verb.opens
        after = read_mention(stream, cue.last, opening.mid_end, tight=tight)
    after = _before_described(stream, cue, after, opening)
    if after is not None and not _disagrees(cue, after):
        return Parties(_who_tells(stream, after))
    return Parties(spoken_before(stream, cue, first) or after or unlisted_subject(stream, cue, opening))


def _is_told_here(stream: Stream, cue: CueAt, told: Mention) -> bool:
    """Whether who stands behind «فيه» agrees with its verb, and is not whom it is said to (للاعبين)."""
    return told.gender == cue.surface.gender and not stream.words[told.first].startswith("لل")


def _who_tells(stream: Stream, mention: Mention) -> Mention:
    """تطابقت روايات السكان على أن …: whose accounts they are."""
    if stream.words[mention.first] not in words_of("telling") or mention.last < mention.first + 2:
        return mention
    return named_at(stream, mention.first + 1, mention.last) or mention


def _of_relative(stream: Stream, cue: CueAt) -> bool:
    """مستشار الوزير الذي وصف المفاوضات …: the subject is the noun before «الذي», and no noun behind the verb."""
    relative = "التي" if cue.surface.gender == "f" else "الذي"
    return cue.at > 0 and stream.words[cue.at - 1] == relative and not cue.surface.pronoun


def _disagrees(cue: CueAt, mention: Mention) -> bool:
    """Whether a mention after a verb cannot be its subject: a feminine verb before a man."""
    return cue.surface.gender == "f" and mention.gender == "m" and mention.kind == "person"


def _two_parties(stream: Stream, cue: CueAt, opening: Opening, before: Mention | None) -> Parties:
    """دعا S O إلى …: one noun phrase after the verb may be either; agreement and the kind of noun decide."""
    start, end = cue.last, opening.mid_end
    if cue.surface.pronoun:
        return Parties(before or (read_mention(stream, start, end, tight=True) if end > start else None))
    one = read_mention(stream, start, end, tight=True, alone=False) if end > start else None
    if before is not None:
        return Parties(before, _whole(stream, _span(one), end))
    if one is None and _is_subject_by_case(stream, start, end, cue):
        return Parties(Mention(start, end, "person", "short", None, False, end))
    if one is None:
        return Parties(None, _plain(stream, start, end))
    if _asks_many(stream, one):
        one = replace(one, last=one.first + 1, end=one.first + 1, gender=cue.surface.gender)
    elif cue.surface.gender == "f" and one.gender == "m" and stream.words[one.first] not in words_of("quantifier"):
        return Parties(_set_behind_object(stream, one, end), _span(one))
    one = _before_object(stream, one)
    one = _before_described(stream, cue, one, opening) or one
    teller = _behind_outlet(stream, cue, one, end)
    if teller is not None:
        return Parties(teller, _span(one))
    said_in = opens_insertion(stream.words, one.end, end)
    rest = after_insertion(stream, one.end, end) if said_in else one.end
    two = read_mention(stream, rest, end, tight=True) if rest < end else None
    if _in_accusative(stream, one):
        if _ends_in(stream, one.first, _FATHA):
            behind = read_mention(stream, one.first + 1, end, tight=True, alone=False)
            return Parties(behind, (one.first, one.first + 1))
        return Parties(_set_behind_object(stream, one, end), _span(one))
    if two is not None:
        return Parties(one, _whole(stream, _span(two), end))
    if _of_relative(stream, cue):
        return Parties(None, _span(one))
    joined = one.end < end and stream.words[one.end][0] == "و" and is_group_head(stream.words[one.end][1:])
    if cue.surface.verb.lemma in lemmas_of("always_addressed") and one.shape == "group" and (joined or one.end >= end):
        return Parties(None, (one.first, end) if joined else _span(one))
    if _is_addressee(stream, cue, one, opening):
        return Parties(None, _span(one))
    return Parties(one)


def _before_described(stream: Stream, cue: CueAt, one: Mention | None, opening: Opening) -> Mention | None:
    """برر الوزير القرار بأن …, وصفت الصحيفة الاتفاق بـ…: what is described or explained stands last."""
    opens = cue.surface.verb.opens
    if one is None or cue.surface.pronoun or not ("وصف" in opens or "سبب" in opens):
        return one
    last = one.last - 1
    if one.end != opening.mid_end or last <= one.first or (one.kind == "person" and one.shape in ("full", "short")):
        return one
    word, before = stream.words[last], stream.words[last - 1]
    if not (word.startswith("ال") and before.startswith("ال")) or word.endswith(("ي", "يه", "ين", "ون")):
        return one
    if actor_kind(stream.joined(one.first, one.last)) is not None:
        return one  # البيت الأبيض
    if is_name_word(word) or word[2:] in words_of("adjective") or (before.endswith("ه") and word.endswith("ه")):
        return one
    return replace(one, last=last, end=last)


def _is_subject_by_case(stream: Stream, start: int, end: int, cue: CueAt) -> bool:
    """دعا فلان إلى …: one indefinite word without the ا of an object is the subject, though no list knows it."""
    word = stream.words[start] if end == start + 1 else ""
    if not word.isalpha() or len(word) < 4 or cue.surface.form != "perfect" or cue.surface.plural:
        return False
    inflected = word.endswith(("ا", "ه", "ات", "ين", "ون", "ها", "هم", "نا"))
    joined = word.startswith(("ال", "لل", "ب", "ل", "و"))
    return not (inflected or joined or is_grammar(word) or looks_like_masdar(word) or word in words_of("event_noun"))


def _set_behind_object(stream: Stream, told: Mention, end: int) -> Mention | None:
    """اتهمت السائقين لجنة الكراجات, اتهمت الوزير نائبة من المعارضة: the body or the woman behind whom it accuses."""
    word = stream.words[told.end] if told.end < end else ""
    woman = (is_title(word) and looks_feminine(word)) or (is_two_of_them(word) and word.endswith("تان"))
    if word not in words_of("organisation") and not woman:
        return None
    return read_mention(stream, told.end, end, tight=True)


def _in_accusative(stream: Stream, mention: Mention) -> bool:
    """اتهمت السائقين لجنة الكراجات: a sound plural in ين right behind the verb is its object, and never its subject."""
    head = stream.words[mention.first]
    if mention.role is None and _ends_in(stream, mention.first, _FATHA):
        return True  # اتهمَ السائقَ شرطيُّ المرور
    plural = head.startswith("ال") and head.endswith("ين") and len(head) > 6
    return plural and not (is_name_word(head) or is_country(head))


def _ends_in(stream: Stream, i: int, vowel: str) -> bool:
    """Whether the vowel of its case is printed on a word."""
    return vowel in stream.written(i, i + 1)[-2:]


def _behind_outlet(stream: Stream, cue: CueAt, told: Mention, end: int) -> Mention | None:
    """أبلغ «الصحيفة» من قلب العاصمة وكيل الوزارة فلان …: whom an outlet was told by stands behind it."""
    if cue.surface.verb.lemma not in lemmas_of("told_first") or told.first - 1 not in stream.opens:
        return None
    for j in range(told.end, end):
        if is_title(stream.words[j]) or begins_name(stream, j, end):
            return read_mention(stream, j, end, tight=True)
    return None


def _before_object(stream: Stream, mention: Mention) -> Mention:
    """اتهمت نقابة العمال الشركة: a definite group inside a group's mention is the object already."""
    if mention.shape != "group":
        return mention
    first = mention.first
    if mention.last - first == 2 and all(map(is_state, stream.words[first : first + 2])):
        return replace(mention, last=first + 1, end=first + 1)  # اتهمت طهران واشنطن
    if mention.last - first >= 2 and _object_is_next(stream.words[first], stream.words[first + 1]):
        return replace(mention, last=first + 1, end=first + 1)
    for k in range(mention.first + 2, mention.last):
        word = stream.words[k]
        if stream.quote[k] >= 0 or not word.startswith("ال"):
            continue
        if stream.words[k - 1] in words_of("organisation") and not stream.words[k - 1].startswith("ال"):
            continue  # حزب الشعب
        if stream.words[k - 1] in words_of("preposition"):
            continue  # عدد من المواطنين
        if word in words_of("organisation") or word in words_of("addressed"):
            return replace(mention, last=k, end=k)
    return mention


def _asks_many(stream: Stream, mention: Mention) -> bool:
    """ناشدت الأم الخاطفين: behind one in the singular a sound plural is no attribute, but who is asked."""
    if mention.shape not in ("nominal", "group") or mention.last - mention.first < 2:
        return False
    head, word = stream.words[mention.first : mention.first + 2]
    if not (head.startswith("ال") and word.startswith("ال") and word.endswith("ين")) or len(word) < 7:
        return False
    one = head in words_of("one_person") or is_title(head) or head in words_of("organisation")
    return one and not head.endswith(("ون", "ين", "ات")) and head not in words_of("many")


def _object_is_next(head: str, word: str) -> bool:
    """اتهم معارضون الرئيس، دعت واشنطن السلطات: a definite noun that cannot go on behind a plural in ون or a town."""
    if not word.startswith("ال"):
        return False
    if head.endswith("ون") and len(head) > 4 and not head.startswith("ال"):
        return True
    group = word in words_of("organisation") or word[2:] in words_of("feminine_head")
    return group and (head in words_of("capital") or bool(origins([head])) or actor_kind(head) is not None)


def _span(mention: Mention | None) -> tuple[int, int] | None:
    if mention is None:
        return None
    first = mention.role[0] if mention.role is not None and mention.role[0] < mention.first else mention.first
    return first, mention.last


def _is_addressee(stream: Stream, cue: CueAt, mention: Mention, opening: Opening) -> bool:
    """Whether the only noun phrase after دعا/طالب/اتهم is the one spoken to, its subject being dropped."""
    head = stream.words[mention.first]
    if cue.surface.plural and not mention.plural:
        return True  # يحثون المرأة: before its subject a verb is in the singular
    if mention.kind == "person":
        known = mention.shape != "short" or is_name_word(head) or head in stream.names
        return not known and not is_title(head)
    if cue.surface.gender == "m" and not cue.surface.plural and mention.gender == "f":
        return True
    if cue.surface.gender == "f" and mention.gender == "m":
        return True
    if head in words_of("addressed") and cue.surface.form != "imperfect" and not _opens_topic(stream, cue):
        return True
    return cue.surface.plural


def _opens_topic(stream: Stream, cue: CueAt) -> bool:
    """إلى ذلك، وعدت السلطات ببذل …: behind what turns to another topic a verb has its own subject."""
    first = stream.sentence_start[cue.at]
    before = [word for word in stream.words[first : cue.at] if word not in "،,"]
    return not cue.joined and " ".join(before) in _TO_ANOTHER_TOPIC


def _addressee(stream: Stream, start: int, end: int) -> tuple[int, int] | None:
    if start >= end:
        return None
    read = read_mention(stream, start, end, tight=True)
    return _whole(stream, _span(read), end) if read is not None else _plain(stream, start, end)


def _plain(stream: Stream, start: int, end: int) -> tuple[int, int] | None:
    """Words that no list knows, where nothing but the addressee can stand: منافسين، أصحاب معاصر خاصة."""
    words = stream.words[start:end]
    if not words or len(words) > _LONGEST_ADDRESSEE or not all(word.isalpha() for word in words):
        return None
    return None if is_name_word(words[0]) or any(is_grammar(word) for word in words) else (start, end)


def _whole(stream: Stream, span: tuple[int, int] | None, end: int) -> tuple[int, int] | None:
    """The addressee up to the opener, where its last word is indefinite: a construct that is not over yet."""
    if span is None or span[1] >= end or span[1] - span[0] > 1 or stream.words[span[0]].startswith("ال"):
        return span
    return (span[0], end) if _plain(stream, span[1], end) else span
