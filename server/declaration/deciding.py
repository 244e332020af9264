"""The office decides on a version, and notes its paper copy (R4, R22)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.declaration import DecisionIn, EditionIn, PaperIn
from server import clock
from server.audit import service as audit
from server.auth.actor import Actor
from server.declaration.checking import find_material, gather_one
from server.declaration.checks import check_judgements
from server.declaration.errors import DecisionRefused, NothingHandedIn, PaperDiffers, RoundLocked
from server.declaration.faults import Fault, holding_back, needs_override
from server.declaration.gathering import content_of
from server.declaration.standing import MOVES
from server.errors import FieldError, NotFound, Unprocessable
from storage.database.models import DeclarationEdition, DeclarationPaper

_MADE = {"accept": "accepted", "return": "returned"}


async def decide(session: AsyncSession, edition_id: str, asked: DecisionIn, *, me: Actor) -> str:
    """Accept a version or return it; the same again changes nothing. The material's id.

    Raises NotFound, RoundLocked, DecisionRefused, Unprocessable.
    """
    edition = await session.get(DeclarationEdition, edition_id)
    if edition is None:
        raise NotFound
    material = await find_material(session, edition.material_id, lock=True)
    await session.refresh(edition)
    if edition.state == _MADE[asked.decision] and edition.reason == asked.reason.strip():
        return material.id
    gathered, ask, held = await gather_one(session, material)
    if gathered.locked:
        raise RoundLocked
    counting = held.counting(gathered.until_on)
    state = MOVES.get((edition.state, asked.decision))
    if state is None or not counting or counting[-1].id != edition.id:
        raise DecisionRefused
    _check_decision(content_of(edition), gathered.faults(ask, edition), asked)
    edition.state, edition.reason, edition.override = state, asked.reason.strip(), asked.override.strip()
    edition.decided_at, edition.decided_by = clock.now(), me.person_id
    edition.judgements = msgspec.to_builtins(asked.judgements) if asked.judgements else None
    detail = {"edition": edition.id, "number": edition.number, "state": state, "reason": edition.reason}
    audit.record(
        session, actor=me, action="decide_material", subject=("declaration_material", material.id), detail=detail
    )
    return material.id


def _check_decision(content: EditionIn, faults: Sequence[Fault], asked: DecisionIn) -> None:
    """R27, R28: four questions on a report, and a reason where its length is outside the band. Raises Unprocessable."""
    if asked.decision == "return":
        if not asked.reason.strip():
            raise Unprocessable(errors=[FieldError("/reason", "text-needed")])
        return
    errors = [FieldError(one.pointer, one.code, one.params) for one in holding_back(faults)]
    errors += [
        FieldError(one.pointer, one.code)
        for one in check_judgements(asked.judgements, has_report=content.report is not None)
    ]
    if needs_override(faults) and not asked.override.strip():
        errors.append(FieldError("/override", "override-needed"))
    if errors:
        raise Unprocessable(errors=errors)


async def note_paper(session: AsyncSession, material_id: str, asked: PaperIn, *, me: Actor) -> None:
    """The paper copy of the newest version was handed over (R22); the same again changes nothing.

    Raises NotFound, PaperDiffers, NothingHandedIn, Unprocessable.
    """
    material = await find_material(session, material_id, lock=True)
    known = await session.get(DeclarationPaper, asked.id)
    if known is not None:
        if (known.material_id, known.received_on, known.receiver) != (material_id, asked.received_on, asked.receiver):
            raise PaperDiffers
        return
    if asked.received_on > clock.today():
        raise Unprocessable(errors=[FieldError("/receivedOn", "date-ahead")])
    numbers = select(DeclarationEdition.number).where(DeclarationEdition.material_id == material.id)
    number = max(await session.scalars(numbers), default=0)
    if not number:
        raise NothingHandedIn
    session.add(
        DeclarationPaper(
            id=asked.id,
            material_id=material_id,
            edition=number,
            received_on=asked.received_on,
            receiver=asked.receiver,
            note=asked.note.strip(),
            at=clock.now(),
            by=me.person_id,
        )
    )
    detail = {"edition": number, "on": asked.received_on.isoformat()}
    audit.record(
        session, actor=me, action="receive_paper", subject=("declaration_material", material_id), detail=detail
    )
    await session.flush()
