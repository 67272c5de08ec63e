"""Openings without أن, a colon or marks: bare noun phrases, descriptions, deeds asked for, plain sentences."""

from dataclasses import replace

from app.arabic.names import actor_kind, is_name_word
from app.extract.statements.cues.other_words import is_said_again
from app.extract.statements.cues.verbs import CueAt, surface_at
from app.extract.statements.frames.insertions import after_insertion, set_off
from app.extract.statements.names.authors import author_of_piece
from app.extract.statements.names.in_text import begins_name
from app.extract.statements.names.mentions import named_at, read_mention
from app.extract.statements.text.found import Opening
from app.extract.statements.text.lexicon import lemmas_of, words_of
from app.extract.statements.text.nouns import Mention, is_group_head, is_title, looks_like_masdar
from app.extract.statements.text.stream import Stream


def description(stream: Stream, cue: CueAt, limit: int) -> Opening | None:
    """وصف/اعتبر X بأنه … is a clause; X بـ… and X Y are read here."""
    verb = cue.surface.verb
    if "وصف" not in verb.opens:
        return None
    words = stream.words
    marked = next((j for j in range(cue.last, limit - 1) if words[j] == "ب" and j + 1 in stream.opens), None)
    clause = next((j for j in range(cue.last, limit) if words[j] in words_of("clause_with_b")), limit)
    if clause < (limit if marked is None else marked):
        return Opening("clause", clause, clause)
    with_b = verb.lemma in lemmas_of("described_with_b")
    if marked is not None and with_b:
        return Opening("description", marked + 1, marked)
    for j in range(cue.last, limit if with_b else cue.last):
        if words[j] == "ب" and j + 1 < limit:
            return Opening("description", j + 1, j)
        if (
            words[j].startswith("ب")
            and (len(words[j]) > 4 or words[j] == "بغير")
            and not begins_with_b(words[j])
            and not is_name_word(words[j])
        ):
            return Opening("description", j, j)
    if with_b:
        return None
    if cue.participle:
        return Opening("description", cue.last, cue.last) if limit - cue.last > 1 else None
    mention = read_mention(stream, cue.last, limit, tight=True)
    if mention is None and cue.joined and cue.surface.pronoun and limit - cue.last > 1:  # … واعتبرتها خطوة …
        return Opening("description", cue.last, cue.last) if _may_be_content(stream, cue.last) else None
    if mention is None or mention.end >= limit - 1 or mention.kind == "document":
        return None
    content = after_insertion(stream, mention.end, limit)
    if content >= limit - 1 or (cue.surface.form == "imperfect" and not _judges(stream, cue, mention, content)):
        return None
    return Opening("description", content, content, mention)


def _judges(stream: Stream, cue: CueAt, mention: Mention, content: int) -> bool:
    """Whether an imperfect judges: تعتبر الحكومة الاتفاق ضرورياً does, تعتبر القرية أجمل قرى الساحل does not."""
    head = stream.words[mention.first]
    someone = is_group_head(head) or actor_kind(head) is not None
    return cue.surface.pronoun or (someone and stream.words[content].startswith("ال"))


def noun_phrase(stream: Stream, cue: CueAt, limit: int) -> Opening | None:
    """أعلن، نفى، أكد … with a noun phrase for content, after the subject if one is printed."""
    verb = cue.surface.verb
    if "اسم" not in verb.opens or cue.surface.pronoun:
        return None
    start = cue.last
    if cue.participle:
        while start < limit and stream.words[start] in words_of("adverb"):
            start += 1
        if verb.guard == "again" and not is_said_again(stream, start):
            return None  # تخشى أن يعود مجدداً …
        return Opening("noun", start, start) if start < limit and stream.words[start].isalpha() else None
    in_it = _is_in_it(stream, cue, limit)
    if in_it or author_of_piece(stream, stream.sentence_start[cue.at], cue.at) is not None:
        start += in_it  # نشرت النقابة بياناً أكدت فيه استمرار الإضراب, … بياناً يدين الاعتداء
        return Opening("noun", start, cue.last) if start < limit and _may_be_content(stream, start) else None
    if _object_before(stream, start, limit):
        return Opening("noun", start, start)
    mention = read_mention(stream, start, limit, tight=True) or _behind_adverbs(stream, start, limit)
    if mention is not None and mention.role is not None and mention.role[1] == mention.first:
        mention = _before_deed(stream, mention)
    if mention is not None and verb.stance in _JUDGED:
        mention = _before_what_is_judged(stream, mention, _JUDGED[verb.stance])
    if mention is not None and mention.kind == "organisation":
        mention = _with_attribute(stream, mention, limit)
    begin = mention.end if mention is not None else start
    content = after_insertion(stream, begin, limit)
    if verb.guard == "again" and not is_said_again(stream, content):
        return None
    if content >= limit or not (_may_be_content(stream, content) or _denies_what(stream, cue, content, limit)):
        return None
    if mention is None and content != start and not (set_off(stream, start) or stream.words[content] in _ANY):
        return None
    if verb.guard == "burden":
        burden = next((j for j in range(content, limit) if "مسوولي" in stream.words[j]), content)
        return Opening("noun", burden, burden)  # حمّلت فلانة الإدارة مسؤولية كذا
    return Opening("noun", content, content, mention)


