"""Reading photos: who may, what is told, and how the bytes leave."""

import asyncio
import hashlib
import io
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from server import clock, ids
from server.auth.actor import Actor
from server.district import District
from server.photos.desk import PhotoDesk
from server.photos.flags import Setting
from server.photos.service import Claim, Claimed, claim_photos
from server.photos.sweeping import sweep_uploads
from server.tasks.visibility import visible_tasks
from storage.database.models import Person, Photo, PhotoFlag, PhotoUse, Site
from tests.conftest import SignIn
from tests.factories import uploads
from tests.factories.uploads import SHIFENG_FIX
from tests.fixtures import photos

HERE = Setting(lat=27.8741, lon=113.1187, radius_m=300)


async def actor(district: District, login: str, role: str) -> Actor:
    async with district.database.reading() as session:
        person = (await session.scalars(select(Person).where(Person.login == login))).one()
    return Actor(
        person_id=person.id,
        login=login,
        name=person.name,
        role=role,
        roles=(role,),
        unit_id=None,
        unit_name=None,
        session_id="",
        client="test",
    )


async def claimed(district: District, me: Actor, *claims: Claim) -> Claimed:
    async with district.database.writing() as session:
        return await claim_photos(session, me=me, claims=claims)


async def use_states(district: District, digest: str) -> list[tuple[str, str | None]]:
    async with district.database.reading() as session:
        rows = await session.scalars(select(PhotoUse).where(PhotoUse.sha256 == digest).order_by(PhotoUse.created_at))
        return [(row.state, row.reason) for row in rows]


async def flag_codes(district: District, digest: str) -> list[set[str]]:
    async with district.database.reading() as session:
        uses = (
            await session.scalars(select(PhotoUse.id).where(PhotoUse.sha256 == digest).order_by(PhotoUse.created_at))
        ).all()
        return [set(await session.scalars(select(PhotoFlag.code).where(PhotoFlag.photo_use_id == use))) for use in uses]


async def test_a_photo_tells_its_size_its_witness_its_shots_and_its_flags(sign_in: SignIn, district: District) -> None:
    inspector = await sign_in("inspector")
    data = photos.jpeg(place=(27.8858, 113.1187))
    await uploads.send(inspector, data, takenAt="2026-11-24T09:12:03+08:00", **SHIFENG_FIX)
    async with district.database.reading() as session:
        site = (await session.scalars(select(Site).limit(1))).one()
    me = await actor(district, "inspector", "inspector")
    claim = Claim(purpose="inspection_item", hashes=[uploads.sha256(data)], site_id=site.id, setting=HERE)
    await claimed(district, me, claim)
    told = (await inspector.get(f"/api/photos/{uploads.sha256(data)}", headers={"Accept-Language": "en"})).json()
    assert (told["width"], told["height"], told["sizeBytes"], told["kind"]) == (800, 600, len(data), "jpeg")
    assert (told["exif"]["place"], told["exif"]["lat"], told["exif"]["camera"]) == ("valid", 27.8858, "Xungai Phone")
    assert told["shots"][0]["distanceM"] == 0
    assert told["shots"][0]["fix"]["accuracyM"] == 12
    [flag] = [flag for flag in told["flags"] if flag["code"] == "exif-place-disagrees"]
    assert flag["message"] == f"The file's own position is {flag['detail']['distanceM']:,} m from the phone's"
    assert told["uses"][0]["siteName"] == site.name
    assert told["uses"][0]["state"] == "received"


