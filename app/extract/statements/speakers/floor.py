"""The floor: who has it when a sentence begins, who speaks at each of its cues, and who keeps it afterwards."""

from app.corpus.fields import Resolution
from app.extract.statements.cues.verbs import surface_at
from app.extract.statements.names.in_text import bare
from app.extract.statements.speakers.coreference import Place, Speakers
from app.extract.statements.speakers.speaker import Speaker
from app.extract.statements.speakers.told_of import told_of_before
from app.extract.statements.speakers.topics import (
    can_be_subject,
    main_subject,
    subject_of_sentence,
    who_is_asked,
)
from app.extract.statements.text.found import Found
from app.extract.statements.text.lexicon import lemmas_of, words_of
from app.extract.statements.text.nouns import Mention, is_grammar, is_plausible
from app.extract.statements.text.stream import Stream

_LONGEST_SUBJECT = 12  # tokens
_BARE_THAT = frozenset(["ان", "بان", "وان", "فان", "لان"])


def name_topic(stream: Stream, speakers: Speakers, found: list[Found], first: int, last: int) -> None:
    """The subject of the sentence's first verb speaks where a cue behind it names nobody."""
    if not found:
        speakers.unheard.append((first, last))
        return
    catch_up(stream, speakers)
    lead = found[0]
    main = main_subject(stream, first, lead.clause, groups=lead.mention is None)
    if main is None or (lead.mention is not None and lead.mention.first <= main.last):
        return
    agrees = can_be_subject(main, lead)
    of_document = main.kind == "document" or main.document is not None
    if (
        lead.participle
        and (main.shape == "full" or of_document or agrees)
        and (lead.gender != "f" or main.gender == "f")
    ):
        lead.mention = main
    if lead.participle or main.shape == "full" or agrees:
        speakers.mention(main, spoke=False)
        asked = who_is_asked(stream, main, first, lead.clause) if lead.lemma in lemmas_of("answers") else None
        if asked is not None and can_be_subject(asked, lead):
            speakers.mention(asked, spoke=False)


def catch_up(stream: Stream, speakers: Speakers) -> None:
    """Reads the subjects of the sentences that reported nothing: only now may one of them be who speaks."""
    for first, last in speakers.unheard:
        subject = subject_of_sentence(stream, first, last)
        if subject is None:
            continue
        if subject.sure:
            asked = who_is_asked(stream, subject.mention, first, last)
            speaker = speakers.mention(subject.mention, spoke=asked is not None)[0]
            if asked is not None:
                speakers.mention(asked, spoke=False)
            _remember_published(stream, speakers, speaker, first, subject.mention)
        elif _is_body(subject.mention) and is_plausible(stream, subject.mention):
            speakers.acted(subject.mention)
            if stream.words[first] in words_of("published"):
                speaker = speakers.mention(subject.mention, spoke=False, place="aside")[0]
                _remember_published(stream, speakers, speaker, first, subject.mention)
    speakers.unheard.clear()


def _remember_published(stream: Stream, speakers: Speakers, speaker: Speaker, first: int, subject: Mention) -> None:
    """أصدرت النقابة بياناً: from now on البيان is hers."""
    if stream.words[first] not in words_of("published") or subject.end >= len(stream.words):
        return
    document = stream.words[subject.end].removesuffix("ا")
    if document in words_of("document"):
        speakers.issued(document, speaker)


def _is_body(mention: Mention) -> bool:
    """An organisation, or people in the plural: اعتصم سائقو الحافلات …، وقالوا."""
    return mention.kind == "organisation" or (mention.kind == "anonymous" and mention.plural)


def learn_gender(item: Found, speaker: Speaker) -> None:
    """وقالت فلانة: the verb before a person says what no list of names does, and more than «نائب المدير»."""
    if item.mention is None or item.cue is None or item.plural or item.form not in ("perfect", "imperfect"):
        return
    if speaker.kind == "person" and item.mention.first >= item.cue[1] and (item.gender == "f" or not speaker.gender):
        speaker.gender = item.gender


def remember_document(stream: Stream, speakers: Speakers, item: Found, speaker: Speaker) -> None:
    """قال الجيش في بيان …: from now on البيان is the army's."""
    if speaker.kind == "document":
        return
    for first, last in item.around:
        for i in range(first, last - 1):
            if stream.words[i] == "في" and stream.words[i + 1] in words_of("document"):
                speakers.issued(bare(stream.words[i + 1]), speaker)


def needs_speaker(item: Found) -> bool:
    """Whether a cue says nothing when nobody is there to say it: things call for, show and point to as well."""
    if item.mention is not None:
        return False
    return item.form == "imperfect" or item.frame in ("noun", "preposition", "description", "tail")


def _is_speech(stream: Stream, item: Found) -> bool:
    """يقول: «…»: what stands in marks behind a verb of speech is said by somebody."""
    in_marks = item.content[0] - 1 in stream.opens and item.frame in ("colon", "quotation", "quotation_first")
    return in_marks and not item.plural and item.lemma in lemmas_of("speaks_aside")


def _answers(stream: Stream, item: Found) -> bool:
    """فقال له: «…», فأجابه: «…», فقال: «…»: whether words that name nobody are said back to who spoke last."""
    if item.cue is None or item.participle or item.plural or item.frame not in ("colon", "quotation"):
        return False
    at = item.cue[0]
    word, behind = stream.words[at], stream.words[at + 1]
    if behind in words_of("spoken_to") or (item.lemma in lemmas_of("answers") and word.endswith(("ه", "ها"))):
        return True
    return word[0] == "ف" and item.lemma in lemmas_of("replies") and stream.sentence_start[at] == at


