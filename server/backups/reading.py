"""Reading a backup: nothing is believed before its sum is right."""

from __future__ import annotations

import gzip
import hashlib
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from server.backups.errors import BackupDamaged, BackupUnreadable
from server.backups.manifest import FORMAT, MANIFEST, OBJECT_LIST, OBJECTS, KeptObject, Manifest, Sum
from server.backups.rows import tables
from server.backups.seal import Seal
from storage.database.schema import newest_revision


@dataclass(frozen=True, slots=True)
class Backup:
    """One dated folder, its manifest, the key, and a place for plain files while they are read."""

    dated: Path
    manifest: Manifest
    seal: Seal
    scratch: Path

    def lines(self, name: str, told: Sum) -> Iterator[bytes]:
        """The lines of a file. Raises BackupDamaged, at the latest after the last, where they are not those written."""
        digest, rows = hashlib.sha256(), 0
        with self._plain(self.dated / name) as plain:
            try:
                with gzip.open(plain, "rb") as file:
                    for line in file:
                        digest.update(line)
                        rows += 1
                        yield line
            except (OSError, EOFError, zlib.error) as error:
                raise BackupDamaged(f"{name} cannot be read to its end") from error
        if Sum(rows, digest.hexdigest()) != told:
            raise BackupDamaged(f"{name} is not what was written")

    def rows(self, table: str) -> Iterator[bytes]:
        return self.lines(f"{table}.jsonl.gz", self.manifest.tables[table])

    def objects(self) -> Iterator[KeptObject]:
        for line in self.lines(f"{OBJECT_LIST}.gz", self.manifest.objects):
            yield msgspec.json.decode(line, type=KeptObject)

    @contextmanager
    def object_file(self, kept: KeptObject) -> Iterator[Path]:
        """The plain bytes of an object, proved. Raises BackupDamaged."""
        with self._plain(self.dated.parent / OBJECTS / kept.place) as plain:
            with plain.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != kept.sha256:
                    raise BackupDamaged(f"{kept.key} is not what was written")
            yield plain

    @contextmanager
    def _plain(self, kept: Path) -> Iterator[Path]:
        if not kept.is_file():
            raise BackupDamaged(f"{kept.name} is missing")
        plain = self.scratch / kept.name
        try:
            self.seal.open(kept, plain, sealed=self.manifest.sealed)
            yield plain
        finally:
            plain.unlink(missing_ok=True)


@contextmanager
def opened_backup(dated: Path, seal: Seal) -> Iterator[Backup]:
    """A dated folder of this release. Raises BackupDamaged, BackupUnreadable."""
    try:
        manifest = msgspec.json.decode((dated / MANIFEST).read_bytes(), type=Manifest)
    except FileNotFoundError as error:
        raise BackupDamaged(f"{dated.name} has no {MANIFEST}: it was never finished, or is no backup") from error
    except msgspec.MsgspecError as error:
        raise BackupDamaged(f"{MANIFEST} cannot be read") from error
    if manifest.format != FORMAT or manifest.revision != newest_revision():
        raise BackupUnreadable(
            f"the backup is of schema {manifest.revision}, this release has {newest_revision()}: "
            "put it back with the release that made it, then upgrade"
        )
    if set(manifest.tables) != {table.name for table in tables()}:
        raise BackupDamaged("the manifest does not name the tables of its schema")
    with tempfile.TemporaryDirectory() as scratch:
        yield Backup(dated, manifest, seal, Path(scratch))


def check(backup: Backup) -> int:
    """Read everything from end to end; how many objects. Raises BackupDamaged, BackupUnreadable."""
    for table in backup.manifest.tables:
        for _ in backup.rows(table):
            pass
    count = 0
    for kept in backup.objects():
        with backup.object_file(kept):
            count += 1
    return count