async def test_a_hash_that_is_named_gives_no_right_to_read(sign_in: SignIn, district: District) -> None:
    inspector, street, data = await sign_in("inspector"), await sign_in("street"), photos.jpeg()
    await uploads.send(inspector, data)
    me = await actor(district, "street", "liaison")
    result = await claimed(district, me, Claim(purpose="reply", hashes=[uploads.sha256(data)]))
    assert result.missing == [uploads.sha256(data)]
    for path in ("", "/original", "/thumbnail", "/screen", "/declaration", "/stamped"):
        answer = await street.get(f"/api/photos/{uploads.sha256(data)}{path}")
        absent = await street.get(f"/api/photos/{'0' * 64}{path}")
        assert answer.status_code == absent.status_code == 404
        assert answer.content == absent.content
    await uploads.send(street, data)
    assert await use_states(district, uploads.sha256(data)) == [("received", None)]
    told = (await street.get(f"/api/photos/{uploads.sha256(data)}")).json()
    assert {shot["personId"] for shot in told["shots"]} == {me.person_id}


async def test_inspectors_and_offices_see_a_photo_from_its_receipt(sign_in: SignIn) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    await uploads.send(inspector, data)
    for login, status in (("inspector2", 200), ("supervisor", 200), ("office", 200), ("health", 404), ("admin", 404)):
        reader = await sign_in(login)
        assert (await reader.get(f"/api/photos/{uploads.sha256(data)}")).status_code == status, login


async def test_the_original_comes_back_bit_for_bit_and_cannot_run(sign_in: SignIn) -> None:
    inspector, data = await sign_in("inspector"), photos.GOOD["jpeg with html behind it"]()
    await uploads.send(inspector, data)
    answer = await inspector.get(f"/api/photos/{uploads.sha256(data)}/original")
    assert hashlib.sha256(answer.content).hexdigest() == uploads.sha256(data)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-disposition"] == f'attachment; filename="{uploads.sha256(data)[:12]}.jpg"'
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    again = await inspector.get(answer.url.path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-99", 206, 0, 100),
        ("bytes=100-", 206, 100, None),
        ("bytes=-50", 206, -50, None),
        ("bytes=10-99999999", 206, 10, None),
        ("bytes=5-5", 206, 5, 6),
        ("bytes=99999999-", 416, 0, 0),
        ("bytes=9-2", 416, 0, 0),
        ("bytes=0-1,5-6", 200, 0, None),
        ("lines=1-2", 200, 0, None),
        ("bytes=-", 200, 0, None),
    ],
)
async def test_a_range_of_the_original(sign_in: SignIn, asked: str, status: int, start: int, end: int | None) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    await uploads.send(inspector, data)
    answer = await inspector.get(f"/api/photos/{uploads.sha256(data)}/original", headers={"Range": asked})
    assert answer.status_code == status
    if status != 416:
        assert answer.content == data[start:end]
        assert answer.headers["content-length"] == str(len(data[start:end]))
    if status == 206:
        assert answer.headers["content-range"].endswith(f"/{len(data)}")


async def test_r32_a_declaration_names_its_use_and_carries_its_place(sign_in: SignIn, district: District) -> None:
    office, data = await sign_in("office"), photos.jpeg()
    inspector = await sign_in("inspector")
    await uploads.send(inspector, data, **SHIFENG_FIX)
    path = f"/api/photos/{uploads.sha256(data)}/declaration"
    before_any_use = await office.get(path)
    image = Image.open(io.BytesIO(before_any_use.content))
    assert image.getexif().get_ifd(0x8825)[2] == (27.0, 52.0, 26.76)
    me = await actor(district, "inspector", "inspector")
    result = await claimed(district, me, Claim(purpose="inspection", hashes=[uploads.sha256(data)], setting=HERE))
    answer = await office.get(path, params={"use": result.uses[0].id})
    assert answer.status_code == 200
    same = await office.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert same.status_code == 304
    assert (await office.get(path, params={"use": ids.uuid7()})).status_code == 404


