"""The declaration over HTTP: a round from its opening to its package. On both databases."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import io
import zipfile
from datetime import timedelta
from typing import Any

import httpx

from server import clock
from server.declaration.reminding import declarations_due
from server.district import District
from tests.factories import uploads
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import new_id
from tests.fixtures.photos import jpeg, picture, saved
from tests.fixtures.reports import docx_of, report
from tests.integration.conftest import Travel

Json = dict[str, Any]
YES = {"focused": True, "logical": True, "concise": True, "substantial": True}


def plan(**changes: Any) -> Json:
    today = clock.today()
    body = {
        "year": today.year,
        "title": "年度网上申报",
        "opensOn": today.isoformat(),
        "closesOn": (today + timedelta(days=10)).isoformat(),
        "siteUrl": "https://declare.example.cn/",
        "accountHolder": "社事办专员",
    }
    return body | changes


async def put(crew: Crew, round_id: str, body: Json, *, by: str = "office") -> httpx.Response:
    return await (await crew.of(by)).put(f"/api/declaration-rounds/{round_id}", json=body)


async def opened(crew: Crew, **changes: Any) -> Json:
    answer = await put(crew, new_id(), plan(**changes))
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def ask_of(shown: Json, material: str, format: str) -> Json:
    found: Json = next(one for one in shown["asks"] if (one["material"], one["format"]) == (material, format))
    return found


def of_unit(shown: Json, material: str, format: str, unit: str) -> Json:
    rows = ask_of(shown, material, format)["materials"]
    found: Json = next(one for one in rows if one["unitName"] == unit)
    return found


async def read(crew: Crew, round_id: str, by: str = "office") -> Json:
    found: Json = await crew.get(by, f"/api/declaration-rounds/{round_id}")
    return found


async def material(crew: Crew, material_id: str, by: str = "office") -> Json:
    found: Json = await crew.get(by, f"/api/declaration-materials/{material_id}")
    return found


async def publish(crew: Crew, shown: Json, material: str, format: str, **changes: Any) -> Json:
    """Set what the outside system published for one ask."""
    now = await read(crew, shown["id"])
    ask = ask_of(now, material, format)
    url = f"/api/declaration-asks/{ask['id']}"
    answer = await (await crew.of("office")).put(url, json={"version": now["version"], **changes})
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def file_report(crew: Crew, data: bytes, name: str = "说明报告.docx", *, by: str = "health") -> httpx.Response:
    digest = hashlib.sha256(data).hexdigest()
    return await (await crew.of(by)).put(
        f"/api/declaration-files/{digest}", params={"fileName": name}, content=data,
        headers={"Content-Type": "application/octet-stream"},
    )  # fmt: skip


async def reported(crew: Crew, *, by: str = "health", characters: int = 800, seed: str = "一") -> Json:
    """The part of a report that has arrived, with a source."""
    data = docx_of(report(characters - 1, more=[seed]))
    answer = await file_report(crew, data, by=by)
    assert answer.status_code == 200, answer.text
    assert answer.json()["characters"] == characters
    source = {"kind": "measure", "statement": "开展健康教育讲座", "source": "区卫计局工作总结"}
    return {"report": {"sha256": answer.json()["sha256"], "fileName": "说明报告.docx", "sources": [source]}}


async def send(crew: Crew, by: str, data: bytes) -> str:
    answer = await uploads.send(await crew.of(by), data)
    assert answer.headers.get("x-photo-sha256"), answer.text
    return hashlib.sha256(data).hexdigest()


async def scene(crew: Crew, by: str = "health", *, seed: int = 1, **changes: Any) -> Json:
    sha256 = await send(crew, by, jpeg(seed, (160, 120)))
    told = {"kind": "scene", "caption": "健康教育讲座", "place": "田心街道", "takenOn": "2026-09-20"}
    return {"sha256": sha256, "fileName": "讲座.jpg", **told, **changes}


async def hand_in(
    crew: Crew, material_id: str, body: Json, *, by: str = "health", edition: str | None = None
) -> httpx.Response:
    url = f"/api/declaration-materials/{material_id}/editions/{edition or new_id()}"
    return await (await crew.of(by)).put(url, json=body)


async def handed(crew: Crew, material_id: str, body: Json, *, by: str = "health") -> Json:
    answer = await hand_in(crew, material_id, body, by=by)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


async def decide(crew: Crew, shown: Json, decision: str, **more: Any) -> httpx.Response:
    url = f"/api/declaration-editions/{shown['editions'][0]['id']}/decision"
    return await (await crew.of("office")).post(url, json={"decision": decision, **more})


async def paper(crew: Crew, material_id: str, **changes: Any) -> httpx.Response:
    body = {"id": new_id(), "receivedOn": clock.today().isoformat(), "receiver": "社事办专员", **changes}
    return await (await crew.of("office")).post(f"/api/declaration-materials/{material_id}/papers", json=body)


async def complete(crew: Crew, material_id: str, body: Json, *, by: str = "health", **how: Any) -> Json:
    shown = await handed(crew, material_id, body, by=by)
    answer = await decide(crew, shown, "accept", **how)
    assert answer.status_code == 200, answer.text
    answer = await paper(crew, material_id)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def test_a_round_asks_for_what_the_notice_asks_for_and_of_whom(crew: Crew) -> None:
    shown = await opened(crew)
    assert len({one["material"] for one in shown["asks"]}) == 14 and len(shown["asks"]) == 16
    assert [row["unitName"] for row in ask_of(shown, "M-42-1", "GFWJ")["materials"]] == ["区科技局"]
    report_rows = ask_of(shown, "M-42-2", "SMBG")["materials"]
    assert (report_rows[0]["unitName"], report_rows[0]["part"]) == ("区科技局", "compiles")
    assert {row["unitName"] for row in report_rows} == {"区科技局", "区科协", "田心街道", "清水塘街道"}
    assert [row["unitName"] for row in ask_of(shown, "M-RY-1", "TJBG")["materials"]] == ["社事办"]
    assert (shown["locked"], shown["daysLeft"], shown["complete"]) == (False, 10, 0)
    assert "password" not in str(shown).lower()


async def test_the_same_round_twice_is_one_and_another_under_its_id_is_refused(crew: Crew) -> None:
    round_id = new_id()
    answers = await asyncio.gather(*(put(crew, round_id, plan()) for _ in range(3)))
    assert sorted(one.status_code for one in answers) in ([200, 201, 201], [201, 201, 201], [200, 200, 201])
    assert len(await crew.get("office", "/api/declaration-rounds")) == 1
    assert problem(await put(crew, round_id, plan(title="另一轮"))) == "declaration-differs"
    changed = await put(crew, round_id, plan(title="另一轮", version=1))
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert problem(await put(crew, round_id, plan(title="第三轮", version=1))) == "declaration-version-differs"
    wrong = plan(closesOn=(clock.today() - timedelta(days=1)).isoformat(), siteUrl="ftp://x")
    assert pointers(await put(crew, new_id(), wrong)) == ["/closesOn", "/closesOn", "/siteUrl"]


async def test_r8_a_unit_sees_and_hands_in_its_own_and_the_compiler_the_parts_of_the_others(crew: Crew) -> None:
    shown = await opened(crew)
    mine = await read(crew, shown["id"], "street")
    assert {row["unitName"] for ask in mine["asks"] for row in ask["materials"]} == {"田心街道"}
    assert mine["actions"] == [] and mine["owed"] == 3
    foreign = of_unit(shown, "M-61-4", "SMBG", "区卫计局")["id"]
    assert await crew.status("street", f"/api/declaration-materials/{foreign}") == 404
    assert (await hand_in(crew, foreign, await reported(crew, by="street"), by="street")).status_code == 404
    assert await crew.status("street", f"/api/declaration-materials/{foreign}/candidates") == 404
    assert await crew.status("leader", f"/api/declaration-materials/{foreign}") == 200


async def test_r22_from_handing_in_to_complete_with_its_paper(crew: Crew) -> None:
    shown = await opened(crew)
    one = of_unit(shown, "M-61-4", "SMBG", "区卫计局")["id"]
    assert problem(await paper(crew, one)) == "declaration-nothing-handed-in"
    body = await reported(crew)
    first = await handed(crew, one, body)
    assert (first["standing"], first["editions"][0]["number"]) == ("submitted", 1)
    assert pointers(await decide(crew, first, "return")) == ["/reason"]
    assert pointers(await decide(crew, first, "accept")) == ["/judgements"]
    returned = await decide(crew, first, "return", reason="数据陈旧，请更新")
    assert returned.json()["standing"] == "returned"
    second = await handed(crew, one, {**body, "note": "已更新"})
    assert [edition["number"] for edition in second["editions"]] == [2, 1]
    accepted = await decide(crew, second, "accept", judgements=YES)
    assert accepted.json()["standing"] == "paper"
    ahead = (clock.today() + timedelta(days=1)).isoformat()
    assert pointers(await paper(crew, one, receivedOn=ahead)) == ["/receivedOn"]
    assert (await paper(crew, one)).json()["standing"] == "complete"
    row = of_unit(await read(crew, shown["id"], "health"), "M-61-4", "SMBG", "区卫计局")
    assert (row["standing"], row["paperOn"]) == ("complete", clock.today().isoformat())


async def test_r27_r28_a_short_report_is_let_pass_only_with_a_reason(crew: Crew) -> None:
    shown = await opened(crew)
    one = of_unit(shown, "M-61-4", "SMBG", "区卫计局")["id"]
    body = await reported(crew, characters=639)
    url = f"/api/declaration-materials/{one}/check"
    told = (await (await crew.of("health")).post(url, json=body)).json()
    assert told["characters"] == 639
    assert [(fault["code"], fault["gravity"]) for fault in told["faults"]] == [("report-short", "warning")]
    assert "639 字" in told["faults"][0]["message"]
    short = await handed(crew, one, body)
    no = YES | {"concise": False}
    assert pointers(await decide(crew, short, "accept", judgements=no, override="指标内容少")) == [
        "/judgements/concise"
    ]
    returned = await decide(crew, short, "return", reason="文字须再精炼", judgements=no)
    assert returned.json()["editions"][0]["judgements"] == no and returned.json()["standing"] == "returned"
    assert pointers(await decide(crew, short, "accept", judgements=YES)) == ["/override"]
    accepted = await decide(crew, short, "accept", judgements=YES, override="指标内容少")
    assert accepted.json()["editions"][0]["override"] == "指标内容少"


async def test_r25_r27_the_body_of_a_document_is_judged_as_a_report_is(crew: Crew) -> None:
    shown = await opened(crew)
    one = of_unit(shown, "M-61-1", "GFWJ", "区卫计局")["id"]
    head = await send(crew, "health", jpeg(53, (160, 120)))
    document = {"title": "规划", "issuer": "区卫计局", "number": "1号", "issuedOn": "2026-10-01"}
    pages = [{"sha256": head, "fileName": "1.jpg", "tag": "red_head"}]
    body = {"document": document, "pages": pages, **await reported(crew, characters=1500)}
    told = await handed(crew, one, body)
    assert pointers(await decide(crew, told, "accept")) == ["/judgements"]
    assert (await decide(crew, told, "accept", judgements=YES)).json()["standing"] == "paper"


async def test_r29_what_is_no_report_is_refused_with_how_to_mend_it(crew: Crew) -> None:
    for data, name, code in (
        (b"%PDF-1.7", "报告.docx", "report-pdf"),
        (docx_of(["x"]), "报告.docm", "report-macros"),
        (docx_of(["x"]), "报告.doc", "report-renamed"),
        ("说明".encode(), "报告.txt", "report-suffix"),
    ):
        answer = await file_report(crew, data, name)
        assert (answer.status_code, problem(answer)) == (422, "declaration-report-refused")
        assert answer.json()["errors"][0]["code"] == code and answer.json()["errors"][0]["message"]
    data = docx_of(["说明"])
    url = f"/api/declaration-files/{'0' * 64}"
    differs = await (await crew.of("health")).put(url, params={"fileName": "a.docx"}, content=data)
    assert pointers(differs) == ["/file"]


async def test_naming_a_hash_gives_no_right_to_a_report_or_a_picture(crew: Crew) -> None:
    shown = await opened(crew)
    theirs = await reported(crew, by="health")
    mine = of_unit(shown, "M-42-2", "SMBG", "田心街道")["id"]
    assert pointers(await hand_in(crew, mine, theirs, by="street")) == ["/report"]
    photo = await scene(crew, "health", seed=5)
    pictures = of_unit(shown, "M-42-2", "SJTP", "田心街道")["id"]
    assert pointers(await hand_in(crew, pictures, {"pictures": [photo]}, by="street")) == ["/pictures/0"]


async def test_r31_r32_pictures_that_do_not_fit_are_refused_and_made_to_fit(crew: Crew) -> None:
    shown = await opened(crew)
    one = of_unit(shown, "M-61-4", "SJTP", "区卫计局")["id"]
    png = saved(picture(400, 300), "PNG")
    sha256 = await send(crew, "health", png)
    told = {"kind": "scene", "caption": "讲座", "place": "田心", "takenOn": "2026-09-20"}
    wrong = {"sha256": sha256, "fileName": "讲座.jpg", **told}
    refused = await hand_in(crew, one, {"pictures": [wrong]})
    assert pointers(refused) == ["/pictures/0"]
    assert "转为合格图片" in refused.json()["errors"][0]["message"]
    taken = await handed(crew, one, {"pictures": [{**wrong, "shrink": True}]})
    (kept,) = taken["editions"][0]["pictures"]
    assert 0 < kept["sizeBytes"] <= 2_000_000
    file = await (await crew.of("office")).get(f"/api/declaration-materials/{one}/files/{sha256}")
    assert file.content.startswith(b"\xff\xd8\xff")
    assert len(file.content) == kept["sizeBytes"]
    shown_copy = await (await crew.of("health-leader")).get(f"/api/declaration-materials/{one}/pictures/{sha256}")
    assert shown_copy.headers["content-type"] == "image/jpeg"
    original = await (await crew.of("health")).get(f"/api/photos/{sha256}/original")
    assert original.content == png


async def test_r31_a_newspaper_is_not_asked_where_it_was_taken_and_a_scene_is(crew: Crew) -> None:
    shown = await opened(crew)
    one = of_unit(shown, "M-61-4", "SJTP", "区卫计局")["id"]
    paper_page = await scene(crew, seed=21, kind="newspaper", place="")
    on_site = await scene(crew, seed=22)
    taken = await handed(crew, one, {"pictures": [paper_page, on_site]})
    flags = {two["kind"]: [flag["code"] for flag in two["flags"]] for two in taken["editions"][0]["pictures"]}
    assert flags["newspaper"] == []
    assert "no-position" in flags["scene"]


async def test_a_photo_of_the_units_own_repair_is_taken_over_and_no_other(crew: Crew) -> None:
    task_id = await crew.opened()
    photo = await crew.photo("health", seed=31)
    await crew.did("health", task_id, "reply", text="已整改", measure="补贴标识", photos=[photo])
    await crew.did("inspector2", task_id, "strike_off", note="已复查", photos=[await crew.photo("inspector2", seed=32)])
    shown = await opened(crew)
    one = of_unit(shown, "M-61-4", "SJTP", "区卫计局")["id"]
    offered = await crew.get("health", f"/api/declaration-materials/{one}/candidates")
    repair = next(two for two in offered if two["sha256"] == photo)
    assert repair["struckOff"] and repair["purpose"] == "reply" and offered[0]["struckOff"]
    assert await crew.status("health", f"/api/declaration-materials/{one}/pictures/{photo}") == 200
    body = await scene(crew, seed=33) | {"sha256": photo, "useId": repair["useId"]}
    # A colleague who did not deliver it may take it over too.
    taken = await handed(crew, one, {"pictures": [body]}, by="health-leader")
    assert taken["editions"][0]["pictures"][0]["useId"] == repair["useId"]
    streets = of_unit(shown, "M-42-2", "SJTP", "田心街道")["id"]
    assert all(
        two["sha256"] != photo for two in await crew.get("street", f"/api/declaration-materials/{streets}/candidates")
    )
    assert pointers(await hand_in(crew, streets, {"pictures": [body]}, by="street")) == ["/pictures/0"]


async def test_r33_the_number_is_published_late_and_measured_at_once(crew: Crew) -> None:
    shown = await opened(crew)
    one = of_unit(shown, "M-61-4", "SJTP", "区卫计局")["id"]
    body = {"pictures": [await scene(crew, seed=41), await scene(crew, seed=42)]}
    assert (await complete(crew, one, body))["standing"] == "unpublished"
    await publish(crew, shown, "M-61-4", "SJTP", requiredCount=2)
    assert (await material(crew, one))["standing"] == "complete"
    await publish(crew, shown, "M-61-4", "SJTP", requiredCount=3)
    lacking = await material(crew, one)
    assert lacking["standing"] == "lacking"
    assert "还缺 1 张" in lacking["editions"][0]["faults"][0]["message"]


async def test_r33_units_meet_the_number_together(crew: Crew) -> None:
    shown = await opened(crew)
    await publish(crew, shown, "M-42-2", "SJTP", requiredCount=2)
    materials = {one["unitName"]: one["id"] for one in ask_of(shown, "M-42-2", "SJTP")["materials"]}
    science, street = materials["区科技局"], materials["田心街道"]
    for seed, one in ((61, science), (62, street)):
        body = {"pictures": [await scene(crew, "office", seed=seed)], "enteredNote": "来件"}
        found = await complete(crew, one, body, by="office")
        assert found["standing"] == ("lacking" if one == science else "complete")
    assert (await material(crew, science))["standing"] == "complete"


async def test_r34_a_table_of_another_template_is_refused(crew: Crew) -> None:
    shown = await opened(crew)
    one = of_unit(shown, "M-61-3", "TJBG", "区卫计局")["id"]
    await publish(crew, shown, "M-61-3", "TJBG", templateVersion="2026-1")
    page = {
        "sha256": await send(crew, "health", saved(picture(300, 400), "PNG")),
        "fileName": "扫描.png",
        "tag": "seal",
    }
    body = {
        "pages": [page],
        "seal": {"department": "市卫健委", "sealedOn": "2026-11-01"},
        "figures": [{"label": "每千名常住人口公共卫生人员数", "value": "0.84"}],
        "templateVersion": "2025-2",
    }
    refused = await hand_in(crew, one, body)
    assert pointers(refused) == ["/templateVersion"] and "2026-1" in refused.json()["errors"][0]["message"]
    assert (await complete(crew, one, {**body, "templateVersion": "2026-1"}))["standing"] == "complete"


async def test_r26_a_document_for_the_provinces_opinion_needs_both_pages_before_it_is_accepted(crew: Crew) -> None:
    shown = await opened(crew)
    one = of_unit(shown, "M-53-1", "GFWJ", "区统计局")["id"]
    head = await send(crew, "office", jpeg(51, (160, 120)))
    seal = await send(crew, "office", jpeg(52, (160, 120)))
    document = {"title": "评价意见", "issuer": "省文明办", "number": "湘文明办〔2026〕1号", "issuedOn": "2026-10-01"}
    body: Json = {"document": document, "pages": [{"sha256": head, "fileName": "1.jpg", "tag": "red_head"}]}
    assert pointers(await hand_in(crew, one, body, by="office")) == ["/enteredNote"]
    body["enteredNote"] = "10月8日区统计局来件"
    half = await handed(crew, one, body, by="office")
    assert half["editions"][0]["enteredFor"]
    refused = await decide(crew, half, "accept")
    assert [error["code"] for error in refused.json()["errors"]] == ["seal-page-missing"]
    body["pages"].append({"sha256": seal, "fileName": "2.jpg", "tag": "seal"})
    assert (await complete(crew, one, body, by="office"))["standing"] == "complete"


async def test_handing_in_twice_at_once_keeps_one_version_and_another_under_its_id_is_refused(crew: Crew) -> None:
    shown = await opened(crew)
    one = of_unit(shown, "M-61-4", "SMBG", "区卫计局")["id"]
    body, edition = await reported(crew), new_id()
    answers = await asyncio.gather(*(hand_in(crew, one, body, edition=edition) for _ in range(4)))
    assert sorted({two.status_code for two in answers}) in ([200, 201], [201])
    assert len((await material(crew, one))["editions"]) == 1
    differs = await hand_in(crew, one, {**body, "note": "另一稿"}, edition=edition)
    assert problem(differs) == "declaration-edition-differs"
    others = await asyncio.gather(*(hand_in(crew, one, {**body, "note": f"第{n}稿"}) for n in range(3)))
    assert {two.status_code for two in others} == {201}
    assert [two["number"] for two in (await material(crew, one))["editions"]] == [4, 3, 2, 1]
    old = {"editions": [(await material(crew, one))["editions"][1]]}
    assert problem(await decide(crew, old, "accept", judgements=YES)) == "declaration-decision-refused"


async def test_r21_r87_a_closed_round_is_locked_late_ones_are_kept_and_count_when_it_is_opened_again(
    crew: Crew, travel: Travel
) -> None:
    shown = await opened(crew)
    one = of_unit(shown, "M-61-4", "SMBG", "区卫计局")["id"]
    early = await handed(crew, one, await reported(crew))
    travel(timedelta(days=11))
    crew = crew.again()
    assert problem(await decide(crew, early, "accept", judgements=YES)) == "declaration-locked"
    assert problem(await put(crew, shown["id"], plan(version=1))) == "declaration-locked"
    ask = ask_of(shown, "M-61-4", "SJTP")["id"]
    answer = await (await crew.of("office")).put(
        f"/api/declaration-asks/{ask}", json={"version": 1, "requiredCount": 2}
    )
    assert problem(answer) == "declaration-locked"
    late = await handed(crew, one, {**await reported(crew), "note": "补报"})
    assert [(edition["number"], edition["late"]) for edition in late["editions"]] == [(2, True), (1, False)]
    assert late["standing"] == "submitted" and late["locked"]
    never = of_unit(shown, "M-61-1", "GFWJ", "区卫计局")["id"]
    assert (await material(crew, never))["standing"] == "missing"
    url, reopening = f"/api/declaration-rounds/{shown['id']}/reopenings", new_id()
    body = {"id": reopening, "untilOn": (clock.today() + timedelta(days=2)).isoformat(), "reason": "上级延期"}
    for _ in range(2):
        reopened = await (await crew.of("office")).post(url, json=body)
        assert reopened.status_code == 200, reopened.text
    assert len(reopened.json()["reopenings"]) == 1 and not reopened.json()["locked"]
    now = await material(crew, one)
    assert [edition["late"] for edition in now["editions"]] == [False, False]
    assert (await decide(crew, now, "accept", judgements=YES)).status_code == 200
    again = {**body, "id": new_id()}
    assert pointers(await (await crew.of("office")).post(url, json=again)) == ["/untilOn"]


async def test_r35_the_package_holds_what_was_accepted_with_its_hashes_and_what_is_lacking(crew: Crew) -> None:
    shown = await opened(crew)
    report_id = of_unit(shown, "M-61-4", "SMBG", "区卫计局")["id"]
    pictures_id = of_unit(shown, "M-61-4", "SJTP", "区卫计局")["id"]
    body = await reported(crew)
    await complete(crew, report_id, body, judgements=YES)
    fitting = await scene(crew, seed=61, caption="=讲座")
    big = await send(crew, "health", saved(picture(300, 200), "PNG"))
    shrunk = {**fitting, "sha256": big, "fileName": "大图.png", "shrink": True, "caption": "义诊"}
    await complete(crew, pictures_id, {"pictures": [fitting, shrunk]})
    await handed(crew, of_unit(shown, "M-61-4", "SMBG", "区卫计局")["id"], {**body, "note": "未审核的新稿"})
    planned = await crew.get("office", f"/api/declaration-rounds/{shown['id']}/package")
    assert planned["files"] == 3
    assert {(gap["material"], gap["standing"]) for gap in planned["gaps"] if gap["material"] == "M-61-4"} == {
        ("M-61-4", "submitted"),
        ("M-61-4", "unpublished"),
    }
    answer = await (await crew.of("office")).get(planned["url"])
    assert "filename" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        rows = list(csv.DictReader(io.StringIO(archive.read("材料清单.csv").decode("utf-8-sig"))))
        assert len(rows) == 3
        for row in rows:
            data = archive.read(row["文件"])
            assert hashlib.sha256(data).hexdigest() == row["SHA-256"] and len(data) == int(row["大小（字节）"])
            assert row["纸质版接收人"] == "社事办专员"
        folder = "III-61 医疗卫生服务体系"
        assert {row["文件"] for row in rows} == {
            f"{folder}/M-61-4 说明报告/区卫计局_01_说明报告.docx",
            f"{folder}/M-61-4 实景图片/区卫计局_01_=讲座.jpg",
            f"{folder}/M-61-4 实景图片/区卫计局_02_义诊.jpg",
        }
        assert (
            "举措：开展健康教育讲座（区卫计局工作总结）"
            in rows[0]["来源出处"] + rows[1]["来源出处"] + rows[2]["来源出处"]
        )
        gaps = archive.read("缺项清单.csv").decode("utf-8-sig")
        assert "区统计局,未报送" in gaps
    one = await crew.get("office", f"/api/declaration-rounds/{shown['id']}/package", indicator="III-31")
    assert one["files"] == 0


async def test_units_are_reminded_of_what_is_missing_once_a_day_and_before_the_last_day(
    crew: Crew, district: District, travel: Travel
) -> None:
    shown = await opened(crew)
    url = f"/api/declaration-rounds/{shown['id']}/reminders"
    told = [(await (await crew.of("office")).post(url)).json()["told"] for _ in range(2)]
    assert told[0] > 0 and told[1] == 0
    inbox = await crew.get("health", "/api/messages")
    (message,) = [one for one in inbox["items"] if one["kind"] == "declaration-missing"]
    assert "区卫计局" in message["subject"] and message["link"] == f"/declaration/{shown['id']}"
    assert await declarations_due(district.database, clock.now()) > 0  # ten days left: the step of a fortnight
    assert await declarations_due(district.database, clock.now()) == 0
    travel(timedelta(days=4))
    assert await declarations_due(district.database, clock.now()) > 0
