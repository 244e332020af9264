"""Findings, inspections and rectification tasks by R36–R41, as a state machine of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from tests.simulation.rules.workdays import Workdays

SHANGHAI = timezone(timedelta(hours=8))
CONFIRMS_ITSELF_AFTER = 1  # working day (R37)
DIGEST_HOUR = 16  # R39
RELAPSE_DAYS = 90  # R43c
LIVE = ("draft", "open", "replied")


class Forbidden(Exception):
    """The rules do not allow this step; the text says why."""


def day_of(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


@dataclass(frozen=True)
class Actor:
    """Who acts: `office`, `supervisor`, `inspector` or `unit` (then of which)."""

    role: str
    unit: str | None = None


@dataclass
class Sighting:
    """One failing item of one inspection."""

    id: str
    inspection: Inspection
    task: Task
    state: str = "draft"


@dataclass
class Inspection:
    """What an inspector sent in. Where it saw an activity, `activity_on` is its day and `passed` the items that only an
    activity shows and that were in order.
    """

    id: str
    received_at: datetime
    site: str = ""
    seen_at: datetime | None = None
    activity_on: date | None = None
    passed: frozenset[str] = frozenset()
    state: str = "submitted"
    confirmed_at: datetime | None = None
    severe: bool = False
    sightings: list[Sighting] = field(default_factory=list)


@dataclass(frozen=True)
class Fault:
    """A checklist's item failing at a site, with what the checklist says about it."""

    site: str
    item: str
    unit: str
    days: int
    severity: str
    next_activity: bool = False


@dataclass
class Task:
    """What a unit owes. `rests` are the spans for which the clock stood still, `looked_at` where counting began;
    `left` holds each unit that owed it before, with the instant at which it was another's.
    """

    id: str
    fault: Fault
    unit: str
    severity: str
    due_on: date
    due_expected: bool = True
    status: str = "draft"
    rung: str = "none"
    origin: str = "inspection"
    relapse_of: Task | None = None
    confirmed_on: date | None = None
    counted_from: date | None = None
    set_on: date | None = None
    set_to: date | None = None
    progressed_on: date | None = None
    acknowledged: bool = False
    asked_on: date | None = None
    rests: list[tuple[date, date]] = field(default_factory=list)
    replied_at: datetime | None = None
    wants_letter: bool = False
    has_after_photo: bool = False
    returns: int = 0
    return_proposed: bool = False
    closed_at: datetime | None = None
    number_year: int | None = None
    sightings: list[Sighting] = field(default_factory=list)
    left: list[tuple[datetime, str]] = field(default_factory=list)

    def moves(self, unit: str, now: datetime) -> None:
        """Another unit owes it from now on."""
        if unit != self.unit:
            self.left.append((now, self.unit))
            self.unit = unit

    def unit_at(self, at: datetime) -> str:
        """Which unit owed it at an instant; it may have been moved away and back since."""
        return next((unit for until, unit in self.left if at < until), self.unit)

    @property
    def live(self) -> bool:
        return self.status in LIVE

    @property
    def owed(self) -> bool:
        """Confirmed and neither struck off nor void."""
        return self.status in ("open", "replied")

    @property
    def awaits_activity(self) -> bool:
        """下次活动验证: the reply named the measure, the next activity shows whether it holds (R41)."""
        return self.status == "replied" and self.fault.next_activity

    @property
    def resting(self) -> bool:
        """While a request for more time, or the next activity, is waited for, clock and ladder stand still (R41)."""
        return self.asked_on is not None or self.awaits_activity

    @property
    def replied_on(self) -> date | None:
        return day_of(self.replied_at) if self.replied_at else None


