"""How well a document answers a question of many words: by rare words, where they stand, and words much like them.

Pure: the question's words, how rare each is, and the documents' words in line; scores out. Four things are added up,
each as a share of what the question could reach:

* BM25 over stems and names; a word in the title counts as several, neighbours of the question side by side count extra;
* how early the rare words come: what a text is about it says first;
* BM25 over the runs of three letters in the document's distinct words, so that a word of the same root or another
  spelling counts for a part: the fewer words a question has, the more;
* how much of its words a document shares with the best one, which is how other reports of one event are known: the more
  words a question has, the more.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

import msgspec

# Found on one half of questions, of sentences taken out of articles and of their titles, and confirmed on the other.
K1, B = 0.8, 0.9
WEIGHT_OF_TITLE = 3
LEAD, LEAD_WORDS = 0.6, 8
NEIGHBOURS = 0.3
RUNS, RUN = 0.8, 3
LIKENESS = 0.8
# A question of so many words is short.
SHORT = 6
# So many of the best by their words are looked at for the rest, which takes longer.
CLOSEST = 30


class Candidate(msgspec.Struct, frozen=True):
    """A document that may answer; `line` is that of `app.search.vectors`."""

    id: str
    published_at: datetime | None
    line: str


class _Text(NamedTuple):
    """A document taken apart: its stems field by field, the weightiest first, and its distinct words in one line."""

    fields: list[list[str]]
    length: int
    words: str


def best_first(
    terms: Sequence[str],
    rarity: Mapping[str, float],
    words: Iterable[str],
    candidates: Sequence[Candidate],
    length: float,
) -> list[tuple[Candidate, float]]:
    """The candidates with their scores (0 to 1), best first, then the newest.

    `terms` are the question's stems and names in order, `words` its folded words; `length` is that of a usual document,
    in words.
    """
    texts = [_text(one.line) for one in candidates]
    scores = _by_words(terms, rarity, texts, length)
    closest = sorted(range(len(texts)), key=scores.__getitem__, reverse=True)[:CLOSEST]
    short = min(1.0, SHORT / max(1, len(terms)))
    near = [texts[at] for at in closest]
    for at, share in zip(closest, _by_runs(runs_of(words), near), strict=True):
        scores[at] += RUNS * short * share
    if short < 1.0 and closest:
        best = max(closest, key=scores.__getitem__)
        weight = LIKENESS * (1 - short) * scores[best]
        for at, share in zip(closest, _like(texts[best], near), strict=True):
            scores[at] += weight * share
    most = 1 + LEAD + RUNS + NEIGHBOURS
    scored = [(one, min(1.0, score / most)) for one, score in zip(candidates, scores, strict=True)]
    scored.sort(key=lambda pair: (-pair[1], -_seconds(pair[0]), pair[0].id))
    return scored


def _seconds(candidate: Candidate) -> float:
    return candidate.published_at.timestamp() if candidate.published_at else 0.0


def _text(line: str) -> _Text:
    stems, _, words = line.rpartition("\n")
    fields = [field.split() for field in stems.split("\n")]
    return _Text(fields, sum(map(len, fields)), words)


def _worth(documents: int, having: int) -> float:
    return math.log(1 + (documents - having + 0.5) / (having + 0.5))


def _by_words(terms: Sequence[str], rarity: Mapping[str, float], texts: Sequence[_Text], length: float) -> list[float]:
    """BM25 over stems with neighbours, and how early the words come."""
    wanted = {term: rarity.get(term, 0.0) for term in terms}
    pairs = {(one, other): min(wanted[one], wanted[other]) for one, other in pairwise(terms)}
    all_of_it = sum(wanted.values()) or 1.0
    scores = []
    for text in texts:
        damping = K1 * (1 - B + B * text.length / length)
        counts, first, beside = _places(wanted, pairs, text.fields)
        score = NEIGHBOURS * sum(pairs[pair] for pair in beside)
        for term, count in counts.items():
            score += wanted[term] * (count / (count + damping) + LEAD / (1 + first[term] / LEAD_WORDS))
        scores.append(score / all_of_it)
    return scores


def _places(
    wanted: Mapping[str, float], pairs: Mapping[tuple[str, str], float], fields: Sequence[Sequence[str]]
) -> tuple[Mapping[str, int], Mapping[str, int], set[tuple[str, str]]]:
    """How often each wanted word stands in the fields, how early at best, and which pairs stand side by side."""
    counts: dict[str, int] = {}
    first: dict[str, int] = {}
    beside: set[tuple[str, str]] = set()
    for number, field in enumerate(fields):
        counted = 1 if number else WEIGHT_OF_TITLE
        before = (-2, "")
        for place in [(at, word) for at, word in enumerate(field) if word in wanted]:
            at, word = place
            counts[word] = counts.get(word, 0) + counted
            first[word] = min(first.get(word, at), at)
            if before[0] == at - 1 and (before[1], word) in pairs:
                beside.add((before[1], word))
            before = place
    return counts, first, beside


def runs_of(words: Iterable[str]) -> list[str]:
    """The distinct runs of three letters in words, blanks at their edges included."""
    padded = (f" {word} " for word in words)
    return list(dict.fromkeys(word[at : at + RUN] for word in padded for at in range(max(1, len(word) - RUN + 1))))


def _by_runs(runs: Sequence[str], texts: Sequence[_Text]) -> list[float]:
    """BM25 over runs of letters, each counted by how rare it is among these documents."""
    mean = sum(len(text.words) for text in texts) / max(1, len(texts)) or 1.0
    damping = [K1 * (1 - B + B * len(text.words) / mean) for text in texts]
    scores, all_of_it = [0.0] * len(texts), 0.0
    for run in runs:
        counts = [text.words.count(run) for text in texts]
        worth = _worth(len(texts), len(counts) - counts.count(0))
        all_of_it += worth
        for at, count in enumerate(counts):
            if count:
                scores[at] += worth * count / (count + damping[at])
    return [score / (all_of_it or 1.0) for score in scores]


def _like(best: _Text, texts: Sequence[_Text]) -> list[float]:
    """The share of the best one's words that each has, rare ones counting more, long texts less."""
    own = set().union(*best.fields)
    others = [set().union(*text.fields) for text in texts]
    shared = [own & words for words in others]
    having = Counter(word for words in shared for word in words)
    worth = {word: _worth(len(texts), count) for word, count in having.items()}
    most = sum(worth.values()) or 1.0
    return [
        sum(map(worth.__getitem__, both)) / most * math.sqrt(len(own) / max(1, len(words)))
        for both, words in zip(shared, others, strict=True)
    ]
