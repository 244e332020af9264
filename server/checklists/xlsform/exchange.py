"""Brings in forms of the XLSForm kind, and gives versions away as such."""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import Final

import xlsxwriter

from schemas.checklist_editing import FormReading, FormRemark
from schemas.checklists import TemplateDocument
from server import clock
from server.apart import in_turn
from server.catalogue import text
from server.checklists.errors import FormInvalid, FormNotWritten, FormTooLarge, FormUnreadable
from server.checklists.xlsform.sheets import Answer, Form, Remark
from server.checklists.xlsform.understanding import understand
from server.checklists.xlsform.worker import read_apart
from server.checklists.xlsform.writing import sheets_of

LARGEST_BYTES: Final = 5 * 1024 * 1024


async def read(content: bytes, *, code: str, known: TemplateDocument | None, language: str) -> FormReading:
    """The checklist that a form comes to, with everything that it did not come to. Nothing is saved.

    Raises FormTooLarge, FormUnreadable, FormInvalid.
    """
    if len(content) > LARGEST_BYTES:
        raise FormTooLarge
    form = _form_of(await in_turn(read_apart, content))
    # A form may have a million cells, and phones are answered meanwhile.
    understood = await asyncio.to_thread(understand, form, code=code, known=known, today=clock.today())
    return FormReading(
        document=understood.document,
        questions=understood.questions,
        taken=understood.taken,
        remarks=[_remark(one, language) for one in understood.remarks],
    )


def _form_of(answer: Answer) -> Form:
    if answer.form is not None:
        return answer.form
    if answer.refusal == "form-invalid":
        raise FormInvalid(told=answer.told)
    raise FormUnreadable


def _remark(one: Remark, language: str) -> FormRemark:
    return FormRemark(
        sheet=one.sheet,
        row=one.row,
        column=one.column,
        value=one.value,
        kind=one.kind,
        code=one.code,
        message=text("remarks", one.code, language, one.params),
    )


async def write(document: TemplateDocument) -> bytes:
    """A version as a workbook that pyxform has taken for a form. Raises FormNotWritten."""
    content = workbook_of(document)
    answer = await in_turn(read_apart, content)
    if answer.form is None:
        raise FormNotWritten(told=answer.told or answer.refusal)
    return content


def workbook_of(document: TemplateDocument) -> bytes:
    """A version as a workbook."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True})
        for name, (headings, lines) in sheets_of(document).items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(headings) - 1, 18)
            sheet.write_row(0, 0, headings, bold)
            for place, line in enumerate(lines, 1):
                sheet.write_row(place, 0, [line.get(heading, "") for heading in headings])
    return target.getvalue()
