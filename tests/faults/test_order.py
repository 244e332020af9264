"""T1b: the order of a receipt. Object durable, then row committed, then the answer; whatever fails, no answer lies."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from server.district import District
from server.photos.desk import photo_key
from storage.database.models import Photo, PhotoDelivery, Upload
from storage.objects import ObjectMissing, ObjectStoreError
from tests.conftest import SignIn
from tests.factories import uploads
from tests.faults.conftest import Tell
from tests.faults.phone import small_photo

POINTS = ("before put", "after put", "before sync", "before commit")
_EACH = 3


class Watch:
    """Writes down what happens to one photo, in order, and fails once at the point that is armed."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.armed = ""
        self._in_receipt = False

    def reach(self, point: str) -> None:
        self.seen.append(point)
        if self.armed == point:
            self.armed = ""
            # "before commit" is a database that breaks, the others a store that does.
            raise RuntimeError(point) if point == "before commit" else OSError(point)

    def statement(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self._in_receipt |= "INSERT INTO photo_delivery" in statement

    def commit(self, _connection: Any) -> None:
        if self._in_receipt:
            self._in_receipt = False
            self.reach("before commit")


@pytest.fixture
def watch(district: District, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """The running application's store, disk and database, watched."""
    watching = Watch()
    put, sync = district.objects.put, os.fsync

    async def watched_put(key: str, source: bytes | Path, *, durable: bool = True) -> None:
        if not key.startswith("photos/"):
            return await put(key, source, durable=durable)
        try:
            watching.reach("before put")
            await put(key, source, durable=durable)
            watching.reach("after put")
        except OSError as error:
            raise ObjectStoreError(str(error)) from error

    def watched_sync(descriptor: int) -> None:
        watching.reach("before sync")
        sync(descriptor)

    engine = district.database.engine.sync_engine
    listeners: list[tuple[str, Callable[..., None]]] = [
        ("before_cursor_execute", watching.statement),
        ("commit", watching.commit),
    ]
    for name, listener in listeners:
        event.listen(engine, name, listener)
    monkeypatch.setattr(district.objects, "put", watched_put)
    monkeypatch.setattr(os, "fsync", watched_sync)
    yield watching
    for name, listener in listeners:
        event.remove(engine, name, listener)


async def is_recorded(district: District, digest: str) -> bool:
    async with district.database.reading() as session:
        rows = [await session.get(Photo, digest), await session.scalar(_delivery(digest))]
    assert len({row is None for row in rows}) == 1, rows
    return rows[0] is not None


def _delivery(digest: str) -> Any:
    return select(PhotoDelivery).where(PhotoDelivery.sha256 == digest)


async def is_stored(district: District, digest: str) -> bool:
    try:
        await district.objects.stat(photo_key(digest))
    except ObjectMissing:
        return False
    return True


async def test_t1b_the_object_is_durable_then_the_row_is_committed_then_the_answer_goes(
    sign_in: SignIn, watch: Watch
) -> None:
    inspector = await sign_in("inspector")
    watch.seen.clear()
    answer = await uploads.send(inspector, small_photo())
    watch.seen.append("answer" if "x-photo-sha256" in answer.headers else "refusal")
    whole, rest = watch.seen.index("after put"), watch.seen
    assert rest[0] == "before put"
    assert set(rest[1:whole]) == {"before sync"}
    assert [one for one in rest[whole + 1 :] if one != "before sync"] == ["before commit", "answer"]


@pytest.mark.parametrize("point", POINTS)
async def test_t1b_a_failure_at_any_point_is_no_receipt_and_the_next_try_converges(
    sign_in: SignIn, district: District, watch: Watch, point: str, tell: Tell
) -> None:
    inspector = await sign_in("inspector")
    for _ in range(_EACH):
        data = small_photo()
        digest, url = uploads.sha256(data), (await uploads.create(inspector, data)).headers["location"]
        assert (await uploads.patch(inspector, url, data[:500], 0)).status_code == 204
        watch.armed = point
        failed = await uploads.patch(inspector, url, data[500:], 500)
        assert watch.armed == "", "the point was never reached"
        assert failed.status_code == (500 if point == "before commit" else 503)
        asked = await uploads.head(inspector, url)
        assert [named for named in (failed, asked) if "x-photo-sha256" in named.headers] == []
        assert asked.headers["upload-offset"] == "500"
        assert not await is_recorded(district, digest)
        again = await uploads.patch(inspector, url, data[500:], 500)
        assert (again.status_code, again.headers.get("x-photo-sha256")) == (204, digest)
        assert await is_recorded(district, digest)
        assert await is_stored(district, digest)
        assert (await inspector.get(f"/api/photos/{digest}/original")).content == data
        async with district.database.reading() as session:
            upload = await session.get_one(Upload, url.rsplit("/", 1)[1])
        assert upload.parts == []
        assert [info.key async for info in district.objects.list("uploads/")] == []
    assert list((district.settings.data_dir / "incoming").iterdir()) == []
    assert list((district.settings.data_dir / "objects" / ".incoming").iterdir()) == []
    tell(f"{_EACH} times, no receipt and nothing left; converged {_EACH} times")
