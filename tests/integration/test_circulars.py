"""The monthly circular and notices over HTTP: counted, worded, signed, sent round. On both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx

from server import clock
from tests.factories.crew import Crew, pointers, problem
from tests.factories.inspections import new_id
from tests.integration.conftest import Travel
from tests.integration.test_letters import issued, move, moved

Json = dict[str, Any]
CONTACT = {"contactName": "社事办", "contactPhone": "0731-22880000"}


async def month_with_findings(crew: Crew, travel: Travel) -> tuple[Crew, str]:
    """A month with one closed and one late task, and the people on the tenth of the month after."""
    month = clock.month_of(clock.today())
    await crew.closed("YL-C01")
    await crew.opened("YL-B01", "YL-04")
    while clock.month_of(clock.today()) == month:
        travel(timedelta(days=1))
    travel(timedelta(days=10))
    return crew.again(), month


async def draft(crew: Crew, what: str, body: Json) -> httpx.Response:
    return await (await crew.of("office")).post(f"/api/letters/{what}", json=body)


async def drafted(crew: Crew, month: str) -> Json:
    answer = await draft(crew, "circulars", {"id": new_id(), "month": month, **CONTACT})
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


async def put_words(crew: Crew, letter_id: str, kind: str, words: Json) -> httpx.Response:
    return await (await crew.of("office")).put(f"/api/letters/{letter_id}/words/{kind}", json=words)


def text_of(letter: Json) -> str:
    return "\n".join(part["heading"] + part["text"] for part in letter["document"]["body"])


async def circular_words(crew: Crew, letter: Json) -> Json:
    words = await crew.get("office", f"/api/letters/{letter['id']}/words")
    kept = {name: words[name] for name in ("version", "opening", "demands", "exemplary", "lagging")}
    return kept | {"examples": [{"unit": one["unit"], "examples": one["examples"]} for one in words["units"]]}


async def test_r62_a_month_that_ended_without_its_circular_is_proposed_until_it_has_one(
    crew: Crew, travel: Travel
) -> None:
    assert (await crew.get("office", "/api/proposals"))["circulars"] == []
    crew, month = await month_with_findings(crew, travel)
    proposed = (await crew.get("office", "/api/proposals"))["circulars"]
    assert proposed == [{"month": month, "visits": 2, "problems": 2}]
    letter = await drafted(crew, month)
    assert (await crew.get("office", "/api/proposals"))["circulars"] == []
    await moved(crew, "office", letter["id"], "cancel", reason="重拟")
    assert len((await crew.get("office", "/api/proposals"))["circulars"]) == 1


async def test_r62_the_figures_are_counted_from_the_rows_and_say_where_they_come_from(
    crew: Crew, travel: Travel
) -> None:
    crew, month = await month_with_findings(crew, travel)
    letter = await drafted(crew, month)
    body = text_of(letter)
    assert "督查点位2个，发现问题2个，其中已整改销号1个，正在整改0个，逾期未整改1个" in body
    assert "按督查内容分，医疗卫生服务体系2次、点位2个" in body
    assert "已销号或已到期的问题2个，其中按期销号1个，按期整改率50.0%；逾期未整改1个，销号后反弹0个" in body
    assert "区卫计局整改滞后，予以通报批评" in body
    ranking, still_open, sources = letter["document"]["annexes"]
    assert [one["label"] for one in letter["document"]["annexes"]] == ["附件1", "附件2", "附件3"]
    health = next(row for row in ranking["table"]["rows"] if row[1] == "区卫计局")
    assert health == ["1", "区卫计局", "2", "1", "1", "1", "50.0%"]
    (row,) = still_open["table"]["rows"]
    assert row[3] == "区卫计局"
    assert row[-1].startswith("逾期")
    figures = {name: (value, query, on) for name, value, query, on in sources["table"]["rows"]}
    today = clock.today()
    query = f"问题：月份={month}，状态=已确认，按整改任务去重，不含作废"
    assert figures["发现问题（个）"] == ("2", query, f"{today.year}年{today.month}月{today.day}日")
    assert figures["按期整改率"][0] == "50.0%"


async def test_r62_a_running_month_has_no_circular_yet_and_no_month_two(crew: Crew, travel: Travel) -> None:
    await crew.opened()
    this_month = {"id": new_id(), "month": clock.month_of(clock.today()), **CONTACT}
    assert pointers(await draft(crew, "circulars", this_month)) == ["/month"]
    crew, month = await month_with_findings(crew.again(), travel)
    await crew.of("office")
    bodies = [{"id": new_id(), "month": month, **CONTACT} for _ in range(4)]
    answers = await asyncio.gather(*(draft(crew, "circulars", body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {problem(one) for one in answers if one.status_code == 409} == {"letter-circular-exists"}


async def test_the_same_draft_again_is_the_same_letter(crew: Crew, travel: Travel) -> None:
    crew, month = await month_with_findings(crew, travel)
    body = {"id": new_id(), "month": month, **CONTACT}
    once, again = await draft(crew, "circulars", body), await draft(crew, "circulars", body)
    assert once.json() == again.json()
    assert problem(await draft(crew, "circulars", body | {"contactName": "别人"})) == "letter-draft-differs"


async def test_r62_words_are_the_offices_and_no_figure_can_be_typed(crew: Crew, travel: Travel) -> None:
    crew, month = await month_with_findings(crew, travel)
    letter = await drafted(crew, month)
    words = await circular_words(crew, letter)
    words |= {
        "opening": "现将有关情况通报如下：",
        "lagging": [],
        "demands": [{"heading": "立即整改", "text": "限期整改。"}],
    }
    for one in words["examples"]:
        one["examples"] = ["个别点位缺少标识"] if one["unit"] == "区卫计局" else one["examples"]
    changed = (await put_words(crew, letter["id"], "circular", words)).json()
    body = text_of(changed)
    assert "立即整改。限期整改。" in body
    assert "主要问题：个别点位缺少标识。" in body
    assert "予以通报批评" not in body
    assert changed["document"]["annexes"] == letter["document"]["annexes"]
    assert problem(await put_words(crew, letter["id"], "circular", words)) == "letter-version-differs"
    fresh = await circular_words(crew, changed)
    assert pointers(await put_words(crew, letter["id"], "circular", fresh | {"exemplary": ["某单位"]})) == [
        "/exemplary/0"
    ]
    typed = fresh | {"units": [{"unit": "区卫计局", "found": 0}]}
    assert (await put_words(crew, letter["id"], "circular", typed)).status_code == 400
    await moved(crew, "office", letter["id"], "send_to_review")
    late = fresh | {"version": fresh["version"] + 1}
    assert problem(await put_words(crew, letter["id"], "circular", late)) == "letter-move-refused"


async def test_r62_counting_anew_keeps_the_words(crew: Crew, travel: Travel) -> None:
    crew, month = await month_with_findings(crew, travel)
    letter = await drafted(crew, month)
    words = await circular_words(crew, letter) | {"demands": [{"heading": "立即整改", "text": "限期整改。"}]}
    letter = (await put_words(crew, letter["id"], "circular", words)).json()
    late = (await crew.get("office", "/api/tasks", status="open"))["items"][0]["id"]
    await crew.did("health", late, "reply", text="已整改", measure="补贴")
    photo = await crew.photo("inspector2", seed=77)
    await crew.did("inspector2", late, "strike_off", note="已复查", photos=[photo])
    office = await crew.of("office")
    url = f"/api/letters/{letter['id']}/figures"
    assert problem(await office.post(url, params={"version": 1})) == "letter-version-differs"
    counted = (await office.post(url, params={"version": letter["version"]})).json()
    body = text_of(counted)
    assert "发现问题2个，其中已整改销号2个，正在整改0个，逾期未整改0个" in body
    assert "立即整改。限期整改。" in body
    assert [one["title"] for one in counted["document"]["annexes"]] == ["各责任单位问题整改情况表", "数据来源说明"]


async def test_r62_a_circular_goes_to_every_unit_when_it_is_issued_and_not_before(crew: Crew, travel: Travel) -> None:
    crew, month = await month_with_findings(crew, travel)
    letter = await drafted(crew, month)
    assert await crew.status("street", f"/api/letters/{letter['id']}") == 404
    letter = await issued(crew, letter["id"])
    assert letter["number"] == f"株石创社〔{clock.today().year}〕1号"
    for login in ("street", "health", "health-leader"):
        seen = await crew.get(login, f"/api/letters/{letter['id']}")
        assert seen["readers"] == []
        assert seen["actions"] == []
        assert [step["action"] for step in seen["history"]] == ["issue"]
        told = await crew.get(login, "/api/messages")
        assert f"/letters/{letter['id']}" in [one["link"] for one in told["items"]]
    readers = (await crew.get("office", f"/api/letters/{letter['id']}"))["readers"]
    assert len({one["unit"] for one in readers}) > 3
    assert problem(await move(crew, "health", letter["id"], "reply", text="收悉", signer="某")) == "not-found"
    pdf = await (await crew.of("street")).get(f"/api/letters/{letter['id']}/pdf")
    assert pdf.content.startswith(b"%PDF")


async def test_r49_each_kind_has_its_own_series(crew: Crew, travel: Travel) -> None:
    crew, month = await month_with_findings(crew, travel)
    circular = await issued(crew, (await drafted(crew, month))["id"])
    numbers = [circular["number"]]
    for subject in ("做好迎检工作", "开展自查"):
        answer = await draft(crew, "notices", notice(subject))
        numbers.append((await issued(crew, answer.json()["id"]))["number"])
    year = clock.today().year
    assert numbers == [f"株石创社〔{year}〕1号", f"株石创社通〔{year}〕1号", f"株石创社通〔{year}〕2号"]


def notice(subject: str = "做好迎检工作", **changes: Any) -> Json:
    body = {
        "id": new_id(),
        "subject": subject,
        "opening": "为做好迎检工作，现将有关事项通知如下：",
        "sections": [{"heading": "工作任务", "items": ["全面自查", "建立台账"]}],
        **CONTACT,
    }
    return body | changes


async def test_a_notice_goes_to_the_units_it_names_and_to_no_other(crew: Crew) -> None:
    health = await crew.unit("区卫计局")
    letter = (await draft(crew, "notices", notice(unitIds=[health]))).json()
    assert letter["document"]["salutation"] == "区卫计局："
    assert "1.全面自查" in text_of(letter).replace(" ", "")
    await issued(crew, letter["id"])
    assert await crew.status("health", f"/api/letters/{letter['id']}") == 200
    assert await crew.status("street", f"/api/letters/{letter['id']}") == 404
    assert await crew.status("street", f"/api/letters/{letter['id']}/pdf") == 404
    everybody = (await draft(crew, "notices", notice())).json()
    assert everybody["document"]["salutation"] == "各成员单位："
    strange = notice(unitIds=["019de000-0000-7000-8000-000000000000"])
    assert pointers(await draft(crew, "notices", strange)) == ["/unitIds"]


async def test_the_words_of_a_notice_may_be_changed_until_it_is_reviewed(crew: Crew) -> None:
    letter = (await draft(crew, "notices", notice())).json()
    words = await crew.get("office", f"/api/letters/{letter['id']}/words")
    kept = {name: words[name] for name in ("version", "subject", "opening", "sections")}
    changed = (await put_words(crew, letter["id"], "notice", kept | {"subject": "做好年终迎检工作"})).json()
    assert changed["title"] == "关于做好年终迎检工作的通知"
    assert problem(await put_words(crew, letter["id"], "circular", await circular_like())) == "not-found"


async def circular_like() -> Json:
    demands = [{"heading": "一", "text": "二"}]
    return {"version": 1, "opening": "", "demands": demands, "exemplary": [], "lagging": [], "examples": []}
