"""Makes a checklist of a form, and says of every cell that is not in it why. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import msgspec

from schemas.checklists import NoAccess, Section, TemplateDocument, Words
from server.checklists.xlsform.asking import Asking, Group
from server.checklists.xlsform.coding import Codes
from server.checklists.xlsform.extras import SETTING_HEADINGS, no_access_of, site_kinds_of
from server.checklists.xlsform.headings import heading_of, language_of, plain
from server.checklists.xlsform.questions import Kind, kind_of
from server.checklists.xlsform.sheets import CHOICES, OUR_NOTE, SETTINGS, SURVEY, Form, Remark, Row
from server.checklists.xlsform.wording import Report, choice_lists

_KNOWN_SHEETS: Final = frozenset({SURVEY, CHOICES, SETTINGS, OUR_NOTE})
_KNOWN_SETTINGS: Final = frozenset({"form_title", "form_id", "version", "default_language", *SETTING_HEADINGS})
_NO_GROUP: Final = Words(zh="检查内容", en="Questions")


@dataclass(frozen=True, slots=True)
class Understood:
    """A checklist as a form has it, what was said, and how many of its questions are in it."""

    document: TemplateDocument
    remarks: list[Remark]
    questions: int
    taken: int


@dataclass(slots=True)
class _Walk:
    """Where the reading of the survey stands: the groups that are open, the section that items go to."""

    asking: Asking
    codes: Codes
    report: Report
    open: list[Group] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    is_between: bool = True


def understand(form: Form, *, code: str, known: TemplateDocument | None, today: date) -> Understood:
    """The checklist `code` that a form comes to. `known`: its newest version, whose codes and frame stay."""
    settings = next(iter(form.rows(SETTINGS)), Row(0, {}))
    report = Report(default_language=_default_language(settings))
    lists = choice_lists(form, report)
    codes = Codes(code, known)
    walk = _Walk(Asking(report, lists, codes), codes, report)
    for row in form.rows(SURVEY):
        _take(walk, row)
    walk.asking.end_section()
    _sheets(form, report)
    items = walk.asking.items
    used = {item.section for item in items}
    document = _framed(settings, code, known, report, today)
    document = msgspec.structs.replace(
        document, sections=[section for section in walk.sections if section.code in used], items=items
    )
    if items and not any("xungai_pass" in row.cells for row in form.rows(SURVEY)):
        report.say(SURVEY, 0, "xungai_pass", "", "changed", "form-no-rules")
    report.finish()
    return Understood(document, report.remarks, walk.asking.questions, walk.asking.taken)


def _default_language(settings: Row) -> str:
    named = plain(settings.cells, "default_language")
    language = language_of(named) if named else ""
    return language if language in ("zh", "en") else ""


def _take(walk: _Walk, row: Row) -> None:
    kind = kind_of(plain(row.cells, "type"))
    if not kind.name:
        walk.report.say(SURVEY, row.number, "type", "；".join(row.cells.values()), "lost", "form-no-type")
    elif kind.name.startswith("begin_"):
        _begin(walk, row, kind)
    elif kind.name.startswith("end_"):
        if walk.open:
            walk.open.pop()
        if not walk.open:
            walk.asking.end_section()
            walk.is_between = True
    else:
        _ask(walk, row, kind)


def _begin(walk: _Walk, row: Row, kind: Kind) -> None:
    label = walk.report.words(SURVEY, row, "label")
    walk.open.append(Group(plain(row.cells, "name"), plain(row.cells, "relevant")))
    if kind.name == "begin_repeat":
        walk.report.say(SURVEY, row.number, "type", plain(row.cells, "type"), "changed", "form-repeat")
    if len(walk.open) == 1:
        code = walk.codes.section(plain(row.cells, "name"))
        walk.sections.append(Section(code=code, label=label or Words(zh="", en="")))
        walk.asking.section, walk.is_between = code, False
        walk.asking.unnamed_section = label is None
    elif label is not None:
        walk.report.say(SURVEY, row.number, "label", label.zh, "changed", "form-nested-group")
    walk.asking.leftovers(row, {"type", "name", "label", "relevant"})


def _ask(walk: _Walk, row: Row, kind: Kind) -> None:
    if walk.is_between and walk.asking.would_ask(row, kind):
        code = walk.codes.section("")
        walk.sections.append(Section(code=code, label=_NO_GROUP))
        walk.asking.section, walk.is_between = code, False
        walk.asking.unnamed_section = False
    heading = walk.asking.ask(row, kind, walk.open)
    if heading is not None or walk.asking.needs_name():
        label = heading or _NO_GROUP
        section = walk.sections[-1]
        walk.sections[-1] = msgspec.structs.replace(section, label=label)
        walk.asking.unnamed_section = False


def _sheets(form: Form, report: Report) -> None:
    for sheet in form.sheets:
        if sheet.name.strip().lower() not in _KNOWN_SHEETS and sheet.rows:
            report.say(sheet.name, 0, "", "", "lost", "form-sheet", rows=str(len(sheet.rows)))
    for row in form.rows(SETTINGS):
        for column, text in row.cells.items():
            if heading_of(column).name not in _KNOWN_SETTINGS:
                report.say(SETTINGS, row.number, column, text, "lost", "form-setting")


def _framed(settings: Row, code: str, known: TemplateDocument | None, report: Report, today: date) -> TemplateDocument:
    """The frame: what the settings name, else what the newest version has, else what a person has to fill in."""
    cells = settings.cells
    title, english = plain(cells, "form_title").strip(), cells.get("xungai_title_en", "").strip()
    name = Words(zh=title, en=english or title) if title else (known.name if known else Words(zh=code, en=code))
    kinds = site_kinds_of(cells.get("xungai_site_kinds", "[")) or (known.site_kinds if known else [])
    no_access = no_access_of(cells.get("xungai_no_access", "")) or (known.no_access if known else _no_access(code))
    if not kinds:
        report.say(SETTINGS, 0, "xungai_site_kinds", "", "changed", "form-no-kinds")
    version = plain(cells, "version")
    return TemplateDocument(
        code=code,
        subject=cells.get("xungai_subject", "").strip()[:20] or (known.subject if known else "SUB-OTHER"),
        name=name,
        site_kinds=kinds,
        version=int(version) if version.isdecimal() and len(version) < 7 else (known.version if known else 1),
        published_on=next(_days(cells.get("xungai_published_on", "")), today),
        sections=[],
        no_access=no_access,
        items=[],
    )


def _days(text: str) -> Iterator[date]:
    try:
        yield date.fromisoformat(text.strip())
    except ValueError:
        return


def _no_access(code: str) -> NoAccess:
    return NoAccess(
        item=f"{code}-NO-ACCESS",
        label=Words(zh="未能入内", en="No access"),
        severity="major",
        working_days=3,
        closing="evidence",
        unit_type="street",
    )
