"""The map over HTTP: what a task does to its site, what a unit sees, photos' places, and the own ground."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

from server import clock
from server.app import create_app
from server.maps.ground import LARGEST_PIECE_BYTES
from server.settings import Settings
from tests.conftest import new_client
from tests.districts import DEMO_PASSWORD, started
from tests.factories import uploads
from tests.factories.crew import Crew
from tests.factories.inspections import Json, instant, new_id
from tests.fixtures.photos import jpeg
from tests.integration.conftest import Travel


async def told(crew: Crew, login: str = "office") -> Json:
    answer: Json = await crew.get(login, "/api/map/sites")
    return answer


async def site(crew: Crew, code: str = "YL-03", login: str = "office") -> Json:
    found: Json = next(one for one in (await told(crew, login))["sites"] if one["code"] == code)
    return found


def tasks(one: Json) -> tuple[str, int, int, int]:
    return one["standing"], one["open"], one["overdue"], one["replied"]


async def test_a_site_shows_the_worst_of_its_tasks_from_the_finding_to_the_strike_off(
    crew: Crew, travel: Travel
) -> None:
    assert tasks(await site(crew)) == ("none", 0, 0, 0)
    task_id = await crew.found()
    assert tasks(await site(crew)) == ("none", 0, 0, 0)  # a draft is nobody's duty yet
    await crew.did("office", task_id, "confirm")
    assert tasks(await site(crew)) == ("open", 1, 0, 0)
    travel(timedelta(days=40))
    crew.sign_out()
    assert tasks(await site(crew)) == ("late", 1, 1, 0)
    await crew.did("health", task_id, "reply", text="已整改到位", measure="补贴标识")
    assert tasks(await site(crew)) == ("replied", 0, 0, 1)
    await crew.did("inspector2", task_id, "strike_off", note="已复查", photos=[await crew.photo("inspector2")])
    assert tasks(await site(crew)) == ("none", 0, 0, 0)


async def test_findings_are_counted_in_their_month_and_a_void_one_is_not(crew: Crew) -> None:
    before = await told(crew)
    month = clock.month_of(clock.today())
    assert (len(before["months"]), before["months"][-1]) == (12, month)
    at = (await site(crew))["findings"].get(month, 0)
    await crew.found("YL-B01")
    dropped = await crew.found("YL-C01", "YL-04")
    assert (await site(crew))["findings"][month] == at + 1
    there = (await site(crew, "YL-04"))["findings"][month]
    await crew.did("office", dropped, "void", reason="重复登记")
    assert (await site(crew, "YL-04"))["findings"].get(month, 0) == there - 1


async def test_a_visit_that_a_past_month_missed_is_not_the_next_one(crew: Crew, travel: Travel) -> None:
    missed = (await site(crew))["nextVisitOn"]
    travel(timedelta(days=70))
    crew.sign_out()
    assert (await site(crew))["nextVisitOn"] != missed


async def test_the_last_and_the_next_day_are_told(crew: Crew) -> None:
    planned = (await site(crew))["nextVisitOn"]
    visits = [one for one in (await crew.pack())["visits"] if one["siteId"] == (await crew.site("YL-03"))["id"]]
    assert planned == min(one["dueOn"] for one in visits if one["status"] in ("planned", "in_progress"))
    await crew.submit()
    assert (await site(crew))["lastInspectedOn"] == clock.today().isoformat()
    assert (await site(crew))["nextVisitOn"] != planned  # this month's has been made


async def test_r8_a_unit_sees_its_own_sites_without_the_plan(crew: Crew) -> None:
    every = {one["code"] for one in (await told(crew))["sites"]}
    own = {one["code"]: one for one in (await told(crew, "street"))["sites"]}
    street = (await crew.get("street", "/api/session"))["unitId"]
    streets = {one["id"]: one for one in (await told(crew))["sites"]}
    assert 0 < len(own) < len(every)
    foreign = [one for one in streets.values() if one["code"] not in own]
    assert street not in {one["unitId"] for one in foreign}
    assert {one["lastInspectedOn"] for one in own.values()} == {one["nextVisitOn"] for one in own.values()} == {None}
    assert await crew.status("street", f"/api/map/sites/{foreign[0]['id']}/photos") == 404
    assert await crew.status("office", f"/api/map/sites/{foreign[0]['id']}/photos") == 200


async def test_the_photos_of_a_site_stand_where_they_were_taken(crew: Crew) -> None:
    place = await crew.site("YL-03")
    there = {"lat": place["position"]["lat"] + 0.01, "lon": place["position"]["lon"]}
    content = jpeg(77, (160, 120))
    taken = {"takenAt": instant(clock.now()), "lat": str(there["lat"]), "lon": str(there["lon"]), "accuracyM": "12"}
    answer = await uploads.send(await crew.of("inspector2"), content, **taken)
    sha256 = answer.headers["x-photo-sha256"]
    task_id = await crew.replied()
    await crew.did("inspector2", task_id, "strike_off", note="已复查", photos=[sha256])
    found = await crew.get("office", f"/api/map/sites/{place['id']}/photos")
    mine = next(one for one in found["places"] if one["sha256"] == sha256)
    assert mine["position"] == there
    assert (mine["taskId"], mine["accuracyM"]) == (task_id, 12)
    assert abs(mine["distanceM"] - 1112) < 2


async def test_without_settings_the_ground_is_plain(crew: Crew) -> None:
    expected: Json = {"tiles": [], "datum": "wgs84", "attribution": "", "archive": None}
    assert await crew.get("office", "/api/map") == expected
    assert await crew.status("office", "/api/map/ground.pmtiles") == 404
    assert await crew.status("office", f"/api/map/sites/{new_id()}/photos") == 404


async def test_an_own_ground_is_given_in_ranges(settings: Settings, tmp_path: Path) -> None:
    content = bytes(range(256)) * 20_000
    archive = tmp_path / "ground.pmtiles"
    archive.write_bytes(content)
    tiles = "https://t0.tiles.example/{z}/{x}/{y}"
    app = create_app(dataclasses.replace(settings, map_archive=archive, map_tiles=(tiles,)))
    async with started(app), new_client(app) as office:
        await office.post("/api/session", json={"login": "office", "password": DEMO_PASSWORD})
        ground = await office.get("/api/map")
        assert (ground.json()["tiles"], ground.json()["archive"]) == ([tiles], "/api/map/ground.pmtiles")
        assert "https://t0.tiles.example" in ground.headers["content-security-policy"]
        part = await office.get("/api/map/ground.pmtiles", headers={"Range": "bytes=300-555"})
        assert (part.status_code, part.content) == (206, content[300:556])
        assert part.headers["content-range"] == f"bytes 300-555/{len(content)}"
        assert part.headers["etag"]
        last = await office.get(
            "/api/map/ground.pmtiles", headers={"Range": f"bytes={len(content) - 5}-{len(content) + 9}"}
        )
        assert last.content == content[-5:]
        whole = await office.get("/api/map/ground.pmtiles")
        assert (whole.status_code, whole.content) == (206, content[:LARGEST_PIECE_BYTES])
        beyond = await office.get("/api/map/ground.pmtiles", headers={"Range": f"bytes={len(content)}-"})
        assert beyond.status_code == 416
        archive.unlink()
        assert (await office.get("/api/map/ground.pmtiles")).status_code == 404
