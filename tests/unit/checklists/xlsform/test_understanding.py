"""What becomes of a form: every question is an item or is told of."""

from __future__ import annotations

import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from schemas.checklists import AllOf, AnswerEquals, TemplateDocument
from server.catalogue import catalogue
from server.checklists.consistency import faults_of
from server.checklists.installation import load_templates
from server.checklists.xlsform.exchange import workbook_of
from server.checklists.xlsform.understanding import Understood, understand
from server.checklists.xlsform.worker import read_apart

TODAY = datetime.date(2026, 11, 25)
FORMS = Path(__file__).resolve().parents[5] / "shared" / "forms"
SHARED = sorted(FORMS.glob("f*.xls*")) if FORMS.is_dir() else []
YES_NO = [["list_name", "name", "label"], ["yn", "yes", "是"], ["yn", "no", "否"]]


def workbook(survey: list[list[Any]], choices: list[list[Any]] | None = None, **settings: Any) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = {"survey": survey, "choices": choices or YES_NO, "settings": [list(settings), list(settings.values())]}
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def understood(content: bytes, known: TemplateDocument | None = None) -> Understood:
    answer = read_apart(content)
    assert answer.form is not None, answer.told
    return understand(answer.form, code="WC", known=known, today=TODAY)


def said(found: Understood, row: int) -> list[str]:
    return [remark.code for remark in found.remarks if remark.row == row and remark.sheet == "survey"]


def test_groups_become_sections_and_questions_items() -> None:
    survey = [
        ["type", "name", "label", "hint", "required", "relevant", "constraint"],
        ["begin_group", "outside", "院外", "", "", "", ""],
        ["select_one yn", "clean", "是否整洁", "看地面", "yes", "", ""],
        ["integer", "bins", "垃圾桶数", "", "", "${clean} = 'no'", ". >= 0 and . <= 20"],
        ["end_group", "", "", "", "", "", ""],
        ["begin_group", "inside", "", "", "", "", ""],
        ["note", "heading", "室内情况", "", "", "", ""],
        ["note", "look", "先看卫生间", "", "", "", ""],
        ["image", "shot", "全景照片", "", "yes", "", ""],
        ["end_group", "", "", "", "", "", ""],
    ]
    found = understood(workbook(survey, form_title="公共场所检查表", form_id="x"))
    document = found.document
    assert document.name.zh == "公共场所检查表"
    assert [(one.code, one.label.zh) for one in document.sections] == [("WC-A", "院外"), ("WC-B", "室内情况")]
    clean, bins, shot = document.items
    assert (clean.code, clean.type, clean.required, clean.hint and clean.hint.zh) == ("WC-A01", "yn", True, "看地面")
    assert (bins.type, bins.integer, bins.max, bins.required) == ("num", True, 20, False)
    assert bins.when == AllOf(of=[AnswerEquals(item="WC-A01", value=False)])
    assert (shot.code, shot.type, shot.photo_count, shot.hint and shot.hint.zh) == ("WC-B01", "photo", 1, "先看卫生间")
    assert (said(found, 7), said(found, 8)) == (["form-note-as-section"], ["form-note-as-hint"])
    assert (found.questions, found.taken) == (3, 3)


def test_many_choices_become_one_item_each_and_conditions_follow() -> None:
    survey = [
        ["type", "name", "label", "relevant"],
        ["select_multiple kinds", "waste", "垃圾种类", ""],
        ["text", "which", "哪一种", "selected(${waste}, 'other')"],
    ]
    choices = [["list_name", "name", "label"], ["kinds", "glass", "玻璃"], ["kinds", "other", "其他"]]
    found = understood(workbook(survey, choices, form_id="x"))
    labels = [(item.code, item.type, item.label.zh) for item in found.document.items]
    assert labels == [
        ("WC-A01", "yn", "垃圾种类：玻璃"),
        ("WC-A02", "yn", "垃圾种类：其他"),
        ("WC-A03", "text", "哪一种"),
    ]
    assert found.document.items[2].when == AllOf(of=[AnswerEquals(item="WC-A02", value=True)])
    assert said(found, 2) == ["form-many-choices"]


