"""Tells what a file is by its first bytes, whatever its name says, and reads it. Blocks: it runs in the worker."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from server.imports.reading.archive import LARGEST_FILE_BYTES, Archive, open_archive
from server.imports.reading.delimited import read_csv
from server.imports.reading.docx import DOCUMENT, read_docx
from server.imports.reading.table import Book, UnreadableError
from server.imports.reading.xlsx import WORKBOOK, read_xlsx

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MACROS: Final = ("xl/vbaProject.bin", "word/vbaProject.bin", "xl/macrosheets/")


def read_book(path: Path) -> Book:
    """Everything in a file that stands in tables. Raises UnreadableError."""
    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise UnreadableError("import-too-large")
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(_ZIP):
        with open_archive(path) as archive:
            book = _read_office(archive)
    elif head == _OLE:
        raise UnreadableError("import-encrypted" if _ENCRYPTED in path.read_bytes() else "import-old-format")
    else:
        book = Book("csv", read_csv(path.read_bytes()))
    if not book.tables:
        raise UnreadableError("import-empty")
    return book


def _read_office(archive: Archive) -> Book:
    if any(name.startswith(_MACROS) for name in archive.names):
        raise UnreadableError("import-macros")
    if WORKBOOK in archive.names:
        return Book("xlsx", read_xlsx(archive))
    if DOCUMENT in archive.names:
        return Book("docx", read_docx(archive))
    raise UnreadableError("import-not-recognised")
