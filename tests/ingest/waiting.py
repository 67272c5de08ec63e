"""Waiting for what another process does."""

import asyncio
import time
from collections.abc import Callable
from typing import Any


async def until(question: Callable[[], Any], *, within: float = 100) -> None:
    """Ask again and again until the answer is true."""
    end = time.monotonic() + within
    while not await question():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)
