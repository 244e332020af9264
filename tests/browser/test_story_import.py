"""An office starts with what it has: its ledger and a superior's list become tasks, and the list goes back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from playwright.sync_api import FilePayload, Locator, Page, expect

from server import clock
from tests.browser.device import Device
from tests.browser.office import Office
from tests.fixtures import lists
from tests.fixtures.photos import jpeg

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FOUND, DUE = date(2026, 3, 5), date(2026, 12, 1)


def a_file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": XLSX, "buffer": data}


def line(number: int, **cells: Any) -> list[Any]:
    told = {
        "found": FOUND, "site": "田心示范医院", "problem": f"三楼候诊区无禁烟标识{number}", "unit": "区卫计局",
        "measure": "张贴标识", "due": DUE, "closed": "否",
    } | cells  # fmt: skip
    return [number, *(told[name] for name in ("found", "site", "problem", "unit", "measure", "due", "closed")), ""]


def ledger_with_errors() -> bytes:
    rows = [line(1), line(2, unit="区水务局", due="尽快"), line(3, closed="是"), line(4, unit="区卫健局")]
    titles = (*lists.LEDGER_TITLES, "问题照片")
    return lists.workbook(rows, titles=titles, above=["石峰区创文整改台账"], pictures=[(2, 8, jpeg(seed=3))])


class Imports:
    """The page of imports."""

    def __init__(self, office: Office) -> None:
        self.page: Page = office.page
        self.office = office

    def open(self) -> Imports:
        self.office.go("整改")
        self.page.get_by_role("link", name="导入清单").click()
        expect(self.page.get_by_role("heading", name="导入清单")).to_be_visible()
        return self

    def drop(self, zone: str, file: FilePayload) -> Imports:
        self.page.get_by_label(zone).set_input_files(file)
        return self

    def row(self, number: int) -> Locator:
        return self.page.get_by_role("row").filter(
            has=self.page.get_by_role("button", name=f"查看第 {number} 行", exact=True)
        )

    def count(self, state: str) -> Locator:
        return self.page.get_by_role("button", name=re.compile(f"^{state} ?\\d+$"))


def test_a_ledger_with_errors_is_mended_and_taken_over_once(desk: Device) -> None:
    office = Office(desk).sign_in()
    imports = Imports(office).open()
    imports.drop("导入现有整改台账", a_file("台账.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))
    expect(imports.page.get_by_role("alert")).to_contain_text("另存为")

    imports.drop("导入现有整改台账", a_file("台账.xlsx", ledger_with_errors()))
    expect(imports.page.get_by_role("heading", name="台账.xlsx")).to_be_visible()
    first = imports.page.get_by_role("row").nth(1)
    expect(first).to_contain_text("有错误")
    expect(first).to_contain_text("E4")
    expect(first).to_contain_text("找不到责任单位“区水务局”")
    expect(first).to_contain_text("G4")
    expect(imports.row(5)).to_contain_text("已销号，只接收未销号的问题")
    expect(imports.row(6)).to_contain_text("区卫计局")  # by the name it has had since
    expect(imports.row(3).get_by_role("img", name="照片 1")).to_be_visible()
    desk.screenshot("imports-errors")

    imports.page.keyboard.press("j")
    sheet = imports.page.get_by_role("complementary", name="查看第 4 行")
    sheet.get_by_label("责任单位").fill("田心街道办事处")
    sheet.get_by_label("整改时限").fill("12月20日")
    sheet.get_by_role("button", name="保存更正").click()
    expect(sheet).to_contain_text("可接收")
    expect(sheet).to_contain_text("“12月20日”没有写全年份")
    imports.page.keyboard.press("Escape")
    expect(imports.count("有错误")).to_contain_text("0")

    imports.page.get_by_role("button", name="接收 3 行").click()
    expect(imports.page.get_by_text("已接收 3 行")).to_be_visible()
    imports.row(4).get_by_role("button", name="查看第 4 行").click()
    imports.page.get_by_role("link", name=re.compile("^任务 ")).click()
    expect(office.sheet).to_contain_text("三楼候诊区无禁烟标识2")
    expect(office.sheet).to_contain_text("田心街道")

    imports.open().drop("导入现有整改台账", a_file("台账.xlsx", ledger_with_errors()))
    expect(imports.count("已有")).to_contain_text("3")
    expect(imports.count("可接收")).to_contain_text("0")


def test_a_superiors_list_becomes_tasks_and_goes_back_in_its_own_file(desk: Device, tmp_path: Path) -> None:
    due = clock.today() + timedelta(days=20)
    rows = [
        ["1", "东门菜市场", "入口地面油污明显", "", "区卫计局", due.strftime("%Y年%m月%d日"), ""],
        ["2", "东门菜市场", "禁烟标识破损", "", "田心街道", "", ""],
    ]
    data = lists.workbook(rows, titles=lists.SUPERIOR_TITLES, above=["交办清单"], pictures=[(2, 3, jpeg(seed=13))])
    imports = Imports(Office(desk).sign_in()).open().drop("导入上级交办清单", a_file("交办.xlsx", data))
    expect(imports.row(4)).to_contain_text("没有写明整改时限")
    expect(imports.page.get_by_role("button", name="接收 1 行")).to_be_disabled()
    imports.page.get_by_label("交办单位").fill("市文明办")
    imports.page.get_by_label("文号").fill("株文明办〔2026〕31号")
    imports.page.get_by_role("button", name="保存", exact=True).click()
    imports.row(4).get_by_role("button", name="查看第 4 行").click()
    sheet = imports.page.get_by_role("complementary", name="查看第 4 行")
    sheet.get_by_label("整改时限").fill(due.isoformat())
    sheet.get_by_role("button", name="保存更正").click()
    expect(sheet).to_contain_text("可接收")
    imports.page.keyboard.press("Escape")
    imports.page.get_by_role("button", name="接收 2 行").click()
    expect(imports.page.get_by_text("已接收 2 行")).to_be_visible()

    imports.page.get_by_role("button", name="回报件", exact=True).click()
    expect(imports.page.get_by_text("尚有 2 个问题未办结")).to_be_visible()
    desk.screenshot("imports-return")
    with imports.page.expect_download() as download:
        imports.page.get_by_role("link", name="下载回报件").click()
    path = tmp_path / "return.xlsx"
    download.value.save_as(path)
    assert "整改情况回报" in download.value.suggested_filename
    sheet_back = openpyxl.load_workbook(path).active
    assert sheet_back is not None
    assert [cell.value for cell in sheet_back[2]] == [*lists.SUPERIOR_TITLES, "整改措施", "整改后照片"]
    assert [sheet_back.cell(number, 7).value for number in (3, 4)] == ["正在整改", "正在整改"]
    imports.page.get_by_role("button", name="标记为已回报").click()
    expect(imports.page.get_by_text(re.compile("^已于 .* 回报$"))).to_be_visible()
