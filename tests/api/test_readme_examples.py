"""The README's questions get the answers that it shows."""

import re
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"curl -s 'http://127.0.0.1:8000(/[^']+)'\n```\n\n```json\n(.*?)```", README, re.DOTALL)


def holds(answer: Any, shown: Any) -> bool:
    """Whether all that is shown stands in the answer; lists are as long as they are shown."""
    if isinstance(shown, dict):
        return all(name in answer and holds(answer[name], value) for name, value in shown.items())
    if isinstance(shown, list):
        return len(answer) == len(shown) and all(map(holds, answer, shown))
    return bool(answer == shown)


def test_the_readme_shows_three_questions() -> None:
    assert len(EXAMPLES) == 3


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("address", "shown"), EXAMPLES)
async def test_the_answer_is_the_one_shown(api: httpx.AsyncClient, address: str, shown: str) -> None:
    answer = (await api.get(address)).json()
    assert holds(answer, msgspec.json.decode(shown)), answer
