"""How well articles are cut out of pages: words of the article that were kept, and words that are not its own.

`python -m tests.evaluation.pages` reads the real pages in `../shared/data/pages` and, for each skeleton of a page or
dump of the tests, real articles of `../shared/data` put into it; nothing of these texts is kept here.
"""

import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.arabic.fold import folded
from app.corpus.fields import Page
from app.extract.pages import PageRejected, read_page
from tests.extract.pages.dumps import DUMPS
from tests.extract.pages.skeletons import SKELETONS, Story

DATA = Path(__file__).parents[3] / "shared" / "data"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Words:
    """Counts of words: of the article, of those found again, of what was found in all."""

    wanted: int
    kept: int
    found: int

    @property
    def recall(self) -> float:
        """Percent of the article's words that the body holds."""
        return 100 * self.kept / self.wanted if self.wanted else 100.0

    @property
    def foreign(self) -> float:
        """Percent of the body's words that are not the article's."""
        return 100 * (self.found - self.kept) / self.found if self.found else 0.0

    def __add__(self, other: "Words") -> "Words":
        return Words(self.wanted + other.wanted, self.kept + other.kept, self.found + other.found)


NONE = Words(0, 0, 0)


def compare(paragraphs: Sequence[str], body: str) -> Words:
    """The words of a body against those of the article, each as often as it stands there."""
    wanted, found = (Counter(_WORD.findall(folded(text))) for text in (" ".join(paragraphs), body))
    return Words(wanted.total(), (wanted & found).total(), found.total())


def real_pages(folder: Path = DATA / "pages") -> Iterator[tuple[str, Page, str, list[str]]]:
    """Name, page as read, expected title and paragraphs of each real page."""
    for file in sorted(folder.glob("*.html")):
        expected = json.loads(file.with_suffix(".expected.json").read_text("utf-8"))
        paragraphs = expected.get("body") or expected["text"].split("\n\n")
        yield file.stem, read_page(file.read_bytes(), media_type="text/html"), expected["title"], paragraphs


def stories(count: int, file: Path = DATA / "articles_2015.jsonl.gz") -> list[Story]:
    """`count` real articles from all over the file, of two paragraphs and more."""
    found: list[Story] = []
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 37 or len(found) >= count:
                continue
            article = json.loads(line)
            paragraphs = [" ".join(text.split()) for text in article["text"].split("\n") if text.strip()]
            if len(paragraphs) > 1 and article["title"]:
                found.append(Story(" ".join(article["title"].split()), paragraphs))
    return found


def skeleton_scores(articles: Sequence[Story]) -> Iterator[tuple[str, Words, int, list[str]]]:
    """For each skeleton: the words, how many titles are right, and the titles of the worst pages."""
    for skeleton in [*SKELETONS, *DUMPS]:
        media_type = "text/html" if skeleton in SKELETONS else "text/plain"
        total, titles, worst = NONE, 0, []
        for story in articles:
            try:
                page = read_page(skeleton(story), media_type=media_type)
            except PageRejected as rejected:
                words, title = compare(story.paragraphs, ""), str(rejected)
            else:
                words, title = compare(story.paragraphs, page.body), page.title or ""
            total += words
            titles += folded(title) == folded(story.title)
            if words.recall < 95 or words.foreign > 5:
                worst.append(f"{words.recall:.0f}/{words.foreign:.0f} {story.title[:60]}")
        yield skeleton.__name__, total, titles, worst


def main(count: int = 120) -> None:
    """Print recall and foreign share of real pages and of real articles in each skeleton."""
    for name, page, title, paragraphs in real_pages():
        words = compare(paragraphs, page.body)
        print(f"{name:28}{words.recall:8.1f} % of words {words.foreign:6.1f} % foreign  title {page.title == title}")
    articles = stories(count)
    print(f"{len(articles)} real articles in each skeleton")
    for name, words, titles, worst in skeleton_scores(articles):
        print(
            f"{name:28}{words.recall:8.1f} % of words {words.foreign:6.1f} % foreign  titles {titles}  bad {len(worst)}"
        )
        for line in worst[: 5 if "-v" in sys.argv else 0]:
            print("   ", line)


if __name__ == "__main__":
    main()
