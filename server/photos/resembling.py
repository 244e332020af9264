"""Which earlier photos a photo may be a copy of, and what the comparison of the two has told so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server import clock
from server.once import insert_new
from server.photos import flags
from server.photos.flags import Detail, Flag
from storage.database.models import Photo, PhotoComparison, PhotoUse

# A hash band shared by more pictures than this says nothing about likeness.
_MOST_CANDIDATES = 400
_MOST_ALIKE = 8
# Hashes this far apart are no likeness by themselves, but worth laying the pictures on each other: a filter or a brush
# changes some bits. (Beyond three bits a shared quarter is likely and not certain, so a few are not found.)
WORTH_COMPARING_BITS = 10
# After-photos are laid on the before-photos of their task whatever their hashes say: what was painted over or cut out
# has another hash.
_MOST_BEFORE = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier photo that a use may be a copy of; `bits` is None where the hashes are not near."""

    sha256: str
    same_task: bool
    bits: int | None


async def resemblance(
    session: AsyncSession, photo: Photo, use: PhotoUse, elsewhere: Sequence[Any], *, near_bits: int
) -> list[Flag]:
    """What a use resembles among earlier ones, at most one flag of each kind.

    A pair whose pixels have not been compared yet is asked for; until then nearness of the hashes speaks.
    """
    candidates = await _candidates(session, photo, use, elsewhere, near_bits)
    if not candidates:
        return []
    told = await _comparisons(session, photo.sha256, [one.sha256 for one in candidates])
    await _ask(session, photo.sha256, [one.sha256 for one in candidates if one.sha256 not in told])
    return judged(candidates, told)


def judged(candidates: Sequence[Candidate], told: Mapping[str, tuple[str | None, dict[str, Any]]]) -> list[Flag]:
    """The flags of candidates by what comparing their pixels told: (verdict, numbers) by hash. Pure.

    Two exposures of one view are no copy, however near their hashes: an honest re-take is what is asked for.
    """
    found: dict[str, tuple[float, Flag]] = {}
    # What is another photo unchanged was not made by changing a third one that is a copy of it, too.
    is_plain_copy = any(told.get(one.sha256, (None, {}))[0] == "same" for one in candidates)
    for one in candidates:
        verdict, numbers = told.get(one.sha256, (None, {}))
        if verdict == "other" or (verdict in (None, "unclear") and one.bits is None):
            continue
        if verdict == "edited" and is_plain_copy and not one.same_task:
            continue
        detail: Detail = {"sha256": one.sha256}
        if one.bits is not None:
            detail["bits"] = one.bits
        agreement = float(numbers.get("agreement", 0.0))
        if verdict in ("same", "edited"):
            detail["noisePercent"] = round(agreement * 100)
        code = "copy-of-before" if one.same_task else "near-duplicate"
        if verdict == "edited":
            code = "edited-copy"
            detail |= _patch(numbers)
        if code not in found or found[code][0] < agreement:
            found[code] = agreement, Flag(code, detail)
    return [flag for _, flag in found.values()]


def _patch(numbers: Mapping[str, Any]) -> Detail:
    left, top, width, height = numbers.get("patch") or (0, 0, 0, 0)
    numbers = {"patchLeft": left, "patchTop": top, "patchWidth": width, "patchHeight": height}
    return {**numbers, "patchPercent": max(1, round(width * height * 100))}


async def _candidates(
    session: AsyncSession, photo: Photo, use: PhotoUse, elsewhere: Sequence[Any], near_bits: int
) -> list[Candidate]:
    bits = await alike(session, photo)
    columns = select(PhotoUse.sha256, PhotoUse.task_id, PhotoUse.inspection_id).order_by(PhotoUse.created_at)
    found: dict[str, Candidate] = {}
    own_task = use.task_id if not use.inspection_id else None
    if bits:
        near = columns.where(PhotoUse.sha256.in_(bits), *elsewhere).limit(100)
        for row in await session.execute(near):
            same = own_task is not None and row.task_id == own_task
            if row.sha256 not in found or same:
                found[row.sha256] = Candidate(row.sha256, same, _near(bits[row.sha256], near_bits))
    if own_task is not None:
        received = (PhotoUse.task_id == own_task, PhotoUse.state == "received", PhotoUse.sha256 != photo.sha256)
        before = columns.where(*received, *elsewhere).limit(_MOST_BEFORE)
        for row in await session.execute(before):
            found.setdefault(row.sha256, Candidate(row.sha256, True, None))
    return list(found.values())


def _near(bits: int, near_bits: int) -> int | None:
    return bits if bits <= near_bits else None


async def alike(session: AsyncSession, photo: Photo) -> dict[str, int]:
    """Hashes that may be of near-duplicates with the number of differing bits, the nearest eight."""
    if flags.is_plain(photo.dhash):
        return {}
    first, second, third, fourth = flags.bands(photo.dhash)
    in_band = or_(Photo.dhash_1 == first, Photo.dhash_2 == second, Photo.dhash_3 == third, Photo.dhash_4 == fourth)
    query = select(Photo.sha256, Photo.dhash).where(in_band, Photo.sha256 != photo.sha256)
    rows = await session.execute(query.limit(_MOST_CANDIDATES))
    near = [(row.sha256, flags.bits_apart(photo.dhash, row.dhash)) for row in rows]
    near = sorted((pair for pair in near if pair[1] <= WORTH_COMPARING_BITS), key=lambda pair: pair[1])
    return dict(near[:_MOST_ALIKE])


async def _comparisons(
    session: AsyncSession, sha256: str, earlier: Sequence[str]
) -> dict[str, tuple[str | None, dict[str, Any]]]:
    query = select(PhotoComparison).where(PhotoComparison.sha256 == sha256, PhotoComparison.earlier_sha256.in_(earlier))
    return {row.earlier_sha256: (row.verdict, row.detail) for row in await session.scalars(query)}


async def _ask(session: AsyncSession, sha256: str, earlier: Sequence[str]) -> None:
    """Two that ask for the same pair at once ask once."""
    rows: list[dict[str, Any]] = [
        {"sha256": sha256, "earlier_sha256": other, "asked_at": clock.now(), "verdict": None, "detail": {}}
        for other in earlier
    ]
    await insert_new(session, PhotoComparison, rows, "sha256", "earlier_sha256")
