"""Objects as files under one directory: the embedded default."""

import asyncio
import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from storage.objects.contract import (
    PIECE_BYTES,
    ObjectInfo,
    ObjectMissing,
    ObjectStoreError,
    checked_key,
    checked_prefix,
)

T = TypeVar("T")

# Half-written files live under a name that no key can have (keys never begin with a dot).
_INCOMING = ".incoming"


class FilesystemStore:
    """One file an object, written beside, synced, then renamed into place."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming = root / _INCOMING
        self._threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="objects")

    async def _run(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except FileNotFoundError as error:
            raise ObjectMissing(str(error)) from error
        except OSError as error:
            raise ObjectStoreError(str(error)) from error

    async def ready(self) -> None:
        def probe() -> None:
            self._incoming.mkdir(parents=True, exist_ok=True)
            path = self._incoming / secrets.token_hex(16)
            path.write_bytes(b"ready")
            path.unlink()

        await self._run(probe)

    async def put(self, key: str, source: bytes | Path, *, durable: bool = True) -> None:
        target = self._root / checked_key(key)
        await self._run(lambda: self._store(target, source, durable=durable))

    def _store(self, target: Path, source: bytes | Path, *, durable: bool) -> None:
        self._incoming.mkdir(parents=True, exist_ok=True)
        # A random name: two requests that carry the same photo must not write into one file.
        temporary = self._incoming / secrets.token_hex(16)
        try:
            if isinstance(source, Path):
                _move(source, temporary)
            else:
                temporary.write_bytes(source)
            if durable:
                _sync(temporary)
            _make_directories(target.parent, stop=self._root, durable=durable)
            temporary.replace(target)
            if durable:
                _sync(target.parent)
        finally:
            temporary.unlink(missing_ok=True)
            if isinstance(source, Path):
                source.unlink(missing_ok=True)

    async def get(self, key: str) -> bytes:
        path = self._root / checked_key(key)
        return await self._run(path.read_bytes)

    async def stream(self, key: str, *, start: int = 0, length: int | None = None) -> AsyncIterator[bytes]:
        path = self._root / checked_key(key)
        handle = await self._run(lambda: path.open("rb"))
        try:
            left = length
            await self._run(lambda: handle.seek(start))
            while left is None or left > 0:
                wish = PIECE_BYTES if left is None else min(left, PIECE_BYTES)
                piece = await self._run(lambda wish=wish: handle.read(wish))  # type: ignore[misc]
                if not piece:
                    return
                if left is not None:
                    left -= len(piece)
                yield piece
        finally:
            handle.close()

    async def fetch(self, key: str, destination: Path) -> None:
        path = self._root / checked_key(key)

        def append() -> None:
            with path.open("rb") as source, destination.open("ab") as target:
                shutil.copyfileobj(source, target, PIECE_BYTES)

        await self._run(append)

    async def stat(self, key: str) -> ObjectInfo:
        path = self._root / checked_key(key)
        return await self._run(lambda: self._info(path))

    def _info(self, path: Path) -> ObjectInfo:
        found = path.stat()
        return ObjectInfo(
            key=path.relative_to(self._root).as_posix(),
            size_bytes=found.st_size,
            modified_at=datetime.fromtimestamp(found.st_mtime, UTC),
        )

    async def delete(self, key: str) -> None:
        path = self._root / checked_key(key)
        await self._run(lambda: path.unlink(missing_ok=True))

    async def list(self, prefix: str) -> AsyncIterator[ObjectInfo]:
        walk = self._walk(checked_prefix(prefix))
        while batch := await self._run(lambda: _take(walk, 200)):
            for info in batch:
                yield info

    def _walk(self, prefix: str) -> Iterator[ObjectInfo]:
        base = self._root / prefix.rpartition("/")[0]
        for directory, folders, files in os.walk(base):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in files:
                path = Path(directory) / name
                if path.relative_to(self._root).as_posix().startswith(prefix):
                    # Deleted between the listing and the look: then it is no longer an object.
                    with contextlib.suppress(FileNotFoundError):
                        yield self._info(path)

    async def tidy(self, before: datetime) -> int:
        def work() -> int:
            if not self._incoming.is_dir():
                return 0
            count = 0
            for path in self._incoming.iterdir():
                # Renamed into place between the listing and the look: then it is an object.
                with contextlib.suppress(FileNotFoundError):
                    if path.stat().st_mtime < before.timestamp():
                        path.unlink()
                        count += 1
            return count

        return await self._run(work)

    async def close(self) -> None:
        self._threads.shutdown(wait=False)


def _take(walk: Iterator[ObjectInfo], count: int) -> list[ObjectInfo]:
    return [info for _, info in zip(range(count), walk, strict=False)]


def _move(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copyfile(source, target)


def _make_directories(path: Path, *, stop: Path, durable: bool) -> None:
    if path.is_dir():
        return
    missing = [path, *(parent for parent in path.parents if parent.is_relative_to(stop))]
    path.mkdir(parents=True, exist_ok=True)
    if durable:
        # A new directory is itself an entry of its parent, which a power cut could take away.
        for directory in missing:
            _sync(directory)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
