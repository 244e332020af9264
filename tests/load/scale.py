"""`python -m tests.load.scale [findings ...]`: lists, searches and dashboards at that size, on both databases."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import httpx

from storage.database.engine import Database
from tests.load.__main__ import person
from tests.load.drive import HEADING, timed
from tests.load.filling import RARE, fill
from tests.servers.app import AppServer
from tests.servers.postgres import postgres

_COUNTS = (5_000, 1_000_000)
_DEEP = 40
# What is asked for, with the floor at p95 (quality.md, section 1); one person at a time, as a page is opened.
_ASKED: Mapping[str, tuple[str, int]] = {
    "for comparison: the pulse": ("/api/pulse", 20),
    "what waits": ("/api/findings?status=draft", 20),
    "all findings": ("/api/findings", 20),
    "confirmed ones, oldest first": ("/api/findings?status=confirmed&sort=receivedAt", 20),
    "of one unit and severity": ("/api/findings?unit={unit}&severity=major", 20),
    "of one site": ("/api/findings?site={site}", 20),
    "of one month": ("/api/findings?month={month}", 20),
    "the {deep}th page": ("/api/findings?cursor={cursor}", 20),
    "tasks": ("/api/tasks", 20),
    "late tasks by date": ("/api/tasks?overdue=true&sort=dueOn", 20),
    "open tasks of one unit": ("/api/tasks?status=open&unit={unit}", 20),
    "relapses": ("/api/tasks?relapse=true", 20),
    "inspections": ("/api/inspections", 20),
    "search: a frequent word": ("/api/findings?q=标识", 20),
    "search: a rare word": (f"/api/findings?q={RARE}", 20),
    "search: two words": ("/api/findings?q=标识 大厅", 20),
    "search: a word that is nowhere": ("/api/findings?q=熊猫", 20),
    "search: frequent, among what waits": ("/api/findings?q=标识&status=draft", 20),
    "search: tasks": (f"/api/tasks?q={RARE}", 20),
    "search over everything": (f"/api/search?q={RARE}", 60),
    "overview (month)": ("/api/overview", 15),
    "statistics of a year": ("/api/statistics", 10),
    "wall chart": ("/api/board", 15),
}


async def measure(name: str, server: AppServer) -> None:
    """Print one line for each address."""
    office = await person(server.url, "office")
    page = (await office.get("/api/findings", params={"status": "confirmed"})).json()
    row = page["items"][0]
    known = {"unit": row["unitId"], "site": row["siteId"], "month": row["receivedAt"][:7], "deep": _DEEP}
    known["cursor"] = await _deep_cursor(office)
    print(f"{name}\n{HEADING}  floor", flush=True)
    for what, (address, floor) in _ASKED.items():
        url = address.format(**known)

        async def ask(_: int, url: str = url) -> httpx.Response:
            return await office.get(url)

        await ask(0)
        timing = await timed(what.format(**known), server.pid, 40, 1, ask)
        verdict = "" if timing.p95_ms <= floor else "  OVER"
        print(f"{timing.row().rstrip()} {floor:>6}{verdict}", flush=True)
    await office.aclose()


async def _deep_cursor(office: httpx.AsyncClient) -> str:
    cursor: str = ""
    for _ in range(_DEEP):
        page = (
            await office.get("/api/findings", params={"limit": 100, **({"cursor": cursor} if cursor else {})})
        ).json()
        cursor = page["next"] or cursor
    return cursor


async def filled(url: str, count: int) -> float:
    """Fill a database; how many seconds it took."""
    database, begun = Database(url), time.monotonic()
    await fill(database, count)
    await database.close()
    return time.monotonic() - begun


def run(name: str, folder: Path, url: str, count: int) -> None:
    """One database: installed, filled, asked."""
    data, settings = folder / "data", {"XUNGAI_DATABASE_URL": url, "XUNGAI_SWEEP_SECONDS": "0"}
    AppServer(data, **settings).start().stop()
    took = asyncio.run(filled(url, count))
    server = AppServer(data, **settings).start()
    try:
        asyncio.run(measure(f"\n{name}, {count:,} findings (filled in {took:.0f} s)", server))
    finally:
        server.stop()
        shutil.rmtree(data, ignore_errors=True)


def main(counts: list[int]) -> None:
    """Every count on both databases."""
    with tempfile.TemporaryDirectory() as held, postgres() as cluster:
        for count in counts:
            folder = Path(held) / str(count)
            folder.mkdir()
            run("SQLite", folder, f"sqlite+aiosqlite:///{folder}/scale.sqlite3", count)
            run("PostgreSQL", folder, cluster.create(f"scale{count}"), count)


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or list(_COUNTS))
