"""A claim and the bytes it waits for, at the same moment: whichever commits first, the claim is settled."""

import asyncio

from sqlalchemy import select

from server import ids
from server.district import District
from server.photos.recording import record_photo, settle_uses
from server.photos.service import Claim, claim_photos
from server.tasks.desk import open_desk
from storage.database.models import Photo, PhotoUse
from tests.conftest import SignIn
from tests.factories import uploads
from tests.fixtures.photos import jpeg
from tests.integration.photos.test_photos import actor

LONG_ENOUGH_TO_PASS_S = 1.5


async def states(district: District, digest: str) -> list[str]:
    async with district.database.reading() as session:
        return list(await session.scalars(select(PhotoUse.state).where(PhotoUse.sha256 == digest)))


async def test_bytes_that_come_while_a_claim_is_being_written_are_not_missed(
    sign_in: SignIn, district: District
) -> None:
    inspector, content = await sign_in("inspector"), jpeg(7001, (160, 120))
    digest = uploads.sha256(content)
    me = await actor(district, "inspector", "inspector")
    async with district.database.writing() as session:
        claimed = await claim_photos(session, me=me, claims=[Claim(purpose="reply", hashes=[digest])])
        assert claimed.missing == [digest]
        delivery = asyncio.create_task(uploads.send(inspector, content, takenAt="2026-11-24T08:00:00Z"))
        await asyncio.wait([delivery], timeout=LONG_ENOUGH_TO_PASS_S)
    assert (await delivery).headers["x-photo-sha256"] == digest
    assert await states(district, digest) == ["received"]


async def test_a_claim_that_is_written_while_the_bytes_are_being_recorded_finds_them(
    sign_in: SignIn, district: District
) -> None:
    inspector, content = await sign_in("inspector"), jpeg(7002, (160, 120))
    digest = (await uploads.send(inspector, content, takenAt="2026-11-24T08:00:00Z")).headers["x-photo-sha256"]
    me, desk, twin = await actor(district, "inspector", "inspector"), open_desk(district), "ab" * 32

    async def claim() -> None:
        async with district.database.writing() as session:
            await claim_photos(session, me=me, claims=[Claim(purpose="reply", hashes=[twin])])

    try:
        async with district.database.writing() as session:
            known = await session.get_one(Photo, digest)
            session.add(Photo(**{c.key: getattr(known, c.key) for c in Photo.__table__.columns} | {"sha256": twin}))
            await session.flush()
            photo = await record_photo(session, me=me, sha256=twin, size_bytes=known.size_bytes, inspection=None)
            await settle_uses(session, desk, me=me, photo=photo, shot_id=ids.uuid7())
            claiming = asyncio.create_task(claim())
            await asyncio.wait([claiming], timeout=LONG_ENOUGH_TO_PASS_S)
        await claiming
    finally:
        desk.close()
    assert await states(district, twin) == ["received"]
