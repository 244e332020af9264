"""The two forms that a document is handed out in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

from schemas.documents import Document
from server.documents.docx import render_docx
from server.documents.pdf import render_pdf

Form = Literal["pdf", "docx"]
MEDIA_TYPES: Final[Mapping[Form, str]] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
RENDERERS: Final[Mapping[Form, Callable[[Document, Mapping[str, bytes]], bytes]]] = {
    "pdf": render_pdf,
    "docx": render_docx,
}
