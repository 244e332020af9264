"""Entering, correcting and closing sites. The record tells which fields changed; of positions never where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.planning import VisitCancel
from schemas.sites import Place, SiteClose, SiteIn, SitePatch
from server import clock
from server.audit import service as audit
from server.audit.chain import digest
from server.auth.actor import Actor
from server.errors import FieldError, NotFound, Unprocessable
from server.org.registers import hold_register
from server.photos.geo import is_position
from server.planning.service import cancel_visit
from server.sites.datums import to_wgs84
from server.sites.errors import SiteDiffers
from server.sites.queries import COLUMNS
from server.tasks.steps import is_member
from server.tasks.workflow import LIVE
from storage.database.models import Recheck, Site, Task, Unit, Visit

Values = Mapping[str, Any]


async def enter_site(session: AsyncSession, asked: SiteIn, *, me: Actor, site_id: str) -> bool:
    """Enter a site; whether it is new. The same id and body again changes nothing.

    Raises SiteDiffers, Unprocessable with every field that is wrong.
    """
    await hold_register(session, "sites")
    known = await session.get(Site, site_id)
    if known is not None:
        if known.body_sha256 != digest(asked):
            raise SiteDiffers
        return False
    values = _values(msgspec.structs.asdict(asked))
    await _refuse(session, values, site_id)
    add_site(session, values, me=me, site_id=site_id, body_sha256=digest(asked))
    return True


async def correct_site(session: AsyncSession, asked: SitePatch, *, me: Actor, site_id: str) -> None:
    """Correct a site. Open tasks stay with the unit that owes them. Raises NotFound, Unprocessable."""
    site = await _find(session, site_id)
    given = {name: value for name, value in msgspec.structs.asdict(asked).items() if value is not msgspec.UNSET}
    values = _values(given)
    await _refuse(session, values, site_id)
    change_site(session, site, values, me=me)


def _values(given: Values) -> dict[str, Any]:
    """The words without spaces around them, the place in WGS-84."""
    values = {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}
    place = values.pop("place", None)
    if isinstance(place, Place):
        values["lat"], values["lon"] = to_wgs84(place.lat, place.lon, place.datum)
    return values


async def _refuse(session: AsyncSession, values: Values, site_id: str) -> None:
    """Raises Unprocessable with every field that is wrong."""
    errors = []
    code, name = values.get("code"), values.get("name")
    if code and await _other(session, site_id, func.lower(Site.code), code.lower()):
        errors.append(FieldError("/code", "site-code-taken"))
    if name is not None and not name:
        errors.append(FieldError("/name", "site-name-missing"))
    elif name and await _other(session, site_id, Site.name, name, is_open=True):
        errors.append(FieldError("/name", "site-name-taken"))
    if "lat" in values and not is_position(values["lat"], values["lon"]):
        errors.append(FieldError("/place", "site-place-nowhere"))
    if "unit_id" in values and not await is_member(session, values["unit_id"], clock.today()):
        errors.append(FieldError("/unitId", "site-unit-no-member", {"text": ""}))
    if "street_id" in values:
        street = await session.get(Unit, values["street_id"])
        if street is None or street.kind != "street":
            errors.append(FieldError("/streetId", "site-street-unknown", {"text": ""}))
    if errors:
        raise Unprocessable(errors=errors)


async def _other(session: AsyncSession, site_id: str, column: Any, value: str, *, is_open: bool = False) -> bool:
    query = select(Site.id).where(Site.id != site_id, column == value)
    if is_open:
        query = query.where(Site.closed_on.is_(None))
    return await session.scalar(query.limit(1)) is not None


def add_site(session: AsyncSession, values: Values, *, me: Actor, site_id: str, body_sha256: str | None = None) -> None:
    """Add a site of these values."""
    residents = values.get("residents")
    columns = {name: values[name] for name in COLUMNS}
    facts = {} if residents is None else {"residents": residents}
    session.add(Site(id=site_id, facts=facts, closed_on=None, body_sha256=body_sha256, **columns))
    audit.record(session, actor=me, action="enter_site", subject=("site", site_id), detail={"code": values["code"]})


def change_site(session: AsyncSession, site: Site, values: Values, *, me: Actor) -> bool:
    """Change what differs; whether anything did."""
    changed = [name for name in COLUMNS if name in values and getattr(site, name) != values[name]]
    for name in changed:
        setattr(site, name, values[name])
    if "residents" in values and site.facts.get("residents") != values["residents"]:
        others = {name: value for name, value in site.facts.items() if name != "residents"}
        site.facts = others if values["residents"] is None else {**others, "residents": values["residents"]}
        changed.append("residents")
    if changed:
        audit.record(session, actor=me, action="correct_site", subject=("site", site.id), detail={"fields": changed})
    return bool(changed)


async def _find(session: AsyncSession, site_id: str) -> Site:
    await hold_register(session, "sites")
    site = await session.get(Site, site_id, with_for_update=True)
    if site is None:
        raise NotFound
    return site


async def close_site(session: AsyncSession, asked: SiteClose, *, me: Actor, site_id: str) -> None:
    """Close a site: it is visited no more, its planned visits are called off. What is open there must have been
    settled before. The same again changes nothing.

    Raises NotFound, Unprocessable.
    """
    site = await _find(session, site_id)
    if site.closed_on is not None:
        return
    owed = select(func.count()).where(Task.site_id == site_id, Task.status.in_(LIVE))
    waiting = select(func.count()).where(
        Recheck.site_id == site_id, Recheck.ended_at.is_(None), Recheck.cancelled_at.is_(None)
    )
    errors = []
    if asked.closed_on > clock.today():
        errors.append(FieldError("/closedOn", "site-closes-later"))
    for code, query in (("site-owes", owed), ("site-has-rechecks", waiting)):
        if count := await session.scalar(query):
            errors.append(FieldError("/closedOn", code, {"count": count}))
    if errors:
        raise Unprocessable(errors=errors)
    site.closed_on = asked.closed_on
    planned = select(Visit).where(Visit.site_id == site_id, Visit.status == "planned").order_by(Visit.id)
    for visit in list(await session.scalars(planned)):
        await cancel_visit(session, visit.id, VisitCancel(version=visit.version, reason=asked.reason), me=me)
    detail = {"on": asked.closed_on.isoformat(), "reason": asked.reason.strip()}
    audit.record(session, actor=me, action="close_site", subject=("site", site_id), detail=detail)


async def open_site(session: AsyncSession, *, me: Actor, site_id: str) -> None:
    """Take a closed site up again; its visits are planned with the next plan. Raises NotFound, Unprocessable."""
    site = await _find(session, site_id)
    if site.closed_on is None:
        return
    if await _other(session, site_id, Site.name, site.name, is_open=True):
        raise Unprocessable(errors=[FieldError("/name", "site-name-taken")])
    site.closed_on = None
    audit.record(session, actor=me, action="open_site", subject=("site", site_id))
