"""A site on one page: whoever may see the site gets what they may see of it."""

from __future__ import annotations

import io
from datetime import date

import pdfplumber

from schemas.maps import MapSite
from schemas.wire import Position
from server.documents.site_sheet import render_site_sheet
from server.sites.telling import Owed, Seen, Shown, site_sheet
from tests.factories.crew import Crew
from tests.fixtures.photos import jpeg


def words_of(pdf: bytes) -> tuple[str, int]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return "".join(page.extract_text() for page in opened.pages).replace(" ", ""), len(opened.pages)


async def test_the_sheet_of_a_site_tells_how_it_stands(crew: Crew) -> None:
    await crew.closed("YL-B01")
    await crew.opened("YL-B02")
    site = await crew.site("YL-03")
    answer = await (await crew.of("office")).get(f"/api/sites/{site['id']}/sheet.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert "attachment" in answer.headers["content-disposition"]
    text, pages = words_of(answer.content)
    assert pages == 1
    for told in (site["name"], "最近检查", "未办结整改任务", "区卫计局", "整改前后照片"):
        assert told in text, told
    with pdfplumber.open(io.BytesIO(answer.content)) as opened:
        assert len(opened.pages[0].images) >= 1


async def test_r8_a_unit_gets_the_sheet_of_its_own_sites_only(crew: Crew) -> None:
    own, foreign = await crew.site("YL-03"), await crew.site("KP-05")
    mine = await (await crew.of("health")).get(f"/api/sites/{own['id']}/sheet.pdf")
    assert mine.status_code == 200
    text, _ = words_of(mine.content)
    assert "检查表" not in text  # the plan and its inspections are the district's
    assert await crew.status("street", f"/api/sites/{foreign['id']}/sheet.pdf") == 404
    assert await crew.status("office", "/api/sites/none/sheet.pdf") == 404


def test_the_fullest_sheet_is_one_page() -> None:
    long = "三楼候诊区、导诊台、楼梯间及卫生间均未张贴禁烟标识，多处标识破损褪色、内容陈旧，需要整体更换并补贴" * 3
    on = date(2026, 11, 25)
    site = MapSite(
        id="s", code="YL-03", name="田心街道第一社区卫生服务中心（北区分中心）", kind="health_centre", unit_id="u",
        unit_name="区卫计局", street_name="田心街道", institution="田心社区卫生服务中心", address="北路21号" * 12,
        position=Position(lat=27.8, lon=113.1), radius_m=150, keeper_post="服务台值班主任", keeper_phone="0731-0000000",
        standing="late", open=40, overdue=12, replied=3, findings={"2026-11": 99}, last_inspected_on=on,
        next_visit_on=on, recheck_on=on,
    )  # fmt: skip
    photo = jpeg(3, (640, 480))
    sheet = site_sheet(
        site,
        inspections=[Seen(on, "医疗卫生服务体系公共卫生宣传普及检查表", True, 88.0, 12)] * 9,
        tasks=[Owed("t", "2026-0001", long, "区委统战部民宗办", on, "open", True)] * 40,
        photos=[Shown(long, "2026-0001", "a", "b")] * 9,
        url="https://xungai.example.org/office/map/0199a1b2-0000-7000-8000-000000000000",
        today=on,
        say=lambda key: key,
    )
    text, pages = words_of(render_site_sheet(sheet, {"a": photo, "b": photo}))
    assert pages == 1
    assert "sheet-more" in text
