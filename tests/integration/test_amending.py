"""A correction after the first send: a new version, the old one kept."""

from __future__ import annotations

from typing import Any

from tests.factories.crew import Crew, pointers
from tests.factories.inspections import Json, new_id, no_access


async def amend(crew: Crew, receipt: Json, *, site: str = "YL-03", by: str = "inspector", **how: Any) -> Json:
    body = {**await crew.body(site, **how), "amends": receipt["id"]}
    answer = await crew.put(body, by=by)
    assert answer.status_code == 201, answer.text
    taken: Json = answer.json()
    return taken


async def test_r37_a_correction_is_a_new_version_and_the_old_one_stays(crew: Crew) -> None:
    old = await crew.submit(failing=["YL-B01", "YL-B02"])
    new = await amend(crew, old, failing=["YL-B01"])
    kept = await crew.get("office", f"/api/inspections/{old['id']}")
    made = await crew.get("office", f"/api/inspections/{new['id']}")
    assert (kept["amendedBy"], kept["state"], made["amends"], made["state"]) == (
        new["id"],
        "confirmed",
        old["id"],
        "submitted",
    )
    assert {answer["item"]: answer["verdict"] for answer in kept["answers"]}["YL-B02"] == "fail"
    findings = {(one["inspectionId"], one["item"]): one for one in (await crew.get("office", "/api/findings"))["items"]}
    assert {key: one["status"] for key, one in findings.items()} == {
        (old["id"], "YL-B01"): "void",
        (old["id"], "YL-B02"): "void",
        (new["id"], "YL-B01"): "draft",
    }
    still, gone = (findings[old["id"], item]["taskId"] for item in ("YL-B01", "YL-B02"))
    assert findings[new["id"], "YL-B01"]["taskId"] == still
    assert (await crew.task(still))["status"] == "draft"
    assert (await crew.task(gone))["status"] == "void"


async def test_r37_a_correction_does_not_void_a_task_that_was_confirmed(crew: Crew) -> None:
    old = await crew.submit(failing=["YL-B01"])
    task_id = old["findings"][0]["taskId"]
    await crew.did("office", task_id, "confirm")
    await amend(crew, old)
    task = await crew.task(task_id, "health")
    assert task["status"] == "open"
    await crew.did("office", task_id, "void", reason="检查人员已更正")
    assert (await crew.task(task_id))["status"] == "void"


async def test_a_task_that_another_inspection_saw_too_outlives_the_correction(crew: Crew) -> None:
    old = await crew.submit(failing=["YL-B01"])
    await crew.submit(failing=["YL-B01"], by="inspector2")
    await amend(crew, old)
    assert (await crew.task(old["findings"][0]["taskId"]))["status"] == "draft"


async def test_only_ones_own_newest_inspection_of_the_same_site_and_checklist_is_amended(crew: Crew) -> None:
    own, room = await crew.submit("YL-03"), await crew.submit("KP-01")
    await amend(crew, own)

    async def refused(amends: str, by: str = "inspector", site: str = "YL-04", template: str | None = None) -> None:
        photos = {"KH-C03": ["0" * 64, "1" * 64, "2" * 64]}
        body = await crew.body(site, template=template, photos=photos)
        assert pointers(await crew.put({**body, "amends": amends}, by=by)) == ["/amends"]

    await refused(new_id())
    await refused(room["id"], site="YL-03")
    await refused(room["id"], site="KP-01", template="KH")
    await refused(room["id"], site="KP-01", by="inspector2")
    await refused(own["id"], site="YL-03")


async def test_r37_what_was_amended_neither_covers_nor_is_carried_along(crew: Crew) -> None:
    old = await crew.submit("YL-03", failing=["YL-D01"])
    assert (await crew.get("office", "/api/overview"))["done"] == 1
    body = no_access(await crew.site("YL-03"), await crew.version("YL"), amends=old["id"])
    assert (await crew.put(body)).status_code == 201
    assert (await crew.get("office", "/api/overview"))["done"] == 0
    assert (await crew.get("inspector", "/api/phone"))["lastAnswers"] == []
    later = await crew.body("YL-03")
    later["answers"] = [answer for answer in later["answers"] if answer["item"] != "YL-D01"]
    receipt = (await crew.put(later)).json()
    shown = await crew.get("office", f"/api/inspections/{receipt['id']}")
    verdicts = {one["item"]: one["verdict"] for one in shown["answers"]}
    assert verdicts.get("YL-D01") != "fail"
