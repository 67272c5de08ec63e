"""Mentions: who is named in a stretch of words, with name and role told apart."""

from dataclasses import replace

from app.arabic.kept import kept
from app.arabic.names import given_names, is_name_word, kunya_words
from app.extract.statements.names.before_speaker import skip_insertions
from app.extract.statements.names.counted import counted_people
from app.extract.statements.names.in_marks import bodies_in_marks, in_brackets, quoted_name
from app.extract.statements.names.in_text import bare, begins_name
from app.extract.statements.names.initials import lettered
from app.extract.statements.names.issuers import issuer_of
from app.extract.statements.names.kinds import kind_of_phrase
from app.extract.statements.names.open_phrases import loose_end
from app.extract.statements.names.persons import read_person
from app.extract.statements.names.phrases import tight_end
from app.extract.statements.names.together import may_be_many, named_together, with_others
from app.extract.statements.text.lexicon import surfaces, words_of
from app.extract.statements.text.nouns import (
    Mention,
    are_people_of,
    is_annexed_people,
    is_dual_title,
    is_grammar,
    is_speaker_head,
    is_state,
    is_title,
    is_two_of_them,
    looks_feminine,
    looks_like_masdar,
)
from app.extract.statements.text.stream import Stream

_LONGEST_TITLE = 6
_HOUSE, _SON, _FROM_ME = "ال", "ابن", "مني"
_NO_SPEAKERS = (
    "complementizer",
    "relative",
    "clause_start",
    "negation",
    "question",
    "pronoun",
    "fixed_object",
    "event_noun",
    "his_telling",
)


def read_mention(stream: Stream, first: int, last: int, *, tight: bool = False, alone: bool = True) -> Mention | None:
    """The speaker named at the beginning of tokens `first` to `last`, insertions skipped; None when there is none.

    `tight`: the words after the speaker may be the content itself, so a noun phrase ends where its grammar does,
    and a first word that no speaker begins with is refused. Not `alone`: an addressee may follow the speaker.
    """
    counted = counted_people(stream, first, last) if first < last and _may_count(stream.words[first]) else None
    if counted is not None:
        return counted
    start = skip_insertions(stream, first, last)
    return named_at(stream, start, last, tight=tight, alone=alone)


@kept
def _may_count(word: str) -> bool:
    return any((word.isdigit(), word in words_of("counting"), word in words_of("numeral"), word in words_of("about")))


def named_at(stream: Stream, start: int, last: int, *, tight: bool = False, alone: bool = True) -> Mention | None:
    """Like `read_mention`, for a speaker that begins at token `start` itself."""
    if start >= last:
        return None
    by_letters = lettered(stream, start, last)
    if by_letters is not None:
        return by_letters
    word = stream.words[start]
    if _seldom_begins(word) and not _may_begin(stream, start, last):
        return None
    if word in ("كل", "كلا") and start + 2 < last and stream.words[start + 1] == "من":
        together = named_together(stream, start, last)  # قال كل من فلان وعلان
        return together or named_at(stream, start + 2, last, tight=tight, alone=alone)
    by_head = _told_by_head(stream, start, last) if _tells_by_itself(word) else None
    if by_head is not None:
        return by_head
    mention = in_brackets(stream, start, last) or read_person(stream, start, last, tight, alone)
    if mention is not None and _leads_with_l(stream, mention):
        mention = replace(mention, conjunction=True)
    if mention is not None and not tight and alone:
        return with_others(stream, mention, last)
    return mention or _noun_phrase(stream, start, last, tight)


@kept
def _tells_by_itself(word: str) -> bool:
    """Whether a folded word can be the first of several persons, of a house, or a title of one name."""
    return word in (_HOUSE, _SON) or any((may_be_many(word), word in words_of("both"), word in words_of("honorific")))


def _told_by_head(stream: Stream, start: int, last: int) -> Mention | None:
    """Who is told by such a word: الكاتبان فلان وعلان، كلاهما، آل فلان، ابن فلان، المهندس الفلاني."""
    together = named_together(stream, start, last)
    if together is not None:
        return together
    word = stream.words[start]
    if word in words_of("both"):
        return Mention(start, start + 1, "person", "nominal", None, True, start + 1)
    if _is_house(stream, start, last) or _is_son(stream, start, last):
        return Mention(start, start + 2, "person", "short", None, False, start + 2)
    if word in words_of("honorific") and start + 1 < last and stream.words[start + 1] in stream.names:
        known = not begins_name(stream, start + 1, last, titled=True)
        if known and stream.words[start + 1].startswith("ال") and _is_family_name(stream, start + 1, start + 2):
            return _titled_family(stream, start, last)  # ورفع المهندس الفلاني شكره للأمير فلان
    return None


