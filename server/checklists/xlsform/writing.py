"""A version of a checklist as the sheets of a form. Pure.

What XLSForm has no word for stands in columns of our own, and the sheet `xungai` says so to whoever opens the form
elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from schemas.checklists import Item, Option, TemplateDocument, Words
from server.checklists.xlsform.extras import EXTRAS, WHEN, written
from server.checklists.xlsform.relevance import constraint_of, relevant_of
from server.checklists.xlsform.sheets import CHOICES, OUR_NOTE, SETTINGS, SURVEY

_ZH, _EN = "中文 (zh)", "English (en)"
_LABELS: Final = (f"label::{_ZH}", f"label::{_EN}")
_HINTS: Final = (f"hint::{_ZH}", f"hint::{_EN}")
_SURVEY: Final = ("type", "name", *_LABELS, *_HINTS, "required", "relevant", "constraint")
_YES_NO: Final = (("yes", "是", "Yes"), ("no", "否", "No"))
_NOT_APPLICABLE: Final = ("na", "不适用", "Not applicable")
_TYPES: Final[Mapping[str, str]] = {
    "yn": "select_one yes_no",
    "ynNa": "select_one yes_no_na",
    "date": "date",
    "text": "text",
    "photo": "image",
    "auto": "note",
}
_NOTE: Final = (
    ("xungai_* 各列由本系统读写，其他 XLSForm 工具不识别；请保留，重新导入时据此还原。",
     "The columns xungai_* are read and written by this system; other tools ignore them. Keep them: they are read "
     "again when the form is imported."),
    ("合格条件、权重、整改期限、责任单位、适用点位类型、频次在 XLSForm 中没有对应项，只写在 xungai_* 列中。",
     "Pass rules, weights, days to put right, responsible units, kinds of site and frequencies have no word in "
     "XLSForm; they stand in xungai_* columns only."),
    ("“系统判断”的检查项写为 note；需要多张照片的检查项写为一个 image。",
     "Items that the system decides are notes; an item that asks for several photos is one image."),
    ("日期题的“无法确认、不适用”没有对应项，只写在 xungai_options 列中。",
     "The words beside a date (cannot be told, not applicable) have no place; they stand in xungai_options only."),
)  # fmt: skip

Line = Mapping[str, str]
Sheets = Mapping[str, tuple[Sequence[str], Sequence[Line]]]


def sheets_of(document: TemplateDocument) -> Sheets:
    """The sheets of a form by name: headings, and lines by heading."""
    extras = [extra.heading for extra in EXTRAS]
    settings = _settings(document)
    return {
        SURVEY: ([*_SURVEY, WHEN, *extras], list(_survey(document))),
        CHOICES: (["list_name", "name", *_LABELS], list(_choices(document))),
        SETTINGS: (list(settings), [settings]),
        OUR_NOTE: (["中文", "English"], [{"中文": zh, "English": en} for zh, en in _NOTE]),
    }


def _survey(document: TemplateDocument) -> Iterator[Line]:
    items = {item.code: item for item in document.items}
    for section in document.sections:
        own = [item for item in document.items if item.section == section.code]
        if not own:
            continue
        yield {"type": "begin_group", "name": section.code, **_words(_LABELS, section.label)}
        for item in own:
            yield _question(item, items)
        yield {"type": "end_group"}


def _question(item: Item, items: Mapping[str, Item]) -> Line:
    return {
        "type": _type(item),
        "name": item.code,
        **_words(_LABELS, item.label),
        **(_words(_HINTS, item.hint) if item.hint else {}),
        "required": "yes" if item.required and item.type != "auto" else "",
        "relevant": relevant_of(item.when, items) if item.when else "",
        "constraint": constraint_of(item),
        **written(item),
    }


def _type(item: Item) -> str:
    if item.type == "num":
        return "integer" if item.integer else "decimal"
    return f"select_one {item.code}" if item.type == "one" else _TYPES[item.type]


def _words(headings: Sequence[str], words: Words) -> dict[str, str]:
    return dict(zip(headings, (words.zh, words.en), strict=True))


def _choices(document: TemplateDocument) -> Iterator[Line]:
    types = {item.type for item in document.items}
    if "yn" in types:
        yield from (_choice("yes_no", *one) for one in _YES_NO)
    if "ynNa" in types:
        yield from (_choice("yes_no_na", *one) for one in (*_YES_NO, _NOT_APPLICABLE))
    for item in document.items:
        if item.type == "one":
            yield from (_choice(item.code, *_told(option)) for option in item.options)


def _told(option: Option) -> tuple[str, str, str]:
    return option.value, option.label.zh, option.label.en


def _choice(list_name: str, name: str, zh: str, en: str) -> Line:
    return {"list_name": list_name, "name": name, **dict(zip(_LABELS, (zh, en), strict=True))}


def _settings(document: TemplateDocument) -> dict[str, str]:
    return {
        "form_title": document.name.zh,
        "form_id": document.code,
        "version": str(document.version),
        "default_language": _ZH,
        "xungai_title_en": document.name.en,
        "xungai_subject": document.subject,
        "xungai_site_kinds": msgspec.json.encode(document.site_kinds).decode(),
        "xungai_no_access": msgspec.json.encode(document.no_access).decode(),
        "xungai_published_on": document.published_on.isoformat(),
    }
