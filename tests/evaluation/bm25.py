"""BM25, the measure that search is held against: plain, over whatever words it is given."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

K1, B = 1.2, 0.75


class BM25:
    """Ranks documents for a query; `words` takes a text apart."""

    def __init__(self, texts: Mapping[str, str], words: Callable[[str], Sequence[str]]) -> None:
        self._words = words
        self._lengths: dict[str, int] = {}
        self._index: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for id, text in texts.items():
            counts = Counter(words(text))
            self._lengths[id] = counts.total()
            for word, count in counts.items():
                self._index[word][id] = count
        self._mean = sum(self._lengths.values()) / max(1, len(self._lengths))

    def best(self, query: str, limit: int) -> list[str]:
        """The ids of the best documents; equals in the order of their ids."""
        scores: defaultdict[str, float] = defaultdict(float)
        for word in set(self._words(query)):
            found = self._index.get(word, {})
            rarity = math.log(1 + (len(self._lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for id, count in found.items():
                length = 1 - B + B * self._lengths[id] / self._mean
                scores[id] += rarity * count * (K1 + 1) / (count + K1 * length)
        return [id for id, _ in sorted(scores.items(), key=lambda one: (-one[1], one[0]))[:limit]]


def reciprocal_rank(found: Sequence[str], wanted: str) -> float:
    """1 for the first place, 1/2 for the second …, 0 where it is not found."""
    return 1 / (found.index(wanted) + 1) if wanted in found else 0.0
