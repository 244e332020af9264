"""Fills an installed district with years of inspections, findings and tasks, past the services and fast."""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.indexing.grams import folded, grams
from storage.database import search
from storage.database.base import Base
from storage.database.engine import Database
from storage.database.models import Person, Site, TemplateVersion, Unit
from storage.database.models.search import Kind

_SITES = 600
_EACH = 4  # findings an inspection
_DRAFTS = 200
_OPEN = 0.02
_CHUNK = 5000
_YEARS = 3
_NOTES = (
    "标识缺失",
    "灭火器压力不足",
    "公示栏内容过期",
    "地面有积水",
    "垃圾分类标识不清",
    "无障碍通道被占用",
    "卫生间无洗手液",
)
_PLACES = ("一楼大厅", "二楼走廊", "三楼候诊区", "药房窗口", "楼梯间", "停车场入口", "科普活动室门口", "配电箱旁")
RARE = "锅炉房"
_ONE_IN = 5000


def site_name(number: int) -> str:
    """The name of a further site."""
    return f"第{number}社区卫生服务站"


class Ground:
    """What the rows point to: people, units, sites and the items of a checklist."""

    def __init__(self, inspector: str, units: list[str], sites: list[str], version: tuple[str, list[str]]) -> None:
        self.inspector = inspector
        self.units = units
        self.sites = sites
        self.version_id, self.items = version


async def ground_of(session: AsyncSession) -> Ground:
    """The demo district's own, with hundreds of further sites."""
    inspector = await session.scalar(select(Person.id).where(Person.login == "inspector"))
    units = list(await session.scalars(select(Unit.id).where(Unit.kind.in_(("member", "street"))).limit(12)))
    template = await session.scalar(select(TemplateVersion).where(TemplateVersion.code == "YL"))
    model = await session.scalar(select(Site).where(Site.code == "YL-03"))
    assert inspector and template and model
    columns = {column.key: getattr(model, column.key) for column in Site.__table__.columns}
    rows = [
        columns | {"id": ids.uuid7(), "code": f"CS-{number:04}", "name": site_name(number)} for number in range(_SITES)
    ]
    await session.execute(insert(Site), rows)
    items = [item["code"] for item in template.document["items"] if item["type"] == "yn"]
    return Ground(inspector, units, [row["id"] for row in rows], (template.id, items))


async def fill(database: Database, findings: int) -> None:
    """Put so many findings in, with their inspections, tasks and search entries."""
    async with database.writing() as session:
        ground = await ground_of(session)
    rows = _chunks(ground, findings)
    await (_into_sqlite(database, rows) if database.is_sqlite else _into_postgresql(database, rows))


_Rows = list[dict[str, Any]]
_TABLES: tuple[tuple[Kind, Table, str], ...] = (
    ("inspection", Base.metadata.tables["inspection"], "received_at"),
    ("task", Base.metadata.tables["task"], "created_at"),
    ("finding", Base.metadata.tables["finding"], "received_at"),
)
_ENTRIES = Base.metadata.tables["search_entry"]


class Chunk:
    """Rows that go in together."""

    def __init__(self) -> None:
        self.inspections: _Rows = []
        self.tasks: _Rows = []
        self.findings: _Rows = []
        self.entries: _Rows = []

    def index(self, numbers: Iterator[int]) -> None:
        """Make the search entries of the other rows."""
        for (kind, _, at), rows in zip(_TABLES, (self.inspections, self.tasks, self.findings), strict=True):
            self.entries += [
                {"number": next(numbers), "kind": kind, "subject_id": row["id"], "at": row[at], "words": row["words"]}
                for row in rows
            ]

    def tables(self) -> list[tuple[Table, _Rows]]:
        """Every table with its rows, each after those that it points to."""
        tables = [table for _, table, _ in _TABLES]
        rows = (self.inspections, self.tasks, self.findings)
        return [*zip(tables, rows, strict=True), (_ENTRIES, self.entries)]

    def pieces(self) -> Iterator[tuple[int, list[str]]]:
        """The pieces of each entry."""
        return ((row["number"], grams(row["words"])) for row in self.entries)


