"""Objects in a bucket of any S3 server, through the `minio` SDK (plain S3 only)."""

import asyncio
import hashlib
import io
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import urllib3
from minio import Minio
from minio.commonconfig import COMPLIANCE
from minio.error import MinioException, S3Error
from minio.retention import Retention

from storage.objects.answers import whole_answers
from storage.objects.contract import (
    PIECE_BYTES,
    ObjectInfo,
    ObjectMissing,
    ObjectStoreError,
    checked_key,
    checked_prefix,
)

T = TypeVar("T")

# S3's smallest part. One part at a time, so that 8 uploads hold 8 parts and not 8 files.
_PART_BYTES = 5 * 1024 * 1024
_THREADS = 8
# Originals; copies can be made again, and parts of uploads are thrown away.
LOCKED_PREFIX = "photos/"
_ABSENT = {"NoSuchKey", "NoSuchObject", "NotFound"}
_EXISTS = {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}


@dataclass(frozen=True, slots=True)
class S3Address:
    """Where the bucket is and who we are there."""

    endpoint: str
    bucket: str
    access_key: str
    secret_key: str
    secure: bool = True
    region: str | None = None
    lock_days: int = 0


class MinioStore:
    """The SDK blocks, so every call runs in a bounded pool of threads.

    With `lock_days` the originals (keys under `LOCKED_PREFIX`) are put under object lock in compliance mode: until the
    days have passed since the server wrote them, nobody can remove those bytes or shorten the time, whatever keys they
    hold. The bucket has to be made with object lock, which also keeps the versions of what is written again.
    """

    def __init__(self, address: S3Address) -> None:
        self._bucket = address.bucket
        self._lock_days = address.lock_days
        self._threads = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="objects")
        self._pool = whole_answers(
            maxsize=_THREADS,
            timeout=urllib3.Timeout(connect=5, read=60),
            retries=urllib3.Retry(total=3, backoff_factor=0.2, status_forcelist=[500, 502, 503, 504]),
        )
        self._client = Minio(
            address.endpoint,
            access_key=address.access_key,
            secret_key=address.secret_key,
            secure=address.secure,
            # Named, so that the SDK never asks the server where the bucket lives before each first call.
            region=address.region or "us-east-1",
            http_client=self._pool,
        )

    async def _run(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except S3Error as error:
            if error.code in _ABSENT:
                raise ObjectMissing(error.object_name or "") from error
            raise ObjectStoreError(f"{error.code}: {error.message}") from error
        except (MinioException, urllib3.exceptions.HTTPError, OSError) as error:
            raise ObjectStoreError(f"{type(error).__name__}: {error}") from error

    async def ready(self) -> None:
        await self._run(self._make_bucket)

    def _make_bucket(self) -> None:
        if self._client.bucket_exists(self._bucket):
            self._require_lock()
            return
        try:
            self._client.make_bucket(self._bucket, object_lock=self._lock_days > 0)
        except S3Error as error:  # two replicas start at once
            if error.code not in _EXISTS:
                raise

    def _require_lock(self) -> None:
        if not self._lock_days:
            return
        try:
            self._client.get_object_lock_config(self._bucket)
        except S3Error as error:
            raise ObjectStoreError(
                f"lock_days= needs a bucket with object lock, and {self._bucket} was made without ({error.code})"
            ) from error

    async def put(self, key: str, source: bytes | Path, *, durable: bool = True) -> None:  # noqa: ARG002
        # An S3 server has written the object when it answers, so there is nothing to save by durable=False.
        await self._run(lambda: self._store(checked_key(key), source))

    def _store(self, key: str, source: bytes | Path) -> None:
        try:
            with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as data:
                length, expected = _measure(data)
                data.seek(0)
                written = self._client.put_object(
                    self._bucket, key, data, length, part_size=_PART_BYTES, num_parallel_uploads=1
                )
                if written.etag != expected:
                    # Encrypting servers give an ETag of their own: then the bytes are read back.
                    data.seek(0)
                    self._compare(key, data)
            if self._lock_days and key.startswith(LOCKED_PREFIX):
                self._lock(key)
        finally:
            if isinstance(source, Path):
                source.unlink(missing_ok=True)

    def _lock(self, key: str) -> None:
        """By the server's own clock, which is the one that will let go."""
        written = self._client.stat_object(self._bucket, key)
        if written.last_modified is None:
            raise ObjectStoreError(f"{key} was kept without a time, so it cannot be locked")
        lock = Retention(COMPLIANCE, written.last_modified + timedelta(days=self._lock_days))
        self._client.set_object_retention(self._bucket, key, lock, version_id=written.version_id)

    def _compare(self, key: str, data: io.BufferedIOBase) -> None:
        sent = _sha256(data)
        kept = hashlib.sha256()
        with _closing(self._client.get_object(self._bucket, key)) as answer:
            for piece in answer.stream(PIECE_BYTES):
                kept.update(piece)
        if kept.digest() != sent:
            raise ObjectStoreError(f"{key} was not kept as it was sent")

    async def get(self, key: str) -> bytes:
        def read() -> bytes:
            with _closing(self._client.get_object(self._bucket, checked_key(key))) as answer:
                return bytes(answer.read())

        return await self._run(read)

    async def stream(self, key: str, *, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        info = await self.stat(key)
        length = max(0, min(info.size_bytes - start, info.size_bytes if length is None else length))
        if not length:
            return
        answer = await self._run(lambda: self._client.get_object(self._bucket, key, offset=start, length=length))
        try:
            pieces: Iterator[bytes] = answer.stream(PIECE_BYTES)
            while piece := await self._run(lambda: next(pieces, b"")):
                yield piece
        finally:
            answer.close()
            answer.release_conn()

    async def fetch(self, key: str, destination: Path) -> None:
        def append() -> None:
            answer = self._client.get_object(self._bucket, checked_key(key))
            with _closing(answer), destination.open("ab") as target:
                for piece in answer.stream(PIECE_BYTES):
                    target.write(piece)

        await self._run(append)

    async def stat(self, key: str) -> ObjectInfo:
        found = await self._run(lambda: self._client.stat_object(self._bucket, checked_key(key)))
        return _info(found)

    async def delete(self, key: str) -> None:
        try:
            await self._run(lambda: self._client.remove_object(self._bucket, checked_key(key)))
        except ObjectMissing:
            return

    async def list(self, prefix: str) -> AsyncIterator[ObjectInfo]:
        found = self._client.list_objects(self._bucket, prefix=checked_prefix(prefix), recursive=True)
        while batch := await self._run(lambda: [entry for _, entry in zip(range(200), found, strict=False)]):
            for entry in batch:
                if not entry.is_dir:
                    yield _info(entry)

    async def tidy(self, before: datetime) -> int:  # noqa: ARG002
        # A put is whole or not there; multi-part uploads that nobody ended are the server's to expire.
        return 0

    async def close(self) -> None:
        self._threads.shutdown(wait=False)
        self._pool.clear()


class _closing:  # noqa: N801  (named like contextlib.closing, which leaves the connection out of the pool)
    def __init__(self, answer: Any) -> None:
        self._answer = answer

    def __enter__(self) -> Any:
        return self._answer

    def __exit__(self, *_: object) -> None:
        self._answer.close()
        self._answer.release_conn()


def _measure(data: io.BufferedIOBase) -> tuple[int, str]:
    """Length in bytes, and the ETag that S3 gives to these bytes in parts of `_PART_BYTES`."""
    parts: list[bytes] = []
    length = 0
    while piece := data.read(_PART_BYTES):
        length += len(piece)
        parts.append(hashlib.md5(piece, usedforsecurity=False).digest())
    if len(parts) <= 1:
        return length, (parts[0] if parts else hashlib.md5(usedforsecurity=False).digest()).hex()
    whole = hashlib.md5(b"".join(parts), usedforsecurity=False)
    return length, f"{whole.hexdigest()}-{len(parts)}"


def _sha256(data: io.BufferedIOBase) -> bytes:
    digest = hashlib.sha256()
    while piece := data.read(PIECE_BYTES):
        digest.update(piece)
    return digest.digest()


def _info(entry: Any) -> ObjectInfo:
    return ObjectInfo(key=entry.object_name, size_bytes=entry.size, modified_at=entry.last_modified)