async def test_photos_may_come_after_what_they_prove(sign_in: SignIn, district: District) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    me = await actor(district, "inspector", "inspector")
    far = Setting(lat=27.9, lon=113.2, radius_m=300)
    inspection = ids.uuid7()
    claims = [
        Claim(purpose="inspection_item", hashes=[uploads.sha256(data)], inspection_id=inspection, item_code="YL-B01"),
        Claim(
            purpose="inspection_item",
            hashes=[uploads.sha256(data)],
            inspection_id=inspection,
            item_code="YL-C01",
            setting=far,
        ),
    ]
    result = await claimed(district, me, *claims)
    assert result.missing == [uploads.sha256(data)]
    assert await use_states(district, uploads.sha256(data)) == [("missing", None)] * 2
    await uploads.send(inspector, data, **SHIFENG_FIX)
    assert await use_states(district, uploads.sha256(data)) == [("received", None)] * 2
    first, second = await flag_codes(district, uploads.sha256(data))
    assert "outside-site" not in first
    assert "outside-site" in second
    assert "reused" not in first | second


async def test_r86_a_photo_of_a_paper_has_no_place_and_time_flags(sign_in: SignIn, district: District) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    await uploads.send(inspector, data)
    me = await actor(district, "inspector", "inspector")
    for setting in (replace(HERE, place_and_time_matter=False), HERE):
        await claimed(district, me, Claim(purpose="inspection_item", hashes=[uploads.sha256(data)], setting=setting))
    paper, other = await flag_codes(district, uploads.sha256(data))
    assert "no-position" not in paper
    assert "no-position" in other


async def test_the_same_and_nearly_the_same_picture_elsewhere_are_flagged(sign_in: SignIn, district: District) -> None:
    inspector = await sign_in("inspector")
    data, like = photos.saved(photos.picture(), quality=90), photos.saved(photos.picture(), quality=70)
    await uploads.send(inspector, data, **SHIFENG_FIX)
    await uploads.send(inspector, like, **SHIFENG_FIX)
    me, task = await actor(district, "inspector", "inspector"), ids.uuid7()
    first = Claim(
        purpose="inspection_item", hashes=[uploads.sha256(data)], inspection_id=ids.uuid7(), task_id=task, setting=HERE
    )
    again = Claim(purpose="inspection_item", hashes=[uploads.sha256(data)], inspection_id=ids.uuid7(), setting=HERE)
    near = Claim(purpose="inspection_item", hashes=[uploads.sha256(like)], inspection_id=ids.uuid7(), setting=HERE)
    after = Claim(
        purpose="strike_off", hashes=[uploads.sha256(like)], action_id=ids.uuid7(), task_id=task, setting=HERE
    )
    for claim in (first, again, near, after):
        await claimed(district, me, claim)
    one, two = await flag_codes(district, uploads.sha256(data))
    three, four = await flag_codes(district, uploads.sha256(like))
    assert not {"reused", "near-duplicate"} & one
    assert "reused" in two
    assert "near-duplicate" in three
    assert "copy-of-before" in four


async def test_a_photo_that_can_never_come_ends_as_refused(sign_in: SignIn, district: District) -> None:
    inspector, data = await sign_in("inspector"), photos.UNDECODABLE["half a jpeg"]()
    me = await actor(district, "inspector", "inspector")
    empty = hashlib.sha256(b"").hexdigest()
    await claimed(district, me, Claim(purpose="inspection", hashes=[uploads.sha256(data), empty]))
    await uploads.send(inspector, data)
    await uploads.send(inspector, b"")
    assert await use_states(district, uploads.sha256(data)) == [("refused", "undecodable")]
    assert await use_states(district, empty) == [("refused", "empty-upload")]


