"""What is searched is found, in Chinese and at once, the same on both databases, and only what one may see."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from server import clock
from server.audit import service as audit
from server.auth.actor import System
from server.district import District
from server.indexing import queries
from server.indexing.service import rebuild
from storage.database.models import Letter, SearchEntry
from tests.factories.crew import Crew
from tests.factories.inspections import new_id


async def found(crew: Crew, url: str, q: str, who: str = "office", **params: Any) -> list[str]:
    """The ids that a search answers, in its order."""
    return [row["id"] for row in (await crew.get(who, url, q=q, **params))["items"]]


async def noted(crew: Crew, site: str, item: str, note: str) -> str:
    """One finding with the inspector's own words; the id of its task."""
    body = await crew.body(site, failing=[item])
    for answer in body["answers"]:
        if answer["item"] == item:
            answer["note"] = note
    answer = await crew.put(body)
    assert answer.status_code == 201, answer.text
    task_id: str = answer.json()["findings"][0]["taskId"]
    return task_id


async def test_words_of_two_characters_and_parts_of_words_are_found(crew: Crew) -> None:
    first = await noted(crew, "YL-03", "YL-B01", "锅炉房没有贴标识，灭火器已过期")
    second = await noted(crew, "YL-04", "YL-B01", "配电箱缺少标识（Ａ组）")
    for asked, tasks in {
        "灭火": [first],
        "火器已过": [first],
        "标识": [second, first],
        "标识 锅炉": [first],
        "锅炉 配电": [],
        "a组": [second],
        "识灭": [],
        "锅": [first],
        "组": [second],
        "yl-b01": [second, first],
        "，": [],
        "' OR 1=1 --": [],
        '"*': [],
    }.items():
        assert await found(crew, "/api/tasks", asked) == tasks, asked
        findings = (await crew.get("office", "/api/findings", q=asked))["items"]
        assert [one["taskId"] for one in findings] == tasks, asked


async def test_the_site_and_the_item_are_words_of_a_finding(crew: Crew) -> None:
    await noted(crew, "YL-03", "YL-B01", "三处缺失")
    site = await crew.site("YL-03")
    shown = (await crew.get("office", "/api/findings"))["items"][0]
    for asked in (site["name"], shown["itemLabel"][:4], f"{site['name'][:3]} 缺失"):
        assert await found(crew, "/api/findings", asked) == [shown["id"]], asked
    assert await found(crew, "/api/inspections", site["name"]) == [shown["inspectionId"]]


async def test_a_task_is_found_by_its_number_from_the_confirmation_on(crew: Crew) -> None:
    task_id = await crew.opened()
    number = (await crew.task(task_id))["number"]
    assert await found(crew, "/api/tasks", number) == [task_id]
    assert await found(crew, "/api/tasks", number[-3:]) == [task_id]


async def test_r8_a_unit_finds_nothing_that_is_not_its_own(crew: Crew) -> None:
    task_id = await noted(crew, "YL-03", "YL-B01", "灭火器已过期")
    for who in ("health", "street"):
        assert await found(crew, "/api/tasks", "灭火器", who) == []
    await crew.did("office", task_id, "confirm")
    assert await found(crew, "/api/tasks", "灭火器", "health") == [task_id]
    assert await found(crew, "/api/tasks", "灭火器", "street") == []


async def test_a_search_keeps_to_the_filters_and_pages(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = [await noted(crew, site, "YL-B01", "缺少标识") for site in ("YL-03", "YL-04", "YL-05")]
    await crew.did("office", tasks[1], "confirm")
    for frequent in (5000, 1):
        monkeypatch.setattr(queries, "FREQUENT", frequent)
        assert await found(crew, "/api/tasks", "标识") == tasks[::-1]
        assert await found(crew, "/api/tasks", "标识", status="draft") == [tasks[2], tasks[0]]
        page = await crew.get("office", "/api/tasks", q="标识", limit=2)
        assert [row["id"] for row in page["items"]] == [tasks[2], tasks[1]]
        assert await found(crew, "/api/tasks", "标识", limit=2, cursor=page["next"]) == [tasks[0]]
        assert await found(crew, "/api/tasks", "缺少 没有") == []


async def test_one_search_answers_all_kinds_and_r8_only_what_one_may_see(crew: Crew) -> None:
    task_id = await noted(crew, "YL-03", "YL-B01", "灭火器已过期")
    site = await crew.site("YL-03")
    everything = (await crew.get("office", "/api/search", q="灭火器"))["kinds"]
    assert [(one["kind"], len(one["hits"]), one["hasMore"]) for one in everything] == [
        ("finding", 1, False),
        ("task", 1, False),
    ]
    assert everything[1]["hits"][0]["id"] == task_id
    named = (await crew.get("office", "/api/search", q=site["name"]))["kinds"]
    assert [one["kind"] for one in named] == ["site", "finding", "task"]
    assert named[0]["hits"][0]["id"] == site["id"]
    assert (await crew.get("health", "/api/search", q="灭火器"))["kinds"] == []
    await crew.did("office", task_id, "confirm")
    theirs = (await crew.get("health", "/api/search", q=site["name"]))["kinds"]
    assert [one["kind"] for one in theirs] == ["finding", "task"]
    assert (await crew.get("street", "/api/search", q="灭火器"))["kinds"] == []
    assert (await crew.get("office", "/api/search", q="，"))["kinds"] == []


async def test_a_letter_is_found_by_its_title_and_number(crew: Crew, district: District) -> None:
    async with district.database.writing() as session:
        session.add(
            Letter(
                id=(letter_id := new_id()), kind="notice", state="signed", code="石峰社事", year=2026, number=3,
                title="关于召开工作调度会的通知", content={}, content_sha256="0" * 64, created_at=clock.now(),
            )
        )  # fmt: skip
        audit.record(session, actor=System(), action="draft_letter", subject=("letter", letter_id))
    for asked in ("调度会", "石峰社事〔2026〕3号", "2026 3号"):
        kinds = (await crew.get("office", "/api/search", q=asked))["kinds"]
        assert [hit["id"] for one in kinds if one["kind"] == "letter" for hit in one["hits"]] == [letter_id], asked


async def test_a_refused_inspection_leaves_no_words_behind(crew: Crew) -> None:
    body = await crew.body("YL-03", failing=["YL-B01"])
    body["answers"][0]["item"] = "YL-Z99"
    refused = await crew.put(body, inspection_id=new_id())
    assert refused.status_code == 422
    assert await found(crew, "/api/findings", "YL-B01") == []


async def test_the_index_is_what_it_would_be_made_anew(crew: Crew, district: District) -> None:
    await crew.closed()
    await noted(crew, "YL-04", "YL-B02", "卫生间无洗手液")
    before = await entries(district)
    async with district.database.writing() as session:
        assert await rebuild(session) == len(before)
    assert await entries(district) == before
    assert len(await found(crew, "/api/findings", "洗手液")) == 1


async def entries(district: District) -> set[tuple[Any, ...]]:
    """The index without its numbers."""
    query = select(SearchEntry.kind, SearchEntry.subject_id, SearchEntry.at, SearchEntry.words)
    async with district.database.reading() as session:
        return {tuple(row) for row in await session.execute(query)}
