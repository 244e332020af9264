"""What the one-page sheet of a site says. Pure: plain values and words in, the sheet out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from schemas.maps import MapSite
from schemas.site_sheets import SheetCount, SheetLine, SheetPair, SheetTable, SiteSheet

MOST_INSPECTIONS: Final = 5
MOST_TASKS: Final = 7
MOST_PAIRS: Final = 3
_LONGEST_PROBLEM: Final = 44
_LONGEST_CAPTION: Final = 26
Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Seen:
    """An inspection: its day, checklist, outcome, score (of a hundred) and the findings that it made."""

    on: date
    checklist: str
    got_in: bool
    score: float | None
    findings: int


@dataclass(frozen=True, slots=True)
class Owed:
    """An open task with its photos before and after, the newest of each."""

    id: str
    number: str | None
    problem: str
    unit: str
    due_on: date
    status: str
    late: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A task's photos: of the fault, and of the repair."""

    problem: str
    number: str | None
    before: str | None
    after: str | None


def site_sheet(
    site: MapSite,
    *,
    inspections: Sequence[Seen] | None,
    tasks: Sequence[Owed],
    photos: Sequence[Shown],
    url: str,
    today: date,
    say: Say,
) -> SiteSheet:
    """The sheet of a site as this reader may see it; `inspections` None where they see none."""
    tables = [_tasks(tasks, say)]
    if inspections is not None:
        tables.insert(0, _inspections(inspections, say))
    return SiteSheet(
        title=site.name,
        under=" · ".join((site.code, say(f"site-{site.kind}"), site.street_name)),
        facts=_facts(site, say),
        counts=_counts(site, say),
        tables=tuple(tables),
        photos_title=say("sheet-photos"),
        before_label=say("sheet-before"),
        after_label=say("sheet-after"),
        no_photo=say("sheet-no-photo"),
        pairs=tuple(
            SheetPair(caption=_short(one.problem, _LONGEST_CAPTION), before=one.before, after=one.after)
            for one in photos[:MOST_PAIRS]
        ),
        url=url,
        code_label=say("sheet-code"),
        foot=f"{say('sheet-made')} {today.isoformat()}",
    )


def _facts(site: MapSite, say: Say) -> tuple[tuple[str, str], ...]:
    told: Mapping[str, str] = {
        "sheet-unit": site.unit_name,
        "sheet-institution": site.institution,
        "sheet-address": site.address,
        "sheet-keeper": " ".join(part for part in (site.keeper_post, site.keeper_phone) if part),
    }
    return tuple((say(label), words or "—") for label, words in told.items())


def _counts(site: MapSite, say: Say) -> tuple[SheetCount, ...]:
    counts = [
        SheetCount(label=say("sheet-open"), value=str(site.open)),
        SheetCount(label=say("sheet-overdue"), value=str(site.overdue), late=site.overdue > 0),
        SheetCount(label=say("sheet-replied"), value=str(site.replied)),
        SheetCount(label=say("sheet-findings"), value=str(sum(site.findings.values()))),
    ]
    for label, on in (("sheet-last", site.last_inspected_on), ("sheet-next", site.next_visit_on)):
        if on is not None:
            counts.append(SheetCount(label=say(label), value=on.isoformat()))
    return tuple(counts)


def _inspections(rows: Sequence[Seen], say: Say) -> SheetTable:
    return SheetTable(
        title=say("sheet-inspections"),
        heads=tuple(say(f"sheet-{name}") for name in ("on", "checklist", "outcome", "score", "found")),
        widths=(1.3, 3.2, 1.4, 0.9, 0.9),
        lines=tuple(
            SheetLine(
                cells=(
                    row.on.isoformat(),
                    row.checklist,
                    say("sheet-got-in" if row.got_in else "sheet-locked"),
                    "—" if row.score is None else f"{row.score:.0f}",
                    str(row.findings),
                )
            )
            for row in rows[:MOST_INSPECTIONS]
        ),
        empty=say("sheet-no-inspections"),
    )


def _tasks(rows: Sequence[Owed], say: Say) -> SheetTable:
    beyond = len(rows) - MOST_TASKS
    return SheetTable(
        title=say("sheet-tasks"),
        heads=tuple(say(f"sheet-{name}") for name in ("number", "problem", "unit", "due", "state")),
        widths=(1.5, 4.4, 1.5, 1.3, 1.1),
        lines=tuple(
            SheetLine(
                cells=(
                    row.number or "—",
                    _short(row.problem, _LONGEST_PROBLEM),
                    row.unit,
                    row.due_on.isoformat(),
                    say("sheet-late" if row.late else f"sheet-{row.status}"),
                ),
                late=row.late,
            )
            for row in rows[:MOST_TASKS]
        ),
        empty=say("sheet-no-tasks"),
        more=say("sheet-more").replace("{n}", str(beyond)) if beyond > 0 else "",
    )


def _short(words: str, most: int) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
