"""The pack that a phone takes along: all that a month without network needs."""

from __future__ import annotations

from typing import Any

from schemas.auth import Me
from schemas.checklists import TemplateVersion
from schemas.org import SiteOut
from schemas.rechecks import RecheckOut
from schemas.tasks import TaskOut
from schemas.wire import Day, Instant, Output


class VisitOut(Output):
    """One planned visit. Assignees are person ids."""

    id: str
    site_id: str
    template_version_id: str
    template_code: str
    month: str
    due_on: Day
    assignees: list[str]
    status: str


class LastAnswer(Output):
    """The latest answer to an item at a site: for the grey line beside it and for carried items."""

    item: str
    value: Any
    verdict: str
    on: Day


class LastAnswers(Output):
    """The latest answers at one site with one checklist."""

    site_id: str
    template_code: str
    score: float | None
    items: list[LastAnswer]


class PersonName(Output):
    id: str
    name: str


class UnitName(Output):
    id: str
    name: str
    kind: str


class PhonePack(Output):
    """`GET /api/phone`."""

    me: Me
    month: str
    server_time: Instant
    visits: list[VisitOut]
    sites: list[SiteOut]
    template_versions: list[TemplateVersion]
    tasks: list[TaskOut]
    rechecks: list[RecheckOut]
    last_answers: list[LastAnswers]
    people: list[PersonName]
    units: list[UnitName]
    days_off: list[Day]
    days_worked: list[Day]
