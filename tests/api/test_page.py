"""What is opened in a browser: the page has its scripts and words, and the reference fills in what can be asked."""

import re
from importlib.resources import files

import httpx
import pytest

from app.api.pages import FILES
from app.main import create_app

WORDS = files("app").joinpath("web/words.js").read_text(encoding="utf-8")


def filled_in() -> list[str]:
    """The addresses that the reference fills in by itself, of what needs no key."""
    addresses = []
    for path, methods in create_app().openapi()["paths"].items():
        known = [one for one in methods.get("get", {}).get("parameters", ()) if "example" in one]
        if known and not path.startswith("/v1/imports") and not path.endswith("/raw"):
            query = "&".join(f"{one['name']}={one['example']}" for one in known if one["in"] == "query")
            places = {one["name"]: one["example"] for one in known if one["in"] == "path"}
            addresses.append(f"{path.format(**places)}?{query}")
    return addresses


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("address", filled_in())
async def test_what_the_reference_fills_in_has_an_answer_on_the_seed(api: httpx.AsyncClient, address: str) -> None:
    answer = await api.get(address)
    assert answer.status_code == 200, answer.text
    if "application/json" in answer.headers["content-type"] and "similar" not in address:
        assert answer.json().get("items") != [], address


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
