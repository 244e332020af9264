"""What is taken for a report is told by its bytes (R29)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from server.declaration.reading.documents import RefusedError, read_document
from server.declaration.reading.worker import read_apart
from tests.fixtures.photos import jpeg
from tests.fixtures.reports import compound, doc_of, docx_of, report


def kept(folder: Path, data: bytes, name: str) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refusal(folder: Path, data: bytes, name: str) -> str:
    with pytest.raises(RefusedError) as refused:
        read_document(kept(folder, data, name), Path(name).suffix)
    return refused.value.code


def zipped(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return held.getvalue()


def test_r29_word_wps_and_yozo_are_taken_by_what_they_are(tmp_path: Path) -> None:
    new, old = docx_of(report(800)), doc_of(report(700))
    facts = read_document(kept(tmp_path, new, "a.docx"), ".docx")
    assert (facts.kind, facts.title, facts.characters) == ("docx", "科普活动开展情况说明", 800)
    assert read_document(kept(tmp_path, new, "b.wps"), ".wps").kind == "wps"
    facts = read_document(kept(tmp_path, old, "c.doc"), ".doc")
    # The first piece is a line in Latin letters: it is the title, and the Chinese title counts.
    assert (facts.kind, facts.title, facts.characters) == ("doc", "Report", 710)
    facts = read_document(kept(tmp_path, b"EIO\x01what nobody has seen", "d.eio"), ".eio")
    assert (facts.kind, facts.characters) == ("eio", None)


def test_r28_a_word_document_that_is_too_old_to_be_read_is_taken_without_a_count(tmp_path: Path) -> None:
    facts = read_document(kept(tmp_path, compound({"WordDocument": b"\xdb\xa5" + b"\0" * 5000}), "a.doc"), ".doc")
    assert (facts.kind, facts.characters) == ("doc", None)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"%PDF-1.7", "report-suffix"),
        ("a.txt", "说明".encode(), "report-suffix"),
        ("a.docm", docx_of(["说明"]), "report-macros"),
        ("a.docx", b"%PDF-1.7 \n%%EOF", "report-pdf"),
        ("a.doc", b"{\\rtf1 }", "report-rtf"),
        ("a.doc", "说明".encode(), "report-not-word"),
        ("a.doc", b"<html>", "report-not-word"),
        ("a.doc", b"", "report-not-word"),
        ("a.docx", jpeg(1, (40, 30)), "report-not-word"),
        ("a.doc", docx_of(["说明"]), "report-renamed"),
        ("a.docx", doc_of(["说明"]), "report-renamed"),
        ("a.docx", zipped(xl__workbook=b"<x/>"), "report-not-word"),
        ("a.doc", compound({"Workbook": b"\0" * 5000}), "report-not-word"),
        ("a.docx", docx_of(["说明"], parts={"word/vbaProject.bin": b"x"}), "report-macros"),
        ("a.doc", doc_of(["说明"], storages=["Macros", "VBA"]), "report-macros"),
        ("a.doc", doc_of(["说明"], flags=0x0300), "report-encrypted"),
        ("a.docx", compound({"EncryptedPackage": b"\0" * 5000}), "report-encrypted"),
        ("a.docx", docx_of([]), "report-empty"),
        ("a.docx", docx_of(["说明"])[:900], "report-damaged"),
        ("a.doc", doc_of(["说明"])[:600], "report-damaged"),
    ],
)
def test_r29_everything_else_is_refused_with_what_it_is(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    assert refusal(tmp_path, data, name) == code


def test_a_chain_of_sectors_that_bites_its_tail_comes_to_an_end(tmp_path: Path) -> None:
    whole = bytearray(doc_of(["说明" * 3000]))
    at = whole.rindex(b"\x01\0\0\0\x02\0\0\0\x03\0\0\0")  # the table of sectors begins with 1, 2, 3, …
    whole[at + 4 : at + 8] = b"\0\0\0\0"
    assert read_document(kept(tmp_path, bytes(whole), "a.doc"), ".doc").characters is None


def test_a_bomb_takes_down_nothing_but_the_process_that_opens_it(tmp_path: Path) -> None:
    bomb = zipped(word__document=b"x")
    held = io.BytesIO(bomb)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * (64 * 1024 * 1024))
    with pytest.raises(RefusedError) as refused:
        read_apart(kept(tmp_path, held.getvalue(), "a.docx"))
    assert refused.value.code == "report-bomb"


def test_the_reader_apart_says_what_the_reader_says(tmp_path: Path) -> None:
    path = kept(tmp_path, docx_of(report(640)), "a.docx")
    assert read_apart(path) == read_document(path, ".docx")
    with pytest.raises(RefusedError, match="report-pdf"):
        read_apart(kept(tmp_path, b"%PDF-1.4", "a.docx"))
