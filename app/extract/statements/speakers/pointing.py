"""Nouns that point back: which of those already known «الوزير», «المصدر ذاته», «الأخير» or «الحركة» means.

Each ground for an answer is weaker than the one before it, and the first that gives one holds. Whoever the noun cannot
mean (another number or gender, another country) is no candidate on any of them.
"""

from collections.abc import Iterator, Set

from app.extract.statements.names.in_text import bare
from app.extract.statements.names.mentions import named_at
from app.extract.statements.names.named_persons import PersonName
from app.extract.statements.names.origins import origins
from app.extract.statements.speakers.cast import Cast
from app.extract.statements.speakers.speaker import Speaker
from app.extract.statements.text.lexicon import words_of
from app.extract.statements.text.nouns import Mention, is_title
from app.extract.statements.text.stream import Stream

_PERSONS = ("person", "anonymous")
_PRONOUNS = ("ه", "ها", "هم", "هما")
_NEAR, _LONG_AGO = 40, 400  # tokens


class Noun:
    """What a noun phrase says of whom it means: the noun itself, all its words, the countries in them."""

    def __init__(self, mention: Mention, words: tuple[str, ...]) -> None:
        self.mention = mention
        self.words = _without_address(words)
        self.head = bare(self.words[0])
        self.said = {bare(word) for word in self.words if word not in words_of("same")}
        self.by_other_title = _other_title(self.said)
        self.same = words[-1] in words_of("same")
        self.origins = origins(self.words[1:])
        self.general = self.same or mention.kind == "anonymous" or self.head in words_of("anybody")

    def may_mean(self, speaker: Speaker) -> bool:
        """Whether number, gender and country allow it."""
        if not (speaker.agrees(self.mention.gender, self.mention.plural) and self._of_his_office(speaker.roles)):
            return False
        if not self.origins:
            return True
        own = origins((*speaker.roles, *(() if _is_name(speaker) else speaker.words)))
        return not own or self.origins <= own

    def may_name(self, person: PersonName) -> bool:
        """Whether gender and country allow it to mean a person named in the text."""
        if (self.mention.gender == "f" and person.gender == "m") or not self._of_his_office(person.titles):
            return False
        own = origins(person.titles) if self.origins else None
        return not own or self.origins <= own

    def _of_his_office(self, roles: Set[str]) -> bool:
        """«الرئيس التركي» is head of state, and no head of government or of a council; «سموه» is of a royal house."""
        if self.words[0] in words_of("royal_address"):
            return not roles.isdisjoint(words_of("royal"))
        return not (self.origins and self.words[0] == "الرييس" and roles & words_of("has_a_head"))


def pointed_at(cast: Cast, mention: Mention, words: tuple[str, ...]) -> Speaker | None:
    """Whom a noun that points back means; None where there is no ground."""
    noun = Noun(mention, words)
    lately = [speaker for speaker in cast.lately() if noun.may_mean(speaker)]
    if words[0] in words_of("former") or words[0] in words_of("second"):
        return _one_of_two(cast, noun)
    if words[0] in words_of("latter"):
        return _latter(cast, noun) or next(iter(lately), None)
    if noun.same and noun.words[0] == "المصدر":
        return _same_source(cast) or next(iter(lately), None)
    described = _described(noun, lately)
    if described is not None or (mention.kind == "organisation" and not noun.same):
        return described
    titled = _titled(cast, noun, noun.said)
    if titled is None and noun.by_other_title is not noun.said:
        titled = _titled(cast, noun, noun.by_other_title)
    titled = titled or _of_known_body(cast, noun)
    if titled is not None:
        return titled
    if noun.words[0] in words_of("author"):
        return _only_person(cast, noun) or _only_named(cast, noun)
    if words[0] in words_of("of_work") and {mention.first + 1, mention.first + 2} & cast.stream.opens.keys():
        return _maker(cast, noun)
    if len(noun.words) > 3:
        return None
    if noun.same or _may_be_person(noun):
        anybody = len(noun.words) == 1 or noun.same or _tells_age(noun)
        return _fitting(noun, lately) or (_last_named(cast, noun) if anybody else None)
    definite = noun.words[0].startswith("ال")
    if mention.kind == "anonymous" and definite:
        # «مصادر … وأشار المصدر»: a source is one or many as the writer likes.
        any_number = lately if lately or noun.head not in words_of("source") else cast.lately()
        return next((s for s in any_number if s.kind == "anonymous"), None)
    return _only_person(cast, noun) if definite else None


