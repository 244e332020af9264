"""Likely copies are compared behind the receipt; what a person decides about a flag stands beside it for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import select

from server import clock, ids
from server.district import District
from server.photos.comparing import compare_waiting
from server.photos.service import Claim
from server.tasks.desk import open_desk
from storage.database.models import AuditEvent, Message, PhotoComparison, Site
from tests.conftest import SignIn
from tests.factories import uploads
from tests.factories.crew import Crew
from tests.integration.photos.test_photos import HERE, actor, claimed, flag_codes
from tests.tricks import camera, pictures


async def compare(district: District) -> int:
    desk = open_desk(district)
    try:
        return await compare_waiting(desk)
    finally:
        desk.close()


async def use_of(reader: httpx.AsyncClient, data: bytes) -> dict[str, Any]:
    """The newest use of a photo as its case shows it."""
    told: dict[str, Any] = (await reader.get(f"/api/photos/{uploads.sha256(data)}")).json()
    use: dict[str, Any] = told["uses"][-1]
    return use


async def prove(district: District, data: bytes, **rest: Any) -> str:
    """Name a photo as the proof of an inspection of its own; the id of the use."""
    me = await actor(district, "inspector", "inspector")
    claim = Claim(
        purpose="inspection_item",
        hashes=[uploads.sha256(data)],
        setting=HERE,
        **({"inspection_id": ids.uuid7()} | rest),
    )
    return (await claimed(district, me, claim)).uses[0].id


async def test_a_copy_is_told_from_an_honest_second_shot_after_the_receipt(sign_in: SignIn, district: District) -> None:
    inspector, office = await sign_in("inspector"), await sign_in("office")
    first = pictures.earlier(1)
    again = camera.jpeg(camera.shoot(camera.view(camera.scene(1), shift=(3, -2), zoom=1.002, turn=0.1), shot=201))
    painted = camera.painted_over(first, seed=8, share=0.04, quality=85)
    async with district.database.reading() as session:
        site = (await session.scalars(select(Site).limit(1))).one()
    for data in (first, again, painted):
        await uploads.send(inspector, data, **uploads.SHIFENG_FIX)
        await prove(district, data, site_id=site.id)
    assert "near-duplicate" in (await flag_codes(district, uploads.sha256(again)))[0]
    assert await compare(district) == 3
    assert await compare(district) == 0
    assert not {"near-duplicate", "edited-copy"} & (await flag_codes(district, uploads.sha256(again)))[0]
    use = await use_of(office, painted)
    [twin] = use["twins"]
    assert (twin["sha256"], twin["code"], twin["siteName"]) == (uploads.sha256(first), "edited-copy", site.name)
    left, top, width, height = twin["patch"]
    assert 0 <= left < left + width <= 1
    assert 0 <= top < top + height <= 1
    [flag] = [one for one in use["flags"] if one["code"] == "edited-copy"]
    assert 1 <= flag["detail"]["patchPercent"] <= 15


async def test_a_pair_whose_bytes_cannot_be_had_waits(sign_in: SignIn, district: District) -> None:
    inspector = await sign_in("inspector")
    first = pictures.earlier(1)
    copy = camera.resaved(first, quality=80)
    for data in (first, copy):
        await uploads.send(inspector, data)
        await prove(district, data)
    away = district.objects.fetch

    async def refuse(*_: object) -> None:
        from storage.objects import ObjectStoreError

        raise ObjectStoreError("away")

    district.objects.fetch = refuse  # type: ignore[method-assign,assignment]
    assert await compare(district) == 0
    district.objects.fetch = away  # type: ignore[method-assign]
    assert await compare(district) == 1
    async with district.database.reading() as session:
        assert (await session.scalars(select(PhotoComparison.verdict))).all() == ["same"]


async def test_the_same_person_in_two_places_at_once_is_flagged(sign_in: SignIn, district: District) -> None:
    inspector = await sign_in("inspector")
    now = clock.now()
    for number, (lat, after) in enumerate(((27.8741, 0), (27.9141, 60))):
        at = (now - timedelta(minutes=5) + timedelta(seconds=after)).isoformat()
        data = camera.jpeg(camera.scene(70 + number).resize((640, 480)))
        await uploads.send(
            inspector, data, takenAt=at, lat=str(lat), lon="113.1187", accuracyM="10", fixAt=at, source="camera"
        )
        await prove(district, data)
        assert ("impossible-travel" in (await flag_codes(district, uploads.sha256(data)))[0]) is bool(number)


async def test_a_phone_that_tells_a_wrong_time_with_its_photo_is_flagged(sign_in: SignIn, district: District) -> None:
    inspector = await sign_in("inspector")
    told = (clock.now() - timedelta(days=31)).isoformat()
    inspector.headers["X-Device-Time"] = told
    data = camera.jpeg(camera.scene(80).resize((640, 480)))
    await uploads.send(inspector, data, takenAt=told, **uploads.SHIFENG_FIX)
    use_id = await prove(district, data)
    flags = await flag_codes(district, uploads.sha256(data))
    assert "clock-behind" in flags[0], use_id
    assert not {"time-gap", "in-the-future"} & flags[0]


async def test_a_decision_is_kept_with_its_reason_and_shown(sign_in: SignIn, district: District) -> None:
    inspector, office, civility = await sign_in("inspector"), await sign_in("office"), await sign_in("civility")
    data = camera.jpeg(camera.scene(90).resize((640, 480)))
    await uploads.send(inspector, data, source="gallery")
    use_id = await prove(district, data)
    path, asked = f"/api/photos/uses/{use_id}/reviews", {"id": ids.uuid7(), "decision": "accepted", "reason": "已核实"}
    first = await office.post(path, json=asked)
    assert first.status_code == 200, first.text
    assert (await office.post(path, json=asked)).json() == first.json()
    assert (await office.post(path, json=asked | {"reason": "另一说法"})).status_code == 409
    for refused, status in (({"id": ids.uuid7(), "reason": ""}, 400), ({"id": ids.uuid7(), "decision": "burn"}, 400)):
        assert (await office.post(path, json=asked | refused)).status_code == status
    assert (await civility.post(path, json=asked | {"id": ids.uuid7()})).status_code == 403
    assert (await office.post(f"/api/photos/uses/{ids.uuid7()}/reviews", json=asked)).status_code == 404
    second = await office.post(path, json={"id": ids.uuid7(), "decision": "voided", "reason": "系旧照"})
    assert second.status_code == 200
    use = await use_of(office, data)
    assert [(one["decision"], one["reason"]) for one in use["reviews"]] == [
        ("voided", "系旧照"),
        ("accepted", "已核实"),
    ]
    assert "from-gallery" in use["reviews"][0]["flagCodes"]
    assert "from-gallery" in [flag["code"] for flag in use["flags"]]
    async with district.database.reading() as session:
        events = await session.scalars(select(AuditEvent.detail).where(AuditEvent.action == "photo.reviewed"))
        assert [event["decision"] for event in events] == ["accepted", "voided"]


async def test_a_finding_leaves_the_flagged_ones_once_somebody_has_decided(crew: Crew, district: District) -> None:
    inspector, office = await crew.of("inspector"), await crew.of("office")
    data = camera.jpeg(camera.scene(93).resize((640, 480)))
    digest = uploads.sha256(data)
    await uploads.send(inspector, data, source="gallery")
    receipt = await crew.submit(failing=["YL-B01"], photos={"YL-B01": [digest]})
    finding_id = receipt["findings"][0]["id"]

    async def flagged(flag: str) -> bool:
        page = (await office.get(f"/api/findings?status=draft&flag={flag}")).json()
        return finding_id in [one["id"] for one in page["items"]]

    assert await flagged("any")
    assert await flagged("from-gallery")
    assert not await flagged("edited-copy")
    [use] = (await office.get(f"/api/photos/{digest}")).json()["uses"]
    asked = {"id": ids.uuid7(), "decision": "accepted", "reason": "街道提供的现场照片"}
    assert (await office.post(f"/api/photos/uses/{use['id']}/reviews", json=asked)).status_code == 200
    assert not await flagged("any")
    assert await flagged("from-gallery")


async def test_who_took_a_photo_is_told_once_that_another_is_needed(sign_in: SignIn, district: District) -> None:
    inspector, office = await sign_in("inspector"), await sign_in("office")
    data = camera.jpeg(camera.scene(91).resize((640, 480)))
    await uploads.send(inspector, data)
    use_id = await prove(district, data)
    asked = {"id": ids.uuid7(), "decision": "new_photo", "reason": "请拍全貌"}
    for _ in range(2):
        assert (await office.post(f"/api/photos/uses/{use_id}/reviews", json=asked)).status_code == 200
    me = await actor(district, "inspector", "inspector")
    async with district.database.reading() as session:
        kinds = await session.scalars(select(Message.kind).where(Message.person_id == me.person_id))
        assert kinds.all() == ["new-photo-wanted-anywhere"]


async def test_nobody_decides_about_their_own_photo(sign_in: SignIn, district: District) -> None:
    office = await sign_in("office")
    data = camera.jpeg(camera.scene(92).resize((640, 480)))
    await uploads.send(office, data)
    me = await actor(district, "office", "office")
    use = (await claimed(district, me, Claim(purpose="strike_off", hashes=[uploads.sha256(data)]))).uses[0]
    asked = {"id": ids.uuid7(), "decision": "accepted", "reason": "我拍的"}
    answer = await office.post(f"/api/photos/uses/{use.id}/reviews", json=asked)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/own-photo")
