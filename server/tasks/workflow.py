"""Which step may be taken, by whom, in which state (R41). Pure: the one table and the few conditions round it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from schemas.tasks import ActionName, TaskStatus
from server.auth import roles

LIVE: Final = frozenset({"draft", "open", "replied"})

TRANSITIONS: Final[Mapping[tuple[TaskStatus, ActionName], TaskStatus]] = {
    ("draft", "confirm"): "open",
    ("draft", "void"): "void",
    ("open", "confirm"): "open",
    ("open", "correct"): "open",
    ("open", "acknowledge"): "open",
    ("open", "name_persons"): "open",
    ("open", "progress"): "open",
    ("open", "ask_extension"): "open",
    ("open", "refuse_extension"): "open",
    ("open", "reply"): "replied",
    ("open", "extend"): "open",
    ("open", "strike_off"): "closed",
    ("open", "void"): "void",
    ("replied", "confirm"): "replied",
    ("replied", "correct"): "replied",
    ("replied", "name_persons"): "replied",
    ("replied", "extend"): "replied",
    ("replied", "return"): "open",
    ("replied", "strike_off"): "closed",
    ("replied", "not_seen"): "replied",
    ("replied", "void"): "void",
    ("closed", "confirm"): "closed",
    ("closed", "void"): "closed",
}
"""`confirm` outside `draft` countersigns a further sighting that joined the task; it moves nothing. On a closed task
both decide only the late sightings that joined it."""

_VERIFIERS: Final = frozenset({roles.OFFICE, roles.SUPERVISOR, roles.INSPECTOR})
MAY: Final[Mapping[ActionName, frozenset[str]]] = {
    "confirm": roles.REVIEWERS,
    "correct": roles.REVIEWERS,
    "void": frozenset({roles.OFFICE}),
    "extend": frozenset({roles.OFFICE}),
    "refuse_extension": frozenset({roles.OFFICE}),
    "acknowledge": roles.UNIT,
    "progress": roles.UNIT,
    "ask_extension": roles.UNIT,
    "reply": roles.UNIT | {roles.OFFICE},
    "return": _VERIFIERS,
    "strike_off": _VERIFIERS,
    "not_seen": _VERIFIERS,
    "name_persons": roles.UNIT | {roles.OFFICE},
}

Denial = Literal["role", "other_unit", "state", "own_work", "own_unit", "finder"]


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What of a task a step depends on. `fixers` put it right, `finders` saw it; person ids."""

    status: TaskStatus
    unit_id: str
    fixers: frozenset[str] = frozenset()
    finders: frozenset[str] = frozenset()
    has_draft_findings: bool = False
    is_acknowledged: bool = False
    extension_waits: bool = False


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """What of a person a step depends on. `seat_unit_id` is the unit that theirs sits in (R2)."""

    person_id: str
    role: str
    unit_id: str | None
    seat_unit_id: str | None = None


def denial_of(action: ActionName, task: TaskFacts, actor: ActorFacts, *, strict: bool) -> Denial | None:
    """Why this person may not take this step now, or None where they may.

    The unit's people act on their own unit's tasks only (R8). Who fixed it never verifies it, nor does anybody of
    the unit that owes it (区发改局's tasks are verified by 区政府办, and the reverse); in strict mode who found it
    does not either (R41).
    """
    if actor.role not in MAY[action]:
        return "role"
    if actor.role in roles.UNIT and actor.unit_id != task.unit_id:
        return "other_unit"
    if (task.status, action) not in TRANSITIONS:
        return "state"
    if not _makes_sense(action, task):
        return "state"
    if action in ("strike_off", "return"):
        return verification_denial(task, actor, strict=strict)
    return None


def _makes_sense(action: ActionName, task: TaskFacts) -> bool:
    """Whether there is anything for the step to do: a sighting to decide, a receipt to sign, a request to answer."""
    if action == "confirm" or task.status == "closed":
        return task.has_draft_findings
    if action == "acknowledge":
        return not task.is_acknowledged
    if action == "ask_extension":
        return not task.extension_waits
    if action == "refuse_extension":
        return task.extension_waits
    return True


def verification_denial(task: TaskFacts, actor: ActorFacts, *, strict: bool) -> Denial | None:
    """Why this person may not verify this task: who fixed it, whose unit owes it, in strict mode who found it."""
    if actor.person_id in task.fixers:
        return "own_work"
    if task.unit_id in (actor.unit_id, actor.seat_unit_id):
        return "own_unit"
    if strict and actor.person_id in task.finders:
        return "finder"
    return None


def next_status(status: TaskStatus, action: ActionName) -> TaskStatus:
    """Where a step leads. Raises KeyError for a step that the table does not have."""
    return TRANSITIONS[status, action]


def allowed_actions(task: TaskFacts, actor: ActorFacts, *, strict: bool) -> list[ActionName]:
    """All that this person may do with this task now, in the order of the table of rights."""
    return [action for action in MAY if denial_of(action, task, actor, strict=strict) is None]
