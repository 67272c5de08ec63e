"""Doubts: readings of a cue that report nothing, told by what stands as its subject."""

from itertools import pairwise

from app.extract.statements.cues.verbs import CueAt
from app.extract.statements.names.in_text import begins_name
from app.extract.statements.text.found import Opening
from app.extract.statements.text.lexicon import lemmas_of, words_of
from app.extract.statements.text.nouns import Mention, is_grammar, is_group_head, is_plausible, is_title
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import Watched

_NAME = 5  # tokens
_NOT = Watched(lambda: ("ليس", "وليس", "غير"))
_THAT = ("هذا", "هذه", "ذلك", "تلك")


def says_nothing(cue: CueAt, opening: Opening) -> bool:
    """An imperfect without a subject of its own: passive before أن, or a thing that shows and calls for."""
    surface = cue.surface
    if surface.form != "imperfect":
        return False
    if may_be_passive(cue, opening) and opening.frame == "clause" and opening.mid_end <= cue.last:
        return True
    return not cue.joined and opening.frame in ("noun", "preposition", "description")


def may_be_passive(cue: CueAt, opening: Opening) -> bool:
    """يُعتقد أن, يُتوقع أن: only he may be nobody (وترى أن has a subject), and nobody's view is told with يُرى أن."""
    surface = cue.surface
    if surface.verb.guard != "impersonal" or opening.frame != "clause" or surface.plural:
        return surface.verb.guard == "impersonal"
    return surface.gender == "m" and surface.verb.lemma not in lemmas_of("seldom_passive")


def thing_shows(stream: Stream, cue: CueAt) -> bool:
    """ويشير هذا القرار إلى …: a thing that is pointed at shows something, nobody says it."""
    if cue.surface.form != "imperfect" or cue.last + 1 >= len(stream.words):
        return False
    thing = stream.words[cue.last + 1]
    return stream.words[cue.last] in ("هذا", "هذه") and not (is_group_head(thing) or is_title(thing))


def points(stream: Stream, cue: CueAt, opening: Opening) -> bool:
    """أشار بيده إلى …, وهو يشير إلى كومة حجارة: a gesture, and nothing said."""
    if cue.surface.verb.lemma == "كتب" and stream.words[cue.last] == "علي":
        return opening.mid_end <= cue.last + _NAME and stream.words[cue.last + 1] in words_of("written_on")
    if cue.surface.verb.lemma == "لوّح" and opening.frame == "preposition":
        waved = stream.words[opening.content].removeprefix("ب").removeprefix("ال") in words_of("waved")
        return waved or stream.words[cue.last : cue.last + 2] == ["في", "الافق"]
    if cue.surface.verb.lemma != "أشار" or opening.frame != "preposition":
        return False
    between = stream.words[cue.last : opening.content]
    if "الجزاء" in stream.words[opening.content : opening.content + 2]:  # the referee
        return True
    if stream.words[opening.content] in words_of("pointed_at") or any(w in words_of("gesture") for w in between):
        return True
    return cue.at > 0 and stream.words[cue.at - 1] in words_of("who_is")


def is_fiction(stream: Stream, first: int, verb: int, mention: Mention | None) -> bool:
    """في المشهد الأخير يعترف القاتل بجريمته: what nobody's name says in a work of fiction."""
    if mention is None or mention.shape == "full":
        return False
    works = stream.where(words_of("fiction"), first + 1, verb)
    return any(stream.words[i - 1] in words_of("in_fiction") for i in works)


def remembers(stream: Stream, cue: CueAt, mention: Mention | None) -> bool:
    """تذكر سالم أنه …: he remembers, where تذكر فلانة أنه … is what she says."""
    him = mention is not None and mention.kind == "person" and mention.gender == "m" and mention.first >= cue.last
    return him and stream.words[cue.at].removeprefix("و") == "تذكر" and cue.surface.form == "imperfect"


def thing_that(stream: Stream, cue: CueAt, opening: Opening) -> bool:
    """الأزمة التي تهدد وحدة البلاد: the verb of a thing's own relative clause, and no speech."""
    phrase = opening.frame in ("noun", "preposition", "description")
    own = cue.surface.gender == "f" and not cue.surface.plural and not cue.joined
    return phrase and own and cue.at > 0 and stream.words[cue.at - 1] == "التي"


def lays_bare(stream: Stream, cue: CueAt, opening: Opening) -> bool:
    """وكشفت أعمال الحفر عن سور: a thing that nobody knows for a speaker stands behind the verb."""
    if cue.surface.verb.lemma != "كشف" or opening.frame != "preposition" or cue.participle or cue.surface.pronoun:
        return False
    behind = stream.words[cue.last]
    return opening.mid_end > cue.last and behind.isalpha() and not is_grammar(behind)


def no_document(stream: Stream, cue: CueAt, mention: Mention | None) -> bool:
    """نص القانون على أن …: a rule, where نص البيان على أن … reports."""
    if cue.surface.verb.lemma not in lemmas_of("of_documents"):
        return False
    if mention is None or cue.surface.form == "perfect":
        return mention is None
    return mention.kind != "document" and mention.document is None


def can_say(stream: Stream, mention: Mention, opening: Opening) -> bool:
    """Whether a printed subject can report: صور تؤكد is evidence, and a noun content needs a known kind of speaker."""
    head = stream.words[mention.first]
    if head in words_of("evidence") or (head in words_of("saw") and mention.shape != "full"):
        return False
    if head in _THAT and mention.last == mention.first + 1:
        return False  # وما يؤكد ذلك أن …
    if head in words_of("span_of_time") and mention.last == mention.first + 1 and mention.role is None:
        return False  # أعلن الربيع عن قدومه
    if opening.frame in ("noun", "preposition", "description"):
        return is_plausible(stream, mention) or head in words_of("protest") or head in words_of("piece")
    return True


