"""`python -m server backup FOLDER`, `restore DATED-FOLDER` and `check-backup DATED-FOLDER`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from server.backups.errors import BackupError
from server.backups.making import make_backup
from server.backups.reading import check, opened_backup
from server.backups.restoring import restore
from server.backups.seal import Seal
from server.installation import opened_district
from server.settings import Settings
from storage.objects import ObjectStoreError


def seal_of(settings: Settings) -> Seal:
    """The keys that the settings name. Raises BackupError where the file of the key cannot be read."""
    file = settings.backup_identity_file
    try:
        identity = None if file is None else _key_line(file.read_text())
    except OSError as error:
        raise BackupError(f"the file of XUNGAI_BACKUP_IDENTITY_FILE cannot be read: {error.strerror}") from error
    return Seal(settings.backup_recipient, identity)


def _key_line(text: str) -> str:
    # As age-keygen writes it: comments, then the key.
    return next((line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")), "")


def run_backup(settings: Settings, folder: Path) -> int:
    """Add a backup to a folder."""

    async def go() -> Path:
        async with opened_district(settings) as district:
            return await make_backup(district, folder, seal_of(settings))

    return _told(lambda: f"backed up into {asyncio.run(go())}")


def run_restore(settings: Settings, dated: Path) -> int:
    """Put a backup back into an empty district."""

    async def go() -> int:
        with opened_backup(dated, seal_of(settings)) as backup:
            async with opened_district(settings) as district:
                return await restore(district, backup)

    return _told(lambda: f"restored, with {asyncio.run(go())} files; the audit chain holds")


def run_check(settings: Settings, dated: Path) -> int:
    """Read a backup from end to end without touching the district."""

    def go() -> str:
        with opened_backup(dated, seal_of(settings)) as backup:
            files = check(backup)
            return f"the backup is whole: {len(backup.manifest.tables)} tables, {files} files"

    return _told(go)


def _told(go: Callable[[], str]) -> int:
    try:
        print(go())
    except (BackupError, ObjectStoreError, OSError) as error:
        print(f"{error or type(error).__name__}", file=sys.stderr)
        return 1
    return 0
