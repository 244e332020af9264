"""A step names the scan of a paper: it must be here, and a picture is noted as used (R95)."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from server import clock, ids
from server.auth.actor import Actor
from server.errors import FieldError, Unprocessable
from storage.database.models import LetterScan, Photo, PhotoUse


async def claim_scan(session: AsyncSession, sha256: str, *, me: Actor) -> None:
    """Let a step name a scan: it must have arrived. A picture is noted as used. Raises Unprocessable."""
    if await session.get(LetterScan, sha256) is not None:
        return
    if await session.get(Photo, sha256) is None:
        raise Unprocessable(errors=[FieldError("/scan", "scan-unknown")])
    use = PhotoUse(
        id=ids.uuid7(),
        sha256=sha256,
        purpose="letter",
        state="received",
        needs_delivery=False,
        person_id=me.person_id,
        place_and_time_matter=False,
        created_at=clock.now(),
    )
    session.add(use)
