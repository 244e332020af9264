"""Findings as they travel: beside each its task, its photos with their flags, and what may be done now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklists import TemplateVersion
from schemas.tasks import FindingOut, FlagOut, GuidanceOut, PhotoRef
from server.checklists import versions
from server.tasks import lookups, workflow
from server.tasks.presenting import Reader, item_words, task_facts
from storage.database.models import Finding, PhotoUse, Site, Task


@dataclass(frozen=True, slots=True)
class _Beside:
    """What one finding is shown with."""

    task: Task
    facts: workflow.TaskFacts
    site: Site
    unit_name: str
    finder: str
    decider: str | None
    version: TemplateVersion
    photos: list[PhotoRef]


async def present_findings(session: AsyncSession, findings: Sequence[Finding], reader: Reader) -> list[FindingOut]:
    """Findings as they travel, in the order given."""
    tasks = {
        row.id: row for row in await session.scalars(select(Task).where(Task.id.in_({f.task_id for f in findings})))
    }
    facts = await task_facts(session, list(tasks.values()))
    sites = await lookups.sites(session, [finding.site_id for finding in findings])
    units = await lookups.unit_names(session, [finding.unit_id for finding in findings])
    people = await lookups.person_names(
        session, [person for finding in findings for person in (finding.finder_id, finding.decided_by) if person]
    )
    of_inspection = await lookups.versions_of_inspections(session, [finding.inspection_id for finding in findings])
    known = await versions.by_ids(session, of_inspection.values())
    photos = await _photos(session, [finding.id for finding in findings], reader.language)
    return [
        _finding_out(
            finding,
            reader,
            _Beside(
                task=tasks[finding.task_id],
                facts=facts[finding.task_id],
                site=sites[finding.site_id],
                unit_name=units[finding.unit_id],
                finder=people[finding.finder_id],
                decider=people.get(finding.decided_by or ""),
                version=known[of_inspection[finding.inspection_id]],
                photos=photos[finding.id],
            ),
        )
        for finding in findings
    ]


async def _photos(session: AsyncSession, finding_ids: list[str], language: str) -> dict[str, list[PhotoRef]]:
    photos: dict[str, list[PhotoRef]] = defaultdict(list)
    for use, ref in await lookups.photo_refs(session, PhotoUse.finding_id.in_(finding_ids), language):
        if use.finding_id is not None:
            photos[use.finding_id].append(ref)
    return photos


def _finding_out(finding: Finding, reader: Reader, beside: _Beside) -> FindingOut:
    task, site = beside.task, beside.site
    label, basis = item_words(beside.version, finding.item_code, reader.language)
    item = versions.item_of(beside.version, finding.item_code)
    return FindingOut(
        id=finding.id,
        inspection_id=finding.inspection_id,
        item=finding.item_code,
        item_label=label,
        section=_section(beside.version, item.section if item else "", reader.language),
        basis=basis,
        site_id=site.id,
        site_name=site.name,
        site_kind=site.kind,
        unit_id=finding.unit_id,
        unit_name=beside.unit_name,
        task_id=task.id,
        task_number=task.number,
        task_status=task.status,
        task_version=task.version,
        rung=task.rung,
        link=finding.link,
        severity=finding.severity,
        problem=finding.problem,
        note=finding.note,
        answer=finding.answer.get("value"),
        status=finding.status,
        void_reason=finding.void_reason,
        decided_at=finding.decided_at,
        decided_by=beside.decider,
        due_on=task.due_on,
        due_provisional=task.due_provisional,
        finder=beside.finder,
        on_spot=finding.on_spot,
        guidance=_guidance(finding, beside.finder),
        seen_at=finding.seen_at,
        received_at=finding.received_at,
        photos=beside.photos,
        flags=[lookups.flag_out(code, {}, reader.language) for code in finding.flag_codes] + _of_photos(beside.photos),
        actions=_actions(finding, reader, beside.facts),
    )


def _guidance(finding: Finding, adviser: str) -> GuidanceOut | None:
    """R40: whoever inspected is the adviser."""
    told = finding.guidance
    if not told:
        return None
    agreed_on = date.fromisoformat(told["agreed_on"]) if told["agreed_on"] else None
    words = {name: told[name] for name in ("words", "measure", "receiver", "receiver_post")}
    return GuidanceOut(adviser=adviser, agreed_on=agreed_on, **words)


def _actions(finding: Finding, reader: Reader, facts: workflow.TaskFacts) -> list[str]:
    allowed = workflow.allowed_actions(facts, reader.actor_facts, strict=reader.strict)
    # A sighting that has been decided is not decided again, whatever else waits on its task.
    return [a for a in allowed if finding.status == "draft" or a not in ("confirm", "void")]


def _of_photos(photos: Sequence[PhotoRef]) -> list[FlagOut]:
    seen = {flag.code: flag for photo in photos for flag in photo.flags}
    return list(seen.values())


def _section(version: TemplateVersion, code: str, language: str) -> str:
    return next((versions.words(s.label, language) for s in version.sections if s.code == code), "")
