"""整改台账 as people open it: its columns, whose rows stand in it, and that it is made in batches."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from server import clock
from server.district import District
from server.ledger import gathering
from server.ledger.entries import Entry
from server.ledger.workbook import Book
from storage.database.models import Task
from tests.districts import PUBLIC_URL
from tests.factories.crew import Crew, pointers

TITLES = [
    "序号", "问题编号", "来源", "发现时间", "点位", "存在问题", "依据（检查项编码）",
    "严重程度", "责任单位", "落实单位", "分管领导", "责任人", "整改要求", "整改措施",
    "整改时限", "交办函文号", "回复期限", "回复时间", "督办函文号", "完成情况", "复查人",
    "复查时间", "复查结果", "退回次数", "是否销号", "销号人", "销号时间", "逾期天数（工作日）",
    "整改前照片", "整改后照片", "备注", "亮灯",
]  # fmt: skip


async def workbook(crew: Crew, login: str = "office", **params: Any) -> Any:
    """The ledger as that person downloads it."""
    answer = await (await crew.of(login)).get("/api/ledger.xlsx", params=params)
    assert answer.status_code == 200, answer.text
    assert "attachment" in answer.headers["content-disposition"]
    return openpyxl.load_workbook(io.BytesIO(answer.content))


async def rows(crew: Crew, login: str = "office", **params: Any) -> list[dict[str, Any]]:
    sheet = (await workbook(crew, login, **params))["整改台账"]
    titles, *lines = sheet.iter_rows(values_only=True)
    assert list(titles) == TITLES
    return [dict(zip(TITLES, line, strict=True)) for line in lines]


async def test_a_task_stands_in_it_from_its_finding_to_its_strike_off(crew: Crew) -> None:
    shot = await crew.photo("inspector", seed=77)
    task_id = await crew.replied(photos={"YL-B01": [shot]})
    await crew.did("office", task_id, "return", reason="标识未覆盖三楼")
    await crew.did("health", task_id, "reply", text="三楼已补贴", measure="补贴标识")
    proof = await crew.photo("inspector2", seed=78)
    await crew.did("inspector2", task_id, "strike_off", note="已复查", photos=[proof])

    book = await workbook(crew)
    row = (await rows(crew))[0]
    task = await crew.task(task_id)
    assert (row["序号"], row["问题编号"], row["来源"]) == (1, task["number"], "月度督查")
    assert (row["点位"], row["存在问题"], row["依据（检查项编码）"]) == (task["siteName"], task["problem"], "YL-B01")
    assert (row["责任单位"], row["落实单位"]) == ("区卫计局", task["institution"])
    assert row["整改时限"].date().isoformat() == task["dueOn"]
    assert (row["整改措施"], row["完成情况"], row["退回次数"]) == ("补贴标识", "三楼已补贴", 1)
    assert (row["复查结果"], row["是否销号"], row["亮灯"]) == ("合格", "是", "绿 已销号")
    assert row["复查人"] == row["销号人"] != ""
    assert row["整改前照片"] == f'=HYPERLINK("{PUBLIC_URL}/api/photos/{shot}/screen","查看（共1张）")'
    assert proof in row["整改后照片"]
    records = [line[6] for line in book["整改记录"].iter_rows(min_row=2, values_only=True)]
    assert records == ["确认", "回复", "退回", "回复", "销号"]
    assert [line[6] for line in book["退回记录"].iter_rows(min_row=2, values_only=True)] == ["标识未覆盖三楼"]
    standing = list(book["统计"].iter_rows(min_row=2, values_only=True))
    assert standing == [("区卫计局", 1, 1, 1, 0, 1), ("合计", 1, 1, 1, 0, 1)]


async def test_without_a_photo_the_reason_stands_there(crew: Crew) -> None:
    body = await crew.body(failing=["YL-B01", "YL-B02"])
    next(answer for answer in body["answers"] if answer["item"] == "YL-B01")["noPhotoReason"] = "涉及病人隐私"
    assert (await crew.put(body)).status_code == 201
    told = {row["依据（检查项编码）"]: row["整改前照片"] for row in await rows(crew)}
    assert told == {"YL-B01": "涉及病人隐私", "YL-B02": "检查时未拍摄照片"}


async def test_r8_a_unit_gets_its_own_confirmed_rows_only(crew: Crew) -> None:
    own = await crew.opened("YL-B01")
    await crew.found("YL-B02")
    other = await crew.opened("KY-A02", "KP-01")
    numbers = {task_id: (await crew.task(task_id))["number"] for task_id in (own, other)}
    assert [row["问题编号"] for row in await rows(crew, "health")] == [numbers[own]]
    assert [row["问题编号"] for row in await rows(crew, "street", q="KY-A02")] == [numbers[other]]
    for login in ("office", "supervisor", "leader", "civility", "inspector"):
        assert len(await rows(crew, login)) == 3, login
    assert await crew.status("admin", "/api/ledger.xlsx") == 403


async def test_r88_what_an_inspector_and_a_unit_wrote_is_text(crew: Crew, district: District) -> None:
    task_id = await crew.opened()
    await crew.did("health", task_id, "reply", text='=HYPERLINK("http://evil.test","x")', measure="@SUM(1)")
    async with district.database.writing() as session:
        (await session.get_one(Task, task_id)).problem = "+cmd|' /C calc'!A0"
    row = (await rows(crew))[0]
    assert (row["存在问题"], row["整改措施"]) == ("'+cmd|' /C calc'!A0", "'@SUM(1)")
    assert row["完成情况"].startswith("'=HYPERLINK")


async def test_it_takes_the_filters_of_the_list(crew: Crew, district: District) -> None:
    first = await crew.opened("YL-B01")
    await crew.opened("YL-B02")
    async with district.database.writing() as session:
        (await session.get_one(Task, first)).due_on = clock.today() - timedelta(days=30)
    late = await rows(crew, overdue="true")
    assert [row["依据（检查项编码）"] for row in late] == ["YL-B01"]
    assert late[0]["亮灯"] == "红 逾期"
    assert late[0]["逾期天数（工作日）"] > 10
    assert [row["依据（检查项编码）"] for row in await rows(crew, sort="dueOn")] == ["YL-B01", "YL-B02"]
    assert len(await rows(crew, q="YL-B02")) == 1
    assert len(await rows(crew, month=clock.month_of(clock.today()), status="open,replied")) == 2
    assert await rows(crew, status="closed") == []
    assert pointers(await (await crew.of("office")).get("/api/ledger.xlsx", params={"sort": "colour"})) == ["/sort"]


async def test_no_more_rows_are_held_than_a_batch(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    for site in ("YL-03", "YL-04"):
        await crew.submit(site, failing=["YL-B01", "YL-B02", "YL-B03", "YL-C01"])
    handed: list[int] = []
    write = Book.write

    def counted(book: Book, entries: list[Entry]) -> None:
        handed.append(len(entries))
        write(book, entries)

    monkeypatch.setattr(Book, "write", counted)
    monkeypatch.setattr(gathering, "BATCH", 3)
    found = await rows(crew)
    assert handed == [3, 3, 2]
    assert [row["序号"] for row in found] == list(range(1, 9))
    assert len({(row["点位"], row["依据（检查项编码）"]) for row in found}) == 8


async def test_nothing_is_left_behind(crew: Crew, district: District) -> None:
    await crew.opened()
    await workbook(crew)
    await (await crew.of("office")).get("/api/ledger.xlsx", params={"sort": "colour"})
    incoming: Path = district.settings.data_dir / "incoming"
    assert not list(incoming.glob("ledger-*"))