def who_speaks(
    stream: Stream, speakers: Speakers, item: Found, previous: Speaker | None = None, asked: Mention | None = None
) -> tuple[Speaker | None, Resolution, str]:
    """Who says an item, how that is known, and the reason in words.

    `previous` is who said the one before it in the same sentence, `asked` who was asked there.
    """
    if item.mention is not None:
        speaker, how = speakers.mention(item.mention, place=_place(stream, item))
        return speaker, how, "named with the cue" if how == "explicit" else f"{how}: {speaker.name}"
    if asked is not None:
        return speakers.mention(asked)[0], "dropped_subject", "who was asked before answers"
    if (
        item.participle
        and previous is not None
        and (previous.agrees(item.gender, item.plural) or not _clashes(previous, item))
    ):
        return previous, "participle", "the participle's subject is the main verb's"
    word = stream.words[item.cue[0]] if item.cue is not None else ""
    if previous is None and _may_be_writer(stream, item):
        return None, "unresolved", "the writer may speak of himself"
    dual = item.plural and item.form == "perfect" and word.endswith("ا") and not word.endswith("وا")
    if _behind_its_noun(stream, item):
        return None, "unresolved", "the word before the verb is its subject, and nobody known"
    other = speakers.answers(item.gender) if _answers(stream, item) else None
    if other is not None:
        return other, "dropped_subject", "of two who talk to each other, the one who did not speak last"
    carried = speakers.dropped(item.gender, item.plural, item.content[0], dual=dual, aside=item.nested)
    if carried is None and _is_speech(stream, item):
        later = speakers.named_next(item.gender, item.content[1])
        if later is not None:
            return later, "dropped_subject", "the only person named next"
    if carried is None and item.form == "perfect" and item.cue is not None:
        told = told_of_before(stream, item.cue[0], item.gender, item.plural)
        if told is not None:
            return speakers.mention(told)[0], "dropped_subject", "whom the words before tell of"
    if carried is None:
        return None, "unresolved", "no speaker before agrees in gender and number"
    if item.participle:
        return carried, "participle", "the participle's subject is the last speaker"
    return carried, "dropped_subject", "the verb's subject is the last speaker that agrees"


def _clashes(speaker: Speaker, item: Found) -> bool:
    """Whether a participle cannot be his: of several a person's or a document's, of one man several people's."""
    if item.plural:
        return speaker.kind in ("person", "document")
    return speaker.kind == "person" or (speaker.plural and item.gender == "m")


def _behind_its_noun(stream: Stream, item: Found) -> bool:
    """رسالة من مجهول تفيد بأن …, لسان الحال يقول …: a present right behind a noun has it for its subject.

    So has a past whose clause begins with أن (أن مقاتلاً في الفصيل تعهد بكذا).
    """
    if item.cue is None or item.participle:
        return False
    at = item.cue[0]
    if item.form == "perfect":
        return item.nested and item.frame != "relay" and _in_clause_of_noun(stream, at, item.content[0])
    if item.plural:
        return False
    before, reading = stream.words[at - 1], surface_at(stream, at)
    if reading is None or reading[1] or stream.sentence_start[at] == at or not before.isalpha() or len(before) < 3:
        return False
    if is_grammar(before) or stream.readings[at - 1] is not None or before[0] in "يت":
        return False
    return not any(before in words_of(group) for group in ("reset", "was", "begins_to", "pronoun", "same", "day"))


def _in_clause_of_noun(stream: Stream, at: int, content: int) -> bool:
    """Whether nothing but a noun phrase stands between أن and the verb at `at`, which tells of it."""
    words = stream.words
    if stream.readings[at] is None or words[at][0] in "وف" or words[content] in words_of("complementizer"):
        return False  # شحنة أسلحة قال إنها …
    for i in range(at - 1, max(stream.sentence_start[at], at - _LONGEST_SUBJECT), -1):
        if words[i] in _BARE_THAT:
            return at - i > 1 and words[i + 1] not in words_of("preposition")
        grammar = is_grammar(words[i]) and (words[i] not in words_of("preposition") or words[i] == "حيث")
        if not words[i].isalpha() or grammar:
            return False
    return False


def _may_be_writer(stream: Stream, item: Found) -> bool:
    """غير أني أستبعد …; أعتقد at the head of a sentence or with its hamza, but not in what is said (وتابع أعتقد)."""
    if item.cue is None:
        return False
    at = item.cue[0]
    if stream.words[at - 1].endswith("ني") and stream.words[at - 1] in words_of("i_that"):
        return True
    before = surface_at(stream, at - 1)
    said = before is not None and before[0].verb.lemma in lemmas_of("without_object")
    if said or stream.words[at] not in words_of("own_voice"):
        return False
    return "أ" in stream.written(*item.cue) or stream.sentence_start[at] == at


def holds_floor(stream: Stream, item: Found) -> bool:
    """Whether a statement's speaker goes on: not one quoted by another, unless his verb opens the main clause.

    «وبينما أفادت مصادر بكذا، حذر فلان الفلاني من …»
    """
    if not item.nested:
        return True
    full = item.mention is not None and item.mention.shape == "full"
    return full and item.cue is not None and stream.words[item.cue[0] - 1] in "،,"


def _place(stream: Stream, item: Found) -> Place:
    """Where a printed speaker stands from now on: an outlet behind its words seldom goes on speaking."""
    if not holds_floor(stream, item):
        return "aside"
    in_passing = item.mention is not None and stream.words[item.mention.first] in words_of("channel")
    return "below" if item.frame == "tail" and in_passing else "top"
