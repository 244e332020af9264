"""One district in one process: its settings, its database, its objects."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from server.settings import Settings
from storage.database.engine import Database
from storage.objects import ObjectStore


@dataclass(frozen=True, slots=True)
class District:
    """What `create_app` builds once and hands down; nothing of it lives at module level."""

    settings: Settings
    database: Database
    objects: ObjectStore

    @property
    def incoming(self) -> Path:
        """Where files lie while they are received or made; beside the embedded store, so that moving in is a rename."""
        return self.settings.data_dir / "incoming"

    async def close(self) -> None:
        """Let go of database and store."""
        await self.database.close()
        await self.objects.close()
