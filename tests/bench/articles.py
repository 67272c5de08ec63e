"""Articles to measure with: the real ones of the shared data, then as many new ones as are asked for, made of these.

A new article has other words in two of five places: each turn through the real ones exchanges the words of the corpus
among those that are about as common. What tells who spoke stays: words of the lists, that is names, verbs of saying,
roles. So statements are found as before, while no article of one turn is like one of another.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import count as count_up
from itertools import groupby
from pathlib import Path
from random import Random

ARTICLES = Path(__file__).parents[3] / "shared" / "data" / "articles_2015.jsonl.gz"
APP = Path(__file__).parents[2] / "app"
SAYING = sorted(APP.glob("extract/statements/data/*.tsv"))
NAMES = [APP / "arabic" / "data" / name for name in ("aliases.tsv", "parties.tsv", "given_names.tsv")]
# Words that change: of four letters and more, met at least so often, and exchanged with so many beside them in rank.
WORD = re.compile(r"[ء-غف-ي]{4,}")
LEAST_MET = 2
BAND = 200

Article = dict[str, str]


def articles(real: int | None = None) -> Iterator[Article]:
    """All real articles, or `real` of them drawn evenly; then new ones without end."""
    words = exchanged = None
    for turn in count_up():
        if turn:
            words = words or _exchangeable(real)
            exchanged = _exchange(words, turn)
        for article in _drawn(real):
            yield _new(article, turn, exchanged) if exchanged else article


def how_many() -> int:
    """The number of real articles."""
    with gzip.open(ARTICLES, "rb") as lines:
        return sum(1 for _ in lines)


def _drawn(real: int | None) -> Iterator[Article]:
    every = max(how_many() // real, 1) if real else 1
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % every == 0 and (real is None or number < real * every):
                yield json.loads(line)


def _exchangeable(real: int | None) -> list[list[str]]:
    """Words in bands: alike in their article and ending, and about as common. What a list holds stays out."""
    met = Counter(word for article in _drawn(real) for word in WORD.findall(article["text"]))
    saying, names = _words_of(SAYING), _words_of(NAMES)
    kept = names.union(*({word, "ال" + word, "و" + word, "وال" + word} for word in saying))
    free = [word for word, times in met.most_common() if times >= LEAST_MET and word not in kept]
    bands = []
    for _, alike in groupby(sorted(free, key=_kind), _kind):
        ranked = list(alike)  # sorting keeps the order of the ranks
        bands += [ranked[at : at + BAND] for at in range(0, len(ranked), BAND)]
    return bands


def _kind(word: str) -> tuple[str, str]:
    return ("ال" if word.startswith("ال") else word[0] if word[0] in "وفبلكيتن" else "", "ة" * word.endswith("ة"))


def _words_of(lists: Iterable[Path]) -> set[str]:
    return {word for one in lists for word in WORD.findall(one.read_text(encoding="utf-8"))}


def _exchange(bands: list[list[str]], turn: int) -> Callable[[re.Match[str]], str]:
    drawn, others = Random(turn), dict[str, str]()
    for band in bands:
        others |= zip(band, drawn.sample(band, len(band)), strict=True)
    return lambda found: others.get(found[0], found[0])


def _new(article: Article, turn: int, exchanged: Callable[[re.Match[str]], str]) -> Article:
    return article | {
        "url": f"{article['url']}/{turn}",
        "title": WORD.sub(exchanged, article["title"]),
        "text": WORD.sub(exchanged, article["text"]),
    }
