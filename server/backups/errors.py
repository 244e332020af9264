"""Why a backup was not made or not put back. Each text says what is wrong and what to do; nothing was changed."""

from __future__ import annotations


class BackupError(Exception):
    """The text is for the administrator."""


class BackupDamaged(BackupError):
    """Something in the backup is not as it was written."""


class BackupUnreadable(BackupError):
    """The backup is sealed for another key, or of another release."""


class NotEmpty(BackupError):
    """There is a district here already."""
