"""A document's content as DOCX, for the office to edit in WPS or Word, print and stamp."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docx.document import Document as WordDocument

from schemas.documents import Document
from server.documents.layout import format_of
from server.documents.print_copies import print_copies
from server.documents.word import annexes, heads, text
from server.documents.word.page import new_document
from server.documents.word.tables import behind_table

_OLDEST = (1980, 1, 1, 0, 0, 0)


def render_docx(document: Document, photos: Mapping[str, bytes]) -> bytes:
    """The DOCX, the same bytes for the same content and photos.

    `photos` holds the picture for each hash of the content: KeyError where one is missing, OSError where one is no
    picture. It blocks: call it from a thread.
    """
    word = new_document(document)
    heads.mark_pages(word, document)
    if format_of(document) == "sheet":
        heads.masthead_line(word, document.masthead)
        annexes.form(word, document)
    else:
        _letter_or_file(word, document, print_copies(document, photos))
    behind_table(word)
    stream = io.BytesIO()
    word.save(stream)
    return _timeless(stream.getvalue())


def _letter_or_file(word: WordDocument, document: Document, copies: Mapping[str, bytes]) -> None:
    if format_of(document) == "letter":
        heads.letter_head(word, document)
    else:
        heads.file_head(word, document)
    heads.title(word, document)
    heads.salutation(word, document)
    text.paragraphs(word, document.body, hold_last=document.signature is not None)
    text.attachments(word, document)
    if document.signature:
        text.signature(word, document.signature, held=bool(document.note or document.reply_code))
    text.note(word, document)
    text.reply_code(word, document)
    text.lists(word, document)
    for given in document.annexes:
        annexes.annex(word, given, copies)
    text.imprint(word, document)


def _timeless(package: bytes) -> bytes:
    """The same package without the minute it was zipped in."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _OLDEST), old.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
