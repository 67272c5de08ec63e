"""Schemathesis asks every operation what the document allows and what it does not, alone and one after the other."""

from pathlib import Path

from tests.api.clients.conftest import DOCUMENT, HERE, Run, Tool

EXAMPLES = 25


def test_every_operation_keeps_its_word(run: Run, tool: Tool, port: int, key: str, tmp_path: Path) -> None:
    run(
        *(tool("schemathesis"), "--config-file", HERE / "schemathesis.toml", "run", DOCUMENT),
        *("--url", f"http://127.0.0.1:{port}", "--max-examples", str(EXAMPLES), "--seed", "1"),
        # It cannot write lines of JSON.
        *("--exclude-operation-id", "create_import"),
        *("--checks", "all", "--report-dir", tmp_path, "--header", f"X-API-Key: {key}"),
    )
