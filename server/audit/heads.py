"""The chain's head of each day, kept beside the database and handed out: who rewrites the whole chain, so that it fits
again, still has to change what lies elsewhere, on paper or with a time-stamping service (R89)."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from datetime import date, datetime

import msgspec
from sqlalchemy import select

from server.audit.chain import canonical
from server.audit.stamps import StampError, fetch_stamp, read_roots, stamped_at
from server.district import District
from storage.database.models import AuditEvent, AuditHead
from storage.objects import ObjectMissing

_FOLDER = "audit-heads"


class Head(msgspec.Struct, frozen=True):
    """The last event of the chain at an instant, on a day in Shanghai."""

    on: date
    at: datetime
    seq: int
    hash: str


class KeptHead(msgspec.Struct, frozen=True):
    """A head with the time-stamping service's word about its canonical form, in Base64, where there is one."""

    head: Head
    stamp: str | None = None


def head_key(on: date) -> str:
    """Where a day's head is kept."""
    return f"{_FOLDER}/{on:%Y}/{on.isoformat()}.json"


async def current_head(district: District, *, on: date, now: datetime) -> KeptHead | None:
    """The head as it is now, stamped where a service is set; None while nothing has happened. Raises StampError."""
    head = await _unstamped(district, on, now)
    return None if head is None else await _stamped(district, head)


async def keep_head(district: District, *, on: date, now: datetime) -> int:
    """Keep the day's head, once; how many were kept or stamped now. A stamp that could not be had is asked for again.

    Two replicas at once keep two heads of one chain one after the other, each with its own stamp: either is good.
    """
    known = await _known(district, on)
    if known is not None and (known.stamp is not None or not district.settings.tsa_url):
        return 0
    head = known.head if known else await _unstamped(district, on, now)
    if head is None:
        return 0
    try:
        kept = await _stamped(district, head)
    except StampError:
        if known:
            return 0
        kept = KeptHead(head)
    await district.objects.put(head_key(on), encoded(kept))
    return 1


async def _unstamped(district: District, on: date, now: datetime) -> Head | None:
    async with district.database.reading() as session:
        row = (await session.execute(select(AuditHead.seq, AuditHead.hash))).one_or_none()
    return None if row is None else Head(on, now, row.seq, row.hash)


async def _stamped(district: District, head: Head) -> KeptHead:
    url = district.settings.tsa_url
    if not url:
        return KeptHead(head)
    raw = await asyncio.to_thread(fetch_stamp, url, canonical(head))
    return KeptHead(head, base64.b64encode(raw).decode())


async def _known(district: District, on: date) -> KeptHead | None:
    try:
        return msgspec.json.decode(await district.objects.get(head_key(on)), type=KeptHead)
    except (ObjectMissing, msgspec.DecodeError):
        return None


def encoded(kept: KeptHead) -> bytes:
    """A kept head as it lies in the store and in a file: JSON for people, one key a line."""
    return msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n"


async def kept_heads(district: District) -> AsyncIterator[tuple[str, bytes, KeptHead | None]]:
    """Key, bytes and meaning of every head that was kept; None where the bytes are no head."""
    async for info in district.objects.list(f"{_FOLDER}/"):
        data = await district.objects.get(info.key)
        try:
            yield info.key, data, msgspec.json.decode(data, type=KeptHead)
        except msgspec.DecodeError:
            yield info.key, data, None


async def heads_that_do_not_fit(district: District) -> AsyncIterator[tuple[str, str]]:
    """(fault, key) of each kept head that is unreadable, of another chain, or badly stamped.

    Raises OSError, ValueError where the root certificates cannot be read.
    """
    roots = read_roots(district.settings.tsa_roots)
    async for key, _, kept in kept_heads(district):
        if kept is None:
            yield "heads, unreadable", key
            continue
        async with district.database.reading() as session:
            known = await session.scalar(select(AuditEvent.hash).where(AuditEvent.seq == kept.head.seq))
        if known != kept.head.hash:
            yield "heads, of another chain", key
        elif kept.stamp is not None and roots:
            try:
                stamped_at(base64.b64decode(kept.stamp), canonical(kept.head), roots)
            except (StampError, ValueError):
                yield "heads, badly stamped", key
