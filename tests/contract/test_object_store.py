"""One contract, every store: the file system, SeaweedFS, and MinIO's gateway code."""

import asyncio
import os
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.objects import BadKey, ObjectMissing, ObjectStore, ObjectStoreError, open_store

BIG = 11 * 1024 * 1024 + 17  # three S3 parts


def new_key(folder: str = "photos") -> str:
    return f"{folder}/{secrets.token_hex(8)}"


async def read_all(store: ObjectStore, key: str, start: int = 0, length: int | None = None) -> bytes:
    return b"".join([piece async for piece in store.stream(key, start=start, length=length)])


@pytest.mark.parametrize("size", [0, 1, 4096, BIG])
async def test_what_was_put_comes_back_bit_for_bit(store: ObjectStore, size: int) -> None:
    key, data = new_key(), os.urandom(size)
    await store.put(key, data)
    assert await store.get(key) == data
    assert (await store.stat(key)).size_bytes == size


@pytest.mark.parametrize("size", [0, 5000, BIG])
async def test_a_file_is_given_away(store: ObjectStore, tmp_path: Path, size: int) -> None:
    key, data, path = new_key(), os.urandom(size), tmp_path / "incoming"
    path.write_bytes(data)
    await store.put(key, path)
    assert not path.exists()
    assert await store.get(key) == data


async def test_the_same_key_again_replaces(store: ObjectStore) -> None:
    key = new_key()
    await store.put(key, b"first")
    await store.put(key, b"second", durable=False)
    assert await store.get(key) == b"second"


async def test_many_at_once_under_one_key_all_succeed(store: ObjectStore) -> None:
    key, data = new_key(), os.urandom(300_000)
    await asyncio.gather(*(store.put(key, data) for _ in range(8)))
    assert await store.get(key) == data


async def test_a_range_is_exactly_that_range(store: ObjectStore) -> None:
    key, data = new_key(), os.urandom(3_000_000)
    await store.put(key, data)
    assert await read_all(store, key) == data
    assert await read_all(store, key, 1_234_567) == data[1_234_567:]
    assert await read_all(store, key, 10, 1_500_000) == data[10:1_500_010]
    assert await read_all(store, key, 2_999_999, 50) == data[2_999_999:]
    assert await read_all(store, key, 3_000_000, 50) == b""
    assert await read_all(store, key, 5, 0) == b""


async def test_fetch_appends_to_a_local_file(store: ObjectStore, tmp_path: Path) -> None:
    one, two, path = new_key(), new_key(), tmp_path / "whole"
    await store.put(one, b"one")
    await store.put(two, b"two")
    await store.fetch(one, path)
    await store.fetch(two, path)
    assert path.read_bytes() == b"onetwo"


async def test_what_is_absent_is_said_to_be_absent(store: ObjectStore, tmp_path: Path) -> None:
    key = new_key()
    with pytest.raises(ObjectMissing):
        await store.get(key)
    with pytest.raises(ObjectMissing):
        await store.stat(key)
    with pytest.raises(ObjectMissing):
        await read_all(store, key)
    with pytest.raises(ObjectMissing):
        await store.fetch(key, tmp_path / "nothing")
    await store.delete(key)


async def test_deleted_is_gone(store: ObjectStore) -> None:
    key = new_key()
    await store.put(key, b"x")
    await store.delete(key)
    with pytest.raises(ObjectMissing):
        await store.get(key)


async def test_list_finds_everything_under_a_prefix_and_nothing_else(store: ObjectStore) -> None:
    folder = f"list{secrets.token_hex(4)}"
    keys = {f"{folder}/{n % 3}/{n:04d}" for n in range(230)}
    await asyncio.gather(*(store.put(key, b"x") for key in keys))
    await store.put(f"{folder}x/1", b"x")
    assert {info.key async for info in store.list(f"{folder}/")} == keys
    assert {info.key async for info in store.list(f"{folder}/1/")} == {k for k in keys if "/1/" in k}
    assert [info.key async for info in store.list(f"{folder}/1/0001")] == [f"{folder}/1/0001"]
    assert [info async for info in store.list(f"{folder}/nothing/")] == []


async def test_an_object_knows_when_it_was_written(store: ObjectStore) -> None:
    key = new_key()
    await store.put(key, b"abc")
    for info in (await store.stat(key), await anext(store.list(key))):
        assert info.key == key
        assert info.size_bytes == 3
        assert abs(info.modified_at - datetime.now(UTC)) < timedelta(minutes=5)


@pytest.mark.parametrize(
    "key",
    ["", "/", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".hidden", "a/.b", "a\\b", "a\0b", "图", "a b",
     "a" * 600],
)  # fmt: skip
async def test_a_key_that_could_leave_the_store_is_refused(store: ObjectStore, key: str) -> None:
    with pytest.raises(BadKey):
        await store.put(key, b"x")
    with pytest.raises(BadKey):
        await store.get(key)
    with pytest.raises(BadKey):
        await store.delete(key)


async def test_a_lost_source_file_stores_nothing(store: ObjectStore, tmp_path: Path) -> None:
    key = new_key()
    with pytest.raises(ObjectStoreError):
        await store.put(key, tmp_path / "never-written")
    with pytest.raises(ObjectMissing):
        await store.stat(key)


async def test_ready_fails_when_the_store_is_away(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("a file")
    for url in (f"file://{tmp_path}/in-the-way/objects", "s3://a:b@127.0.0.1:9/bucket?secure=false"):
        away = open_store(url)
        with pytest.raises(ObjectStoreError):
            await away.ready()
        await away.close()


@pytest.mark.parametrize(
    "url",
    ["", "ftp://x/y", "file://relative", "file:x", "s3://host/bucket", "s3://k:topsecret@host/", "s3://k:topsecret@h/a/b",
     "s3://k:topsecret@h/b?secure=maybe"],
)  # fmt: skip
def test_an_address_that_is_not_understood_is_refused_without_its_secret(url: str) -> None:
    with pytest.raises(ValueError, match=r"s3|file|secure") as refused:
        open_store(url)
    assert "topsecret" not in str(refused.value)


async def test_tidying_removes_what_a_dead_writer_left_and_no_object(tmp_path: Path) -> None:
    store = open_store((tmp_path / "objects").as_uri())
    await store.ready()
    key, half = new_key(), tmp_path / "objects" / ".incoming" / "half-written"
    await store.put(key, b"whole")
    half.write_bytes(b"ha")
    now = datetime.now(UTC)
    assert await store.tidy(now - timedelta(hours=1)) == 0
    assert half.exists()
    assert await store.tidy(now + timedelta(hours=1)) == 1
    assert not half.exists()
    assert await store.get(key) == b"whole"
    await store.close()
