"""督查情况通报: a month's inspections, the problems by unit, the demands, and the units in their order."""

from __future__ import annotations

from datetime import date

from schemas.documents import Annex, Document, Paragraph, Table
from server.documents.composing import frame as parts
from server.documents.composing.dates import date_text, period_text
from server.documents.composing.facts import Facts, Frame
from server.documents.composing.outline import clause, section, sentence
from server.documents.composing.phrases import say, sayings, words_in
from server.documents.composing.problems import attachment_names


class UnitMonth(Facts, frozen=True, kw_only=True):
    """A unit's month: problems found, struck off, struck off in time, overdue and open; examples in words."""

    unit: str
    found: int
    closed: int
    closed_in_time: int
    overdue: int
    examples: tuple[str, ...] = ()


class Circular(Facts, frozen=True, kw_only=True):
    """The month's circular. `sites` counts the sites that were inspected, `teams` the teams."""

    frame: Frame
    addressees: tuple[str, ...]
    month: date
    start: date
    end: date
    as_of: date
    teams: int
    subjects: tuple[str, ...]
    sites: int
    units: tuple[UnitMonth, ...]
    demands: tuple[tuple[str, str], ...]


def compose_circular(facts: Circular) -> Document:
    """The 通报 in 文件格式. A demand is its heading and its text."""
    month = say("circular.month", year=facts.month.year, month=facts.month.month)
    title = say("title", subject=say("circular.subject", month=month), form=say("forms.circular"))
    annexes = (_ranking(facts),)
    return Document(
        kind="circular",
        issuer=facts.frame.issuer.name,
        masthead=parts.file_masthead(facts.frame),
        title=title,
        title_words=words_in(title, month),
        markings=parts.markings_of(facts.frame),
        number=parts.number_of(facts.frame),
        addressees=facts.addressees,
        salutation=parts.salutation(facts.addressees),
        body=_body(facts, month),
        attachments_label=say("attachments_label"),
        attachments=attachment_names(annexes),
        signature=parts.signature_of(facts.frame),
        note=parts.note_of(facts.frame),
        copied_to=parts.copied_to(facts.frame),
        imprint=parts.imprint_of(facts.frame),
        annexes=annexes,
        status_mark=parts.status_mark(facts.frame),
    )


def _body(facts: Circular, month: str) -> tuple[Paragraph, ...]:
    found = sum(unit.found for unit in facts.units)
    closed = sum(unit.closed for unit in facts.units)
    overdue = sum(unit.overdue for unit in facts.units)
    summary = say(
        "circular.findings_text", period=period_text(facts.start, facts.end), teams=facts.teams,
        subjects=say("item_separator").join(facts.subjects), sites=facts.sites,
        found=found, closed=closed, open=found - closed - overdue, overdue=overdue,
    )  # fmt: skip
    return (
        Paragraph(text=say("circular.opening", month=month)),
        section(1, say("circular.findings")),
        Paragraph(text=summary),
        section(2, say("circular.problems")),
        *(_of_unit(number, unit) for number, unit in enumerate((u for u in facts.units if u.found), 1)),
        section(3, say("circular.demands")),
        *(
            clause(number, say("problems.site", site=sentence(heading)), text)
            for number, (heading, text) in enumerate(facts.demands, 1)
        ),
    )


def _of_unit(number: int, unit: UnitMonth) -> Paragraph:
    items = say("circular.example_separator").join(sentence(example) for example in unit.examples)
    examples = say("circular.examples", items=items) if items else ""
    text = say("circular.unit_text", found=unit.found, closed=unit.closed, examples=examples)
    return clause(number, say("circular.unit", unit=unit.unit), text)


def _ranking(facts: Circular) -> Annex:
    """By rate of closing, then by what is overdue; equal ones share their place, units without problems come last."""
    ordered = sorted(facts.units, key=_order)
    rows = []
    place = 0
    for position, unit in enumerate(ordered, 1):
        if position == 1 or _order(unit) != _order(ordered[position - 2]):
            place = position
        figures = (unit.found, unit.closed, unit.closed_in_time, unit.overdue)
        rows.append((str(place) if unit.found else say("circular.no_rate"), unit.unit, *map(str, figures), _rate(unit)))
    table = Table(headings=sayings("circular.table_headings"), rows=tuple(rows), wide=(1,))
    note = say("circular.table_note", date=date_text(facts.as_of))
    return Annex(label=say("annex_label"), title=say("circular.table_title"), table=table, footnote=note)


def _order(unit: UnitMonth) -> tuple[bool, float, int]:
    return (unit.found == 0, -unit.closed / max(unit.found, 1), unit.overdue)


def _rate(unit: UnitMonth) -> str:
    if unit.found == 0:
        return say("circular.no_rate")
    return say("circular.rate", percent=f"{100 * unit.closed / unit.found:.1f}")