def _leads_with_l(stream: Stream, mention: Mention) -> bool:
    """والكلام لأم فلان، المعروف بأبي فلان: a kunya behind ل or ب, which is written with it."""
    word = stream.words[mention.first]
    return mention.kind == "person" and word[0] in "لب" and word[1:] in kunya_words()


def _is_house(stream: Stream, i: int, last: int) -> bool:
    """وأضاف آل الشيخ: a family name of two words."""
    return stream.words[i] == _HOUSE and i + 1 < last and stream.words[i + 1].isalpha()


def _is_son(stream: Stream, i: int, last: int) -> bool:
    """وأضاف ابن بيّان: a short name, where the text has his full one (عبدالله بن بيّان)."""
    return stream.words[i] == _SON and i + 1 < last and f" بن {stream.words[i + 1]}" in stream.text


def _may_begin(stream: Stream, i: int, last: int) -> bool:
    word = stream.words[i]
    if word in words_of("preposition") and not begins_name(stream, i, last):
        return False
    if word == _FROM_ME and stream.written(i, i + 1)[-1] == "ي":
        return False  # طلبت مني أن أعود: منى is written otherwise
    return not _never_begins(word)


@kept
def _seldom_begins(word: str) -> bool:
    """Whether a closer look is needed to tell that a speaker begins with a folded word; with most he may."""
    return word == _FROM_ME or word in words_of("preposition") or _never_begins(word)


@kept
def _never_begins(word: str) -> bool:
    """Words that no speaker begins with: أن, الذي, a pronoun, a verb of saying (قال أؤكد أن …)."""
    if word in ("ما", "من", "بدلا", "لمن") or any(word in words_of(group) for group in _NO_SPEAKERS):
        return True
    said = word in surfaces() or (word[0] == "ا" and "ي" + word[1:] in surfaces())
    return said and not is_speaker_head(word)


def _noun_phrase(stream: Stream, start: int, last: int, tight: bool) -> Mention | None:
    """An organisation, a group, a document, a short name or a noun that points back."""
    words = stream.words
    if start in stream.opens and not stream.opens[start].round:
        quote = stream.opens[start]
        if quote.close - start > 6 or quote.close >= last:
            return None
        if is_title(words[start + 1]) and words[start + 1].startswith("ال"):
            return Mention(start + 1, quote.close, "person", "nominal", "m", False, quote.close + 1)
        if words[start + 1] in stream.names or begins_name(stream, start + 1, quote.close):
            return Mention(start + 1, quote.close, "person", "short", None, False, quote.close + 1)
        end = quote.close + 1
        while end < last and words[end].startswith("ال") and words[end].endswith(("ي", "يه")):
            end += 1
        return Mention(start + 1, quote.close, "organisation", "group", None, False, end)
    head = words[start]
    bodies = bodies_in_marks(stream, start, last)
    if bodies is not None:
        return bodies
    if not _may_be_noun(head):
        return None
    tells = bare(head) in words_of("information") and head not in stream.names
    of_report = tells and start + 1 < last and _is_report(stream.words[start + 1])
    if of_report:
        return named_at(stream, start + 1, last, tight=tight)  # نتائج التقرير
    if not is_speaker_head(head) and (tight or not _may_be_unknown(stream, start, last)):
        return None
    if is_title(head) and start + 1 in stream.opens:
        quoted = quoted_name(stream, start, last)
        if quoted is not None:
            return quoted
    known = is_title(head) and start + 1 < last and stream.words[start + 1] in stream.names
    known = known or start in stream.short_titles
    if (known or head in words_of("honorific")) and start + 1 < last and _is_family_name(stream, start + 1, start + 2):
        return _titled_family(stream, start, last)
    if tells or head in words_of("document") or head in words_of("tidings"):
        issuer = issuer_of(stream, start, last, tight)
        if issuer is not None:
            return issuer
    end = tight_end(stream, start, last) if tight else loose_end(stream, start, last)
    if end - start >= 2 and is_title(head) and _is_family_name(stream, start + 1, end):
        return _titled_family(stream, start, last)
    end = _with_town(stream, start, end, last)
    kind, shape = kind_of_phrase(stream, start, end)
    if kind == "organisation" and shape == "group" and _is_deed(stream, start, end):
        return None
    plural = (head.endswith(("ون", "وا")) and len(head) > 4) or head in words_of("many")
    plural = plural or are_people_of(head)
    plural = plural or (kind == "anonymous" and is_annexed_people(head))
    plural = plural or (kind == "person" and is_dual_title(head)) or is_two_of_them(head)
    gender: str | None = "f" if looks_feminine(head) else "m"
    if kind == "organisation" and is_state(head):
        gender = "m" if head in words_of("masculine_state") else "f"
    elif shape == "short":
        gender = given_names().get(head, "mf").replace("mf", "") or None
    if _is_counted(stream, start):
        return Mention(start - 1, end, "anonymous", "group", gender, True, end)
    return Mention(start, end, kind, shape, gender, plural, end)


