"""The 双随机 draw of a month: which sites, by whom, on which day (R36, R37). Pure.

Chance is an order of hashes: SHA-256 over the seed and a name. The same seed on the same input gives the same plan
for ever, and anybody can check it with no more than a hash. Near sites are put on one day of one team, and no
inspector makes more than one trip more than another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from server.months import month_after, number_of
from server.planning.teams import Stop, routed, team_days

Why = Literal["severe", "bad_score", "before_evaluation", "never", "not_this_period", "subject"]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A site with a checklist that the month does not have yet. Position in degrees, WGS-84.

    `last_on` is when it was last inspected (已查), `score` and `severe` what that found; `covered` whether the present
    period has a visit of it already, made or still to come.
    """

    site_id: str
    lat: float
    lon: float
    template_code: str
    template_version_id: str
    last_on: date | None
    score: float | None
    severe: bool
    covered: bool


class DrawInput(msgspec.Struct, frozen=True, kw_only=True):
    """All that a draw depends on but its seed. `met` are the checklists that the month has a visit of already."""

    month: str
    days: list[date]
    inspectors: list[str]
    candidates: list[Candidate]
    met: list[str]
    coverage_months: int
    bad_score: int
    evaluation_month: int
    evaluation_lead_months: int
    team_size: int
    trips_per_day: int


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a site is visited: the day or the score that speaks for it."""

    code: Why
    on: date | None = None
    score: float | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One visit of a plan."""

    site_id: str
    template_code: str
    template_version_id: str
    on: date
    assignees: list[str]
    reasons: list[Reason]


def draw(given: DrawInput, seed: str) -> list[Line]:
    """The month's visits, by day. Needs a day and an inspector.

    The checklists of one site are one trip. Where the month is too short for all trips, a team's day holds more of
    them: what R36 promises goes before comfort.
    """
    chosen = choose(given, seed)
    stops: dict[str, Stop] = {}
    for candidate, _ in chosen:
        stops.setdefault(candidate.site_id, Stop(candidate.site_id, candidate.lat, candidate.lon))
    if not stops:
        return []
    start = min(stops, key=lambda site_id: rank(seed, "route", site_id))
    people = sorted(given.inspectors, key=lambda person_id: rank(seed, "inspector", person_id))
    trips = team_days(
        [stop.site_id for stop in routed(list(stops.values()), start)],
        people,
        given.days,
        team_size=given.team_size,
        trips_per_day=given.trips_per_day,
    )
    lines = [
        Line(
            site_id=one.site_id,
            template_code=one.template_code,
            template_version_id=one.template_version_id,
            on=trips[one.site_id].on,
            assignees=sorted(trips[one.site_id].team),
            reasons=reasons,
        )
        for one, reasons in chosen
    ]
    return sorted(lines, key=lambda line: (line.on, line.assignees, line.site_id, line.template_code))


def rank(seed: str, what: str, name: str) -> str:
    """Where a name stands in the draw: SHA-256 of `seed:what:name`, in hexadecimal; the least is drawn first."""
    return hashlib.sha256(f"{seed}:{what}:{name}".encode()).hexdigest()


def choose(given: DrawInput, seed: str) -> list[tuple[Candidate, list[Reason]]]:
    """Which sites are visited with which checklist, and why (R36).

    All that failed badly or stand before an evaluation; of the others that the period has not seen, chance takes the
    share that leaves an equal number for each month that is left, so that the period's last month takes all; and
    one of each checklist where the month would have none.
    """
    chosen: list[tuple[Candidate, list[Reason]]] = []
    for code in sorted({one.template_code for one in given.candidates}):
        ranked = sorted(
            (one for one in given.candidates if one.template_code == code),
            key=lambda one: rank(seed, "site", one.site_id),
        )
        chosen += _of_checklist(given, ranked, is_met=code in given.met)
    return chosen


def _of_checklist(
    given: DrawInput, ranked: Sequence[Candidate], *, is_met: bool
) -> list[tuple[Candidate, list[Reason]]]:
    pressing = [(one, reasons) for one in ranked if (reasons := _pressing(given, one))]
    pressed = {one.site_id for one, _ in pressing}
    unseen = [one for one in ranked if one.site_id not in pressed and not one.covered]
    share = -(-len(unseen) // months_left(given.month, given.coverage_months))
    chosen = pressing + [(one, [_unseen(one)]) for one in unseen[:share]]
    if not chosen and not is_met and ranked:
        chosen = [(ranked[0], [Reason(code="subject", on=ranked[0].last_on)])]
    return chosen


def _pressing(given: DrawInput, one: Candidate) -> list[Reason]:
    reasons = []
    if one.severe:
        reasons.append(Reason(code="severe", on=one.last_on))
    if one.score is not None and one.score < given.bad_score:
        reasons.append(Reason(code="bad_score", on=one.last_on, score=one.score))
    if before_evaluation(given.month, given.evaluation_month, given.evaluation_lead_months):
        reasons.append(Reason(code="before_evaluation"))
    return reasons


def _unseen(one: Candidate) -> Reason:
    return Reason(code="never") if one.last_on is None else Reason(code="not_this_period", on=one.last_on)


def months_left(month: str, period: int) -> int:
    """Months of the coverage period that are left, this one among them. Periods of three are the quarters."""
    return period - number_of(month) % period


def period_start(month: str, period: int) -> str:
    """The first month (YYYY-MM) of the coverage period of a month."""
    return month_after(month, -(number_of(month) % period))


def before_evaluation(month: str, evaluation_month: int, lead_months: int) -> bool:
    """Whether a month is one of those before the evaluation's; month 0 means that none is known."""
    if evaluation_month == 0:
        return False
    return 1 <= (evaluation_month - int(month[5:])) % 12 <= lead_months
