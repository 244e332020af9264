"""Drives a server process with several workers and keeps what each call took."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx


@dataclass(frozen=True)
class Timing:
    """What a run came to: calls a second, milliseconds at p50 and p95, the server's CPU milliseconds a call."""

    name: str
    calls: int
    per_second: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    bytes_per_second: float = 0.0

    def row(self) -> str:
        speed = f"{self.bytes_per_second / 1e6:8.1f} MB/s" if self.bytes_per_second else " " * 13
        return (
            f"{self.name:<44} {self.calls:>6} {self.per_second:>9.1f}/s {self.p50_ms:>8.1f} {self.p95_ms:>8.1f} "
            f"{self.cpu_ms:>8.2f} {speed}"
        )


HEADING = f"{'what':<44} {'calls':>6} {'rate':>11} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8}"


def cpu_seconds(pid: int) -> float:
    """User and system time of a process, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_rss_mb(pid: int) -> float:
    """The most memory that a process ever held, in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


async def timed(
    name: str, pid: int, count: int, workers: int, call: Callable[[int], Awaitable[httpx.Response]], size: int = 0
) -> Timing:
    """Make `count` calls, `workers` at a time; every one must succeed."""
    durations: list[float] = []
    queue = iter(range(count))

    async def work() -> None:
        for number in queue:
            begun = time.perf_counter()
            answer = await call(number)
            durations.append((time.perf_counter() - begun) * 1000)
            assert answer.status_code < 400, answer.text

    cpu, begun = cpu_seconds(pid), time.perf_counter()
    await asyncio.gather(*(work() for _ in range(workers)))
    took = time.perf_counter() - begun
    ordered = sorted(durations)
    return Timing(
        name=name,
        calls=count,
        per_second=count / took,
        p50_ms=statistics.median(ordered),
        p95_ms=ordered[int(len(ordered) * 0.95) - 1],
        cpu_ms=(cpu_seconds(pid) - cpu) * 1000 / count,
        bytes_per_second=count * size / took,
    )