def names_a_speaker(stream: Stream, mention: Mention) -> bool:
    """Whether a mention can only be of somebody who speaks, where no verb of saying vouches for it."""
    return stream.words[mention.first] not in words_of("evidence") and is_plausible(stream, mention)


def is_doubted(stream: Stream, cue: CueAt, opening: Opening, first: int, last: int) -> bool:
    """متى تعلن اللجنة …؟, ليس صحيحاً أن الشركة أعلنت …: asked or denied by the writer himself, and nobody's report."""
    words = stream.words
    before = words[first : cue.at]
    if not words_of("wish").isdisjoint(before) or "لو" in before[:3]:
        return True
    if _is_yet_to_come(stream, cue, first):
        return True
    if _is_condition(stream, cue, first) or _is_figure(stream, cue, opening):
        return True
    asked = words[last - 1] in "؟?" and stream.quote[last - 1] < 0
    told = opening.frame == "clause" and words[opening.content] in words_of("asked_with")
    if asked and told and cue.surface.verb.stance != "ask":
        return True  # أوضح لنا كيف حدث ذلك؟
    if asked and not words_of("question").isdisjoint(before):
        return opening.content not in stream.opens and words[opening.content - 1] != ":"
    if cue.surface.verb.lemma == "دعا" and words[min(opening.content + 1, last - 1)] in words_of("invited_to"):
        return True  # دعا ضيوفه إلى العشاء
    if cue.surface.verb.lemma == "رحّب" and words[opening.content] in words_of("welcomed"):
        return True  # رحب صاحب البيت بضيوفه
    if cue.at == first + 1 and words[first] in ("من", "ومن", "فمن") and opening.frame == "clause":
        return True  # ومن قال إن الطريق مفتوح؟
    if cue.at > first + 1 and words[cue.at - 1] == "ان" and _had_before(before):
        return True
    if cue.surface.verb.lemma == "نفى" and opening.frame == "noun" and _is_banished(stream, cue, opening):
        return True
    denied = stream.places(_NOT, first, cue.at - 1)
    return bool(denied) and any(words[i + 1] in ("صحيحا", "صحيح", "الصحيح") for i in denied)


def _is_yet_to_come(stream: Stream, cue: CueAt, first: int) -> bool:
    """ويلقي الوزير غداً كلمة يعلن فيها …: what somebody will say in what he will issue or hold."""
    if (
        cue.surface.form != "imperfect"
        or cue.last >= len(stream.words)
        or stream.words[cue.last] not in words_of("in_it")
    ):
        return False
    expected = any(True for _ in stream.where(words_of("expected"), first, cue.at))
    return expected or stream.words[first].removeprefix("و")[:1] in ("ي", "س")


def _had_before(before: list[str]) -> bool:
    """لم يسبق لأحد أن قال إن …: nobody has ever said it."""
    return any(a in ("لم", "ولم") and b in ("يسبق", "تسبق") for a, b in pairwise(before))


def _is_banished(stream: Stream, cue: CueAt, opening: Opening) -> bool:
    """نفى الملك خصومه إلى جزيرة, نفت السلطات الشاعر فلاناً إلى الجبل, ونُفي الشاعر إلى جزيرة: no denial."""
    words, at = stream.words, opening.content
    if opening.mention is not None and "الي" in words[opening.mention.end : at]:
        return "ُ" in stream.written(cue.at, cue.last)
    if "الي" not in words[at + 1 : at + _NAME]:
        return False
    if words[at].startswith("ال") and words[at + 1] == "الي":
        return True
    if words[at].endswith(("ه", "هم", "ها")):  # خصومه, معارضيها
        return next((words[at][: -len(e)] for e in ("هم", "ها", "ه") if words[at].endswith(e)), "") in words_of("foes")
    return is_title(words[at]) or begins_name(stream, at, at + _NAME, titled=True)


def _is_condition(stream: Stream, cue: CueAt, first: int) -> bool:
    """في حال دعا فلان إلى …, وإن رأى فلان أن …: what may be said. Behind بعد and سبق the إن is a slip for أن."""
    if cue.at == first or cue.surface.form not in ("perfect", "imperfect"):
        return False
    before, at = stream.words[cue.at - 1], cue.at - 1
    if before == "حال":
        return at > first and stream.words[at - 1] in ("في", "وفي", "ففي")
    if before == "لين":  # as a name it is written with ي
        return "ئ" in stream.written(at, cue.at)
    if before not in ("ان", "وان", "فان") or cue.surface.form != "perfect":
        return False
    led_by = stream.words[at - 1] if at > first else ""  # ما إن أكد: as soon as he did
    slip = led_by in ("ما", "وما", "فما") or led_by in words_of("before_that_he_did")
    return not slip and "إ" in stream.written(at, cue.at)


def _is_figure(stream: Stream, cue: CueAt, opening: Opening) -> bool:
    """كشف عن وجهه الحقيقي, ومما يزيد الطين بلة أن …, وكان طالباً في الجامعة: a phrase in which nobody speaks."""
    lemma, behind = cue.surface.verb.lemma, stream.words[cue.last : cue.last + 2]
    if lemma == "كشف":
        return opening.frame in ("preposition", "noun") and stream.words[opening.content] in words_of("laid_bare")
    if lemma == "أكد" and opening.frame == "noun" and stream.words[opening.content] in words_of("shown_in_play"):
        return True  # أكد المنتخب تفوقه بهدف ثان
    if lemma == "زاد":
        return behind[:1] == ["الطين"]
    if lemma not in ("طالب", "طلب") or not behind:
        return False
    return behind[0] in words_of("of_student") or (behind[0] == "في" and behind[-1] in words_of("at_school"))
