"""What a person decides about a flagged photo. Flags only point; whoever looked says what came of it, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.photos import PhotoReviewIn, PhotoReviewOut
from server import clock
from server.audit import service as audit
from server.auth.actor import Actor
from server.errors import NotFound
from server.photos.desk import PhotoDesk
from server.photos.errors import OwnPhoto, ReviewDiffers
from storage.database.models import Person, PhotoFlag, PhotoReview, PhotoUse


async def review_use(
    session: AsyncSession, desk: PhotoDesk, *, me: Actor, use_id: str, asked: PhotoReviewIn
) -> PhotoReviewOut:
    """Keep a decision with its reason and the flags it was taken on. The same one sent again is taken once.

    Raises NotFound, ReviewDiffers, OwnPhoto.
    """
    use = await session.get(PhotoUse, use_id, with_for_update=True)
    if use is None:
        raise NotFound
    known = await session.get(PhotoReview, asked.id)
    if known is not None:
        told = (known.photo_use_id, known.decision, known.reason, known.person_id)
        if told != (use_id, asked.decision, asked.reason, me.person_id):
            raise ReviewDiffers
        return _out(known, me.name)
    if use.person_id == me.person_id:
        raise OwnPhoto
    codes = await session.scalars(select(PhotoFlag.code).where(PhotoFlag.photo_use_id == use_id))
    review = PhotoReview(
        id=asked.id,
        photo_use_id=use_id,
        decision=asked.decision,
        reason=asked.reason,
        flag_codes=sorted(codes),
        person_id=me.person_id,
        role=me.role,
        at=clock.now(),
    )
    session.add(review)
    detail = {"decision": review.decision, "flags": review.flag_codes, "sha256": use.sha256}
    audit.record(session, actor=me, action="photo.reviewed", subject=("photo_use", use_id), detail=detail)
    await session.flush()
    await desk.tell(session, [use])
    for listener in desk.review_listeners:
        await listener(session, use, review)
    return _out(review, me.name)


async def reviews_of(session: AsyncSession, use_ids: Collection[str]) -> dict[str, list[PhotoReviewOut]]:
    """The decisions about some uses, the newest first."""
    found: dict[str, list[PhotoReviewOut]] = defaultdict(list)
    query = select(PhotoReview, Person.name).join(Person, Person.id == PhotoReview.person_id)
    query = query.where(PhotoReview.photo_use_id.in_(use_ids)).order_by(PhotoReview.at.desc(), PhotoReview.id.desc())
    for review, name in await session.execute(query):
        found[review.photo_use_id].append(_out(review, name))
    return found


async def undecided(session: AsyncSession, use_ids: Collection[str]) -> set[str]:
    """The uses with a flag about which nobody has decided since it was raised."""
    raised: dict[str, set[str]] = defaultdict(set)
    flags = select(PhotoFlag.photo_use_id, PhotoFlag.code).where(PhotoFlag.photo_use_id.in_(use_ids))
    for row in await session.execute(flags):
        raised[row.photo_use_id].add(row.code)
    decided: dict[str, set[str]] = defaultdict(set)
    reviews = select(PhotoReview.photo_use_id, PhotoReview.flag_codes).where(PhotoReview.photo_use_id.in_(raised))
    for row in await session.execute(reviews):
        decided[row.photo_use_id].update(row.flag_codes)
    return {use_id for use_id, codes in raised.items() if codes - decided[use_id]}


def _out(review: PhotoReview, person: str) -> PhotoReviewOut:
    return PhotoReviewOut(
        id=review.id,
        decision=review.decision,
        reason=review.reason,
        person=person,
        role=review.role,
        at=review.at,
        flag_codes=list(review.flag_codes),
    )
