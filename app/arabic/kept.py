"""Kept answers: what is asked of the same words again and again is worked out once for each of them."""

from collections.abc import Callable
from typing import TypeVar

_MOST = 65_536  # words, the vocabulary of many thousand articles; then all are forgotten, and worked out anew

Answer = TypeVar("Answer")


class _Answers(dict[str, Answer]):
    def __init__(self, answer: Callable[[str], Answer]) -> None:
        self._answer = answer

    def __missing__(self, word: str) -> Answer:
        if len(self) >= _MOST:
            self.clear()
        self[word] = answer = self._answer(word)
        return answer


def kept(answer: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """`answer`, a question about one word, with its answers kept: `lru_cache` takes twice as long to find one."""
    return _Answers(answer).__getitem__
