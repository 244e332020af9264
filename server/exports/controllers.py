"""HTTP of the exports. Every answer is a stream that can go on; what is wrong is told before it begins."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from litestar import Router
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, JSONBody, QueryParameter
from litestar.response import Stream
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.exports import PackageIn, PackagePlan
from server import clock
from server.audit import service as audit
from server.auth import roles
from server.auth.actor import Actor
from server.auth.guards import allow
from server.district import District
from server.errors import FieldError, Unprocessable
from server.exports import queries, service
from server.exports.lines import words
from server.exports.packing import packed
from server.ids import is_uuid
from server.resuming import Asking, begun, described, goes_on, headers_of, made, spooled, whole_or_rest
from server.routes import MonthQuery, get, post
from server.tasks.controllers import wanted_rows
from server.tasks.queries import Wanted

_READERS = allow(roles.DISTRICT, roles.UNIT)
_MOST_PHOTOS = 100_000


Tag = Callable[[], Awaitable[str]]


async def _rows(
    request: Asking, district: District, tag: Tag, rows: AsyncIterator[bytes], *, name: str, media_type: str
) -> Stream:
    """Rows as they are read, the first of them at once; whoever comes back for the rest waits until all are made."""
    before = await tag()
    pieces = await begun(rows)  # before the answer begins: wrong filters must still be a problem
    if not goes_on(request, before):
        return Stream(pieces, media_type=media_type, headers=headers_of(name, before))
    file = await spooled(district.incoming, pieces)
    # What changed meanwhile may or may not stand in it: then it is a file of its own, and all of it is sent.
    unchanged = await tag() == before
    return await whole_or_rest(request, file, name=name, media_type=media_type, tag=before if unchanged else None)


@get("/findings.csv", guards=[_READERS], dependencies={"wanted": Provide(wanted_rows)}, responses=described("text/csv"))
async def findings_csv(
    wanted: NamedDependency[Wanted],
    me: NamedDependency[Actor],
    district: NamedDependency[District],
    language: NamedDependency[str],
    request: Asking,
) -> Stream:
    """The findings that fit as CSV, in the reader's language."""
    rows = service.as_csv(service.batches(district, wanted, me=me, language=language), language)
    tag = partial(service.tag, district, wanted, me=me, language=language)
    name = f"{words(language)['findings']} {clock.today().isoformat()}.csv"
    return await _rows(request, district, tag, rows, name=name, media_type="text/csv; charset=utf-8")


@get(
    "/findings.geojson",
    guards=[_READERS],
    dependencies={"wanted": Provide(wanted_rows)},
    responses=described("application/geo+json", dict[str, Any]),
)
async def findings_geojson(
    wanted: NamedDependency[Wanted],
    me: NamedDependency[Actor],
    district: NamedDependency[District],
    language: NamedDependency[str],
    request: Asking,
) -> Stream:
    """The findings that fit as GeoJSON in WGS-84, each at its site."""
    rows = service.as_geojson(district, service.batches(district, wanted, me=me, language=language))
    tag = partial(service.tag, district, wanted, me=me, language=language)
    name = f"{words(language)['findings']} {clock.today().isoformat()}.geojson"
    return await _rows(request, district, tag, rows, name=name, media_type="application/geo+json")


@post("/photo-package", guards=[allow(roles.REVIEWERS)], status_code=200)
async def plan_package(
    data: JSONBody[PackageIn], me: NamedDependency[Actor], writer: NamedDependency[AsyncSession]
) -> PackagePlan:
    """What a package of originals will hold, cut into parts that are fetched one by one. Who asked is kept."""
    found = await queries.parts(writer, data)
    chosen = {key: value for key, value in msgspec.to_builtins(data).items() if value}
    for part, first in found:
        query = urlencode(chosen | {"number": part.number, "first": first, "count": part.photos})
        part.url = f"/api/photo-package.zip?{query}"
    audit.record(writer, actor=me, action="export_photos", subject=("photo_package", me.person_id), detail=chosen)
    whole = [part for part, _ in found]
    return PackagePlan(
        photos=sum(part.photos for part in whole), size_bytes=sum(part.size_bytes for part in whole), parts=whole
    )


@get("/photo-package.zip", guards=[allow(roles.REVIEWERS)], responses=described("application/zip"))
async def package_part(  # noqa: PLR0913, PLR0917  one argument for each part of its address
    first: FromQuery[str],
    district: NamedDependency[District],
    language: NamedDependency[str],
    request: Asking,
    count: Annotated[int, QueryParameter(ge=1, le=_MOST_PHOTOS)],
    number: Annotated[int, QueryParameter(ge=1, le=_MOST_PHOTOS)] = 1,
    month: MonthQuery = None,
    site: Annotated[str | None, QueryParameter(name="siteId")] = None,
    unit: Annotated[str | None, QueryParameter(name="unitId")] = None,
) -> Stream:
    """One part of a package, with a manifest of its hashes."""
    if not is_uuid(first):
        raise Unprocessable(errors=[FieldError("/first", "bad-id")])
    said, wanted = words(language), PackageIn(month=month, site_id=site, unit_id=unit)
    async with district.database.reading() as session:
        photos = await queries.photos_of_part(session, wanted, said, first=first, count=count)
    name = f"{said['package']} {month or clock.today().isoformat()} {number}.zip"
    file = await made(district, packed(district.objects, photos, said))
    return await whole_or_rest(request, file, name=name, media_type="application/zip")


router = Router("/api", route_handlers=[findings_csv, findings_geojson, plan_package, package_part], tags=["exports"])
