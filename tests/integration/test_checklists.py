"""The checklists' editor over HTTP: drafts, versions with a day, forms that come in and go out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from server import clock
from server.checklists.installation import load_templates
from server.district import District
from server.sweep import sweep
from server.tasks.desk import open_desk
from tests.factories.crew import Crew, problem
from tests.factories.inspections import Json, new_id
from tests.fixtures import lists
from tests.integration.conftest import Travel


async def current(crew: Crew, code: str) -> Json:
    one = next(one for one in await crew.get("office", "/api/checklists") if one["code"] == code)
    mark = next(version for version in one["versions"] if version["isCurrent"])
    found: Json = await crew.get("office", f"/api/checklists/versions/{mark['id']}")
    return found


def document_of(version: Json, **changes: Any) -> Json:
    return {name: value for name, value in version.items() if name != "id"} | changes


async def save(crew: Crew, document: Json, *, version: int = 0, base: str | None = None) -> httpx.Response:
    body = {"version": version, "baseVersionId": base, "document": document}
    return await (await crew.of("office")).put(f"/api/checklists/drafts/{document['code']}", json=body)


async def publish(crew: Crew, code: str, version: int = 1, **how: Any) -> httpx.Response:
    body = {
        "version": version,
        "holdsFrom": clock.today().isoformat(),
        "renewsVisits": False,
        "note": "",
        "accepted": [],
    }
    return await (await crew.of("office")).post(f"/api/checklists/drafts/{code}/publish", json=body | how)


async def reworded(crew: Crew, code: str = "KY") -> tuple[Json, Json]:
    """The version in force, and a draft after it whose first question says something else."""
    before = await current(crew, code)
    items = [before["items"][0] | {"label": {"zh-CN": "活动室面积", "en": "Area"}}, *before["items"][1:]]
    answer = await save(crew, document_of(before, items=items), base=before["id"])
    assert answer.status_code == 200, answer.text
    return before, answer.json()


async def test_a_change_makes_a_new_version_and_planned_visits_keep_theirs(crew: Crew) -> None:
    before, draft = await reworded(crew)
    assert (draft["faults"], draft["owed"]) == ([], [])
    changed = draft["differences"]["items"]
    assert [(one["code"], one["kind"]) for one in changed] == [("KY-A01", "changed")]
    assert [field["field"] for field in changed[0]["fields"]] == ["label"]
    planned = {visit["id"]: visit["templateVersionId"] for visit in (await crew.pack())["visits"]}
    published = await publish(crew, "KY", note="面积口径")
    assert published.status_code == 201, published.text
    assert (published.json()["version"], published.json()["publishedOn"]) == (2, clock.today().isoformat())
    pack = await crew.get("inspector", "/api/phone")
    versions = {one["id"]: one for one in pack["templateVersions"]}
    assert versions[published.json()["id"]]["items"][0]["label"]["zh-CN"] == "活动室面积"
    assert {visit["id"]: visit["templateVersionId"] for visit in pack["visits"]} == planned
    assert before["id"] in versions, "a draft that a phone has begun is read to its end"
    listed = next(one for one in await crew.get("office", "/api/checklists") if one["code"] == "KY")
    assert [(one["version"], one["isCurrent"], one["note"]) for one in listed["versions"]] == [
        (2, True, "面积口径"),
        (1, False, ""),
    ]
    assert listed["draft"] is None


async def test_visits_that_are_not_begun_take_the_new_version_where_its_publisher_wishes(crew: Crew) -> None:
    await reworded(crew)
    published = (await publish(crew, "KY", renewsVisits=True)).json()
    pack = await crew.get("inspector", "/api/phone")
    old = {one["id"] for one in pack["templateVersions"] if one["code"] == "KY"} - {published["id"]}
    waiting = [visit for visit in pack["visits"] if visit["status"] == "planned"]
    assert any(visit["templateVersionId"] == published["id"] for visit in waiting)
    assert not [visit for visit in waiting if visit["templateVersionId"] in old]


async def test_a_version_for_a_later_day_waits_for_it(crew: Crew, district: District, travel: Travel) -> None:
    before, _ = await reworded(crew)
    later = clock.today() + timedelta(days=3)
    published = (await publish(crew, "KY", holdsFrom=later.isoformat())).json()
    assert (await current(crew, "KY"))["id"] == before["id"]
    desk = open_desk(district)
    try:
        assert (await sweep(district, desk))["checklists in force"] == 0
        travel(timedelta(days=3))
        assert (await sweep(district, desk))["checklists in force"] == 1
        assert (await sweep(district, desk))["checklists in force"] == 0
    finally:
        desk.close()
    assert (await current(crew.again(), "KY"))["id"] == published["id"]


async def test_two_at_one_draft_do_not_overwrite_each_other(crew: Crew) -> None:
    before, draft = await reworded(crew)
    other = document_of(before, name={"zh-CN": "科普活动室检查表", "en": "Rooms"})
    late = await save(crew, other, version=0, base=before["id"])
    assert problem(late) == "checklist-draft-changed"
    again = await save(crew, draft["document"], version=0, base=before["id"])
    assert again.status_code == 200, "the same words again change nothing"
    assert again.json()["version"] == 1
    assert (await save(crew, other, version=1, base=before["id"])).json()["version"] == 2
    assert problem(await publish(crew, "KY", version=1)) == "checklist-draft-changed"


async def test_a_draft_with_faults_is_kept_and_not_published(crew: Crew) -> None:
    before = await current(crew, "KY")
    items = [before["items"][0] | {"pass": {"op": "equals", "value": True}}, *before["items"][1:]]
    draft = (await save(crew, document_of(before, items=items, siteKinds=[]), base=before["id"])).json()
    assert {fault["code"] for fault in draft["faults"]} == {"checklist-no-kinds", "checklist-rule-type"}
    assert "KY-A01" in next(fault["message"] for fault in draft["faults"] if fault["pointer"] == "/items/0/pass")
    refused = await publish(crew, "KY")
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/siteKinds", "/items/0/pass"]
    too_early = await publish(crew, "KY", holdsFrom=(clock.today() - timedelta(days=1)).isoformat())
    assert "/holdsFrom" in [error["pointer"] for error in too_early.json()["errors"]]
    grammar = items[0] | {"pass": {"op": "moon"}}
    assert (await save(crew, document_of(before, items=[grammar]), version=1)).status_code == 400
    nul = document_of(before, name={"zh-CN": "a\0b", "en": "x"})
    assert (await save(crew, nul, version=1)).status_code == 400


async def test_an_item_with_open_tasks_is_not_left_out_unsaid(crew: Crew) -> None:
    taken = await crew.submit(site="KP-01", failing=["KY-A04"])
    assert any(finding["item"] == "KY-A04" for finding in taken["findings"])
    before = await current(crew, "KY")
    items = [item for item in before["items"] if item["code"] != "KY-A04"]
    draft = (await save(crew, document_of(before, items=items), base=before["id"])).json()
    assert [one["code"] for one in draft["owed"]] == ["KY-A04"]
    assert draft["owed"][0]["tasks"] >= 1
    refused = await publish(crew, "KY")
    assert problem(refused) == "checklist-items-owed"
    assert "KY-A04" in refused.json()["detail"]
    assert (await publish(crew, "KY", accepted=["KY-A04"])).status_code == 201


async def test_a_new_checklist_says_where_it_applies_and_is_on_the_phones(crew: Crew) -> None:
    base = await current(crew, "YL")
    item = base["items"][0] | {"code": "LJ-A01", "section": "LJ-A", "appliesTo": []}
    document = document_of(
        base, code="LJ", subject="SUB-OTHER", name={"zh-CN": "垃圾收集点检查表", "en": "Waste"}, siteKinds=["hospital"],
        sections=[{"code": "LJ-A", "label": {"zh-CN": "环境", "en": "Surroundings"}}], items=[item],
    )  # fmt: skip
    assert (await save(crew, document)).status_code == 200
    assert (await publish(crew, "LJ")).status_code == 201
    pack = await crew.get("inspector", "/api/phone")
    assert [one["siteKinds"] for one in pack["templateVersions"] if one["code"] == "LJ"] == [["hospital"]]
    gone = await (await crew.of("office")).delete("/api/checklists/drafts/LJ", params={"version": 1})
    assert gone.status_code == 204


@pytest.mark.parametrize("template", load_templates(), ids=lambda one: one.code)
async def test_a_version_goes_out_as_a_form_and_comes_back_the_same(crew: Crew, template: Any) -> None:
    version = await current(crew, template.code)
    office = await crew.of("office")
    form = await office.get(f"/api/checklists/versions/{version['id']}/xlsform")
    assert form.status_code == 200, form.text
    assert form.content.startswith(b"PK")
    read = await office.post("/api/checklists/forms", params={"code": template.code}, content=form.content)
    assert read.status_code == 200, read.text
    assert (read.json()["document"], read.json()["remarks"]) == (document_of(version), [])
    assert read.json()["questions"] == read.json()["taken"] == len(version["items"])


async def test_what_is_no_form_is_refused_and_leaves_nothing(crew: Crew) -> None:
    office = await crew.of("office")

    async def bring(content: bytes) -> httpx.Response:
        return await office.post("/api/checklists/forms", params={"code": "LJ"}, content=content)

    assert problem(await bring(b"type,name")) == "form-unreadable"
    assert problem(await bring(b"PK\x03\x04" + bytes(500))) == "form-unreadable"
    assert problem(await bring(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))) == "form-unreadable"
    no_form = await bring(lists.workbook([["好", "坏"]]))
    assert problem(no_form) == "form-invalid"
    assert "survey" in no_form.json()["detail"], "pyxform's own words say what is missing"
    assert (await bring(bytes(6 * 1024 * 1024))).status_code == 413
    assert [one["code"] for one in await crew.get("office", "/api/checklists")] == ["KH", "KY", "YL"]
    assert await crew.status("office", f"/api/checklists/versions/{new_id()}") == 404
