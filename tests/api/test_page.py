"""The page at `/`: its scripts are all served, and it has words for the codes of the API."""

import re
from importlib.resources import files

import httpx

from app.api.pages import FILES

WORDS = files("app").joinpath("web/words.js").read_text(encoding="utf-8")


async def test_every_script_that_a_script_of_the_page_needs_is_served(api: httpx.AsyncClient) -> None:
    scripts = [file.path for file in FILES if file.path.endswith(".js") and "swagger" not in file.path]
    needed = {one for path in scripts for one in re.findall(r'from "(/web/[^"]+)"', (await api.get(path)).text)}
    assert needed
    for path in needed:
        assert (await api.get(path)).headers["content-type"].startswith("text/javascript"), path


def test_every_stance_of_the_verbs_has_a_name_in_both_languages() -> None:
    table = files("app").joinpath("extract/statements/data/verbs.tsv").read_text(encoding="utf-8")
    stances = {line.split("\t")[1] for line in table.splitlines() if line.strip() and not line.startswith("#")}
    assert stances
    for stance in stances | {"formula", "document"}:
        assert len(re.findall(rf"\bstance_{stance}: ", WORDS)) == 2, stance


def test_both_languages_say_the_same_things() -> None:
    arabic, english = re.split(r"^  en: \{$", WORDS, flags=re.MULTILINE)
    keys = [re.findall(r'(?:^|[ {])"?([a-z_-]+)"?: "', part, re.MULTILINE) for part in (arabic, english)]
    assert sorted(keys[0]) == sorted(keys[1])
