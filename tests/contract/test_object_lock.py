"""Originals under object lock (WORM): on the stores that have it, and a plain word on those that have not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from minio import Minio
from minio.error import S3Error

from storage.objects import ObjectMissing, ObjectStore, ObjectStoreError, open_store
from tests.servers import s3

BUCKET = "locked"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3.seaweedfs(tmp_path_factory.mktemp("seaweedfs")) as running:
        yield running


@pytest.fixture
async def store(address: str) -> AsyncIterator[ObjectStore]:
    opened = open_store(address.replace(f"/{s3.BUCKET}?", f"/{BUCKET}?") + "&lock_days=30")
    await opened.ready()
    await opened.ready()
    yield opened
    await opened.close()


@pytest.fixture
def client(address: str) -> Minio:
    host = address.split("@")[1].split("/", maxsplit=1)[0]
    return Minio(host, s3.ACCESS_KEY, s3.SECRET_KEY, secure=False, region="us-east-1")


async def test_a_locked_original_cannot_be_removed_by_whoever_holds_the_keys(
    store: ObjectStore, client: Minio, tmp_path: Path
) -> None:
    path = tmp_path / "photo"
    path.write_bytes(b"evidence")
    await store.put("photos/ab/abcd", path)
    kept = client.stat_object(BUCKET, "photos/ab/abcd")
    lock = client.get_object_retention(BUCKET, "photos/ab/abcd")
    assert lock is not None
    assert lock.mode == "COMPLIANCE"
    assert abs(lock.retain_until_date.astimezone(UTC) - datetime.now(UTC) - timedelta(days=30)) < timedelta(hours=1)
    with pytest.raises(S3Error):
        client.remove_object(BUCKET, "photos/ab/abcd", version_id=kept.version_id)
    # A plain delete hides it, and an overwrite covers it; the version stays.
    await store.put("photos/ab/abcd", b"something else")
    await store.delete("photos/ab/abcd")
    with pytest.raises(ObjectMissing):
        await store.get("photos/ab/abcd")
    with client.get_object(BUCKET, "photos/ab/abcd", version_id=kept.version_id) as answer:
        assert answer.read() == b"evidence"


async def test_copies_and_parts_are_not_locked(store: ObjectStore, client: Minio) -> None:
    for key in ("copies/screen/ab/abcd-0", "uploads/one/two"):
        await store.put(key, b"x")
        try:
            assert client.get_object_retention(BUCKET, key) is None
        except S3Error as error:
            assert error.code in ("NoSuchObjectLockConfiguration", "ObjectLockConfigurationNotFoundError")
        await store.delete(key)


async def test_a_bucket_without_object_lock_is_refused_at_the_start(address: str) -> None:
    plain = open_store(f"{address}&lock_days=30")
    with pytest.raises(ObjectStoreError, match="lock_days"):
        await plain.ready()
    await plain.close()


@pytest.mark.parametrize("days", ["x", "-1", "1.5", "999999"])
def test_a_senseless_number_of_days_is_refused(days: str) -> None:
    with pytest.raises(ValueError, match="lock_days"):
        open_store(f"s3://k:topsecret@h/b?lock_days={days}")
