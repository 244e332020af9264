"""The basis library over HTTP."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from server import clock
from tests.factories.crew import Crew
from tests.factories.inspections import Json, new_id

PDF = b"%PDF-1.4\n% a scan\n%%EOF\n"


def paper(**how: Any) -> Json:
    return {"code": "SDXD", "title": "《石峰区“十大文明行动”实施方案》", "number": "株石创字〔2017〕1号", **how}


async def put(crew: Crew, body: Json, basis_id: str = "") -> Any:
    return await (await crew.of("office")).put(f"/api/basis/{basis_id or new_id()}", json=body)


async def named(crew: Crew, code: str, login: str = "office") -> Json:
    found: Json = next(one for one in await crew.get(login, "/api/basis") if one["code"] == code)
    return found


async def test_r90_what_the_notice_rests_on_is_listed_and_shown_missing(crew: Crew) -> None:
    listed = await crew.get("health", "/api/basis")
    assert [one["code"] for one in listed][:4] == ["YJTZ", "CYDW", "SDXD", "MBZR"]
    assert all(one["missing"] and one["named"] for one in listed)
    assert [one["code"] for one in (await named(crew, "SDXD"))["citedBy"]] == ["KW-SDXD"]


async def test_r90_a_paper_s_scan_is_kept_and_read_by_a_unit(crew: Crew) -> None:
    sha256 = hashlib.sha256(PDF).hexdigest()
    office = await crew.of("office")
    assert (await put(crew, paper(scan=sha256))).json()["errors"][0]["code"] == "basis-scan"
    kept = await office.put(f"/api/letter-scans/{sha256}", content=PDF, headers={"Content-Type": "application/pdf"})
    assert kept.status_code == 204
    basis_id = new_id()
    assert [(await put(crew, paper(scan=sha256), basis_id)).status_code for _ in range(2)] == [201, 200]
    assert (await put(crew, paper(), basis_id)).status_code == 409
    seen = await named(crew, "SDXD", "health")
    assert (seen["missing"], seen["hasScan"], seen["version"]) == (False, True, 1)
    read = await (await crew.of("health")).get(f"/api/basis/{basis_id}/scan")
    assert read.content == PDF


async def test_a_further_version_follows_and_the_one_before_stays_readable(crew: Crew) -> None:
    first = new_id()
    await put(crew, paper(url="https://example.org/1"), first)
    await put(crew, paper(url="https://example.org/2", indicators=["III-42"]))
    seen = await named(crew, "SDXD")
    assert (seen["version"], seen["url"]) == (2, "https://example.org/2")
    assert [one["code"] for one in seen["citedBy"]] == ["III-42", "KW-SDXD"]
    assert await crew.status("office", f"/api/basis/{first}/scan") == 404


async def test_a_paper_of_the_office_s_own_stands_behind_those_of_the_notice(crew: Crew) -> None:
    await put(crew, paper(code="OWN-1", title="专业组工作规则", number=""))
    last = (await crew.get("office", "/api/basis"))[-1]
    assert (last["title"], last["named"], last["missing"]) == ("专业组工作规则", False, True)


async def test_an_address_of_another_kind_and_a_day_ahead_are_refused(crew: Crew) -> None:
    ahead = (clock.today() + timedelta(days=1)).isoformat()
    for wrong, code in (
        (paper(url="javascript:alert(1)"), "basis-url"),
        (paper(url="https://"), "basis-url"),
        (paper(issuedOn=ahead), "basis-ahead"),
        (paper(indicators=["III-99"]), "indicator-unknown"),
        (paper(title="  "), "required"),
    ):
        answer = await put(crew, wrong)
        assert (answer.status_code, [one["code"] for one in answer.json()["errors"]]) == (422, [code])
