"""Generated clients compile strictly; the programs in `docs/clients.md` work as they stand there, and a longer story
is told as plain HTTP tells it.
"""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.clients.conftest import DOCUMENT, HERE, Run, Tool

STORIES = HERE / "stories"
PAGE = (DOCUMENT.parent / "clients.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def url(port: int) -> str:
    """Where the API is served."""
    return f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def story(url: str) -> dict[str, Any]:
    """The story as plain HTTP tells it: searched, paged through, an article read with its statements, all of an outlet
    exported, a page sent with a key, two refusals.
    """
    with httpx.Client(base_url=url) as http:
        hits = http.get("/v1/search/statements", params={"q": "قسد"}).json()
        everything = http.get("/v1/statements", params={"source": "anapress.net", "limit": 100}).json()
        article = hits["items"][0]["statement"]["article"]["id"]
        said = http.get(f"/v1/articles/{article}/statements", params={"limit": 100}).json()
    assert everything["next_cursor"] is None
    assert len(everything["items"]) > 14
    return {
        "found": hits["total"]["value"],
        "paged": [one["id"] for one in everything["items"]],
        "sliced": [True for _ in said["items"]],
        "exported": len(everything["items"]),
        "imported": "حكاية",
        "not_found": "/problems/not-found",
        "refused": ["/problems/invalid-value", "limit"],
    }


@pytest.fixture(scope="module")
def said(url: str) -> str:
    """What the programs on the page print."""
    hits = httpx.get(f"{url}/v1/search/statements", params={"q": "قسد", "limit": 1}).json()
    return str(hits["items"][0]["statement"]["content"]["text"]) + "\n"


def example(language: str, number: int = 0) -> str:
    """A program on the page."""
    return str(re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[number])


def test_python(run: Run, tool: Tool, url: str, key: str, story: dict[str, Any], said: str, tmp_path: Path) -> None:
    client = tmp_path / "client"
    run(
        *(tool("openapi-python-client"), "generate", "--path", DOCUMENT, "--meta", "none"),
        *("--config", HERE / "openapi-python-client.yaml", "--output-path", client / "qawl_client"),
        *("--fail-on-warning", "--overwrite"),
    )
    (client / "story.py").write_bytes((STORIES / "story.py").read_bytes())
    (client / "example.py").write_text(example("python"), encoding="utf-8")
    run(sys.executable, "-m", "mypy", "--strict", "--config-file=", "story.py", "example.py", "qawl_client", cwd=client)
    assert json.loads(run(sys.executable, "story.py", url, key, cwd=client)) == story
    assert run(sys.executable, "example.py", url, cwd=client) == said


@pytest.fixture(scope="module")
def compiled(run: Run, tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both TypeScript clients with their stories, compiled."""
    folder = tmp_path_factory.mktemp("typescript")
    for name in ("tsconfig.json", "package.json"):
        (folder / name).write_bytes((HERE / name).read_bytes())
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    (folder / "stories").mkdir()
    for number, script in enumerate(("fetch.ts", "hey.ts")):
        (folder / "stories" / script).write_bytes((STORIES / script).read_bytes())
        (folder / "stories" / f"example_{script}").write_text(example("ts", number), encoding="utf-8")
    run(tool("openapi-typescript"), DOCUMENT, "--output", "schema.d.ts", cwd=folder)
    run(tool("openapi-ts"), "--input", DOCUMENT, "--output", "hey", "--client", "@hey-api/client-fetch", cwd=folder)
    run(tool("tsc"), cwd=folder)
    return folder / "out" / "stories"


@pytest.mark.parametrize("script", ["fetch.js", "hey.js"])
def test_typescript(
    run: Run, url: str, key: str, story: dict[str, Any], said: str, compiled: Path, script: str
) -> None:
    assert json.loads(run("node", script, url, key, cwd=compiled)) == story
    assert run("node", f"example_{script}", url, cwd=compiled) == said


def test_java(
    run: Run,
    tool: Tool,
    jdk: Callable[[str], str],
    url: str,
    key: str,
    story: dict[str, Any],
    said: str,
    tmp_path: Path,
) -> None:
    # The generator's own archive holds the JSON library that its clients use.
    (jar,) = tool("openapi-generator-cli").parents[1].rglob("openapi-generator.jar")
    run(
        *(jdk("java"), "-jar", jar, "generate", "-i", DOCUMENT, "-g", "java", "--library", "native", "-o", tmp_path),
        "--additional-properties=openApiNullable=false,enumUnknownDefaultCase=true,useSingleRequestParameter=true,"
        "hideGenerationTimestamp=true,"
        "invokerPackage=qawl.client,apiPackage=qawl.client.api,modelPackage=qawl.client.model",
        "--global-property=apiTests=false,modelTests=false,apiDocs=false,modelDocs=false",
    )
    (tmp_path / "Example.java").write_text(example("java"), encoding="utf-8")
    sources = [*(tmp_path / "src" / "main").rglob("*.java"), *STORIES.rglob("*.java"), tmp_path / "Example.java"]
    run(jdk("javac"), "-nowarn", "-d", tmp_path / "classes", "-cp", jar, *sources)
    classes = f"{tmp_path / 'classes'}:{jar}"
    assert json.loads(run(jdk("java"), "-cp", classes, "Story", url, key)) == story
    assert run(jdk("java"), "-Dstdout.encoding=UTF-8", "-cp", classes, "Example", url) == said
