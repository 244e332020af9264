"""What a document lacks before it may be issued (official-documents, section 5). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import msgspec

from schemas.documents import Annex, Document, DocumentKind

Lack = Literal[
    "no-addressee", "no-number", "no-signer", "no-contact", "no-date", "no-reply-limit", "reply-limit-passed",
    "no-time-limit", "time-limit-passed", "no-reason", "no-photo", "no-problem", "open-place",
]  # fmt: skip
_LETTERS: tuple[DocumentKind, ...] = ("assignment", "supervision")
_OPEN_PLACE = re.compile(r"\{[^{}]*\}")


class Finding(msgspec.Struct, frozen=True):
    """One thing that is wrong, and where: a serial number, or the text that holds it."""

    lack: Lack
    place: str = ""


def lacks(document: Document, *, issued_on: date) -> tuple[Finding, ...]:
    """Everything that forbids issuing the document on a day; empty when it may go out."""
    return (*_head(document), *_limits(document, issued_on), *_annexes(document), *_open_places(document))


def _head(document: Document) -> Iterator[Finding]:
    if not document.addressees and document.kind != "minutes":
        yield Finding("no-addressee")
    if document.number is None or document.number.number is None:
        yield Finding("no-number")
    if document.kind != "approval" and _signed_on(document) is None:
        yield Finding("no-date")
    needs_signer = document.kind in (*_LETTERS, "situation_report")
    if needs_signer and (document.signer is None or not document.signer.text.strip()):
        yield Finding("no-signer")
    if document.kind in _LETTERS and not document.note:
        yield Finding("no-contact")


def _signed_on(document: Document) -> date | None:
    dated = document.signature.dated if document.signature else document.signed
    return dated.on if dated else None


def _limits(document: Document, issued_on: date) -> Iterator[Finding]:
    """Both limits lie after the day of issue; a 督办函 lists tasks that are late: only its own does."""
    if document.kind not in _LETTERS:
        return
    limit = document.reply_by.on if document.reply_by else None
    if limit is None:
        yield Finding("no-reply-limit")
    elif limit <= issued_on:
        yield Finding("reply-limit-passed")
    for row in _rows(document):
        if row.due_on is None:
            yield Finding("no-time-limit", row.serial)
        elif document.kind == "assignment" and row.due_on <= issued_on:
            yield Finding("time-limit-passed", row.serial)
        if not row.reason.strip():
            yield Finding("no-reason", row.serial)


def _rows(document: Document) -> Iterator[Any]:
    for annex in document.annexes:
        if annex.problems:
            yield from annex.problems.rows


def _annexes(document: Document) -> Iterator[Finding]:
    if document.kind in _LETTERS and not any(True for _ in _rows(document)):
        yield Finding("no-problem")
    for annex in document.annexes:
        yield from _without_picture(annex)


def _without_picture(annex: Annex) -> Iterator[Finding]:
    for pair in annex.photos:
        if not any(picture.sha256 or picture.absence for picture in (*pair.before, *pair.after)):
            yield Finding("no-photo", pair.caption)


def _open_places(document: Document) -> Iterator[Finding]:
    for text in _texts(msgspec.to_builtins(document)):
        for found in _OPEN_PLACE.findall(text):
            yield Finding("open-place", found)


def _texts(value: Any) -> Iterator[str]:
    """Every text in plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def characters_of(document: Document) -> set[str]:
    """The characters that the document prints."""
    return set("".join(_texts(msgspec.to_builtins(document))))
