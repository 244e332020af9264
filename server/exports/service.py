"""Exports as streams: a batch of rows in memory, never the whole."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace

from sqlalchemy import select

from schemas.tasks import FindingOut
from schemas.wire import Position
from server import clock
from server.audit.service import latest_seq
from server.auth.actor import Actor
from server.district import District
from server.exports.lines import csv_head, csv_lines, feature, words
from server.tasks.queries import Wanted, list_findings
from storage.database.models import Site

BATCH = 200
Batches = AsyncIterator[list[FindingOut]]


async def batches(district: District, wanted: Wanted, *, me: Actor, language: str) -> Batches:
    """The findings that fit and that this person may see, a page at a time. Each page is a session of its own."""
    page = replace(wanted, cursor=None, limit=BATCH)
    while True:
        async with district.database.reading() as session:
            found = await list_findings(session, me, page, language)
        yield found.items
        if found.next is None:
            return
        page = replace(page, cursor=found.next)


async def tag(district: District, wanted: Wanted, *, me: Actor, language: str) -> str:
    """What names the rows that this person reads now: the same until anything changes, for whatever changes a row
    notes an event (R89), and a new day makes tasks late.
    """
    async with district.database.reading() as session:
        seq = await latest_seq(session)
    facts = (seq, clock.today(), wanted, me.person_id, me.role, me.unit_id, language, words(language))
    return f'"{hashlib.sha256(repr(facts).encode()).hexdigest()}"'


async def as_csv(rows: Batches, language: str) -> AsyncIterator[bytes]:
    """CSV in UTF-8 with a mark that Excel knows."""
    head = csv_head(language)
    async for batch in rows:
        yield (head + csv_lines(batch, language)).encode()
        head = ""


async def as_geojson(district: District, rows: Batches) -> AsyncIterator[bytes]:
    """One FeatureCollection; each finding lies where its site does."""
    places: dict[str, Position | None] = {}
    between = b'{"type":"FeatureCollection","features":['
    async for batch in rows:
        yield between + await _features(district, batch, places)
        between = b",\n"
    yield b"]}"


async def _features(district: District, batch: list[FindingOut], places: dict[str, Position | None]) -> bytes:
    missing = {one.site_id for one in batch} - places.keys()
    async with district.database.reading() as session:
        for site in await session.scalars(select(Site).where(Site.id.in_(missing))):
            places[site.id] = Position(lat=site.lat, lon=site.lon)
    return b",\n".join(feature(one, places.get(one.site_id)) for one in batch)
