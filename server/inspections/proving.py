"""Says for every photo of an inspection what it proves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from schemas.checklists import TemplateVersion
from schemas.inspections import InspectionIn
from server.auth.actor import Actor
from server.checklists.versions import item_of
from server.inspections.judging import fresh_photos
from server.org.rules import Rules
from server.photos.flags import Setting
from server.photos.service import Claim, claim_photos
from server.tasks.opening import Placed
from server.tasks.proofs import setting_at, take_over_flags, told_shots
from storage.database.models import Inspection, Site


@dataclass(frozen=True, slots=True)
class Stored:
    """An inspection that has just been stored, with what its photos are judged on."""

    document: InspectionIn
    row: Inspection
    site: Site
    version: TemplateVersion
    rules: Rules


async def claim_inspection_photos(
    session: AsyncSession, stored: Stored, placed: Sequence[Placed], *, me: Actor
) -> list[str]:
    """One use a photo and item; the hashes that are still owed, in the order named.

    Photos that may come from elsewhere (KH-C03) get no place and time flags (R86).
    """
    claims = list(_claims(stored, placed))
    claimed = await claim_photos(
        session, me=me, claims=claims, shots=told_shots(stored.document.shots, clock_skew_s=stored.row.clock_skew_s)
    )
    await take_over_flags(session, claimed.uses)
    return claimed.missing


def photos_of(document: InspectionIn) -> set[str]:
    """The hashes of every photo that an inspection names."""
    named = {sha256 for answer in document.answers for sha256 in answer.photos}
    named.update(sha256 for answer in document.answers for sha256 in answer.fixed_photos)
    named.update(shot.sha256 for shot in document.shots)
    return named | ({document.signature} if document.signature else set())


def _claims(stored: Stored, placed: Sequence[Placed]) -> Iterator[Claim]:
    finding_of = {one.sighting.item_code: one for one in placed}
    document, named = stored.document, set[str]()
    for answer in document.answers:
        named.update(answer.photos)
        if answer.photos:
            yield _claim(stored, answer.photos, answer.item, finding_of.get(answer.item))
        fixed = fresh_photos(answer)
        named.update(fixed)
        if fixed:
            yield replace(_claim(stored, fixed, answer.item, finding_of.get(answer.item)), purpose="on_spot")
    rest = [shot.sha256 for shot in document.shots if shot.sha256 not in named]
    if document.outcome == "no_access" and placed:
        yield _claim(stored, rest, placed[0].sighting.item_code, placed[0])
    else:
        yield _claim(stored, rest, None, None)
    if document.signature:
        drawn = Setting(place_and_time_matter=False)
        yield Claim(purpose="signature", hashes=[document.signature], inspection_id=stored.row.id, setting=drawn)


def _claim(stored: Stored, hashes: Sequence[str], item_code: str | None, finding: Placed | None) -> Claim:
    own = [shot for shot in stored.document.shots if item_code and shot.item == item_code]
    return Claim(
        purpose="inspection_item" if item_code else "inspection",
        hashes=hashes,
        inspection_id=stored.row.id,
        item_code=item_code,
        finding_id=finding.finding_id if finding else None,
        task_id=finding.task_id if finding else None,
        site_id=stored.site.id,
        setting=_setting(stored, item_code),
        shots=told_shots(own, clock_skew_s=stored.row.clock_skew_s),
    )


def _setting(stored: Stored, item_code: str | None) -> Setting:
    # The phone's clock may be off: the window is the visit as the phone tells it, put right by the same offset. Where
    # it was put back within the visit, nobody knows when that began.
    skew = timedelta(seconds=stored.row.clock_skew_s or 0)
    item = item_of(stored.version, item_code) if item_code else None
    return setting_at(
        stored.site,
        stored.rules,
        begins_at=min(stored.row.started_at, stored.row.finished_at) - skew,
        ends_at=stored.row.finished_at - skew,
        matters=not (item and item.photos_from_elsewhere),
    )
