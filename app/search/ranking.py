"""How well a document answers a question of many words: by rare words, where they stand, and words much like them.

Pure: the question's words, how rare each is, and the documents' words in line; scores out. Three things are added up,
each as a share of what the question could reach:

* BM25 over stems and names; a word in the title counts as several, neighbours of the question side by side count extra;
* how early the rare words come: what a text is about it says first;
* BM25 over the runs of three letters in the document's distinct words, so that a word of the same root or another
  spelling counts for a part.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

import msgspec

# Found on questions and claims by cross-validation; each may change by half without changing the result by .005.
K1, B = 0.8, 0.9
WEIGHT_OF_TITLE = 3
LEAD, LEAD_LETTERS = 0.6, 50
RUNS, RUN = 0.75, 3
NEIGHBOURS = 0.4


class Candidate(msgspec.Struct, frozen=True):
    """A document that may answer; `line` is that of `app.search.vectors`."""

    id: str
    published_at: datetime | None
    line: str


class _Text(NamedTuple):
    """A document taken apart: its stems field by field, the weightiest first, and its distinct words."""

    fields: list[str]
    stems: str
    words: str


def best_first(
    terms: Sequence[str], rarity: Mapping[str, float], words: Iterable[str], candidates: Sequence[Candidate]
) -> list[tuple[Candidate, float]]:
    """The candidates with their scores (0 to 1), best first, then the newest.

    `terms` are the question's stems and names in order, `words` its folded words.
    """
    texts = [_text(one.line) for one in candidates]
    by_words = _by_words(terms, rarity, texts)
    by_runs = _by_runs(runs_of(words), texts)
    most = 1 + LEAD + RUNS + NEIGHBOURS
    scored = [
        (one, min(1.0, (words + runs) / most)) for one, words, runs in zip(candidates, by_words, by_runs, strict=True)
    ]
    scored.sort(key=lambda pair: (-pair[1], -_seconds(pair[0]), pair[0].id))
    return scored


def _seconds(candidate: Candidate) -> float:
    return candidate.published_at.timestamp() if candidate.published_at else 0.0


def _text(line: str) -> _Text:
    stems, _, words = line.rpartition("\n")
    return _Text(stems.split("\n"), stems, words)


def _mean(lengths: Iterable[int]) -> float:
    every = list(lengths)
    return max(1.0, sum(every) / max(1, len(every)))


def _by_words(terms: Sequence[str], rarity: Mapping[str, float], texts: Sequence[_Text]) -> list[float]:
    """BM25 over stems with neighbours, and how early the words come."""
    wanted = [(f" {term} ", rarity.get(term, 0.0)) for term in dict.fromkeys(terms)]
    pairs = [(f" {one} {other} ", min(rarity.get(one, 0.0), rarity.get(other, 0.0))) for one, other in pairwise(terms)]
    all_of_it = sum(worth for _, worth in wanted) or 1.0
    mean = _mean(len(text.stems) for text in texts)
    scores = []
    for text in texts:
        damping = K1 * (1 - B + B * len(text.stems) / mean)
        score = NEIGHBOURS * sum(worth for pair, worth in pairs if pair in text.stems)
        for term, worth in wanted:
            if count := text.stems.count(term):
                count += (WEIGHT_OF_TITLE - 1) * text.fields[0].count(term)
                first = min(at for field in text.fields if (at := field.find(term)) >= 0)
                score += worth * (count / (count + damping) + LEAD / (1 + first / LEAD_LETTERS))
        scores.append(score / all_of_it)
    return scores


def runs_of(words: Iterable[str]) -> list[str]:
    """The distinct runs of three letters in words, blanks at their edges included."""
    padded = (f" {word} " for word in words)
    return list(dict.fromkeys(word[at : at + RUN] for word in padded for at in range(max(1, len(word) - RUN + 1))))


def _by_runs(runs: Sequence[str], texts: Sequence[_Text]) -> list[float]:
    """BM25 over runs of letters, each counted by how rare it is among these documents."""
    mean = _mean(len(text.words) for text in texts)
    damping = [K1 * (1 - B + B * len(text.words) / mean) for text in texts]
    scores, all_of_it = [0.0] * len(texts), 0.0
    for run in runs:
        counts = [text.words.count(run) for text in texts]
        having = len(counts) - counts.count(0)
        worth = math.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
        all_of_it += worth
        for at, count in enumerate(counts):
            if count:
                scores[at] += worth * count / (count + damping[at])
    return [RUNS * score / (all_of_it or 1.0) for score in scores]