def of_origin(cast: Cast, word: str, before: int) -> Speaker | None:
    """وقال الفرنسي: the person named last before token `before` of whom a title said that he is of this origin."""
    wanted = origins([word])
    for person in cast.named_before(before):
        if wanted and wanted <= origins(person.titles):
            return cast.person(person)
    return None


def named_body(stream: Stream, mention: Mention, words: tuple[str, ...]) -> Mention | None:
    """بدأت وكالة الشؤون حملتها … وقالت الوكالة: the body named by this noun last, though it had said nothing."""
    head = words[0][2:]
    if mention.kind != "organisation" or len(words) > 1 or head not in words_of("class_of_body"):
        return None
    for at in range(mention.first - 1, max(0, mention.first - _LONG_AGO), -1):
        if stream.words[at] == head and stream.quote[at] < 0:
            body = named_at(stream, at, stream.sentence_end[at], tight=True)
            if body is not None and body.kind == "organisation" and body.first == at and _is_named(stream, body):
                return body
    return None


def _is_named(stream: Stream, body: Mention) -> bool:
    """Whether a body's noun is followed by what tells it from others of its kind: وكالة الشؤون، شركة «كذا»."""
    words, second = stream.words, body.first + 1
    if second in stream.opens or body.last <= second:
        return second in stream.opens
    if words[second][0] == "ل" or stream.readings[second] is not None:
        return False
    return body.last == second + 1 or any(word.startswith("ال") for word in words[second : body.last])


def _same_source(cast: Cast) -> Speaker | None:
    """المصدر ذاته: a source of which it was said, else whoever spoke last, a person, a body or a report."""
    spoke = [speaker for speaker in cast.lately() if speaker.spoke]
    source = (s for s in spoke if not s.plural and ("مصدر" in s.roles or "مصدر" in map(bare, s.words)))
    return next(source, None) or next(iter(spoke), None)


def _latter(cast: Cast, noun: Noun) -> Speaker | None:
    """وقال الأخير: of those named before it, the nearest."""
    at = noun.mention.first
    for person in cast.named_before(at):
        if at - person.last > _NEAR:
            return None
        if cast.stream.quote[person.first] < 0 and noun.mention.gender in (person.gender, None):
            return cast.person(person)
    return None


def _one_of_two(cast: Cast, noun: Noun) -> Speaker | None:
    """فلان وعلان … قال الأول … ورد الثاني: of the two named near each other last, the first or the second."""
    pair = cast.two_before(noun.mention.first)
    wanted = pair and pair[noun.words[0] in words_of("second")]
    return (
        wanted if wanted is not None and noun.mention.gender in (wanted.gender or noun.mention.gender, None) else None
    )


def _described(noun: Noun, lately: list[Speaker]) -> Speaker | None:
    """The last of whom all was said that the noun says; المسؤول في الهيئة: whose function named the body."""
    for speaker in lately:
        if noun.mention.kind == "organisation" and speaker.kind != "organisation":
            continue
        known = {*map(bare, speaker.words), *speaker.roles}
        if noun.said <= known or noun.by_other_title <= known:
            return speaker
        rest = noun.said - {noun.head, *words_of("of_noun")}
        if noun.head in words_of("any_person") and len(noun.words) > 2 and rest <= known:
            return speaker
    return None


def _titled(cast: Cast, noun: Noun, said: set[str]) -> Speaker | None:
    """A person named before with this title: "the Turkish president"; most of its words must be shared."""
    fitting = []
    for person in cast.named_before(noun.mention.first):
        titles = person.titles if noun.head in person.titles else _of_somebody(person.titles, noun.head)
        if noun.head in titles and noun.may_name(person):
            shared = len(said & titles)
            if shared == len(said) or (shared >= 2 and shared >= len(said) - 1):
                fitting.append((shared, cast.person(person)))
    if not fitting:
        return None
    best = max(shared for shared, _ in fitting)
    of_best = [speaker for shared, speaker in fitting if shared == best]
    return next((speaker for speaker in of_best if speaker.spoke), of_best[0])


def _of_somebody(titles: Set[str], head: str) -> Set[str]:
    """مبعوثه الخاص فلان is المبعوث الخاص: the words of a title, its head without the pronoun of whose it is."""
    return titles if titles.isdisjoint([head + pronoun for pronoun in _PRONOUNS]) else {*titles, head}


def _of_known_body(cast: Cast, noun: Noun) -> Speaker | None:
    """الأمين العام لرابطة كذا: the one with that title, where the body itself has spoken in the article."""
    words = noun.words
    cut = next((i for i, word in enumerate(words) if i and without_l(word) != word), None)
    if cut is None:
        return None
    body, title = {bare(without_l(words[cut])), *map(bare, words[cut + 1 :])}, {*map(bare, words[:cut])}
    if not any(s.kind == "organisation" and s.spoke and body <= {*map(bare, s.words)} for s in cast.known):
        return None
    return next((cast.person(p) for p in _allowed(cast, noun) if title <= p.titles), None)