def test_what_no_item_can_ask_is_told_with_its_place() -> None:
    survey = [
        ["type", "name", "label::English (en)", "label::Kiswahili (sw)", "default", "calculation", "appearance"],
        ["start", "start", "", "", "", "", ""],
        ["geopoint", "here", "Where", "Wapi", "", "", ""],
        ["calculate", "sum", "", "", "", "1 + 1", ""],
        ["audio", "voice", "Say it", "", "", "", ""],
        ["text", "name", "Name ${sum}", "Jina", "nobody", "", "multiline"],
    ]
    found = understood(workbook(survey, form_id="x"))
    assert (said(found, 2), said(found, 3)) == (["form-recorded-circumstance"], ["form-recorded-place"])
    assert (said(found, 4), said(found, 5)) == (["form-calculate"], ["form-media"])
    assert set(said(found, 6)) == {"form-reference-in-text", "form-other-language", "form-lost-default", "form-look"}
    assert [item.label.zh for item in found.document.items] == ["Name 〔sum〕"]
    assert {"form-no-chinese", "form-no-rules"} <= set(said(found, 0))


def test_a_code_stays_with_its_question_when_the_form_comes_again() -> None:
    survey = [["type", "name", "label"], ["text", "a", "甲"], ["text", "b", "乙"]]
    first = understood(workbook(survey, form_id="x")).document
    again = understood(workbook([survey[0], ["text", "new", "新"], survey[2]], form_id="x"), known=first).document
    assert [(item.code, item.label.zh) for item in again.items] == [("WC-A03", "新"), ("WC-A02", "乙")]


def test_a_cell_of_our_own_that_cannot_be_read_is_told_of() -> None:
    survey = [
        ["type", "name", "label", "xungai_pass", "xungai_weight"],
        ["integer", "n", "数量", '{"op":"atLeast","n":2}', "heavy"],
    ]
    found = understood(workbook(survey, form_id="x"))
    assert msgspec.to_builtins(found.document.items[0].pass_rule) == {"op": "atLeast", "n": 2}
    assert "form-bad-extra" in said(found, 2)


@pytest.mark.parametrize("template", load_templates(), ids=lambda one: one.code)
def test_a_version_goes_out_and_comes_back_the_same(template: TemplateDocument) -> None:
    answer = read_apart(workbook_of(template))
    assert answer.form is not None, answer.told
    back = understand(answer.form, code=template.code, known=None, today=TODAY)
    assert (back.document, back.remarks) == (template, [])


def test_who_changes_the_condition_in_the_sheet_is_heard() -> None:
    """Our own column repeats the condition exactly; where the sheet says something else, the sheet counts."""
    template = next(one for one in load_templates() if one.code == "KY")
    book = openpyxl.load_workbook(BytesIO(workbook_of(template)))
    sheet = book["survey"]
    headings = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[headings.index("name")].value == "KY-B02":
            row[headings.index("relevant")].value = "${KY-B01} > 10"
    target = BytesIO()
    book.save(target)
    answer = read_apart(target.getvalue())
    assert answer.form is not None
    back = understand(answer.form, code="KY", known=template, today=TODAY).document
    item = next(one for one in back.items if one.code == "KY-B02")
    assert item.when is not None
    assert [getattr(test, "value", None) for test in item.when.of] == [10]


@pytest.mark.skipif(not SHARED, reason="the folder of real forms is not there")
@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.name)
def test_real_forms_come_in_and_go_out_again(path: Path) -> None:
    """Every question is an item, or told of; what comes out is taken by pyxform and reads the same."""
    found = understood(path.read_bytes())
    assert found.document.items
    told = {remark.row for remark in found.remarks if remark.sheet == "survey" and remark.column == "type"}
    assert found.questions - found.taken <= len(told)
    assert {fault.code for fault in faults_of(found.document)} <= {"checklist-no-kinds"}
    again = understood(workbook_of(found.document))
    assert again.document == found.document
    assert {remark.code for remark in again.remarks} <= {"form-no-kinds"}
    for language in ("zh-CN", "en"):
        assert {remark.code for remark in found.remarks} <= catalogue(language)["remarks"].keys()
