"""Keeping a child process running: started again with growing pauses when it ends by itself."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from signal import Signals

from app.embedded.processes import stop
from app.logs import log

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
# A child that ran this long had started well; its next end is a new accident, not the same one again.
STEADY_SECONDS = 60.0

Child = subprocess.Popen[bytes]
logger = log(__name__)


@contextmanager
def kept_running(name: str, start: Callable[[], Child], *signals: Signals) -> Iterator[None]:
    """Run what `start` starts for as long as the context lasts; stopped by `signals` in turn, then killed.

    The first start happens here and its error is the caller's. Later ones happen in a thread of their own, which
    lives as long as the child: a death signal is tied to the thread that started the child.
    """
    watch = _Watch(name, start, signals)
    thread = threading.Thread(target=watch.run, name=f"keep {name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        watch.ending.set()
        stop(watch.child, *signals)
        thread.join()


class _Watch:
    """One child process and the restarts of it."""

    def __init__(self, name: str, start: Callable[[], Child], signals: tuple[Signals, ...]) -> None:
        self.name = name
        self.start = start
        self.signals = signals
        self.ending = threading.Event()
        self.child = start()

    def run(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                self.child.wait(STEADY_SECONDS)
            except subprocess.TimeoutExpired:
                pause = FIRST_PAUSE
                continue
            if self.ending.is_set():
                return
            logger.warning("a child process ended and is started again", process=self.name, code=self.child.returncode)
            if self.ending.wait(pause):
                return
            pause = min(pause * 2, LONGEST_PAUSE)
            self._again()

    def _again(self) -> None:
        try:
            self.child = self.start()
        except Exception as error:
            logger.error("a child process could not be started again", process=self.name, reason=str(error))
            return
        if self.ending.is_set():  # the end came while it was starting
            stop(self.child, *self.signals)
