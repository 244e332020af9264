"""Rounds and materials as a person may see them (R8)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.declaration import MaterialAction, RoundAction
from schemas.declaration_views import (
    AskOut,
    CandidateOut,
    MaterialOut,
    MaterialRow,
    PaperOut,
    ReopeningOut,
    RoundOut,
    RoundRow,
)
from server.auth import roles
from server.auth.actor import Actor
from server.declaration import offering, presenting, standing
from server.declaration.checking import find_material, gather_one, may_hand_in
from server.declaration.gathering import Gathered, Held, gather
from server.declaration.service import find_round
from server.declaration.visibility import scoped, sees
from server.errors import NotFound
from server.tasks.lookups import person_names
from storage.database.models import DeclarationAsk, DeclarationMaterial, DeclarationRound


async def list_rounds(session: AsyncSession, me: Actor) -> list[RoundRow]:
    """All rounds, the newest year first: an office has a handful."""
    query = select(DeclarationRound).order_by(DeclarationRound.year.desc(), DeclarationRound.closes_on.desc())
    return [_row(_seen(await gather(session, one), me)) for one in await session.scalars(query)]


async def get_round(session: AsyncSession, me: Actor, round_id: str) -> RoundOut:
    """One round with what it asks of whom. Raises NotFound."""
    gathered = _seen(await gather(session, await find_round(session, round_id)), me)
    row = _row(gathered)
    names = await person_names(session, [one.by for one in gathered.reopenings])
    return RoundOut(
        **{name: getattr(row, name) for name in row.__struct_fields__},
        site_url=gathered.round.site_url,
        account_holder=gathered.round.account_holder,
        reopenings=[
            ReopeningOut(until_on=one.until_on, reason=one.reason, at=one.at, by=names[one.by])
            for one in gathered.reopenings
        ],
        asks=[ask_out(gathered, ask) for ask in gathered.asks if gathered.held[ask.id] or me.role in roles.DISTRICT],
        actions=_round_actions(gathered, me),
    )


def _round_actions(gathered: Gathered, me: Actor) -> list[RoundAction]:
    if me.role != roles.OFFICE:
        return []
    return ["reopen"] if gathered.locked else ["edit", "remind"]


def _seen(gathered: Gathered, me: Actor) -> Gathered:
    """The round without the materials that this person may not see."""
    for ask_id, several in gathered.held.items():
        compilers = {one.material.unit_id for one in several if one.material.part == "compiles"}
        gathered.held[ask_id] = [one for one in several if sees(me, one.material, compilers)]
    return gathered


def _row(gathered: Gathered) -> RoundRow:
    declared = gathered.round
    standings = [gathered.standing(ask, held) for ask in gathered.asks for held in gathered.held[ask.id]]
    return RoundRow(
        id=declared.id,
        year=declared.year,
        title=declared.title,
        opens_on=declared.opens_on,
        closes_on=declared.closes_on,
        until_on=gathered.until_on,
        locked=gathered.locked,
        days_left=(gathered.until_on - gathered.today).days,
        owed=len(standings),
        complete=standings.count("complete"),
        version=declared.version,
    )


def ask_out(gathered: Gathered, ask: DeclarationAsk) -> AskOut:
    """An ask with how its materials stand."""
    rows = [material_row(gathered, ask, held) for held in gathered.held[ask.id]]
    return AskOut(
        id=ask.id,
        indicator=ask.indicator,
        indicator_name=ask.indicator_name,
        material=ask.material,
        no=ask.no,
        text=ask.text,
        format=ask.format,
        provincial_opinion=ask.provincial_opinion,
        length_exempt=ask.length_exempt,
        required_count=ask.required_count,
        template_version=ask.template_version,
        counted=gathered.counted(ask),
        complete=bool(rows) and all(one.standing == "complete" for one in rows),
        materials=rows,
    )


def material_row(gathered: Gathered, ask: DeclarationAsk, held: Held) -> MaterialRow:
    """How one material stands, in a list."""
    newest = held.editions[-1] if held.editions else None
    return MaterialRow(
        id=held.material.id,
        unit_id=held.material.unit_id,
        unit_name=held.unit_name,
        part=held.material.part,
        standing=gathered.standing(ask, held),
        edition=newest.number if newest else 0,
        handed_in_at=newest.handed_in_at if newest else None,
        paper_on=held.papers[-1].received_on if held.papers else None,
        wants_paper=standing.wants_paper(ask.format, held.material.part),
    )


async def visible_material(session: AsyncSession, me: Actor, material_id: str) -> DeclarationMaterial:
    """A material that this person may see. Raises NotFound for an absent and a foreign one alike."""
    query = scoped(select(DeclarationMaterial).where(DeclarationMaterial.id == material_id), me)
    material = await session.scalar(query)
    if material is None:
        raise NotFound
    return material


async def get_material(session: AsyncSession, me: Actor, material_id: str, language: str) -> MaterialOut:
    """One material with its versions, the newest first. Raises NotFound."""
    material = await visible_material(session, me, material_id)
    gathered, ask, held = await gather_one(session, material)
    row = material_row(gathered, ask, held)
    shown = ask_out(gathered, ask)
    shown.materials = [one for one in shown.materials if one.id == material_id or me.role in roles.DISTRICT]
    return MaterialOut(
        **{name: getattr(row, name) for name in row.__struct_fields__},
        round_id=gathered.round.id,
        round_title=gathered.round.title,
        until_on=gathered.until_on,
        locked=gathered.locked,
        ask=shown,
        editions=await presenting.editions(session, gathered, ask, held, language),
        papers=_papers(gathered, held),
        actions=_actions(gathered, held, me),
        least_characters=gathered.rules.report_least_characters,
        most_characters=gathered.rules.report_most_characters,
    )


def _papers(gathered: Gathered, held: Held) -> list[PaperOut]:
    return [
        PaperOut(
            id=one.id,
            received_on=one.received_on,
            receiver=one.receiver,
            note=one.note,
            edition=one.edition,
            late=standing.is_late(one.received_on, gathered.until_on),
        )
        for one in reversed(held.papers)
    ]


def _actions(gathered: Gathered, held: Held, me: Actor) -> list[MaterialAction]:
    found: list[MaterialAction] = []
    if may_hand_in(me, held.material) and gathered.round.opens_on <= gathered.today:
        found.append("hand_in")
    if me.role == roles.OFFICE and held.editions:
        if held.counting(gathered.until_on) and not gathered.locked:
            found.append("decide")
        found.append("paper")
    return found


async def list_candidates(session: AsyncSession, me: Actor, material_id: str) -> list[CandidateOut]:
    """The photos that this material's unit may take over, for whoever may hand it in. Raises NotFound."""
    material = await find_material(session, material_id)
    if not may_hand_in(me, material):
        raise NotFound
    return await offering.candidates(session, material)


def units_lacking(gathered: Gathered) -> dict[str, int]:
    """How many materials each unit still has to do something about."""
    found: dict[str, int] = {}
    for ask in gathered.asks:
        for held in gathered.held[ask.id]:
            if gathered.standing(ask, held) in OWED:
                found[held.material.unit_id] = found.get(held.material.unit_id, 0) + 1
    return found


OWED: Sequence[str] = ("missing", "late", "returned", "paper", "lacking")
"""Standings in which it is the unit's turn."""
