"""The pack that a phone takes along: all that a month without network needs, and no more than is this person's."""

from __future__ import annotations

from tests.factories.crew import Crew
from tests.factories.inspections import Json


async def test_an_inspectors_pack_holds_the_month_the_sites_and_the_checklists(crew: Crew) -> None:
    pack = await crew.pack()
    sites = {site["id"]: site for site in pack["sites"]}
    assert len(sites) == 15
    assert {site["kind"] for site in sites.values()} == {"hospital", "health_centre", "health_station", "science_room"}
    assert all(site["position"]["lat"] and site["radiusM"] == 300 for site in sites.values())
    versions = {version["id"]: version for version in pack["templateVersions"]}
    assert {version["code"]: len(version["items"]) for version in versions.values()} == {"YL": 40, "KY": 35, "KH": 32}
    assert len(pack["visits"]) == 8 + 2 * 7
    people = {person["id"] for person in pack["people"]}
    for visit in pack["visits"]:
        assert visit["siteId"] in sites
        assert visit["templateVersionId"] in versions
        assert set(visit["assignees"]) == people
        assert visit["status"] == "planned"
    item = next(one for one in versions.values() if one["code"] == "YL")["items"][5]
    assert {
        "code",
        "section",
        "type",
        "label",
        "options",
        "appliesTo",
        "when",
        "required",
        "photoOnFail",
        "pass",
    } <= set(item)
    assert {"frequency", "closing"} <= set(item)
    assert pack["me"]["login"] == "inspector"
    assert pack["daysOff"] or pack["daysWorked"]


async def test_r36_every_site_is_planned_with_every_checklist_of_its_kind(crew: Crew) -> None:
    pack = await crew.pack()
    kinds = {site["id"]: site["kind"] for site in pack["sites"]}
    planned = sorted((kinds[visit["siteId"]] == "science_room", visit["templateCode"]) for visit in pack["visits"])
    assert planned == [(False, "YL")] * 8 + [(True, "KH")] * 7 + [(True, "KY")] * 7


async def test_a_pack_that_has_not_changed_is_not_sent_again(crew: Crew) -> None:
    inspector = await crew.of("inspector")
    first = await inspector.get("/api/phone")
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    again = await inspector.get("/api/phone", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    await crew.submit(failing=["YL-B01"])
    changed = await inspector.get("/api/phone", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag
    other = await (await crew.of("inspector2")).get("/api/phone", headers={"If-None-Match": changed.headers["etag"]})
    assert other.status_code == 200


async def test_r8_a_units_pack_holds_its_own_tasks_and_nothing_of_the_plan(crew: Crew) -> None:
    mine = await crew.opened("YL-B01")
    await crew.found("YL-B02")
    await crew.opened("KY-A02", "KP-01")
    pack = await crew.get("health", "/api/phone")
    assert [task["id"] for task in pack["tasks"]] == [mine]
    assert [site["code"] for site in pack["sites"]] == ["YL-03"]
    assert (pack["visits"], pack["templateVersions"], pack["lastAnswers"], pack["people"]) == ([], [], [], [])
    assert {"progress", "reply"} <= set(pack["tasks"][0]["actions"])
    assert not {"confirm", "void", "extend", "strike_off"} & set(pack["tasks"][0]["actions"])


async def test_who_owes_or_leads_also_sees_what_was_struck_off(crew: Crew) -> None:
    done = await crew.closed("YL-B01")
    for login in ("health", "health-leader", "leader"):
        pack = await crew.get(login, "/api/phone")
        assert [(task["id"], task["status"]) for task in pack["tasks"]] == [(done, "closed")], login
    for login in ("inspector", "street"):
        assert (await crew.get(login, "/api/phone"))["tasks"] == [], login


async def test_the_pack_brings_the_latest_answers_of_each_site(crew: Crew) -> None:
    def answers(pack: Json) -> Json:
        last = next(one for one in pack["lastAnswers"] if one["siteId"] == site["id"])
        return {item["item"]: item["verdict"] for item in last["items"]}

    site = await crew.site("YL-03")
    await crew.submit(failing=["YL-B01"])
    assert answers(await crew.get("inspector2", "/api/phone"))["YL-B01"] == "fail"
    await crew.submit()
    assert answers(await crew.get("inspector2", "/api/phone"))["YL-B01"] == "pass"


async def test_another_month_has_no_visits_yet_and_an_odd_one_is_refused(crew: Crew) -> None:
    assert (await crew.get("inspector", "/api/phone", month="2031-02"))["visits"] == []
    assert len((await crew.get("inspector", "/api/phone", month="2031-02"))["sites"]) == 15
    for month in ("2026-13", "2026-1", "november"):
        answer = await (await crew.of("inspector")).get("/api/phone", params={"month": month})
        assert answer.status_code == 400, month
