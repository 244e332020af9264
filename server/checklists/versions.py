"""Installed template versions. A version never changes, so a parsed one is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklists import Item, TemplateDocument, TemplateVersion, Words
from storage.database.models import TemplateVersion as Row

_parsed: dict[str, TemplateVersion] = {}


def parse(row: Row) -> TemplateVersion:
    """The version as it travels. Kept by its id, which names one immutable document for ever."""
    known = _parsed.get(row.id)
    if known is None:
        document = msgspec.convert(row.document, TemplateDocument)
        known = TemplateVersion(id=row.id, **{name: getattr(document, name) for name in document.__struct_fields__})
        _parsed[row.id] = known
    return known


async def by_ids(session: AsyncSession, ids: Iterable[str]) -> dict[str, TemplateVersion]:
    """The versions with these ids; an id that does not exist is missing from the answer."""
    wanted = set(ids)
    unread = wanted - _parsed.keys()
    if unread:
        for row in await session.scalars(select(Row).where(Row.id.in_(unread))):
            parse(row)
    return {version_id: _parsed[version_id] for version_id in wanted if version_id in _parsed}


async def current(session: AsyncSession) -> list[TemplateVersion]:
    """The current version of each template, by code."""
    rows = await session.scalars(select(Row).where(Row.is_current.is_(True)).order_by(Row.code))
    return [parse(row) for row in rows]


async def lately_superseded(session: AsyncSession, since: date) -> set[str]:
    """The ids of versions that a newer one has taken the place of on this day or after."""
    return set(await session.scalars(select(Row.id).where(Row.superseded_on >= since)))


def item_of(version: TemplateVersion, code: str) -> Item | None:
    """The item with a code; None for one that is not asked, such as 未能入内."""
    return next((item for item in version.items if item.code == code), None)


def words(value: Words, language: str) -> str:
    """One language of a text that travels in two."""
    return value.en if language == "en" else value.zh
