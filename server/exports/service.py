"""Exports as streams: a batch of rows in memory, never the whole."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

from sqlalchemy import select

from schemas.tasks import FindingOut
from schemas.wire import Position
from server.auth.actor import Actor
from server.district import District
from server.exports.lines import csv_head, csv_lines, feature
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


async def as_csv(first: list[FindingOut], rest: Batches, language: str) -> AsyncIterator[bytes]:
    """CSV in UTF-8 with a mark that Excel knows."""
    yield (csv_head(language) + csv_lines(first, language)).encode()
    async for batch in rest:
        yield csv_lines(batch, language).encode()


async def as_geojson(district: District, first: list[FindingOut], rest: Batches) -> AsyncIterator[bytes]:
    """One FeatureCollection; each finding lies where its site does."""
    places: dict[str, Position | None] = {}
    yield b'{"type":"FeatureCollection","features":['
    yield await _features(district, first, places)
    async for batch in rest:
        if lines := await _features(district, batch, places):
            yield b",\n" + lines
    yield b"]}"


async def _features(district: District, batch: list[FindingOut], places: dict[str, Position | None]) -> bytes:
    missing = {one.site_id for one in batch} - places.keys()
    async with district.database.reading() as session:
        for site in await session.scalars(select(Site).where(Site.id.in_(missing))):
            places[site.id] = Position(lat=site.lat, lon=site.lon)
    return b",\n".join(feature(one, places.get(one.site_id)) for one in batch)