def _chunks(ground: Ground, findings: int) -> Iterator[Chunk]:
    filler, numbers = Filler(ground), itertools.count(1_000_000)
    count, each = -(-findings // _EACH), _CHUNK // _EACH
    begins, years = clock.now() - timedelta(days=365 * _YEARS), timedelta(days=365 * _YEARS)
    for first in range(0, count, each):
        chunk = Chunk()
        for place in range(first, min(first + each, count)):
            filler.inspect(chunk, at=begins + years * place / count, is_draft=place >= count - _DRAFTS // _EACH)
        chunk.index(numbers)
        yield chunk


class Filler:
    """Makes one inspection after the other; the same ones at each run."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._chance = random.Random(1)
        self._live: set[tuple[str, str]] = set()

    def inspect(self, chunk: Chunk, *, at: datetime, is_draft: bool) -> None:
        """One inspection with its findings, each with a task of its own."""
        ground, chance = self._ground, self._chance
        site = chance.randrange(len(ground.sites))
        name, month = site_name(site), clock.month_of(clock.shanghai_date(at))
        inspection: dict[str, Any] = {
            "id": ids.uuid7(), "site_id": ground.sites[site], "template_version_id": ground.version_id,
            "template_code": "YL", "author_id": ground.inspector, "outcome": "inspected",
            "state": "submitted" if is_draft else "confirmed", "month": month, "started_at": at, "finished_at": at,
            "received_at": at, "confirmed_at": None if is_draft else at, "score": 95.0, "document": {"answers": []},
            "document_sha256": "0" * 64, "results": {}, "flags": [], "words": folded(name),
        }  # fmt: skip
        chunk.inspections.append(inspection)
        unit = chance.choice(ground.units)
        for item in chance.sample(ground.items, _EACH):
            task = self._task(ground.sites[site], unit, item, at, is_draft=is_draft)
            task["words"] = folded(f"{task['problem']} {item} {name}")
            chunk.tasks.append(task)
            chunk.findings.append(_finding(task, inspection))

    def _task(self, site: str, unit: str, item: str, at: datetime, *, is_draft: bool) -> dict[str, Any]:
        chance = self._chance
        note = f"{chance.choice(_PLACES)}{chance.choice(_NOTES)}"
        if chance.randrange(_ONE_IN) == 0:
            note += f"，{RARE}门未锁"
        # One live task a site and item.
        is_free = (site, item) not in self._live
        status = "closed" if not is_free else "draft" if is_draft else "open" if chance.random() < _OPEN else "closed"
        if status != "closed":
            self._live.add((site, item))
        closed = status == "closed"
        return {
            "id": ids.uuid7(), "origin": "inspection", "source_name": "", "source_number": "", "wants_letter": False,
            "site_id": site, "item_code": item, "template_version_id": self._ground.version_id, "problem": note,
            "requirement": "限期整改", "unit_id": unit, "institution": "",
            "severity": chance.choice(("minor", "minor", "major")), "status": status, "rung": "none",
            "closing": "evidence", "working_days": 10, "due_on": (at + timedelta(days=14)).date(),
            "due_provisional": False, "created_at": at, "updated_at": at,
            "confirmed_at": None if status == "draft" else at, "return_count": 0, "return_proposed": False,
            "version": 2,
            "replied_at": at + timedelta(days=7) if closed else None,
            "closed_at": at + timedelta(days=9) if closed else None, "closed_kind": "verified" if closed else None,
        }  # fmt: skip


def _finding(task: dict[str, Any], inspection: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": ids.uuid7(), "inspection_id": inspection["id"], "item_code": task["item_code"],
        "site_id": task["site_id"], "task_id": task["id"], "unit_id": task["unit_id"], "link": "new",
        "severity": task["severity"], "problem": task["problem"], "note": task["problem"], "answer": {"value": False},
        "status": "draft" if task["status"] == "draft" else "confirmed", "month": inspection["month"],
        "seen_at": task["created_at"], "received_at": task["created_at"], "finder_id": inspection["author_id"],
        "flag_codes": [], "is_flagged": False, "on_spot": False, "guidance": None, "words": task["words"],
    }  # fmt: skip


def _bound(table: Table, rows: Sequence[dict[str, Any]], dialect: Any) -> Iterator[tuple[Any, ...]]:
    """The rows as the driver takes them, in the order of the columns."""
    made = [(column.key, column.type.dialect_impl(dialect).bind_processor(dialect)) for column in table.columns]
    for row in rows:
        yield tuple(process(row.get(key)) if process else row.get(key) for key, process in made)


async def _into_sqlite(database: Database, chunks: Iterator[Chunk]) -> None:
    dialect = database.engine.dialect
    with closing(sqlite3.connect(str(database.url.database), isolation_level=None)) as raw:
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("PRAGMA cache_size=-400000")
        for chunk in chunks:
            raw.execute("BEGIN")
            for table, rows in chunk.tables():
                places = ",".join("?" * len(table.columns))
                values = (_texts(row) for row in _bound(table, rows, dialect))
                raw.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', values)
            pieces = ((number, " ".join(found)) for number, found in chunk.pieces())
            raw.executemany("INSERT INTO search_gram (rowid, grams) VALUES (?, ?)", pieces)
            raw.execute("COMMIT")
        raw.execute("ANALYZE")


def _texts(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Instants as SQLAlchemy writes them on SQLite."""
    return tuple(value.isoformat(" ", "microseconds") if isinstance(value, datetime) else value for value in row)


async def _into_postgresql(database: Database, chunks: Iterator[Chunk]) -> None:
    dialect = database.engine.dialect
    async with database.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        await raw.execute("DROP INDEX ix_search_gram_grams")
        await raw.execute("CREATE TEMP TABLE pieces (number bigint, grams text)")
        for chunk in chunks:
            for table, rows in chunk.tables():
                columns = [column.name for column in table.columns]
                await raw.copy_records_to_table(table.name, records=_bound(table, rows, dialect), columns=columns)
            pieces = [(number, search.vector(found)) for number, found in chunk.pieces()]
            await raw.copy_records_to_table("pieces", records=pieces)
            await raw.execute("INSERT INTO search_gram SELECT number, grams::tsvector FROM pieces; TRUNCATE pieces")
        await raw.execute("CREATE INDEX ix_search_gram_grams ON search_gram USING gin (grams)")
        await raw.execute("VACUUM ANALYZE")
