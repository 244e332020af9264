"""What honours, ratings, supervision forces and complaints come to (R60–R64). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from server.org.working_days import WorkCalendar

MOST_HONOURS: Final = 6
_HIGH_ENOUGH: Final = frozenset({"national", "ministry", "provincial"})
_FEWEST, _MOST = 2, 3
_SATISFIED: Final = frozenset({"very_satisfied", "satisfied"})
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Honour:
    """What of an honour decides whether it counts; `id` orders those that are the same."""

    id: str
    name: str
    issuer: str
    issued_on: date
    issuer_level: str = "national"
    has_photo: bool = True
    is_approved: bool = True
    decision: str = ""
    expires_on: date | None = None
    revoked_on: date | None = None


def honour_faults(honours: Iterable[Honour], on: date) -> dict[str, list[str]]:
    """Why an honour does not count on a day, by id; those that count have none (R60).

    The same name, issuer and day count once. Below a province the office must have decided.
    """
    faults: dict[str, list[str]] = {}
    known: set[tuple[str, str, date]] = set()
    for one in sorted(honours, key=lambda each: each.id):
        found = []
        if not one.has_photo:
            found.append("no_photo")
        if not one.is_approved:
            found.append("not_approved")
        if one.issuer_level not in _HIGH_ENOUGH and not one.decision.strip():
            found.append("low_issuer")
        if one.expires_on is not None and one.expires_on < on:
            found.append("expired")
        if one.revoked_on is not None and one.revoked_on <= on:
            found.append("revoked")
        if one.issued_on > on:
            found.append("not_issued")
        same = one.name.strip(), one.issuer.strip(), one.issued_on
        if not found and same in known:
            found.append("twice")
        if not found:
            known.add(same)
        faults[one.id] = found
    return faults


def honour_score(valid: int) -> int:
    """One point for each honour that counts, six and more are six (R60)."""
    return min(valid, MOST_HONOURS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """A force of supervision as it is named."""

    names: Sequence[str]
    vehicle: str
    funds: str
    states_people: bool
    states_vehicle: bool
    states_funds: bool


def force_faults(force: Force) -> list[str]:
    """What a force lacks: 2 or 3 people that are named, vehicle, funds, and a document that states all three (R62)."""
    count = len({name.strip() for name in force.names if name.strip()})
    faults = []
    if not _FEWEST <= count <= _MOST:
        faults.append("people")
    if not force.vehicle.strip():
        faults.append("vehicle")
    if not force.funds.strip():
        faults.append("funds")
    for name in ("people", "vehicle", "funds"):
        if not getattr(force, f"states_{name}"):
            faults.append(f"states_{name}")
    return faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What of a complaint the clocks look at; dates are Shanghai dates."""

    unit_id: str
    received_on: date
    read_on: date | None = None
    replied_on: date | None = None
    satisfaction: str | None = None


@dataclass(frozen=True, slots=True)
class Clocks:
    """When a complaint is due, and whether it was in time; None is not due yet."""

    read_due_on: date
    reply_due_on: date
    read_in_time: bool | None
    replied_in_time: bool | None


def clocks_of(complaint: Complaint, *, today: date, calendar: WorkCalendar, read_days: int, reply_days: int) -> Clocks:
    """在规定时限内及时阅办、回复, in working days after the day it came (R63)."""
    read_due = calendar.add_working_days(complaint.received_on, read_days)
    reply_due = calendar.add_working_days(complaint.received_on, reply_days)
    return Clocks(
        read_due,
        reply_due,
        _in_time(complaint.read_on, read_due, today),
        _in_time(complaint.replied_on, reply_due, today),
    )


def _in_time(done_on: date | None, due_on: date, today: date) -> bool | None:
    if done_on is not None and done_on <= today:
        return done_on <= due_on
    return False if today > due_on else None


@dataclass(frozen=True, slots=True)
class Rate:
    """Counts of some complaints: how many are decided, in time, rated and satisfied."""

    complaints: int
    due: int
    in_time: int
    rated: int
    satisfied: int

    def is_satisfied_enough(self, line_percent: int) -> bool | None:
        """满意度较高: the first two ratings over all that were rated, unrounded; None where nobody rated (R64)."""
        return Fraction(self.satisfied * _HUNDRED, self.rated) >= line_percent if self.rated else None

    def estimate(self) -> Fraction | None:
        """Our own estimate of a score: the mean of both shares, in percent; None where neither is there (R65)."""
        shares = [Fraction(self.in_time, self.due)] if self.due else []
        if self.rated:
            shares.append(Fraction(self.satisfied, self.rated))
        return sum(shares, Fraction(0)) / len(shares) * _HUNDRED if shares else None


def rate_of(complaints: Sequence[tuple[Complaint, Clocks]]) -> Rate:
    """The counts. In time is one that was both read and replied to in time; one not due yet is in neither sum."""
    due = [clocks for _, clocks in complaints if _is_decided(clocks)]
    rated = [one.satisfaction for one, _ in complaints if one.satisfaction and one.replied_on]
    return Rate(
        complaints=len(complaints),
        due=len(due),
        in_time=sum(bool(one.read_in_time and one.replied_in_time) for one in due),
        rated=len(rated),
        satisfied=sum(one in _SATISFIED for one in rated),
    )


def _is_decided(clocks: Clocks) -> bool:
    late = clocks.read_in_time is False or clocks.replied_in_time is False
    return late or (clocks.read_in_time is not None and clocks.replied_in_time is not None)
