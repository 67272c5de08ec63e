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

import msgspec

from app.arabic.stem import stem
from app.search.vectors import NAME

# Found on questions and claims by cross-validation; each may change by half without changing the result by .005.
K1, B = 0.8, 0.9
WEIGHT_OF_TITLE = 3
LEAD, LEAD_WORDS = 0.8, 10
RUNS, RUN = 0.5, 3
NEIGHBOURS = 0.3


class Candidate(msgspec.Struct, frozen=True):
    """A document that may answer: its folded words, a line a field, with the keys of names beside them."""

    id: str
    published_at: datetime | None
    line: str


class _Read(msgspec.Struct):
    """Where the words of the question stand in a document: for each how often and how early, and all places."""

    counts: dict[str, int]
    first: dict[str, int]
    places: dict[str, set[int]]
    length: int
    distinct: str


def best_first(
    terms: Sequence[str], rarity: Mapping[str, float], words: Iterable[str], candidates: Sequence[Candidate]
) -> list[tuple[Candidate, float]]:
    """The candidates with their scores (0 to 1), best first, then the newest.

    `terms` are the question's stems and names in order, `words` its folded words.
    """
    read = [_read(one.line, set(terms)) for one in candidates]
    by_words = _by_words(terms, rarity, read)
    by_runs = _by_runs(runs_of(words), read)
    most = 1 + LEAD + RUNS
    scored = [
        (one, min(1.0, (words + runs) / most)) for one, words, runs in zip(candidates, by_words, by_runs, strict=True)
    ]
    scored.sort(key=lambda pair: (-pair[1], -_seconds(pair[0]), pair[0].id))
    return scored


def _seconds(candidate: Candidate) -> float:
    return candidate.published_at.timestamp() if candidate.published_at else 0.0


def _read(line: str, wanted: set[str]) -> _Read:
    read = _Read({}, {}, {}, 0, "")
    distinct: set[str] = set()
    for field, text in enumerate(line.split("\n")):
        words = text.split(" ") if text else []
        different = set(words)
        for word in different:
            found = word[1:] if word[0] == NAME else stem(word)
            if found in wanted:
                _note(read, found, words, word, field)
        distinct |= different
        read.length += len(words)
    read.distinct = f" {' '.join(distinct)} "
    return read


def _note(read: _Read, found: str, words: Sequence[str], word: str, field: int) -> None:
    count, first = words.count(word), words.index(word)
    read.counts[found] = read.counts.get(found, 0) + count * (1 if field else WEIGHT_OF_TITLE)
    read.first[found] = min(first, read.first.get(found, first))
    # Fields lie far apart, so that nothing in one stands beside what is in another.
    places = (at for at in range(first, len(words)) if words[at] == word) if count > 1 else (first,)
    read.places.setdefault(found, set()).update(at + 100_000 * field for at in places)


def _mean(lengths: Iterable[int]) -> float:
    every = list(lengths)
    return max(1.0, sum(every) / max(1, len(every)))


def _by_words(terms: Sequence[str], rarity: Mapping[str, float], read: Sequence[_Read]) -> list[float]:
    """BM25 over stems with neighbours, and how early the words come."""
    all_of_it = (sum(rarity.get(term, 0.0) for term in terms) or 1.0) * (K1 + 1)
    mean = _mean(one.length for one in read)
    scores = []
    for one in read:
        damping = K1 * (1 - B + B * one.length / mean)
        score = sum(
            rarity.get(term, 0.0)
            * ((K1 + 1) * count / (count + damping) + LEAD * (K1 + 1) / (1 + one.first[term] / LEAD_WORDS))
            for term, count in one.counts.items()
        )
        score += sum(
            NEIGHBOURS * min(rarity.get(first, 0.0), rarity.get(second, 0.0)) * (K1 + 1)
            for first, second in pairwise(terms)
            if _side_by_side(one, first, second)
        )
        scores.append(score / all_of_it)
    return scores


def _side_by_side(read: _Read, first: str, second: str) -> bool:
    if first not in read.places or second not in read.places:
        return False
    return not read.places[second].isdisjoint({at + 1 for at in read.places[first]})


def runs_of(words: Iterable[str]) -> list[str]:
    """The distinct runs of three letters in words, blanks at their edges included."""
    padded = (f" {word} " for word in words)
    return list(dict.fromkeys(word[at : at + RUN] for word in padded for at in range(max(1, len(word) - RUN + 1))))


def _by_runs(runs: Sequence[str], read: Sequence[_Read]) -> list[float]:
    """BM25 over runs of letters, each counted by how rare it is among these documents."""
    mean = _mean(len(one.distinct) for one in read)
    damping = [K1 * (1 - B + B * len(one.distinct) / mean) for one in read]
    scores, all_of_it = [0.0] * len(read), 0.0
    for run in runs:
        counts = [one.distinct.count(run) for one in read]
        having = len(counts) - counts.count(0)
        worth = math.log(1 + (len(read) - having + 0.5) / (having + 0.5))
        all_of_it += worth
        for at, count in enumerate(counts):
            if count:
                scores[at] += worth * count * (K1 + 1) / (count + damping[at])
    return [RUNS * score / (all_of_it or 1.0) for score in scores]