def _is_in_it(stream: Stream, cue: CueAt, limit: int) -> bool:
    """… بياناً أكدت فيه كذا, and neither في الوقت الذي أعلنت فيه الوزارة كذا nor … مقابلة أبدى خلالها فلان كذا."""
    words, at = stream.words, cue.last
    if at + 1 >= limit or words[at] not in words_of("in_it") or words[cue.at - 1] in ("الذي", "التي"):
        return False
    word = words[at + 1]
    somebody = is_title(word) or is_group_head(word) or word in stream.names
    return not (somebody or begins_name(stream, at + 1, limit))


def _before_deed(stream: Stream, mention: Mention) -> Mention:
    """نفى الوزير إقالة المدير فلان: a deed without article behind a definite title is what is said, and no title."""
    words = stream.words
    first, last = mention.role or (mention.first, mention.first)
    for k in range(first + 1, last):
        if words[k - 1].startswith("ال") and not words[k].startswith("ال") and _is_deed(words[k]):
            return replace(mention, first=first, last=k, end=k, shape="nominal", role=None)
    return mention


def _behind_adverbs(stream: Stream, start: int, limit: int) -> Mention | None:
    """وأعلن مساء أمس من المدينة ناطق باسم الوفد مقتل …: circumstances before the subject."""
    at = after_insertion(stream, start, limit)
    if at == start or at >= limit or not (is_title(stream.words[at]) or is_group_head(stream.words[at])):
        return None
    return read_mention(stream, at, limit, tight=True)


def _object_before(stream: Stream, start: int, limit: int) -> bool:
    """وأكد صحة الخبر مصدر ملاحي: what is confirmed stands before who confirms it."""
    head, *further = stream.words[start : min(limit, start + 3)] or [""]
    if head not in words_of("content_noun") or len(further) < 2:
        return False
    return further[0].startswith("ال") and further[1] in words_of("source")


def _with_attribute(stream: Stream, mention: Mention, limit: int) -> Mention:
    """أعلنت اللجنة المشرفة على الترميم بدء …: an attribute and its phrase are the subject's, up to a deed."""
    words, at = stream.words, mention.end
    attribute = at + 1 < limit and words[at].startswith("ال") and words[at + 1] in words_of("preposition")
    if at >= limit or at != mention.last or not (attribute or words[at].startswith("لل")):
        return mention
    for j in range(at + 2, limit - 1):
        if not words[j].isalpha():
            return mention
        before = words[j - 1]
        if _is_deed(words[j]) and not (before in words_of("preposition") or _is_deed(before)):
            return replace(mention, last=j, end=j)
    return mention


def _is_deed(word: str) -> bool:
    return looks_like_masdar(word) or word in words_of("content_noun")


# Words that are what is denied, condemned or praised, and no part of the name before them.
_JUDGED = {"deny": "denied", "condemn": "denied", "welcome": "praised"}


def _before_what_is_judged(stream: Stream, mention: Mention, group: str) -> Mention:
    """نفى مصدر أمني صحة الأنباء, حيّا القائد صمود الأهالي: what is denied or praised is no part of who does so."""
    words = stream.words
    if mention.role is not None and mention.role[1] == mention.first and words[mention.first] in words_of(group):
        first, end = mention.role  # حيّا القائد صمود …: no name, though صمود is one
        return replace(mention, first=first, last=end, end=end, shape="nominal", role=None)
    for k in range(mention.first + 1, mention.end):
        of_tidings = words[k] == "صحه" and k + 1 < len(words) and words[k + 1] in words_of("tidings_denied")
        if of_tidings or words[k] in words_of(group):
            return replace(mention, last=k, end=k)
    return mention


def deed(stream: Stream, cue: CueAt, limit: int) -> Opening | None:
    """ناشدت الهيئة المنظمات إرسال …: what somebody is asked to do stands right behind the one who is asked."""
    if "مصدر" not in cue.surface.verb.opens:
        return None
    end = cue.last
    for _ in range(2):
        party = read_mention(stream, after_insertion(stream, end, limit), limit, tight=True, alone=False)
        if party is None or looks_like_masdar(stream.words[party.first].removeprefix("ال")):
            break
        end = _before_asked(stream, party)
    if end == cue.last or end >= limit - 1 or not _may_be_content(stream, end):
        return None
    if stream.words[end].startswith("ال") and not looks_like_masdar(stream.words[end][2:]):
        return None
    return Opening("noun", end, end)


def _before_asked(stream: Stream, party: Mention) -> int:
    """ناشدت الأم الخاطفين الإفراج عن …: where a definite deed with its preposition ends who is asked."""
    words = stream.words
    for k in range(party.first + 1, party.end):
        deed = (
            words[k].startswith("ال") and looks_like_masdar(words[k][2:]) and words[k] not in words_of("organisation")
        )
        if deed and (words[k + 1] in words_of("preposition") or words[k + 1].startswith("بال")):
            return k
    return party.end


