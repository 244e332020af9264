"""T8: what belongs to one unit is nowhere to be seen by another, and absent and foreign things look the same."""

from __future__ import annotations

from tests.factories import uploads
from tests.factories.crew import Crew
from tests.factories.inspections import new_id
from tests.fixtures.photos import jpeg

CANARY = "桐花万里"


async def test_r8_a_units_words_and_photos_are_nowhere_to_be_seen_by_another_unit(crew: Crew) -> None:
    before = await crew.photo("inspector", seed=11)
    body = await crew.body(failing=["YL-B01"], photos={"YL-B01": [before]})
    for answer in body["answers"]:
        if answer["item"] == "YL-B01":
            answer["note"] = CANARY
    receipt = (await crew.put({**body, "guidance": CANARY})).json()
    task_id, finding_id = receipt["findings"][0]["taskId"], receipt["findings"][0]["id"]
    await crew.did("office", task_id, "confirm", reason=CANARY)
    after = await crew.photo("health", seed=12)
    await crew.did("health", task_id, "reply", text=CANARY, measure=CANARY, photos=[after])
    own = await crew.opened("KY-A02", "KP-01")

    health = await crew.get("health", f"/api/tasks/{task_id}")
    assert CANARY in str(health)
    assert (health["beforePhotos"], health["afterPhotos"]) == ([before], [after])

    street = await crew.of("street")
    assert await crew.status("street", f"/api/tasks/{own}") == 200
    lists = ["/api/tasks", "/api/findings", "/api/inspections", "/api/phone", "/api/overview", "/api/units"]
    filters = [f"/api/tasks?q={CANARY}", f"/api/findings?q={CANARY}", "/api/tasks?flag=any&status=open,replied"]
    for url in lists + filters:
        text = (await street.get(url)).text
        for secret in (CANARY, task_id, finding_id, before, after):
            assert secret not in text, (url, secret)

    foreign = [
        f"/api/tasks/{task_id}",
        f"/api/findings/{finding_id}",
        f"/api/inspections/{receipt['id']}",
        *(
            f"/api/photos/{sha}{copy}"
            for sha in (before, after)
            for copy in ("", "/original", "/thumbnail", "/stamped")
        ),
    ]
    for url in foreign:
        absent = url.replace(task_id, new_id()).replace(finding_id, new_id()).replace(receipt["id"], new_id())
        absent = absent.replace(before, "0" * 64).replace(after, "0" * 64)
        there, not_there = await street.get(url), await street.get(absent)
        assert (there.status_code, not_there.status_code) == (404, 404), url
        assert there.content == not_there.content, url
        assert set(there.headers) == set(not_there.headers), url


async def test_r8_naming_the_hash_of_anothers_photo_gives_no_right_to_it(crew: Crew) -> None:
    secret = await crew.photo("inspector", seed=13)
    own = await crew.opened("KY-A02", "KP-01")
    await crew.did("street", own, "reply", text="已整改", photos=[secret])
    assert await crew.status("street", f"/api/photos/{secret}") == 404
    assert (await crew.task(own, "street"))["afterPhotos"] == []
    known = await (await crew.of("street")).post("/api/photos/known", json={"hashes": [secret]})
    assert known.json() == {"known": [], "wanted": [secret]}
    # who delivers the same bytes has them anyway
    await uploads.send(await crew.of("street"), jpeg(13, (160, 120)))
    assert await crew.status("street", f"/api/photos/{secret}") == 200


async def test_r8_the_administrator_keeps_the_house_and_sees_no_findings(crew: Crew) -> None:
    task_id = await crew.opened()
    admin = await crew.of("admin")
    assert (await admin.get("/api/people")).status_code == 200
    for url in ("/api/tasks", f"/api/tasks/{task_id}", "/api/findings", "/api/inspections", "/api/phone"):
        assert (await admin.get(url)).status_code == 403


async def test_r8_a_unit_sees_no_inspection_as_a_whole(crew: Crew) -> None:
    receipt = await crew.submit(failing=["YL-B01"])
    await crew.did("office", receipt["findings"][0]["taskId"], "confirm")
    assert (await crew.get("health", "/api/inspections"))["items"] == []
    assert await crew.status("health", f"/api/inspections/{receipt['id']}") == 404
    for login in ("inspector2", "supervisor", "office", "leader", "civility"):
        assert await crew.status(login, f"/api/inspections/{receipt['id']}") == 200


async def test_r8_each_post_of_a_unit_sees_that_units_tasks_only(crew: Crew) -> None:
    own, foreign = await crew.opened("YL-B01"), await crew.opened("KY-A02", "KP-01")
    for login, role in (("health-leader", "unit_leader"), ("health", "liaison"), ("health", "data_officer")):
        assert (await (await crew.of(login)).patch("/api/session", json={"role": role})).status_code == 200
        assert [task["id"] for task in (await crew.get(login, "/api/tasks"))["items"]] == [own], role
        assert await crew.status(login, f"/api/tasks/{foreign}") == 404
        assert "reply" in (await crew.task(own, login))["actions"]
        overview = await crew.get(login, "/api/overview")
        assert [row["unitName"] for row in overview["units"]] == ["区卫计局"]
        assert overview["open"] == 1