def _fitting(noun: Noun, lately: list[Speaker]) -> Speaker | None:
    """The last who spoke and is a person like the one meant, rather one who is known by this noun."""
    kind = noun.mention.kind
    fitting = [s for s in lately if s.spoke and (s.kind == kind or noun.same or s.kind in _PERSONS)]
    by_noun = next((s for s in fitting if noun.head in s.roles or noun.head in map(bare, s.words)), None)
    if by_noun is not None:
        return by_noun
    if noun.same:  # الجهة ذاتها is a body
        return next((s for s in fitting if kind != "organisation" or s.kind == kind), None)
    return next((s for s in fitting if s.unnamed or (not noun.origins and (noun.general or not s.roles))), None)


def _last_named(cast: Cast, noun: Noun) -> Speaker | None:
    """The person named last before a noun that can only mean a person already spoken of."""
    gender = noun.mention.gender
    return next((cast.person(p) for p in _allowed(cast, noun) if p.gender in (gender, None)), None)


def _maker(cast: Cast, noun: Noun) -> Speaker | None:
    """قال صاحب «كذا»: the one person spoken of near before, where there is but one."""
    at, gender = noun.mention.first, noun.mention.gender
    near = [p for p in cast.named_before(at) if at - p.last < _NEAR and p.gender in (gender, None)]
    if near and all(set(p.words) <= set(near[0].words) for p in near):
        return cast.person(near[0])
    told = [s for s in cast.lately() if s.kind == "person" and not s.plural and s.agrees(gender, False)]
    return told[0] if len(told) == 1 and not near else None


def _allowed(cast: Cast, noun: Noun) -> Iterator[PersonName]:
    named = (person for person in cast.named_before(noun.mention.first) if noun.may_name(person))
    return (person for person in named if noun.general or not person.titles or noun.head in person.titles)


def _only_person(cast: Cast, noun: Noun) -> Speaker | None:
    """The one person who has spoken so far, where there is but one."""
    spoke = [s for s in cast.known if s.spoke and s.kind in _PERSONS and not s.plural]
    return spoke[0] if len(spoke) == 1 and noun.may_mean(spoke[0]) else None


def _only_named(cast: Cast, noun: Noun) -> Speaker | None:
    """صاحبة الرواية: the one person named so far, where there is but one."""
    named = {person.words: person for person in cast.named_before(noun.mention.first)}
    return cast.person(*named.values()) if len(named) == 1 and all(map(noun.may_name, named.values())) else None


def _may_be_person(noun: Noun) -> bool:
    """الوزير، المسؤول التونسي: a definite title, alone or with adjectives of origin, means somebody already named."""
    words, kind = noun.words, noun.mention.kind
    if kind == "anonymous" and not (words[0].startswith("ال") and is_title(words[0])):
        return False
    return kind in _PERSONS and all(
        word.endswith(("ي", "يه")) and word not in words_of("not_nisba") for word in words[1:]
    )


def _tells_age(noun: Noun) -> bool:
    """السيدة الخمسينية: an adjective that says of nobody what he is."""
    return len(noun.words) == 2 and noun.words[1].endswith(("يني", "ينيه"))


def _other_title(said: set[str]) -> set[str]:
    """رئيس الحكومة is رئيس الوزراء: the title by its other noun."""
    if not said & {"رييس", "رييسه"}:
        return said
    swap = {"حكومه": "وزراء", "وزراء": "حكومه"}
    return {swap.get(word, word) for word in said}


def _without_address(words: tuple[str, ...]) -> tuple[str, ...]:
    """معالي وزير الخارجية، صاحب السمو الملكي أمير المنطقة: the title without what it is addressed by."""
    i = 1 if words[0] == "صاحب" and len(words) > 1 and words[1] in words_of("address") else 0
    while i < len(words) - 1 and words[i] in words_of("address"):
        i += 1
    return words[i:] if is_title(words[i]) else words


def _is_name(speaker: Speaker) -> bool:
    return speaker.kind == "person" and not is_title(speaker.words[0])


def without_l(word: str) -> str:
    """بيان للوزارة، بيان لوزارة …: the noun without its preposition."""
    if word.startswith("لل") and len(word) > 4:
        return "ال" + word[2:]
    return word[1:] if word.startswith("ل") and word[1:] in words_of("organisation") else word
