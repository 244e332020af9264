"""What a backup says of itself."""

from __future__ import annotations

from datetime import datetime

import msgspec

FORMAT = 1
MANIFEST = "manifest.json"
OBJECT_LIST = "objects.jsonl"
OBJECTS = "objects"


class Sum(msgspec.Struct, frozen=True):
    """How many rows a file has, and the SHA-256 (hex) of its plain text."""

    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, rename="camel"):
    """One dated folder of a backup. `audit_hash` is the head of the chain that the rows must end in."""

    format: int
    made_at: datetime
    revision: str
    audit_seq: int
    audit_hash: str
    sealed: bool
    tables: dict[str, Sum]
    objects: Sum


class KeptObject(msgspec.Struct, frozen=True, rename="camel"):
    """One object of the store, by its key; size in bytes and SHA-256 (hex) of what it holds."""

    key: str
    size_bytes: int
    sha256: str

    @property
    def place(self) -> str:
        """Where it lies in the folder. A key that does not name its bytes (a head may get its stamp later) is told
        apart by their hash, so that an older backup keeps what it had."""
        return self.key if self.key.endswith(self.sha256) else f"{self.key}-{self.sha256}"
