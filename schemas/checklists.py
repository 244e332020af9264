"""Checklist templates on the wire and on disk: items, and the closed grammar of pass rules and conditions.

The grammar is data, so that a phone without a network can tell that an answer fails.
`server/checklists/pass_rules.py` decides, `pwa/src/domain/passRules.ts` previews, and
`schemas/pass_vectors.json` holds the two together. A phone that meets an `op` or a `type` it does not know
says "needs a newer app" and judges nothing.
"""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

ItemType = Literal["yn", "ynNa", "one", "num", "date", "text", "photo", "auto"]
SiteKind = Literal["hospital", "health_centre", "health_station", "science_room"]
Frequency = Literal["month", "quarter", "year"]
Severity = Literal["minor", "major", "severe"]
"""一般, 较重, 严重."""
Closing = Literal["evidence", "next_activity", "none"]
"""How a task is struck off: by an after-photo or document, by the next activity, or there is no task."""
UnitType = Literal["medical", "street", "human_resources", "science_association", "inspector"]
"""医疗机构, 街道, 区人社局, 区科协, 检查人员 (no rectification)."""
AnswerValue = bool | int | float | str | None
Verdict = Literal["pass", "fail", "na", "pending", "record", "unjudged"]


class Words(msgspec.Struct, frozen=True):
    """One text in both languages."""

    zh: str = msgspec.field(name="zh-CN")
    en: str


class Option(msgspec.Struct, frozen=True, rename="camel"):
    """A choice: of a `one`, or the extra word of a `date` (`unsure`, `na`)."""

    value: str
    label: Words


class _Rule(msgspec.Struct, frozen=True, rename="camel", tag_field="op", kw_only=True):
    """What the pass rules have in common."""


class Record(_Rule, frozen=True, tag="record"):
    """Noted only: no pass, no fail."""


class Equals(_Rule, frozen=True, tag="equals"):
    """The answer is this word or number."""

    value: bool | int | str


class AtLeast(_Rule, frozen=True, tag="atLeast"):
    """The number is n or more."""

    n: int


class Annual(_Rule, frozen=True, tag="annual"):
    """Count since 1 January ≥ floor(n × completed months / 12); the full n only from 31 December."""

    n: int


class ByKind(_Rule, frozen=True, tag="byKind"):
    """The rule of the site's kind."""

    rules: dict[SiteKind, AtLeast | Annual]


class AgeDays(_Rule, frozen=True, tag="ageDays"):
    """The date is at most n days before the inspection date. `unsure` fails, `na` is not applicable."""

    n: int


class AgeMonths(_Rule, frozen=True, tag="ageMonths"):
    """The date is not before inspection date less n calendar months (a missing day is the month's last)."""

    n: int


class Ratio(_Rule, frozen=True, tag="ratio"):
    """Answer of `part` ÷ answer of `whole` ≥ numerator / denominator; a whole of 0 is not applicable."""

    part: str
    whole: str
    numerator: int
    denominator: int


class Per100(_Rule, frozen=True, tag="per100"):
    """Answer × 100 ≥ n × the site's fact; a fact that is empty or 0 leaves a record."""

    fact: str
    n: int


class Count(_Rule, frozen=True, tag="count"):
    """At least n photos."""

    n: int


class UnitFiles(_Rule, frozen=True, tag="unitFiles"):
    """Decided by the system: every photo that the unit handed in for the activity keeps R32's form."""


class Archived(_Rule, frozen=True, tag="archived"):
    """Decided by the system: the activity dated by item `activity` was filed within so many working days."""

    activity: str
    working_days: int


class LastClosed(_Rule, frozen=True, tag="lastClosed"):
    """Decided by the system: the tasks of earlier inspections that were due before this one are settled."""


PassRule = (
    Record
    | Equals
    | AtLeast
    | Annual
    | ByKind
    | AgeDays
    | AgeMonths
    | Ratio
    | Per100
    | Count
    | UnitFiles
    | Archived
    | LastClosed
)


class _Test(msgspec.Struct, frozen=True, rename="camel", tag_field="op", kw_only=True):
    """What the tests of a condition have in common: each is about the answer of one earlier item."""

    item: str


class AnswerEquals(_Test, frozen=True, tag="equals"):
    """The answer is this word or number."""

    value: bool | int | str


class AnswerAbove(_Test, frozen=True, tag="above"):
    """The answer is a number greater than this."""

    value: int


class AllOf(msgspec.Struct, frozen=True, tag_field="op", tag="all"):
    """Every test holds."""

    of: list[AnswerEquals | AnswerAbove]


class AnyOf(msgspec.Struct, frozen=True, tag_field="op", tag="any"):
    """At least one test holds."""

    of: list[AnswerEquals | AnswerAbove]


When = AllOf | AnyOf


class Section(msgspec.Struct, frozen=True, rename="camel"):
    """A part of a checklist, one screen page on the phone."""

    code: str
    label: Words


class NoAccess(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The one finding of an inspection that could not get in (未能入内)."""

    item: str
    label: Words
    severity: Severity
    working_days: int
    closing: Closing
    unit_type: UnitType


class Item(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """One question. `applies_to` empty: every kind of site; `max` inclusive; `photo_count`: photos wanted.

    `hint` explains the question where it is asked.
    """

    code: str
    section: str
    type: ItemType
    label: Words
    options: list[Option]
    applies_to: list[SiteKind]
    when: When | None
    frequency: Frequency
    required: bool
    photo_on_fail: bool
    pass_rule: PassRule = msgspec.field(name="pass")
    unit: Words | None
    integer: bool
    max: int | None
    photo_count: int
    photos_from_elsewhere: bool
    weight: int
    severity: Severity
    working_days: int
    closing: Closing
    unit_type: UnitType
    basis: str
    sources: list[str]
    hint: Words | None


class TemplateDocument(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """One version of a template as it is kept in a file. `subject` is the subject of supervision (SUB-…).

    `site_kinds`: the kinds of site that it is for, at least one.
    """

    code: str
    subject: str
    name: Words
    site_kinds: list[SiteKind]
    version: int
    published_on: datetime.date
    sections: list[Section]
    no_access: NoAccess
    items: list[Item]


class TemplateVersion(TemplateDocument, frozen=True, rename="camel", kw_only=True):
    """An installed template version: the document and the id under which inspections name it."""

    id: str
