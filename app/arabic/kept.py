"""Kept answers: what is asked of the same words again and again is worked out once for each of them."""

from collections.abc import Callable
from typing import TypeVar

_MOST = 32_768  # words, most of the vocabulary; once there are so many, those not asked for again are forgotten

Answer = TypeVar("Answer")


class _Answers(dict[str, Answer]):
    def __init__(self, answer: Callable[[str], Answer], most: int) -> None:
        self._answer = answer
        self._most = most
        self._before: dict[str, Answer] = {}

    def __missing__(self, word: str) -> Answer:
        if len(self) >= self._most:
            self._before = self.copy()
            self.clear()
        self[word] = answer = self._before[word] if word in self._before else self._answer(word)
        return answer


def kept(answer: Callable[[str], Answer], most: int = _MOST) -> Callable[[str], Answer]:
    """`answer`, a question about one word, with its answers kept: `lru_cache` takes twice as long to find one."""
    return _Answers(answer, most).__getitem__