class Tasks:
    """All inspections and tasks of the district."""

    def __init__(self, workdays: Workdays) -> None:
        self.workdays = workdays
        self.by_id: dict[str, Task] = {}
        self.inspections: dict[str, Inspection] = {}
        self._at_place: dict[tuple[str, str], list[Task]] = {}
        self.by_activity = 0

    # Inspections (R36, R37)

    def submit(self, made: Inspection) -> Inspection:
        self.inspections[made.id] = made
        return made

    def place(self, fault: Fault, seen_at: datetime) -> tuple[str, Task | None]:
        """Where a sighting goes (R41, R43c): `existing` with its task, `relapse` with the one that did not hold."""
        earlier = self._at_place.get((fault.site, fault.item), [])
        for task in earlier:
            if task.live:
                return "existing", task
        closed = [task for task in earlier if task.status == "closed"]
        if not closed:
            return "new", None
        last = max(closed, key=lambda task: task.closed_at or seen_at)
        struck_off = (last.closed_at or seen_at).replace(microsecond=0)  # phones tell whole seconds
        if seen_at < struck_off:
            return "existing", last
        if seen_at <= (last.closed_at or seen_at) + timedelta(days=RELAPSE_DAYS):
            return "relapse", last
        return "new", None

    def see(self, inspection: Inspection, fault: Fault, *, ids: tuple[str, str], seen_at: datetime) -> str:
        """One sighting; `ids` are those of the finding and of its task. How it was linked."""
        link, known = self.place(fault, seen_at)
        finding_id, task_id = ids
        if link == "existing" and known is not None:
            task = known
            task.return_proposed = task.return_proposed or task.status == "replied"
        else:
            due_on = self.workdays.after(day_of(inspection.received_at), fault.days)
            task = Task(task_id, fault, fault.unit, fault.severity, due_on, relapse_of=known)
            self.by_id[task_id] = task
            self._at_place.setdefault((fault.site, fault.item), []).append(task)
        sighting = Sighting(finding_id, inspection, task)
        inspection.sightings.append(sighting)
        inspection.severe = inspection.severe or fault.severity == "severe"
        task.sightings.append(sighting)
        return link

    def confirms_itself_at(self, inspection: Inspection) -> datetime:
        """One working day after its receipt, at the digest hour (R37)."""
        on = self.workdays.after(day_of(inspection.received_at), CONFIRMS_ITSELF_AFTER)
        return datetime.combine(on, time(DIGEST_HOUR), SHANGHAI)

    def confirm_inspection(self, inspection: Inspection, now: datetime) -> None:
        """With all that waits of it (R37). What the rules proposed goes out as it is."""
        if inspection.state != "submitted":
            raise Forbidden("it was confirmed before")
        for task in {one.task.id: one.task for one in inspection.sightings if one.state == "draft"}.values():
            self._take(task, now)
        self._settle([inspection], now)

    def sweep(self, now: datetime) -> None:
        """What the calendar does."""
        for inspection in self.inspections.values():
            if inspection.state == "submitted" and now >= self.confirms_itself_at(inspection):
                self.confirm_inspection(inspection, now)
        for task in self.of_status("replied"):
            if task.awaits_activity:
                self._shown_by_activity(task, now)

    def _shown_by_activity(self, task: Task, now: datetime) -> None:
        """The first activity after the reply that somebody inspected: in order → 销号, again at fault → 退回 (R41).

        The same activity that was at fault is no next one, and nor is one that took place before the reply.
        """
        replied_at = task.replied_at or now
        failed = [one.inspection.seen_at for one in task.sightings if one.state == "confirmed"]
        failed_on = max((day_of(at) for at in failed if at is not None and at <= replied_at), default=None)
        seen = [one for one in self.inspections.values() if one.site == task.fault.site and one.state == "confirmed"]
        for one in sorted(seen, key=lambda one: (one.seen_at or now, one.id)):
            on = one.activity_on
            if on is None or one.seen_at is None or one.seen_at <= replied_at or on < day_of(replied_at):
                continue
            if failed_on is not None and on <= failed_on:
                continue
            if task.fault.item in one.passed:
                task.status, task.closed_at, task.return_proposed = "closed", now, False
                self.by_activity += 1
                return
            if any(mine.task is task and mine.state == "confirmed" for mine in one.sightings):
                self._again(task, day_of(now), None)
                self.by_activity += 1
                return

    def _settle(self, inspections: list[Inspection], now: datetime) -> None:
        """Confirmed with the last of its findings (R37); its feedback is owed from then (R39)."""
        for one in inspections:
            if one.state == "submitted" and all(sighting.state != "draft" for sighting in one.sightings):
                one.state, one.confirmed_at = "confirmed", now

    def assign(
        self, task_id: str, unit: str, now: datetime, *, origin: str, due_on: date, wants_letter: bool = False
    ) -> Task:
        """A task that no inspection found: confirmed at once, with the same states as any other (R41). One of a
        meeting is 临时调整增加 only where the office ticked 发函 (R51).
        """
        self._not_past(due_on, now)
        today = day_of(now)
        days = max(self.workdays.between(today, due_on), 1)
        task = Task(task_id, Fault("", task_id, unit, days, "minor"), unit, "minor", due_on, due_expected=False)
        task.status, task.origin, task.confirmed_on, task.counted_from = "open", origin, today, today
        task.number_year, task.wants_letter = today.year, wants_letter
        self.by_id[task_id] = task
        return task

    # Steps on a task (R41)

    def confirm(
        self, task: Task, by: Actor, now: datetime, *, due_on: date | None = None, unit: str | None = None
    ) -> None:
        self._only(by, "office", "supervisor")
        if task.status == "void" or not any(one.state == "draft" for one in task.sightings):
            raise Forbidden("nothing waits for a decision")
        self._not_past(due_on, now)
        self._take(task, now, due_on=due_on, unit=unit)

    def _take(self, task: Task, now: datetime, *, due_on: date | None = None, unit: str | None = None) -> None:
        if task.status == "draft":
            task.status, task.confirmed_on, task.number_year = "open", day_of(now), day_of(now).year
            task.moves(unit or task.unit, now)
            self._count_anew(task, day_of(now), due_on)
        waiting = [one for one in task.sightings if one.state == "draft"]
        for one in waiting:
            one.state = "confirmed"
        self._settle([one.inspection for one in waiting], now)

    def _count_anew(self, task: Task, today: date, due_on: date | None) -> None:
        """The item's working days from a confirmation or a return, or the date that was set."""
        task.counted_from = today
        task.set_on, task.set_to = (today, due_on) if due_on else (None, None)
        task.due_on = due_on or self.workdays.after(today, task.fault.days)
        task.due_expected = due_on is None and self.workdays.expected(today, task.due_on)
        task.rests = [(first, last) for first, last in task.rests if last <= today]

    def correct(self, task: Task, by: Actor, now: datetime, *, unit: str, due_on: date | None = None) -> None:
        """Another unit owes it now. No letter told that one anything yet: it starts below the ladder (R42)."""
        self._only(by, "office", "supervisor")
        self._in(task, "open", "replied")
        self._not_past(due_on, now)
        if unit != task.unit:
            task.rung = "none"
            task.moves(unit, now)
        if due_on is not None:
            self.set_date(task, due_on, day_of(now))

    def void(self, task: Task, by: Actor, now: datetime) -> None:
        """All its findings at once; those of a struck-off task that came late only."""
        self._only(by, "office")
        if task.status == "void":
            raise Forbidden("void already")
        alive = [one for one in task.sightings if one.state != "void"]
        if task.status == "closed":
            alive = [one for one in alive if one.state == "draft"]
            if not alive:
                raise Forbidden("struck off")
        else:
            task.status, task.closed_at = "void", now
        for one in alive:
            one.state = "void"
        self._settle([one.inspection for one in alive], now)

    def acknowledge(self, task: Task, by: Actor) -> None:
        self._owner(task, by)
        self._in(task, "open")
        if task.acknowledged:
            raise Forbidden("signed for already")
        task.acknowledged = True

    def progress(self, task: Task, by: Actor, now: datetime) -> None:
        self._owner(task, by)
        self._in(task, "open")
        task.progressed_on = day_of(now)

    def ask_extension(self, task: Task, by: Actor, now: datetime, until: date) -> None:
        """A request, asked before the deadline is over."""
        self._owner(task, by)
        self._in(task, "open")
        if task.resting:
            raise Forbidden("asked already")
        if day_of(now) > task.due_on:
            raise Forbidden("asked too late")
        self._not_past(until, now)
        task.asked_on = day_of(now)

    def refuse_extension(self, task: Task, by: Actor, now: datetime) -> None:
        self._only(by, "office")
        self._in(task, "open")
        if not task.resting:
            raise Forbidden("nothing was asked")
        self._give_back(task, day_of(now))

    def extend(self, task: Task, by: Actor, now: datetime, until: date) -> None:
        self._only(by, "office")
        self._in(task, "open", "replied")
        self._not_past(until, now)
        self.wake(task, day_of(now))
        self.set_date(task, until, day_of(now))

    def set_date(self, task: Task, due_on: date, today: date) -> None:
        """A date that somebody set; only what the clock stands still for is added to it."""
        task.due_on, task.due_expected = due_on, False
        task.set_on, task.set_to = today, due_on

    def _give_back(self, task: Task, today: date) -> None:
        """The clock goes on where it stood: what it stood still for is added to the limit."""
        if task.asked_on is not None:
            task.due_on = self.workdays.after(task.due_on, self.workdays.between(task.asked_on, today))
            if not task.due_expected and self.workdays.expected(today, task.due_on):
                task.due_expected = True
            self.wake(task, today)

    def wake(self, task: Task, today: date) -> None:
        """The request has been answered."""
        if task.asked_on is not None:
            task.rests.append((task.asked_on, today))
            task.asked_on = None

    def reply(self, task: Task, by: Actor, now: datetime, *, photo: bool, measure: bool = True) -> None:
        """It makes a request for more time idle; the clock had stood still until now. Where only the next activity
        can show it, the reply names the measure.
        """
        self._owner(task, by)
        self._in(task, "open")
        if task.fault.next_activity and not measure:
            raise Forbidden("no measure")
        self._give_back(task, day_of(now))
        task.status, task.replied_at = "replied", now
        task.return_proposed = False
        task.has_after_photo = task.has_after_photo or photo

    def send_back(self, task: Task, by: Actor, now: datetime, *, due_on: date | None = None) -> None:
        """退回: in hand again, counted, with a new date."""
        self._only(by, "office", "supervisor", "inspector")
        self._in(task, "replied")
        self._not_past(due_on, now)
        self._again(task, day_of(now), due_on)

    def _again(self, task: Task, today: date, due_on: date | None) -> None:
        task.status, task.replied_at, task.return_proposed = "open", None, False
        task.returns += 1
        self._count_anew(task, today, due_on)

    def strike_off(self, task: Task, by: Actor, now: datetime, *, photo: bool) -> None:
        """With an after-photo; the inspector's own is taken on the spot."""
        self._only(by, "office", "supervisor", "inspector")
        self._in(task, "open", "replied")
        shown = task.has_after_photo and not task.fault.next_activity and by.role != "inspector"
        if not photo and not shown:
            raise Forbidden("no after-photo")
        task.status, task.closed_at = "closed", now

    def recount(self) -> None:
        """A year's notice came: deadlines that were only expected are counted anew from where they began."""
        for task in self.by_id.values():
            if task.owed and task.due_expected and task.counted_from is not None:
                since = task.set_on or task.counted_from
                stood = sum(self.workdays.between(*rest) for rest in task.rests if rest[0] >= since)
                if task.set_to is not None:
                    task.due_on = self.workdays.after(task.set_to, stood)
                else:
                    task.due_on = self.workdays.after(task.counted_from, task.fault.days + stood)
                task.due_expected = self.workdays.expected(task.counted_from, task.due_on)

    # What a reader sees

    def clock_of(self, task: Task, today: date) -> date:
        return today if task.asked_on is None else min(today, task.asked_on)

    def overdue(self, task: Task, today: date) -> bool:
        """Late begins on the day after; a reply in time stops the clock, and the wait for an activity any clock."""
        if task.awaits_activity:
            return False
        if task.status == "replied":
            return task.replied_on is not None and task.replied_on > task.due_on
        return task.status == "open" and self.clock_of(task, today) > task.due_on

    def days_left(self, task: Task, today: date) -> int | None:
        if task.status not in ("draft", "open"):
            return None
        return self.workdays.between(self.clock_of(task, today), task.due_on)

    def stood_still(self, task: Task, since: date) -> int:
        """Working days since a date for which the clock stood still."""
        return sum(self.workdays.between(max(first, since), last) for first, last in task.rests if last > since)

    def of_status(self, *statuses: str) -> Iterator[Task]:
        return (task for task in list(self.by_id.values()) if task.status in statuses)

    # Who may, and when

    def _only(self, by: Actor, *roles: str) -> None:
        if by.role not in roles:
            raise Forbidden(f"not for {by.role}")

    def _owner(self, task: Task, by: Actor) -> None:
        if by.role != "unit" or by.unit != task.unit or task.confirmed_on is None:
            raise Forbidden("another unit's task")

    def _in(self, task: Task, *statuses: str) -> None:
        if task.status not in statuses:
            raise Forbidden(f"it is {task.status}")

    def _not_past(self, day: date | None, now: datetime) -> None:
        if day is not None and day < day_of(now):
            raise Forbidden("a date that has passed")
