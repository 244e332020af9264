"""The ladder and its letters by R42–R49: who earned what, which step is refused, which number comes next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from tests.simulation.rules.tasks import Forbidden, Task, Tasks, day_of

LONG_LIMIT = 10  # working days (R43b)
REPLY_DAYS = 5  # R44
SUPERVISION_DAYS = 3  # R46
ADDED = ("superior", "leader", "office")  # R43a
SERIES = {"assignment": "函", "supervision": "函", "approval": "呈", "situation_report": "社"}


@dataclass
class Letter:
    """One document of the ladder; `tasks` maps each to its 整改时限 in it."""

    id: str
    kind: str
    unit: str
    drafted_on: date
    tasks: dict[str, date] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    state: str = "draft"
    parent: Letter | None = None
    ground: str | None = None
    reply_due: date | None = None
    number: tuple[str, int, int] | None = None
    issued_on: date | None = None
    returns_at_issue: dict[str, int] = field(default_factory=dict)
    asked_on: date | None = None
    agreed_until: date | None = None
    replied_on: date | None = None
    accepted_on: date | None = None
    closed: bool = False
    decision: bool | None = None

    @property
    def issued(self) -> bool:
        return self.state in ("issued", "sealed")

    @property
    def running(self) -> bool:
        return self.issued and not self.closed


@dataclass
class Disqualification:
    unit: str
    year: int
    letter: str
    revoked: bool = False


class Letters:
    """The register, and what the ladder proposes."""

    def __init__(self, tasks: Tasks) -> None:
        self.tasks = tasks
        self.workdays = tasks.workdays
        self.by_id: dict[str, Letter] = {}
        self.disqualified: list[Disqualification] = []
        self._last: dict[tuple[str, int], int] = {}

    # What has been earned (R43, R46, R47)

    def trigger(self, task: Task, today: date) -> tuple[str, int] | None:
        """Why a task earned a 交办函 today, and the working days that the words speak of."""
        if task.status != "open" or task.resting or self.standing(task, "assignment") is not None:
            return None
        if task.relapse_of is not None or task.returns:
            return "unstable", 0
        if today > task.due_on:
            return "no_progress", self.workdays.between(task.due_on, today)
        confirmed_on = task.confirmed_on or today
        limit = self.workdays.between(confirmed_on, task.due_on) - self.tasks.stood_still(task, confirmed_on)
        since = max(confirmed_on, task.progressed_on or confirmed_on)
        silent = self.workdays.between(since, today) - self.tasks.stood_still(task, since)
        if limit > LONG_LIMIT and silent > limit / 2:
            return "no_progress", silent
        return ("added", 0) if task.origin in ADDED or task.wants_letter else None

    def earned(self, today: date) -> dict[str, dict[str, tuple[str, int]]]:
        """One letter a unit, with all its tasks (R43)."""
        found: dict[str, dict[str, tuple[str, int]]] = {}
        for task in self.tasks.of_status("open"):
            reason = self.trigger(task, today)
            if reason is not None:
                found.setdefault(task.unit, {})[task.id] = reason
        return found

    def ground(self, letter: Letter, today: date) -> tuple[str, int] | None:
        """Why a 督办函 may follow, and the working days overdue (R46)."""
        if letter.kind != "assignment" or not letter.running:
            return None
        awake = self.supervisable(letter)
        if not awake or letter.reply_due is None:
            return None
        if letter.replied_on is None:
            told = letter.asked_on is not None and letter.asked_on <= letter.reply_due
            limit = letter.agreed_until if told else letter.reply_due
            if limit is not None and today > limit:
                return "silent", self.workdays.between(limit, today)
        passed = [task.due_on for task in awake if today > task.due_on]
        if passed:
            return "unfixed", self.workdays.between(min(passed), today)
        twice = [task for task in awake if task.returns - letter.returns_at_issue.get(task.id, task.returns) >= 2]
        return ("unfixed", 0) if twice else None

    def grounds(self, today: date) -> dict[str, tuple[str, int]]:
        found = {letter.id: self.ground(letter, today) for letter in self.by_id.values()}
        return {key: value for key, value in found.items() if value is not None}

    def earns_report(self, letter: Letter, today: date) -> bool:
        """督办仍无进展: its deadline passed without progress that the office accepted (R47)."""
        if letter.kind != "supervision" or not letter.running or self._follower(letter, "approval"):
            return False
        limit = letter.agreed_until or letter.reply_due
        awake = any(not task.resting for task in self.open_tasks(letter))
        return awake and limit is not None and today > limit and letter.accepted_on is None

    def open_tasks(self, letter: Letter) -> list[Task]:
        """Those that are neither struck off nor void, and still the unit's."""
        listed = [self.tasks.by_id[task_id] for task_id in letter.tasks]
        return [task for task in listed if task.owed and task.unit == letter.unit]

    def supervisable(self, letter: Letter) -> list[Task]:
        """Those of its tasks whose clock runs and that no 督办函 under it lists yet."""
        lists = [one.tasks for one in self.all() if one.parent is letter and one.state != "cancelled"]
        return [
            task for task in self.open_tasks(letter) if not task.resting and not any(task.id in one for one in lists)
        ]

    def standing(self, task: Task, kind: str) -> Letter | None:
        """The letter of this kind, under way or running, in which a task stands."""
        for letter in self.by_id.values():
            alive = letter.state != "cancelled" and not letter.closed and letter.kind == kind
            if alive and task.id in letter.tasks and letter.unit == task.unit:
                return letter
        return None

    def _follower(self, letter: Letter, kind: str) -> bool:
        return any(one.parent is letter and one.kind == kind and one.state != "cancelled" for one in self.all())

    def all(self) -> Iterator[Letter]:
        return iter(list(self.by_id.values()))

    # Drafting

    def draft_assignment(self, letter_id: str, unit: str, task_ids: list[str], today: date) -> Letter:
        tasks = [self.tasks.by_id[task_id] for task_id in task_ids]
        for task in tasks:
            if task.unit != unit or self.trigger(task, today) is None:
                raise Forbidden(f"{task.id} earned no letter")
        letter = Letter(letter_id, "assignment", unit, today)
        letter.reply_due = self.workdays.after(today, REPLY_DAYS)
        for task in tasks:
            fresh = self.workdays.after(today, max(task.fault.days, 1))
            letter.tasks[task.id] = task.due_on if task.due_on > today else fresh
            letter.triggers[task.id] = (self.trigger(task, today) or ("", 0))[0]
        self.by_id[letter_id] = letter
        return letter

    def draft_supervision(self, letter_id: str, parent: Letter, today: date, *, reason: str) -> Letter:
        found = self.ground(parent, today)
        if found is None:
            raise Forbidden("no ground")
        if found[0] == "unfixed" and not reason:
            raise Forbidden("this ground needs a reason")
        letter = Letter(letter_id, "supervision", parent.unit, today, parent=parent, ground=found[0])
        letter.reply_due = self.workdays.after(today, SUPERVISION_DAYS)
        letter.tasks = {task.id: letter.reply_due for task in self.supervisable(parent)}
        self.by_id[letter_id] = letter
        return letter

    def draft_approval(self, letter_id: str, parent: Letter, today: date) -> Letter:
        if not self.earns_report(parent, today):
            raise Forbidden("the ladder has not come so far")
        self.by_id[letter_id] = Letter(letter_id, "approval", parent.unit, today, parent=parent)
        return self.by_id[letter_id]

    def draft_report(self, letter_id: str, parent: Letter, today: date) -> Letter:
        if parent.decision is None:
            raise Forbidden("no decision yet")
        if self._follower(parent, "situation_report"):
            raise Forbidden("reported already")
        self.by_id[letter_id] = Letter(letter_id, "situation_report", parent.unit, today, parent=parent)
        return self.by_id[letter_id]

    # The signing chain (official documents, section 1)

    def review(self, letter: Letter) -> None:
        self._go(letter, "draft", "in_review")

    def send_back(self, letter: Letter) -> None:
        self._go(letter, "in_review", "draft")

    def sign(self, letter: Letter, now: datetime) -> None:
        """The number comes with the signature, in its own series of the year (R49)."""
        self._go(letter, "in_review", "submitted" if letter.kind == "approval" else "signed")
        letter.number = self.next_number(letter, now)
        self._last[letter.number[:2]] = letter.number[2]

    def next_number(self, letter: Letter, now: datetime) -> tuple[str, int, int]:
        series = (SERIES[letter.kind], day_of(now).year)
        return (*series, self._last.get(series, 0) + 1)

    def issue(self, letter: Letter, now: datetime) -> None:
        """Deadlines run from here, and both lie after this day (R44)."""
        today = day_of(now)
        if letter.kind == "approval" or letter.state != "signed":
            raise Forbidden(f"it is {letter.state}")
        limits = [*letter.tasks.values(), *([letter.reply_due] if letter.reply_due else [])]
        if any(limit <= today for limit in limits):
            raise Forbidden("a limit that has passed")
        letter.state, letter.issued_on = "issued", today
        letter.closed = letter.kind == "situation_report"
        for task in self.open_tasks(letter):
            task.rung = letter.kind
            self.tasks.wake(task, today)
            self.tasks.set_date(task, letter.tasks[task.id], today)
            letter.returns_at_issue[task.id] = task.returns

    def seal(self, letter: Letter) -> None:
        """The system learns of 用印 by the scan of the sealed copy; a better scan may follow."""
        if not letter.issued or letter.kind == "approval":
            raise Forbidden(f"it is {letter.state}")
        letter.state = "sealed"

    def archive(self, letter: Letter) -> None:
        """Nothing can be added afterwards, so a letter that still runs is not put away."""
        if letter.kind == "approval":
            self._go(letter, "decided", "archived")
            return
        if not letter.issued:
            raise Forbidden(f"it is {letter.state}")
        if self.open_tasks(letter):
            raise Forbidden("it still runs")
        letter.state, letter.closed = "archived", True

    def cancel(self, letter: Letter) -> None:
        """作废: it keeps its number, its tasks are free for another one."""
        if letter.state not in (
            ("draft", "in_review") if letter.kind == "approval" else ("draft", "in_review", "signed")
        ):
            raise Forbidden(f"it is {letter.state}")
        letter.state, letter.closed = "cancelled", True

    def _go(self, letter: Letter, state: str, following: str) -> None:
        if letter.state != state:
            raise Forbidden(f"it is {letter.state}")
        letter.state = following

    # Answers (R44, R46, R47)

    def reply(self, letter: Letter, unit: str, now: datetime) -> None:
        self._answers(letter, unit)
        letter.replied_on = letter.replied_on or day_of(now)

    def ask_for_time(self, letter: Letter, unit: str, now: datetime) -> None:
        self._answers(letter, unit)
        letter.asked_on = letter.asked_on or day_of(now)

    def agree(self, letter: Letter, until: date) -> None:
        """One agreed extension a letter, where it was asked for."""
        self._answers(letter, letter.unit)
        if letter.agreed_until is not None or letter.asked_on is None:
            raise Forbidden("spent, or never asked for")
        if letter.reply_due is None or until <= letter.reply_due:
            raise Forbidden("not a later date")
        letter.agreed_until = until

    def accept_progress(self, letter: Letter, now: datetime) -> None:
        self._answers(letter, letter.unit)
        letter.accepted_on = letter.accepted_on or day_of(now)

    def _answers(self, letter: Letter, unit: str) -> None:
        if letter.kind not in ("assignment", "supervision") or not letter.issued or unit != letter.unit:
            raise Forbidden("nothing to answer")

    def decide(self, letter: Letter, *, approved: bool) -> None:
        """The leader's 批示: the last rung, and with it the unit's awards of the year (R47)."""
        if letter.kind != "approval" or letter.state != "submitted":
            raise Forbidden(f"it is {letter.state}")
        letter.state, letter.decision, letter.closed = "decided", approved, True
        if approved:
            self.disqualified.append(Disqualification(letter.unit, letter.drafted_on.year, letter.id))
        for task in self.open_tasks(letter.parent or letter):
            task.rung = "report"

    def revoke(self, row: Disqualification) -> None:
        if row.revoked:
            raise Forbidden("revoked already")
        row.revoked = True

    def sweep(self) -> None:
        """A letter closes when all its tasks are struck off or void (R45)."""
        for letter in self.all():
            if letter.kind in ("assignment", "supervision") and letter.running and not self.open_tasks(letter):
                letter.closed = True
