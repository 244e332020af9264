"""What a setting may be, and which rule leaves it open (rules, section 13). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from server.org.rules import Rules

Kind = Literal["number", "flag", "text", "time", "severity", "weights", "levels"]
Value = int | bool | str

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_THREE = re.compile(r"(\d{1,3})/(\d{1,3})/(\d{1,3})")
_WHOLE_PERCENT = 100
_SEVERITIES = ("minor", "major", "severe")


@dataclass(frozen=True, slots=True)
class Bound:
    """A setting's group on the page, its kind, the bounds of a number or of a text's length, and its rule."""

    group: str
    kind: Kind = "number"
    low: int = 0
    high: int = 0
    rule: str = ""


def _number(group: str, low: int, high: int, rule: str = "") -> Bound:
    return Bound(group, "number", low, high, rule)


def _text(rule: str = "", *, low: int = 1) -> Bound:
    return Bound("documents", "text", low, 60, rule)


BOUNDS: Final[Mapping[str, Bound]] = {
    "automatic_confirmation_days": _number("inspections", 1, 10, "R37"),
    "no_access_severity": Bound("inspections", "severity", rule="R37"),
    "no_access_days": _number("inspections", 1, 30, "R37"),
    "inspectors_per_visit": _number("inspections", 1, 6, "R37"),
    "site_coverage_months": _number("inspections", 1, 12, "R36"),
    "bad_visit_score": _number("inspections", 0, 100, "R36"),
    "evaluation_month": _number("inspections", 0, 12, "R36"),
    "evaluation_lead_months": _number("inspections", 0, 11, "R36"),
    "trips_per_day": _number("inspections", 1, 20),
    "digest_hour": _number("messages", 0, 23, "R39"),
    "read_reminder_days": _number("messages", 1, 10, "R39"),
    "quiet_from": Bound("messages", "time"),
    "quiet_until": Bound("messages", "time"),
    "outgoing_gives_up_h": _number("messages", 1, 240),
    "assigned_severe_days": _number("tasks", 1, 60, "R41"),
    "assigned_major_days": _number("tasks", 1, 60, "R41"),
    "assigned_minor_days": _number("tasks", 1, 120, "R41"),
    "strict_verification": Bound("tasks", "flag", rule="R41"),
    "relapse_window_days": _number("ladder", 1, 730, "R43"),
    "no_progress_limit_days": _number("ladder", 1, 120, "R43"),
    "no_progress_share_divisor": _number("ladder", 1, 10, "R43"),
    "letter_reply_days": _number("ladder", 1, 60, "R44"),
    "supervision_days": _number("ladder", 1, 60, "R46"),
    "reply_link_days": _number("ladder", 1, 180, "R44"),
    "reply_link_key": _number("ladder", 1, 255, "R44"),
    "circulars_per_month": _number("ladder", 0, 4, "R62"),
    "meeting_interval_months": _number("ladder", 1, 12, "R50"),
    "workplan_days": _number("reporting", 1, 90, "R15"),
    "summary_hour": _number("reporting", 1, 23, "R16"),
    "monthly_summary_days": _number("reporting", 1, 15, "R16"),
    "science_update_days": _number("reporting", 1, 366, "R20"),
    "three_year_weights": Bound("evaluation", "weights", high=11, rule="R70"),
    "three_level_scores": Bound("evaluation", "levels", high=11, rule="R55"),
    "complaint_read_days": _number("evaluation", 1, 30, "R63"),
    "complaint_reply_days": _number("evaluation", 1, 90, "R63"),
    "satisfaction_percent": _number("evaluation", 0, 100, "R64"),
    "annual_line": _number("evaluation", 0, 100, "R65"),
    "deduction_base": _number("evaluation", 0, 1_000, "R66"),
    "deduction_weight_percent": _number("evaluation", 0, 100, "R66"),
    "estimated_score": Bound("evaluation", "flag", rule="R65"),
    "report_least_characters": _number("declaration", 100, 5_000, "R28"),
    "report_most_characters": _number("declaration", 100, 10_000, "R28"),
    "geofence_m": _number("photos", 20, 5_000, "R86"),
    "photo_time_gap_h": _number("photos", 1, 720, "R86"),
    "photo_clock_tolerance_s": _number("photos", 10, 86_400, "R86"),
    "photo_weak_accuracy_m": _number("photos", 10, 5_000, "R86"),
    "photo_fix_age_s": _number("photos", 1, 3_600, "R86"),
    "photo_witness_distance_m": _number("photos", 20, 50_000, "R86"),
    "photo_witness_gap_h": _number("photos", 1, 720, "R86"),
    "photo_top_speed_kmh": _number("photos", 30, 1_000, "R86"),
    "photo_speed_slack_m": _number("photos", 0, 20_000, "R86"),
    "photo_frozen_fixes": _number("photos", 3, 100, "R86"),
    "photo_frozen_minutes": _number("photos", 1, 600, "R86"),
    "photo_frozen_accuracy_m": _number("photos", 1, 1_000, "R86"),
    "photo_near_bits": _number("photos", 0, 3, "R86"),
    "office_phone": _text(low=0),
    "seal_by_lead_unit": Bound("documents", "flag"),
    "letter_code": _text("R49"),
    "circular_code": _text("R49"),
    "approval_code": _text("R49"),
    "report_code": _text("R49"),
    "notice_code": _text("R49"),
    "minutes_code": _text("R49"),
    "group_name": _text(),
    "office_name": _text(),
    "leader_title": _text(),
    "civility_office": _text(),
}
"""Near-duplicates are found by quarters of the hash, so more than three bits cannot be asked for."""


def fault_of(name: str, value: Value) -> str | None:
    """What is wrong with a value: the code of a field error, or None."""
    bound, default = BOUNDS.get(name), getattr(Rules(), name, None)
    if bound is None:
        return "rule-unknown"
    if type(value) is not type(default):
        return "rule-type"
    if isinstance(value, str):
        return _fault_of_text(bound, value)
    if bound.kind == "number" and not bound.low <= value <= bound.high:
        return "rule-range"
    return None


def _fault_of_text(bound: Bound, value: str) -> str | None:
    if bound.kind == "time":
        return None if _TIME.fullmatch(value) else "rule-time"
    if bound.kind == "severity":
        return None if value in _SEVERITIES else "rule-choice"
    if bound.kind in ("weights", "levels"):
        return None if _fits_three(bound.kind, value) else f"rule-{bound.kind}"
    is_plain = value == value.strip() and value.isprintable()
    return None if is_plain and bound.low <= len(value) <= bound.high else "rule-text"


def _fits_three(kind: Kind, value: str) -> bool:
    """Unset, or three numbers: weights are the percents of three years, levels the points of three levels."""
    found = _THREE.fullmatch(value)
    if found is None:
        return not value
    numbers = [int(one) for one in found.groups()]
    return sum(numbers) == _WHOLE_PERCENT if kind == "weights" else numbers == sorted(numbers, reverse=True)