def request(stream: Stream, cue: CueAt, limit: int) -> Opening | None:
    """طلبت المنظمة من السلطات فتح الطريق, وطلب دعماً عاجلاً: what is asked for, of whom or not."""
    if "طلب" not in cue.surface.verb.opens or cue.surface.pronoun:
        return None
    mention = read_mention(stream, cue.last, limit, tight=True)
    at = mention.end if mention is not None else cue.last
    of_him = stream.words[cue.at - 1] in words_of("who_is") if cue.at else False
    if mention is None and not of_him and not (cue.joined and cue.surface.form == "perfect"):
        return None
    asked = None
    if mention is not None and at + 2 < limit and stream.words[at] == "في" and stream.words[at + 2] == "من":
        at += 2  # طلبت شرطة المرور في المدينة من السائقين …
    if at < limit and stream.words[at] == "من":
        asked = read_mention(stream, at + 1, limit, tight=True)
        at = asked.end if asked is not None else limit
    if at >= limit or not _may_be_content(stream, at) or stream.words[at].startswith("ال"):
        return None
    word = stream.words[at]
    deed = looks_like_masdar(word) or word in words_of("content_noun") or word in words_of("requested")
    noun = word[0] not in "يتس" and asked is not None
    if cue.surface.form != "perfect" and not (deed and asked is not None):
        return None
    return Opening("noun", at, at) if noun or deed else None


_ANY = ("اي", "ايه")
_WHATEVER = ("ما", *_ANY)


def _denies_what(stream: Stream, cue: CueAt, i: int, limit: int) -> bool:
    """نفى ما تردد عن …, استنكر ما وصفه بـ…, أنكر أي صلة: with ما for what others say or do, or أي."""
    return cue.surface.verb.stance in ("deny", "condemn") and stream.words[i] in _WHATEVER and i + 2 < limit


def _may_be_content(stream: Stream, i: int) -> bool:
    word, reading = stream.words[i], surface_at(stream, i)  # أكد رفضه looks like a verb and its object
    return (
        word.isalpha()
        and len(word) > 2
        and not word.startswith("وال")
        and word not in words_of("preposition")
        and word not in words_of("relative")
        and word not in words_of("complementizer")
        and (reading is None or reading[0].pronoun or word in words_of("said_again"))
    )


def bare_sentence(stream: Stream, cue: CueAt, limit: int) -> Opening | None:
    """وأضاف with a plain sentence after it, no أن and no marks."""
    if "جملة" not in cue.surface.verb.opens or not cue.joined or cue.surface.form != "perfect":
        return None
    if limit - cue.last < 4 or cue.surface.verb.guard == "weak":
        return None
    mention = named_at(stream, cue.last, limit, tight=True)
    if mention is not None and mention.end < limit - 2 and _is_known(stream, mention):
        return Opening("bare", mention.end, mention.end, mention)
    if "الي" in stream.words[cue.last : cue.last + 1 + is_title(stream.words[cue.last])]:
        return None  # وأضاف إلى الحقيبة ضماداً
    if _is_added(stream, cue.last) or _is_added_to(stream.words[cue.last : min(limit, cue.last + _TO_WHAT)]):
        return None
    return Opening("bare", cue.last, cue.last)


def _is_added(stream: Stream, i: int) -> bool:
    """وأضافت حاجزين جديدين, وأضاف هدفاً ثانياً: an indefinite object and its attribute, a thing that is added."""
    pair = stream.words[i : i + 2]
    if any(word in words_of("numeral") for word in pair):  # وأضافت البلدية ستة مواقف
        return True
    if all(word.endswith("ين") and not word.startswith("ال") for word in pair):
        return True
    return all(word.endswith("ا") and stream.written(i + k, i + k + 1)[-2:] in _TANWIN for k, word in enumerate(pair))


def _is_added_to(words: list[str]) -> bool:
    """وأضافت البلدية ستة مواقف إلى وسط البلدة: so many things that are added to others."""
    counted = any(word.isdigit() or word in words_of("numeral") for word in words[:3])
    return counted and "الي" in words


_TO_WHAT = 9  # tokens
_TANWIN = ("اً", "ًا")


def _is_known(stream: Stream, mention: Mention) -> bool:
    """وأضاف البيان كما …, وأضاف الخطيب لقد …: a subject that can be told from the words that are said."""
    if mention.kind == "document":
        return stream.words[mention.first].startswith("ال") and mention.last == mention.first + 1
    return mention.shape == "full" or all(w in stream.names for w in stream.words[mention.first : mention.last])


def begins_with_b(word: str) -> bool:
    """Whether ب is a letter of the word, or the word an adverb: برنامج, برنامجهم, بالفعل."""
    known = words_of("not_governed_b")
    return word in known or any(word.endswith(end) and word[: -len(end)] in known for end in ("ها", "هم", "ه"))
