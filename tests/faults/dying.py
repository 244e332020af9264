"""`python -m tests.faults.dying run`: the real server, which dies at the point that a request names in `X-Die-At`.

A receipt passes the points in this order; only the request that names one is followed.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Scope, Send
from sqlalchemy import Engine, event

from server import cli
from server.app import create_app
from server.photos import uploads
from storage.objects.filesystem import FilesystemStore
from storage.objects.minio import MinioStore

POINTS_OF_FILES = ("object unsynced", "object unnamed", "object named")
POINTS = ("bytes received", "photo verified", "object stored", "row uncommitted", "row committed", "answer unsent")
_HEADER = b"x-die-at"


class Death:
    """Waits for the one point."""

    def __init__(self) -> None:
        self.point = ""
        self.is_stored = False

    def reach(self, point: str) -> None:
        if self.point == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def after(self, point: str, module: ModuleType, name: str) -> None:
        """Reach the point whenever this function of a module has done its work."""
        work = getattr(module, name)

        async def watched(*args: Any, **kwargs: Any) -> Any:
            done = await work(*args, **kwargs)
            self.reach(point)
            return done

        setattr(module, name, watched)

    def around(self, app: ASGIApp) -> ASGIApp:
        """The application, told of the requests that are to be followed."""

        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            headers = dict(scope.get("headers", ()))
            if _HEADER in headers:
                self.point = headers[_HEADER].decode()

            async def watched(message: Message) -> None:
                if message["type"] == "http.response.start" and b"x-photo-sha256" in dict(message["headers"]):
                    self.reach("answer unsent")
                await send(message)

            await app(scope, receive, watched)

        return serve


def watch(death: Death) -> None:
    """Put the points into the modules that a receipt goes through."""
    death.after("bytes received", uploads, "receive")
    death.after("photo verified", uploads, "verify_photo")
    death.after("row committed", uploads, "_receipt")
    for store in (FilesystemStore, MinioStore):
        _watch_put(death, store)
    sync, replace = os.fsync, Path.replace

    def watched_sync(descriptor: int) -> None:
        death.reach("object unsynced")
        sync(descriptor)

    def watched_replace(path: Path, target: Path) -> Path:
        counts = ".incoming" not in target.parts
        if counts:
            death.reach("object unnamed")
        moved = replace(path, target)
        if counts:
            death.reach("object named")
        return moved

    def committing(_: Any) -> None:
        if death.is_stored:
            death.reach("row uncommitted")

    setattr(os, "fsync", watched_sync)  # noqa: B010
    setattr(Path, "replace", watched_replace)  # noqa: B010
    event.listen(Engine, "commit", committing)


def _watch_put(death: Death, store: type[FilesystemStore | MinioStore]) -> None:
    put = store.put

    async def watched(self: Any, key: str, source: bytes | Path, *, durable: bool = True) -> None:
        await put(self, key, source, durable=durable)
        if key.startswith("photos/"):
            death.is_stored = True
            death.reach("object stored")

    setattr(store, "put", watched)  # noqa: B010


def main() -> int:
    """Serve as `python -m server` does."""
    death = Death()
    watch(death)
    setattr(cli, "create_app", lambda settings: death.around(create_app(settings)))  # noqa: B010
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
