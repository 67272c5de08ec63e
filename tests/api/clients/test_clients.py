"""Generated clients compile strictly and tell the same story as plain HTTP."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.clients.conftest import DOCUMENT, HERE, Run, Tool

STORIES = HERE / "stories"


@pytest.fixture(scope="module")
def url(port: int) -> str:
    """Where the API is served."""
    return f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def story(url: str) -> dict[str, Any]:
    """The story as plain HTTP tells it: searched, paged through, an article read with its statements, two refusals."""
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
        "not_found": "/problems/not-found",
        "refused": ["/problems/invalid-value", "limit"],
    }


def test_python(run: Run, tool: Tool, url: str, story: dict[str, Any], tmp_path: Path) -> None:
    client = tmp_path / "client"
    run(
        *(tool("openapi-python-client"), "generate", "--path", DOCUMENT, "--meta", "none"),
        *("--config", HERE / "openapi-python-client.yaml", "--output-path", client / "qawl_client"),
        *("--fail-on-warning", "--overwrite"),
    )
    (client / "story.py").write_bytes((STORIES / "story.py").read_bytes())
    run(sys.executable, "-m", "mypy", "--strict", "--config-file=", "story.py", "qawl_client", cwd=client)
    assert json.loads(run(sys.executable, "story.py", url, cwd=client)) == story


@pytest.fixture(scope="module")
def compiled(run: Run, tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both TypeScript clients with their stories, compiled."""
    folder = tmp_path_factory.mktemp("typescript")
    for name in ("tsconfig.json", "package.json"):
        (folder / name).write_bytes((HERE / name).read_bytes())
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    (folder / "stories").mkdir()
    for script in STORIES.glob("*.ts"):
        (folder / "stories" / script.name).write_bytes(script.read_bytes())
    run(tool("openapi-typescript"), DOCUMENT, "--output", "schema.d.ts", cwd=folder)
    run(tool("openapi-ts"), "--input", DOCUMENT, "--output", "hey", "--client", "@hey-api/client-fetch", cwd=folder)
    run(tool("tsc"), cwd=folder)
    return folder / "out" / "stories"


@pytest.mark.parametrize("script", ["fetch.js", "hey.js"])
def test_typescript(run: Run, url: str, story: dict[str, Any], compiled: Path, script: str) -> None:
    assert json.loads(run("node", script, url, cwd=compiled)) == story


def test_java(run: Run, tool: Tool, jdk: Callable[[str], str], url: str, story: dict[str, Any], tmp_path: Path) -> None:
    # The generator's own archive holds the JSON library that its clients use.
    (jar,) = tool("openapi-generator-cli").parents[1].rglob("openapi-generator.jar")
    run(
        *(jdk("java"), "-jar", jar, "generate", "-i", DOCUMENT, "-g", "java", "--library", "native", "-o", tmp_path),
        "--additional-properties=openApiNullable=false,enumUnknownDefaultCase=true,useSingleRequestParameter=true,"
        "hideGenerationTimestamp=true,"
        "invokerPackage=qawl.client,apiPackage=qawl.client.api,modelPackage=qawl.client.model",
        "--global-property=apiTests=false,modelTests=false,apiDocs=false,modelDocs=false",
    )
    sources = [*(tmp_path / "src" / "main").rglob("*.java"), *STORIES.rglob("*.java")]
    run(jdk("javac"), "-nowarn", "-d", tmp_path / "classes", "-cp", jar, *sources)
    assert json.loads(run(jdk("java"), "-cp", f"{tmp_path / 'classes'}:{jar}", "Story", url)) == story
