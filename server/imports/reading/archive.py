"""Opens the zip that an office file is, within bounds, and reads XML from it that cannot reach outside."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import unquote

from lxml import etree

from server.imports.reading.table import UnreadableError

LARGEST_FILE_BYTES: Final = 20 * 1024 * 1024
LARGEST_XML_BYTES: Final = 32 * 1024 * 1024
LARGEST_PICTURE_BYTES: Final = 50 * 1024 * 1024
LARGEST_WHOLE_BYTES: Final = 300 * 1024 * 1024
MOST_PARTS: Final = 10_000
_ENCRYPTED: Final = 0x1
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)

R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REL: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Archive:
    """The parts of an office file, by name. Nothing is unpacked onto the disk."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped
        infos = zipped.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_WHOLE_BYTES:
            raise UnreadableError("import-bomb")
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise UnreadableError("import-encrypted")
        self._stored = {plain_name(info.filename): info.filename for info in infos}
        self.names: Final = frozenset(self._stored)

    def read(self, name: str, most_bytes: int = LARGEST_XML_BYTES) -> bytes:
        """The bytes of a part. Raises UnreadableError when there are more than `most_bytes`, or they are damaged."""
        try:
            with self._zip.open(self._stored[name]) as part:
                data = part.read(most_bytes + 1)
        except KeyError as error:
            raise UnreadableError("import-damaged") from error
        except _DAMAGED as error:
            raise UnreadableError("import-damaged") from error
        if len(data) > most_bytes:
            raise UnreadableError("import-bomb")
        return data

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """A part to be read piece by piece."""
        try:
            if self._zip.getinfo(self._stored[name]).file_size > LARGEST_XML_BYTES:
                raise UnreadableError("import-bomb")
            with self._zip.open(self._stored[name]) as part:
                yield part
        except UnreadableError:
            raise
        except (KeyError, etree.XMLSyntaxError, *_DAMAGED) as error:
            raise UnreadableError("import-damaged") from error

    def tree(self, name: str) -> Any:
        """The root element of an XML part."""
        return parse(self.read(name))

    def tree_or_none(self, name: str) -> Any | None:
        """The root element of a part that need not be there."""
        return self.tree(name) if name in self.names else None

    def targets(self, part: str) -> Mapping[str, str]:
        """The parts that a part leads to, by relationship id; what lies outside the file is left out."""
        return {rel.get("Id"): full_name(part, rel.get("Target")) for rel in self._inner(part)}

    def target_of_type(self, part: str, ending: str) -> str | None:
        """The part that a part leads to by a relationship whose type ends so."""
        for rel in self._inner(part):
            if rel.get("Type", "").endswith(ending):
                return full_name(part, rel.get("Target"))
        return None

    def _inner(self, part: str) -> list[Any]:
        root = self.tree_or_none(rels_name(part))
        found = [] if root is None else root.findall(_REL)
        return [rel for rel in found if rel.get("TargetMode") != "External" and rel.get("Id") and rel.get("Target")]


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Raises UnreadableError for what is damaged, encrypted or would swell too much."""
    try:
        zipped = zipfile.ZipFile(path)
    except _DAMAGED as error:
        raise UnreadableError("import-damaged") from error
    with zipped:
        yield Archive(zipped)


def parse(data: bytes) -> Any:
    """The root of an XML document that defines no entities of its own. Raises UnreadableError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError("import-damaged") from error
    if root is None or root.getroottree().docinfo.doctype:
        raise UnreadableError("import-damaged")
    return root


def rels_name(part: str) -> str:
    """Where the relationships of a part stand."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def plain_name(stored: str) -> str:
    """The name of a part as relationships have it: some programs store it with a slash in front, or backslashes."""
    return stored.replace("\\", "/").lstrip("/")


def full_name(part: str, target: str) -> str:
    """The name of a part that another one names relative to itself."""
    target = unquote(target)
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
