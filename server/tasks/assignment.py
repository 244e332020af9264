"""What an assignment says, what is wrong with it, and the task it becomes (R3, R41, R87). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Protocol

import msgspec

from schemas.checklists import Closing, Item, TemplateVersion
from schemas.tasks import Origin, Severity
from server.audit.chain import digest
from server.errors import FieldError
from server.org.rules import Rules
from server.org.working_days import WorkCalendar
from server.tasks.deadlines import deadline

_NAMED_SOURCE: Final = frozenset({"superior", "complaint"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What is assigned, under an id that its sender made; the task gets that id.

    `due_on` None counts the item's working days, or those of the severity; `closing` None is the item's, or
    evidence. `source_number` is the 文号; `source_id` the row that it comes from (an arrangement, an imported line).
    `photos` (SHA-256, hex) are evidence of the order.
    """

    id: str
    origin: Origin
    problem: str
    requirement: str
    unit_id: str
    severity: Severity
    due_on: date | None = None
    institution: str = ""
    site_id: str | None = None
    item_code: str | None = None
    closing: Closing | None = None
    watcher_ids: tuple[str, ...] = ()
    source_name: str = ""
    source_number: str = ""
    source_id: str | None = None
    given_on: date | None = None
    wants_letter: bool = False
    photos: tuple[str, ...] = ()


class Place(Protocol):
    """What of a site an assignment depends on."""

    @property
    def id(self) -> str: ...
    @property
    def institution(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Terms:
    """What all assignments of one transaction are counted with; `versions` are the checklists whose items they name."""

    calendar: WorkCalendar
    rules: Rules
    versions: Sequence[TemplateVersion]


@dataclass(frozen=True, slots=True)
class Ground:
    """What an assignment is checked and completed with."""

    today: date
    now: datetime
    calendar: WorkCalendar
    rules: Rules
    site: Place | None
    item: Item | None
    template_version_id: str | None
    members: frozenset[str] = frozenset()


def faults_of(asked: Assignment, ground: Ground) -> list[FieldError]:
    """Everything that is wrong with an assignment; `ground.members` are the ids of the units that can owe (R3)."""
    errors = []
    if not asked.problem.strip():
        errors.append(FieldError("/problem", "problem-needed"))
    if asked.origin in _NAMED_SOURCE and not asked.source_name.strip():
        errors.append(FieldError("/sourceName", "source-needed"))
    if asked.unit_id not in ground.members:
        errors.append(FieldError("/unitId", "unit-unknown"))
    errors += _watcher_faults(asked, ground.members)
    errors += _place_faults(asked, ground)
    errors += _date_faults(asked, ground.today)
    return errors


def _watcher_faults(asked: Assignment, members: frozenset[str]) -> Iterator[FieldError]:
    for at, unit_id in enumerate(asked.watcher_ids):
        if unit_id == asked.unit_id:
            yield FieldError(f"/watcherIds/{at}", "owes-itself")
        elif unit_id not in members:
            yield FieldError(f"/watcherIds/{at}", "unit-unknown")


def _place_faults(asked: Assignment, ground: Ground) -> list[FieldError]:
    if asked.site_id is not None and ground.site is None:
        return [FieldError("/siteId", "site-unknown")]
    if asked.item_code is not None and asked.site_id is None:
        return [FieldError("/itemCode", "item-without-site")]
    if asked.item_code is not None and ground.item is None:
        return [FieldError("/itemCode", "item-unknown")]
    return []


def _date_faults(asked: Assignment, today: date) -> list[FieldError]:
    """R87: no deadline before the day on which it is set, nor before the day on which the task was given."""
    errors = []
    if asked.given_on is not None and asked.given_on > today:
        errors.append(FieldError("/givenOn", "given-later"))
    if asked.due_on is None:
        return errors
    if asked.due_on < today and asked.origin != "ledger":
        errors.append(FieldError("/dueOn", "date-passed"))
    elif asked.given_on is not None and asked.due_on < asked.given_on:
        errors.append(FieldError("/dueOn", "due-before-given"))
    return errors


def working_days_of(severity: Severity, item: Item | None, rules: Rules) -> int:
    """How many working days an assigned task gets where no date is given: the item's, or those of the severity."""
    if item is not None and item.working_days > 0:
        return item.working_days
    return {
        "severe": rules.assigned_severe_days,
        "major": rules.assigned_major_days,
        "minor": rules.assigned_minor_days,
    }[severity]


def task_row(asked: Assignment, ground: Ground, by: str) -> dict[str, Any]:
    """The task as it is stored: confirmed and open at once. `by` is a person's id."""
    by_rule = working_days_of(asked.severity, ground.item, ground.rules)
    counted = deadline(ground.today, by_rule, ground.calendar)
    given = asked.due_on
    site = ground.site
    return {
        "id": asked.id,
        "origin": asked.origin,
        "source_name": asked.source_name.strip(),
        "source_number": asked.source_number.strip(),
        "source_id": asked.source_id,
        "given_on": asked.given_on,
        "wants_letter": asked.wants_letter,
        "site_id": site.id if site else None,
        "item_code": ground.item.code if ground.item else None,
        "template_version_id": ground.template_version_id,
        "problem": asked.problem.strip(),
        "requirement": asked.requirement.strip(),
        "unit_id": asked.unit_id,
        "institution": asked.institution.strip() or (site.institution if site else ""),
        "severity": asked.severity,
        "status": "open",
        "rung": "none",
        "closing": asked.closing or _closing_of(ground.item),
        "working_days": max(ground.calendar.working_days_between(ground.today, given), 1) if given else by_rule,
        "due_on": given or counted.due_on,
        "due_provisional": given is None and counted.provisional,
        "created_at": ground.now,
        "updated_at": ground.now,
        "confirmed_at": ground.now,
        "confirmed_by": by,
        "return_count": 0,
        "return_proposed": False,
        "version": 1,
    }


def _closing_of(item: Item | None) -> Closing:
    return item.closing if item is not None and item.closing != "none" else "evidence"


def history_of(asked: Assignment, due_on: date) -> dict[str, Any]:
    """What the history tells of the order."""
    return {
        "text": asked.requirement.strip() or asked.problem.strip(),
        "origin": asked.origin,
        "sourceName": asked.source_name.strip(),
        "sourceNumber": asked.source_number.strip(),
        "givenOn": asked.given_on.isoformat() if asked.given_on else None,
        "unitId": asked.unit_id,
        "severity": asked.severity,
        "dueOn": due_on.isoformat(),
        "photos": list(asked.photos),
    }


def digest_of(asked: Assignment) -> str:
    """What tells two assignments under one id apart."""
    return digest(msgspec.to_builtins(asked))
