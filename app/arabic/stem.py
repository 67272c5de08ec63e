"""A light stem: the clitics and the commonest endings taken off a folded word, never a letter of the root on
purpose. Made for finding, not for grammar; what remains is a key, not a word.
"""

import re
from functools import lru_cache

# Longest first. A conjunction comes off only before the article or when enough of a word remains.
_PREFIX = re.compile(r"^(?:[وف]?(?:[بك]ال|لل|ال)|[وف](?=..[^ ]))(?=...)")
_PREPOSITION = re.compile(r"^[بكل](?=....)")
_SUFFIX = re.compile(r"(?<=...)(?:هما|كما|تما|ها|هم|هن|كم|نا|ات|ان|ون|ين|يه|يا|ه|ي|ا)$")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The light stem of one folded word; words of other scripts, digits and short words come back as they are."""
    if len(word) < 4 or not "\u0621" <= word[0] <= "\u064a":
        return word
    bare = _PREFIX.sub("", word, count=1)
    if bare == word:
        bare = _PREPOSITION.sub("", word, count=1)
    return _SUFFIX.sub("", bare, count=1)
