"""What the office does with a round: opens it, sets what was published, opens it again (R4)."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.declaration import AskIn, ReopenIn, RoundIn
from server import clock, ids
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.declaration.asking import asked_for
from server.declaration.errors import (
    RoundDiffers,
    RoundLocked,
    RoundVersionDiffers,
)
from server.declaration.standing import last_day, wrong_with_address
from server.errors import FieldError, NotFound, Unprocessable
from server.matrix.queries import indicators_on, owners
from server.once import insert_new
from storage.database.models import (
    DeclarationAsk,
    DeclarationMaterial,
    DeclarationReopening,
    DeclarationRound,
    Unit,
)


async def enter_round(session: AsyncSession, round_id: str, asked: RoundIn, *, me: Actor) -> DeclarationRound:
    """Open a round with a snapshot of what is asked of whom today, or change its dates and words. The same again
    changes nothing. Raises NotFound, RoundDiffers, RoundVersionDiffers, RoundLocked, Unprocessable.
    """
    told = digest({**msgspec.to_builtins(asked), "version": None})
    declared = await session.get(DeclarationRound, round_id, with_for_update=True)
    if declared is not None and declared.body_sha256 == told:
        return declared
    if declared is None and asked.version is not None:
        raise NotFound
    if declared is not None and asked.version is None:
        raise RoundDiffers
    if declared is None:
        _check_dates(asked, today=clock.today())
        declared = await _begin(session, round_id, asked, told, me=me)
        if declared.version:  # sent twice at once
            return declared
        await _ask(session, declared)
    else:
        await check_open(session, declared, asked.version)
        _check_dates(asked, today=clock.today())
        _write(declared, asked, told)
    keep(session, declared, "enter_declaration", {"body": told}, me=me)
    return declared


async def _begin(session: AsyncSession, round_id: str, asked: RoundIn, told: str, *, me: Actor) -> DeclarationRound:
    """The new round at version 0, or the same one that another request has just opened. Raises RoundDiffers."""
    row = {"id": round_id, "created_at": clock.now(), "created_by": me.person_id, "version": 0, **_words(asked, told)}
    await insert_new(session, DeclarationRound, [row], "id")
    declared = await session.get_one(DeclarationRound, round_id, with_for_update=True)
    if declared.body_sha256 != told:
        raise RoundDiffers
    return declared


def _words(asked: RoundIn, told: str) -> dict[str, Any]:
    return {
        "year": asked.year,
        "title": asked.title.strip(),
        "opens_on": asked.opens_on,
        "closes_on": asked.closes_on,
        "site_url": asked.site_url.strip(),
        "account_holder": asked.account_holder.strip(),
        "body_sha256": told,
    }


def _check_dates(asked: RoundIn, *, today: date) -> None:
    errors = []
    if asked.closes_on < asked.opens_on:
        errors.append(FieldError("/closesOn", "closing-before-opening"))
    if asked.closes_on < today:
        errors.append(FieldError("/closesOn", "closing-past"))
    if (code := wrong_with_address(asked.site_url.strip())) is not None:
        errors.append(FieldError("/siteUrl", code))
    if errors:
        raise Unprocessable(errors=errors)


def _write(declared: DeclarationRound, asked: RoundIn, told: str) -> None:
    for name, value in _words(asked, told).items():
        setattr(declared, name, value)


async def _ask(session: AsyncSession, declared: DeclarationRound) -> None:
    """Keep what the notice asks for and who owes it as it is today: a later change of the matrix moves nothing here."""
    today = clock.today()
    office_id = await session.scalar(select(Unit.id).where(Unit.kind == "office").order_by(Unit.code).limit(1))
    wanted = asked_for(await indicators_on(session, today), await owners(session, today), office_id)
    for position, one in enumerate(wanted):
        ask = DeclarationAsk(
            id=ids.uuid7(),
            round_id=declared.id,
            position=position,
            indicator=one.indicator,
            indicator_name=one.indicator_name,
            material=one.material,
            no=one.no,
            text=one.text,
            format=one.format,
            provincial_opinion=one.provincial_opinion,
            length_exempt=False,
            required_count=None,
            template_version="",
        )
        session.add(ask)
        await session.flush()
        session.add_all(
            DeclarationMaterial(id=ids.uuid7(), ask_id=ask.id, unit_id=unit_id, part=part)
            for unit_id, part in one.units
        )
    await session.flush()


async def find_round(session: AsyncSession, round_id: str, *, lock: bool = False) -> DeclarationRound:
    """One round. Raises NotFound."""
    declared = await session.get(DeclarationRound, round_id, with_for_update=lock)
    if declared is None:
        raise NotFound
    return declared


async def until_of(session: AsyncSession, declared: DeclarationRound) -> date:
    """The last day of a round, reopening included."""
    query = select(DeclarationReopening.until_on).where(DeclarationReopening.round_id == declared.id)
    return last_day(declared.closes_on, list(await session.scalars(query)))


async def check_open(session: AsyncSession, declared: DeclarationRound, version: int | None = None) -> None:
    """R21, R87: nothing of a closed round is changed. Raises RoundVersionDiffers, RoundLocked."""
    if version is not None and version != declared.version:
        raise RoundVersionDiffers
    if clock.today() > await until_of(session, declared):
        raise RoundLocked


async def set_ask(session: AsyncSession, ask_id: str, asked: AskIn, *, me: Actor) -> str:
    """Set what the outside system published for one ask: how many pictures, which template (R33, R34); whether its
    report may be of any length (R28); who compiles (R11). What was handed in is measured by it from now on. The round's
    id. Raises NotFound, RoundVersionDiffers, RoundLocked, Unprocessable.
    """
    ask = await session.get(DeclarationAsk, ask_id)
    if ask is None:
        raise NotFound
    declared = await find_round(session, ask.round_id, lock=True)
    await check_open(session, declared, asked.version)
    if asked.required_count is not None and ask.format != "SJTP":
        raise Unprocessable(errors=[FieldError("/requiredCount", "count-not-of-format")])
    if asked.template_version.strip() and ask.format != "TJBG":
        raise Unprocessable(errors=[FieldError("/templateVersion", "template-not-of-format")])
    if asked.compiler_unit_id is not None:
        await _name_compiler(session, ask, asked.compiler_unit_id)
    ask.required_count, ask.template_version = asked.required_count, asked.template_version.strip()
    ask.length_exempt = asked.length_exempt
    detail = {"ask": ask.id, **msgspec.to_builtins(asked)}
    keep(session, declared, "set_declaration_ask", detail, me=me)
    return ask.round_id


async def _name_compiler(session: AsyncSession, ask: DeclarationAsk, unit_id: str) -> None:
    query = select(DeclarationMaterial).where(DeclarationMaterial.ask_id == ask.id)
    materials = {one.unit_id: one for one in await session.scalars(query)}
    if unit_id not in materials:
        raise Unprocessable(errors=[FieldError("/compilerUnitId", "compiler-no-part")])
    for one in materials.values():
        one.part = "compiles" if one.unit_id == unit_id else "contributes"


async def reopen(session: AsyncSession, round_id: str, asked: ReopenIn, *, me: Actor) -> DeclarationRound:
    """Open a closed round again until a date, with a reason; the same again changes nothing.

    Raises NotFound, RoundDiffers, Unprocessable.
    """
    declared = await find_round(session, round_id, lock=True)
    known = await session.get(DeclarationReopening, asked.id)
    if known is not None:
        if (known.round_id, known.until_on, known.reason) != (round_id, asked.until_on, asked.reason.strip()):
            raise RoundDiffers
        return declared
    until_on = await until_of(session, declared)
    errors = []
    if clock.today() <= until_on:
        errors.append(FieldError("/untilOn", "round-still-open"))
    if asked.until_on < clock.today():
        errors.append(FieldError("/untilOn", "closing-past"))
    if not asked.reason.strip():
        errors.append(FieldError("/reason", "text-needed"))
    if errors:
        raise Unprocessable(errors=errors)
    session.add(
        DeclarationReopening(
            id=asked.id,
            round_id=round_id,
            until_on=asked.until_on,
            reason=asked.reason.strip(),
            at=clock.now(),
            by=me.person_id,
        )
    )
    detail = {"until": asked.until_on.isoformat(), "reason": asked.reason.strip()}
    keep(session, declared, "reopen_declaration", detail, me=me)
    await session.flush()
    return declared


def keep(session: AsyncSession, declared: DeclarationRound, action: str, detail: dict[str, Any], *, me: Actor) -> None:
    """Count the change up and write it down."""
    declared.version += 1
    audit.record(session, actor=me, action=action, subject=("declaration", declared.id), detail=detail)