async def test_the_office_waives_what_never_comes_with_a_reason(sign_in: SignIn, district: District) -> None:
    inspector, office = await sign_in("inspector"), await sign_in("office")
    me = await actor(district, "inspector", "inspector")
    digest = hashlib.sha256(b"lost phone").hexdigest()
    use = (await claimed(district, me, Claim(purpose="inspection", hashes=[digest]))).uses[0]
    owed = (await office.get("/api/photo-uses/owed")).json()
    assert digest in {photo["sha256"] for photo in owed}
    path = f"/api/photos/uses/{use.id}/waive"
    assert (await inspector.post(path, json={"reason": "手机遗失"})).status_code == 403
    assert (await office.post(path, json={"reason": ""})).status_code == 400
    answer = await office.post(path, json={"reason": "手机遗失"})
    assert (answer.status_code, answer.json()["state"]) == (200, "waived")
    assert (await office.post(path, json={"reason": "再次"})).status_code == 409
    assert (await office.post(f"/api/photos/uses/{ids.uuid7()}/waive", json={"reason": "x"})).status_code == 404
    assert await use_states(district, digest) == [("waived", "手机遗失")]


async def test_a_photo_that_proves_nothing_is_listed_after_a_week(sign_in: SignIn, district: District) -> None:
    inspector, office = await sign_in("inspector"), await sign_in("office")
    data, named = photos.jpeg(), photos.jpeg(seed=2)
    for sent in (data, named):
        await uploads.send(inspector, sent)
    me = await actor(district, "inspector", "inspector")
    await claimed(district, me, Claim(purpose="inspection", hashes=[uploads.sha256(named)]))
    assert (await office.get("/api/photo-uses/unused")).json() == []
    async with district.database.writing() as session:
        for sent in (data, named):
            photo = await session.get_one(Photo, uploads.sha256(sent))
            photo.received_at -= timedelta(days=8)
    [listed] = (await office.get("/api/photo-uses/unused")).json()
    assert (listed["sha256"], listed["deliveredBy"]) == (uploads.sha256(data), [me.name])
    assert (await inspector.get("/api/photo-uses/unused")).status_code == 403


async def test_many_who_ask_for_one_copy_at_once_all_get_it(sign_in: SignIn) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    await uploads.send(inspector, data)
    path = f"/api/photos/{uploads.sha256(data)}/stamped"
    answers = await asyncio.gather(*(inspector.get(path) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


async def test_the_sweep_throws_away_only_what_belongs_to_nobody(
    sign_in: SignIn, district: District, client: httpx.AsyncClient
) -> None:
    inspector, data, other = await sign_in("inspector"), photos.jpeg(), photos.jpeg(seed=3)
    await uploads.send(inspector, data)
    url = (await uploads.create(inspector, other)).headers["location"]
    await uploads.patch(inspector, url, other[:1000], 0)
    orphan = "ab" * 32
    await district.objects.put(f"photos/ab/{orphan}", b"bytes without a row")
    await district.objects.put(f"uploads/{ids.uuid7()}/0123456789abcdef", b"a piece of nothing")
    desk = PhotoDesk(district, visible_tasks)
    try:
        assert (await sweep_uploads(desk, clock.now())).orphans == 0
        later = await sweep_uploads(desk, clock.now() + timedelta(hours=49))
        assert (later.orphans, later.parts, later.uploads) == (1, 1, 0)
        assert (await uploads.head(inspector, url)).headers["upload-offset"] == "1000"
        assert (await uploads.patch(inspector, url, other[1000:], 1000)).status_code == 204
        unfinished = (await uploads.create(inspector, photos.jpeg(seed=4))).headers["location"]
        assert (await sweep_uploads(desk, clock.now() + timedelta(days=8))).uploads >= 1
        assert (await uploads.head(inspector, unfinished)).status_code == 404
    finally:
        desk.close()
    for kept in (data, other):
        assert (await inspector.get(f"/api/photos/{uploads.sha256(kept)}/original")).content == kept


async def test_bytes_that_were_lost_from_the_store_are_kept_again(sign_in: SignIn, district: District) -> None:
    inspector, data = await sign_in("inspector"), photos.jpeg()
    await uploads.send(inspector, data)
    digest = uploads.sha256(data)
    await district.objects.delete(f"photos/{digest[:2]}/{digest}")
    assert (await uploads.send(inspector, data)).status_code == 204
    assert await district.objects.get(f"photos/{digest[:2]}/{digest}") == data
