"""Reads the checklist templates that an installation loads, and refuses a set that does not hold together."""

from __future__ import annotations

from pathlib import Path

import msgspec

import schemas
from schemas.checklists import TemplateDocument
from server.checklists.consistency import faults_of

DATA = Path(schemas.__file__).parent / "data"
TEMPLATE_CODES = ("YL", "KY", "KH")


class TemplateError(ValueError):
    """A template document contradicts itself; the message names the template, the place and what is wrong."""


def load_templates(folder: Path = DATA / "checklists") -> list[TemplateDocument]:
    """All templates of this release, in the order YL, KY, KH.

    Raises `TemplateError` for a document that contradicts itself, `msgspec.ValidationError` for one that
    leaves the grammar.
    """
    documents = []
    for code in TEMPLATE_CODES:
        document = msgspec.json.decode((folder / f"{code}.json").read_bytes(), type=TemplateDocument)
        for fault in faults_of(document):
            raise TemplateError(f"{document.code}{fault.pointer}: {fault.code} {fault.params}")
        documents.append(document)
    return documents
