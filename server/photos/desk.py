"""Everything that the use cases of photos work with, built once by `create_app`."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth.actor import Actor
from server.district import District
from server.photos.workshop import Workshop
from storage.database.models import PhotoReview, PhotoUse

# An upload under way may have put bytes in the store that no row names yet; not for as long as this.
ORPHAN_AGE = timedelta(hours=48)

VisibleTasks = Callable[[Actor], Select[Any]]
UseListener = Callable[[AsyncSession, Sequence[PhotoUse]], Awaitable[None]]
ReviewListener = Callable[[AsyncSession, PhotoUse, PhotoReview], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class PhotoDesk:
    """The district, the workshop, and what later slices tell this one.

    `visible_tasks` gives the ids of the tasks that a person may see: a unit sees a photo only through one. The
    `listeners` are told, in the same transaction, of uses that were received, refused or waived after they were
    claimed, so that findings can take over their flags and waiting steps can go on. The `review_listeners` are told
    what a person decided about a flagged use. `making` holds the copies that
    are being made, by their key.
    """

    district: District
    visible_tasks: VisibleTasks
    listeners: Sequence[UseListener] = ()
    review_listeners: Sequence[ReviewListener] = ()
    workshop: Workshop = field(default_factory=Workshop)
    making: dict[str, asyncio.Task[bytes]] = field(default_factory=dict)

    @property
    def scratch(self) -> Path:
        """Where files lie while they are received."""
        return self.district.incoming

    @contextmanager
    def scratch_file(self) -> Iterator[Path]:
        """The path of a file that does not exist yet, and will not afterwards."""
        self.scratch.mkdir(parents=True, exist_ok=True)
        path = self.scratch / secrets.token_hex(16)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    async def tell(self, session: AsyncSession, uses: Sequence[PhotoUse]) -> None:
        """Tell the listeners of uses whose state has changed."""
        if uses:
            for listener in self.listeners:
                await listener(session, uses)

    def close(self) -> None:
        """End the workshop's threads."""
        self.workshop.close()


def photo_key(sha256: str) -> str:
    """Where the original bytes are kept."""
    return f"photos/{sha256[:2]}/{sha256}"


def copy_key(kind: str, sha256: str, ingredients: str = "0") -> str:
    """Where a derived copy is kept; `ingredients` tells copies of one photo apart."""
    return f"copies/{kind}/{sha256[:2]}/{sha256}-{ingredients}"


def part_key(upload_id: str) -> str:
    """A fresh name for a piece of an upload: two replicas never write into one."""
    return f"uploads/{upload_id}/{secrets.token_hex(8)}"
