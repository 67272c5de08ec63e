"""How the figures are taken: the median of several rounds, each long enough to mean something."""

from collections.abc import Awaitable, Callable
from statistics import median
from time import perf_counter, process_time

ROUNDS = 5


def seconds(work: Callable[[], object], *, at_least: float = 0.3) -> float:
    """Seconds of CPU that one call of `work` takes: the median of five rounds of `at_least` seconds each."""
    work()
    rounds = []
    for _ in range(ROUNDS):
        calls, begun, cpu = 0, perf_counter(), process_time()
        while perf_counter() - begun < at_least:
            work()
            calls += 1
        rounds.append((process_time() - cpu) / calls)
    return median(rounds)


async def seconds_async(work: Callable[[], Awaitable[object]], *, calls: int = 200) -> float:
    """Seconds by the wall clock that one awaited call takes, one after the other: the median of five rounds."""
    await work()
    rounds = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        for _ in range(calls):
            await work()
        rounds.append((perf_counter() - begun) / calls)
    return median(rounds)


def line(name: str, figure: str, ratio: float | None = None, reference: str = "") -> None:
    """One row of the report."""
    beside = f"{ratio:8.2f} x {reference}" if ratio is not None else ""
    print(f"{name:<44}{figure:>22}{beside}", flush=True)
