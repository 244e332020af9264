"""督查情况通报: a month's inspections, the problems by unit, how they were put right, the demands; behind it the units
in their order, what is still open, and where each figure comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from schemas.documents import Annex, Document, Paragraph, Table
from server.documents.composing import frame as parts
from server.documents.composing.dates import date_text, period_text
from server.documents.composing.facts import Facts, Frame, Severity
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
    severe: int = 0
    major: int = 0
    minor: int = 0
    relapses: int = 0


class SubjectMonth(Facts, frozen=True, kw_only=True):
    """A subject's month: inspections that got in, the sites they saw, and doors that stayed shut."""

    subject: str
    visits: int
    sites: int
    no_access: int = 0


class OpenProblem(Facts, frozen=True, kw_only=True):
    """A problem that is not struck off; `days_late` in working days, 0 while it is not overdue."""

    site: str
    problem: str
    unit: str
    severity: Severity
    due_on: date
    replied: bool = False
    days_late: int = 0


class Source(Facts, frozen=True):
    """Where a figure comes from: its name, its value, what was counted."""

    name: str
    value: str
    query: str


class Circular(Facts, frozen=True, kw_only=True):
    """The month's circular. `sites` counts the sites that were inspected, `teams` the teams; `demands`, `opening`,
    `exemplary`, `lagging` and the examples are the office's words, everything else is counted as of `as_of`.
    """

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
    opening: str = ""
    by_subject: tuple[SubjectMonth, ...] = ()
    closed_in_month: int | None = None
    exemplary: tuple[str, ...] = ()
    lagging: tuple[str, ...] = ()
    open_problems: tuple[OpenProblem, ...] = ()
    sources: tuple[Source, ...] = ()


def compose_circular(facts: Circular) -> Document:
    """The 通报 in 文件格式. A demand is its heading and its text."""
    month = say("circular.month", year=facts.month.year, month=facts.month.month)
    title = say("title", subject=say("circular.subject", month=month), form=say("forms.circular"))
    annexes = _annexes(facts)
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
    opening = facts.opening.strip() or say("circular.opening", month=month)
    progress = _progress(facts, month)
    demands = 4 if progress else 3
    return (
        Paragraph(text=opening),
        section(1, say("circular.findings")),
        Paragraph(text=_summary(facts) if facts.subjects else say("circular.no_visits", month=month)),
        section(2, say("circular.problems")),
        *(_of_unit(number, unit) for number, unit in enumerate((u for u in facts.units if u.found), 1)),
        *((section(3, say("circular.progress")), *progress) if progress else ()),
        section(demands, say("circular.demands")),
        *(
            clause(number, say("problems.site", site=sentence(heading)), text)
            for number, (heading, text) in enumerate(facts.demands, 1)
        ),
    )


def _summary(facts: Circular) -> str:
    found = sum(unit.found for unit in facts.units)
    closed = sum(unit.closed for unit in facts.units)
    overdue = sum(unit.overdue for unit in facts.units)
    told = say(
        "circular.findings_text", period=period_text(facts.start, facts.end), teams=facts.teams,
        subjects=say("item_separator").join(facts.subjects), sites=facts.sites,
        found=found, closed=closed, open=found - closed - overdue, overdue=overdue,
    )  # fmt: skip
    if facts.by_subject:
        counts = [
            say("circular.subject_count", subject=one.subject, visits=one.visits, sites=one.sites)
            for one in facts.by_subject
        ]
        told += say("circular.by_subject", subjects=say("circular.example_separator").join(counts))
    shut = sum(one.no_access for one in facts.by_subject)
    told += say("circular.no_access", count=shut) if shut else ""
    by_severity = {name: sum(getattr(unit, name) for unit in facts.units) for name in ("severe", "major", "minor")}
    return told + (say("circular.severities", **by_severity) if any(by_severity.values()) else "")


def _of_unit(number: int, unit: UnitMonth) -> Paragraph:
    items = say("circular.example_separator").join(sentence(example) for example in unit.examples)
    counts = {"severe": unit.severe, "overdue": unit.overdue, "relapses": unit.relapses}
    told = {name: say(f"circular.unit_{name}", count=count) if count else "" for name, count in counts.items()}
    text = say(
        "circular.unit_text", found=unit.found, severe=told["severe"], closed=unit.closed,
        rest=told["overdue"] + told["relapses"], examples=say("circular.examples", items=items) if items else "",
    )  # fmt: skip
    return clause(number, say("circular.unit", unit=unit.unit), text)


def _progress(facts: Circular, month: str) -> tuple[Paragraph, ...]:
    """How the month's problems were put right, who is praised and who is named for being late."""
    if facts.closed_in_month is None:
        return ()
    in_time = sum(unit.closed_in_time for unit in facts.units)
    overdue = sum(unit.overdue for unit in facts.units)
    due = overdue + sum(unit.closed for unit in facts.units)
    told = say(
        "circular.progress_text", date=date_text(facts.as_of), due=due, in_time=in_time, rate=on_time_rate(facts.units),
        overdue=overdue, relapses=sum(unit.relapses for unit in facts.units),
    )  # fmt: skip
    told += say("circular.closed_in_month", month=month, count=facts.closed_in_month)
    named = [
        Paragraph(text=say(f"circular.{kind}", units=say("item_separator").join(units)))
        for kind, units in (("exemplary", facts.exemplary), ("lagging", facts.lagging))
        if units
    ]
    return (Paragraph(text=told), *named)


def on_time_rate(units: Sequence[UnitMonth]) -> str:
    """Struck off in time, of those struck off or overdue; a dash where nothing was due yet."""
    in_time = sum(unit.closed_in_time for unit in units)
    due = sum(unit.closed + unit.overdue for unit in units)
    return say("circular.rate", percent=f"{100 * in_time / due:.1f}") if due else say("circular.no_due")


def _annexes(facts: Circular) -> tuple[Annex, ...]:
    made = [_ranking(facts)]
    if facts.open_problems:
        made.append(_open_problems(facts))
    if facts.sources:
        made.append(_sources(facts))
    return tuple(
        msgspec.structs.replace(annex, label=parts.annex_label(number, len(made)))
        for number, annex in enumerate(made, 1)
    )


def _open_problems(facts: Circular) -> Annex:
    rows = tuple(
        (
            str(number), one.site, sentence(one.problem), one.unit, say(f"severity.{one.severity}"),
            date_text(one.due_on), _standing(one),
        )
        for number, one in enumerate(facts.open_problems, 1)
    )  # fmt: skip
    table = Table(headings=sayings("circular.open_headings"), rows=rows, wide=(1, 2))
    return Annex(label="", title=say("circular.open_title"), table=table)


def _standing(one: OpenProblem) -> str:
    if one.replied:
        return say("circular.open_standing.replied")
    return say("circular.open_standing.overdue" if one.days_late else "circular.open_standing.open", days=one.days_late)


def _sources(facts: Circular) -> Annex:
    """The date and the query of each figure: what is printed can be counted again."""
    on = date_text(facts.as_of)
    rows = tuple((one.name, one.value, one.query, on) for one in facts.sources)
    table = Table(headings=sayings("circular.sources_headings"), rows=rows, wide=(2,))
    title, note = say("circular.sources_title"), say("circular.sources_note")
    return Annex(label="", title=title, table=table, footnote=note)


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