@kept
def _may_be_noun(word: str) -> bool:
    """Whether a folded word can be the first of a noun phrase by its letters: not بوضوح, بالمجلس, وهذا."""
    if not word.isalpha() or len(word) < 2 or word.startswith("بال") or word[1:] in words_of("demonstrative"):
        return False
    known = word in words_of("tidings") or is_speaker_head(word) or is_name_word(word) or is_title(word)
    return word[0] != "ب" or known


def _is_counted(stream: Stream, start: int) -> bool:
    """وطالبت 12 منظمة بكذا: a number between the verb and an indefinite noun belongs to it."""
    if start < 2 or not stream.words[start - 1].isdigit() or stream.words[start].startswith("ال"):
        return False
    return stream.readings[start - 2] is not None


def _titled_family(stream: Stream, start: int, last: int) -> Mention:
    """الدكتور الفلاني، الدكتور الفلاني أستاذ العلوم: a title and the one word of a name behind it."""
    gender = None if start in stream.short_titles else "f" if looks_feminine(stream.words[start]) else "m"
    return Mention(start + 1, start + 2, "person", "short", gender, False, start + 2, (start, start + 1))


def _is_family_name(stream: Stream, i: int, end: int) -> bool:
    """الرئيس الغانم: whether the one word behind a title is a name and no adjective of it."""
    word, title = stream.words[i], stream.words[i - 1]
    if not word.isalpha() or i + 1 < end or not title.startswith("ال") or is_title(word) or is_grammar(word):
        return False
    if word in stream.names or bare(word) in stream.names:
        return True
    if word.startswith("ال") and i - 1 in stream.short_titles:
        return True
    if word.startswith("ال"):
        return title in words_of("honorific") and is_name_word(word) and not word.endswith(("ي", "يه"))
    if is_name_word(word):
        return True
    his_own = stream.written(i, i + 1)[-1] == "ه"  # علل القاضي قراره
    return title in words_of("honorific") and not looks_like_masdar(word) and not his_own


def _may_be_unknown(stream: Stream, start: int, last: int) -> bool:
    """Whether a first word that no list knows may still name a speaker: one or two words, or a definite construct."""
    words = stream.words
    if words[start].endswith("ا") or words[start].isdigit():
        return False
    end = loose_end(stream, start, last)
    return end - start <= 2 or end >= last or words[start + 1].startswith("ال")


def _with_town(stream: Stream, start: int, end: int, last: int) -> int:
    """المجلس المحلي في مدينة كذا: every town has one, so its name goes on to the town."""
    words = stream.words
    if end - start != 2 or words[start] not in words_of("local_body") or words[start + 1] not in words_of("local_of"):
        return end
    if end + 1 >= last or words[end] != "في" or words[end + 1] in words_of("occasion"):
        return end
    town = end + 2 if words[end + 1] in words_of("place_head") and end + 2 < last else end + 1
    whole = words[town] in words_of("compound_place") and town + 1 < last and words[town + 1].isalpha()
    return town + 2 if whole and not is_grammar(words[town + 1]) else town + 1


def _is_report(word: str) -> bool:
    """Whether figures and results can be a report's: نتائج التقرير, أرقام استبيان."""
    return word in words_of("document") or bare(word) in words_of("information")


def _is_deed(stream: Stream, start: int, end: int) -> bool:
    """أكد وجود خلاف، أعلن سيطرة الجيش: an unknown noun in a construct is what is said, and nobody who says it."""
    head = stream.words[start]
    if is_speaker_head(head) or head.endswith(("ون", "و")) or end - start < 2:
        return False
    return stream.words[start + 1].startswith("ال") or looks_like_masdar(head) or head.endswith("ه")
