"""Labels without their articles: what they are put together with, and what is refused."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from tests.evaluation.labelled import SETS, Article, Statement, gold, labels_file, read

TEXT = "قال رامز الأيوبي إن الجسر آمن."
LABEL = Statement((20, 29), "indirect", "person", speaker_name=(4, 16), cue=(0, 3))


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QAWL_ARTICLES_DIR", str(tmp_path))
    with gzip.open(tmp_path / "articles_2015.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": text}) + "\n" for text in ("نص آخر", TEXT))
    return tmp_path


def labelled(id: str, text: str) -> Article:
    return Article(id, hashlib.sha256(text.encode()).hexdigest(), [LABEL])


@pytest.mark.usefixtures("articles")
def test_labels_and_their_article_become_one_record() -> None:
    [record] = gold([labelled("snn-1", TEXT)])
    [statement] = record["statements"]
    assert record["text"][slice(*statement["content"])] == "الجسر آمن"
    assert statement["speaker_name"] == "رامز الأيوبي"


@pytest.mark.usefixtures("articles")
def test_another_text_than_the_labelled_one_is_refused() -> None:
    with pytest.raises(ValueError, match=r"snn-0: the text in .* is not the one that was labelled"):
        gold([labelled("snn-0", TEXT)])
    with pytest.raises(ValueError, match="snn-2"):
        gold([labelled("snn-2", TEXT)])


def test_the_sets_share_no_article() -> None:
    digests = [article.sha256 for name in SETS for article in read(name)]
    assert len(digests) == len(set(digests))


@pytest.mark.parametrize("name", SETS)
def test_no_sentence_of_an_article_is_kept_with_the_labels(name: str) -> None:
    names = [one.speaker_name for article in read(name) for one in article.statements]
    assert all(len(name.split()) < 8 for name in names if isinstance(name, str))
    assert not any("content_text" in line for line in labels_file(name).read_text(encoding="utf-8").splitlines())
