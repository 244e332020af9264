"""Tells what a document is by its bytes, whatever its name says, and reads what is counted of it (R29). Blocks: it
runs in the worker.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from server.declaration.counting import count_report, paragraphs_with_figures, title_of
from server.declaration.reading.compound import MAGIC as OLE
from server.declaration.reading.compound import Compound, CompoundError
from server.declaration.reading.word97 import STREAM, EncryptedError, paragraphs_of
from server.imports.reading.archive import Archive, open_archive
from server.imports.reading.docx import DOCUMENT, W, paragraph_text
from server.imports.reading.table import UnreadableError

LARGEST_BYTES: Final = 20 * 1024 * 1024
SUFFIXES: Final = (".doc", ".docx", ".wps", ".eio")
_ZIP: Final = b"PK\x03\x04"
_ENCRYPTED: Final = "EncryptedPackage"
_OF_MACROS: Final = frozenset({"Macros", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA"})
_TYPES: Final = "[Content_Types].xml"
_FIGURES_KEPT: Final = 40
_LONGEST_KEPT: Final = 400
_MARKED_AS: Final = ((b"%PDF", "report-pdf"), (b"{\\rtf", "report-rtf"))


class Facts(msgspec.Struct, frozen=True):
    """What was read in a document; `characters` is None where no program of ours can tell."""

    kind: str
    title: str = ""
    characters: int | None = None
    with_figures: list[str] = []


class RefusedError(Exception):
    """The document is not taken; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_WHY: Final = {
    "import-encrypted": "report-encrypted",
    "import-bomb": "report-bomb",
    "import-damaged": "report-damaged",
}


def read_document(path: Path, suffix: str) -> Facts:
    """The facts of a document with this suffix (lower case, with its dot). Raises RefusedError (R29)."""
    if suffix == ".docm":
        raise RefusedError("report-macros")
    if suffix not in SUFFIXES:
        raise RefusedError("report-suffix")
    if path.stat().st_size > LARGEST_BYTES:
        raise RefusedError("report-too-large")
    with path.open("rb") as file:
        head = file.read(8)
    for mark, code in _MARKED_AS:
        if head.startswith(mark):
            raise RefusedError(code)
    if head.startswith(_ZIP):
        return _zipped(path, suffix)
    if head == OLE:
        return _compound(path.read_bytes(), suffix)
    if suffix == ".eio" and head:
        return Facts("eio")  # nobody of us has seen a real one: taken, and marked
    raise RefusedError("report-not-word")


def _zipped(path: Path, suffix: str) -> Facts:
    if suffix == ".doc":
        raise RefusedError("report-renamed")
    try:
        with open_archive(path) as archive:
            _refuse_macros(archive)
            if DOCUMENT not in archive.names:
                if suffix == ".eio":
                    return Facts("eio")
                raise RefusedError("report-not-word")
            paragraphs = [paragraph_text(one) for one in archive.tree(DOCUMENT).iter(f"{W}p")]
    except UnreadableError as error:
        raise RefusedError(_WHY.get(error.code, "report-damaged")) from error
    return _facts(_kind(suffix, "docx"), paragraphs)


def _refuse_macros(archive: Archive) -> None:
    types = archive.read(_TYPES) if _TYPES in archive.names else b""
    if any(name.endswith("vbaProject.bin") for name in archive.names) or b"macroEnabled" in types:
        raise RefusedError("report-macros")


def _compound(data: bytes, suffix: str) -> Facts:
    try:
        compound = Compound(data)
        if _ENCRYPTED in compound.names:
            raise RefusedError("report-encrypted")
        if compound.names & _OF_MACROS:
            raise RefusedError("report-macros")
        if STREAM not in compound.names:
            if suffix == ".eio":
                return Facts("eio")
            raise RefusedError("report-not-word")
        if suffix == ".docx":
            raise RefusedError("report-renamed")
        try:
            return _facts(_kind(suffix, "doc"), paragraphs_of(compound))
        except CompoundError:
            return Facts(_kind(suffix, "doc"))  # of a Word before 97, or written by some other program
    except EncryptedError as error:
        raise RefusedError("report-encrypted") from error
    except CompoundError as error:
        raise RefusedError("report-damaged") from error


def _kind(suffix: str, otherwise: str) -> str:
    return suffix[1:] if suffix in (".wps", ".eio") else otherwise


def _facts(kind: str, paragraphs: list[str]) -> Facts:
    if not any(text.strip() for text in paragraphs):
        raise RefusedError("report-empty")
    figures = [text[:_LONGEST_KEPT] for text in paragraphs_with_figures(paragraphs)[:_FIGURES_KEPT]]
    return Facts(kind, title_of(paragraphs), count_report(paragraphs), figures)
