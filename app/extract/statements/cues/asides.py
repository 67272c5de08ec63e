"""Verbs that may stand behind what they report: الخبز غال، تقول فلانة، والناس …"""

from functools import cache

from app.extract.statements.text.lexicon import lemmas_of, readings
from app.extract.statements.text.stream import Stream
from app.extract.statements.text.watched import Watched


def says_aside(stream: Stream, i: int) -> bool:
    """Whether token `i` is a verb that may stand behind what it reports: قال, تقول; not وقال."""
    return stream.words[i] in _aside_verbs()


@cache
def _aside_verbs() -> frozenset[str]:
    return frozenset(
        word
        for word, (surface, joined) in readings().items()
        if surface.form in ("perfect", "imperfect")
        and surface.verb.lemma in lemmas_of("speaks_aside")
        # Before its subject a verb is in the singular.
        and not (joined or surface.plural or surface.pronoun)
    )


ASIDE = Watched(_aside_verbs)
