"""Seals files for somebody who is not the server: age (X25519), so that a stolen server cannot read its own backups."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from pyrage import DecryptError, IdentityError, RecipientError, decrypt_file, encrypt_file
from pyrage.x25519 import Identity, Recipient

from server.backups.errors import BackupDamaged, BackupError, BackupUnreadable


@dataclass(frozen=True, slots=True)
class Seal:
    """`recipient` (age1…) closes and `identity` (AGE-SECRET-KEY-1…) opens; with neither, files are kept plain."""

    recipient: str | None = None
    identity: str | None = None

    @property
    def closes(self) -> bool:
        return self.recipient is not None

    def close(self, plain: Path, destination: Path) -> None:
        """Put a file at its destination, sealed where there is a recipient. Whole or not at all."""
        beside = destination.with_name(destination.name + ".part")
        if self.recipient is None:
            shutil.copyfile(plain, beside)
        else:
            encrypt_file(str(plain), str(beside), [_recipient(self.recipient)])
        beside.replace(destination)

    def open(self, kept: Path, plain: Path, *, sealed: bool) -> None:
        """Write the plain bytes of a kept file. Raises BackupUnreadable for a wrong or missing key."""
        if not sealed:
            shutil.copyfile(kept, plain)
            return
        try:
            decrypt_file(str(kept), str(plain), [_identity(self.identity)])
        except OSError as error:
            if error.errno is not None:  # the disk's own trouble, not the file's
                raise
            raise BackupDamaged(f"{kept.name} is damaged: its seal is broken") from error
        except DecryptError as error:
            raise BackupUnreadable(f"{kept.name} does not open with this key, or is damaged") from error


def _recipient(text: str) -> Recipient:
    try:
        return Recipient.from_str(text)
    except RecipientError as error:
        raise BackupError("XUNGAI_BACKUP_RECIPIENT is not an age recipient (age1…)") from error


def _identity(text: str | None) -> Identity:
    if text is None:
        raise BackupUnreadable("this backup is sealed: name the file of its key in XUNGAI_BACKUP_IDENTITY_FILE")
    try:
        return Identity.from_str(text)
    except IdentityError as error:
        raise BackupUnreadable("the file of XUNGAI_BACKUP_IDENTITY_FILE holds no age key") from error
