"""The office changes a checklist and the phone asks it; a form from elsewhere is brought in and filled on the phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checklist import Checklist
from tests.browser.conftest import NewDevice
from tests.browser.device import DESK, PHONE
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import Screens
from tests.servers.app import ROOT

FORM = ROOT.parent / "shared" / "forms" / "f1_health_facility.xls"
ROOM, HOSPITAL = "东门社区科普活动室", "田心示范医院"


class Editor:
    """The page of one checklist."""

    def __init__(self, office: Office) -> None:
        self.page: Page = office.page
        self.office = office

    def open(self, name: str) -> Editor:
        self.office.go("检查表")
        self.page.get_by_role("link", name=name).click()
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()
        return self

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    def item(self, code: str) -> Locator:
        return self.page.locator(f"[data-code='{code}']")

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    @property
    def preview(self) -> Locator:
        return self.page.get_by_role("complementary", name="手机预览")

    def expect_saved(self) -> Editor:
        expect(self.page.get_by_text("已保存", exact=True)).to_be_visible()
        return self

    def publish(self) -> Editor:
        """Publish from today, and wait until the version is in force."""
        self.button("发布").click()
        sheet = self.page.get_by_role("complementary", name="发布")
        sheet.get_by_role("button", name="发布").click()
        expect(sheet).to_have_count(0)
        expect(self.button("修改检查表")).to_be_visible()
        return self


def _begin_unplanned(phone: Phone, site: str, checklist: str) -> Checklist:
    phone.page.get_by_role("link", name="计划外检查").tap()
    phone.page.get_by_role("searchbox").fill(site)
    phone.page.get_by_role("link", name=checklist).tap()
    return Checklist(phone.begin())


def test_a_changed_item_is_published_and_asked_on_the_phone(new_device: NewDevice) -> None:
    desk = new_device("desk", DESK)
    office, screens = Office(desk).sign_in(), Screens(desk, "editor")
    editor = Editor(office).open("科普活动室硬件建设月度检查表")
    editor.button("修改检查表").click()
    editor.item("KY-A02").click()
    editor.field("检查内容").fill("门口标牌完好醒目，夜间可见")
    expect(editor.preview).to_contain_text("夜间可见")

    passes = editor.page.get_by_role("combobox", name="合格条件", exact=True)
    passes.select_option(label="只作记录，不判断")
    passes.select_option(label="答案等于")
    editor.item("KY-A02").focus()
    office.press("Alt+ArrowUp")
    expect(editor.page.locator("[data-code^='KY-A0']").first).to_contain_text("夜间可见")
    editor.item("KY-A07").click()
    editor.field("显示条件").select_option(label="满足以下全部条件")
    editor.page.get_by_label("条件 1 的检查项").select_option("KY-A02")
    expect(editor.preview).not_to_contain_text("功能分区清楚")
    editor.preview.locator("#item-KY-A02").get_by_role("button", name="是", exact=True).click()
    expect(editor.preview).to_contain_text("功能分区清楚")
    editor.expect_saved()
    screens.look("editor")

    editor.button("发布").click()
    sheet = editor.page.get_by_role("complementary", name="发布")
    expect(sheet).to_contain_text("夜间可见")
    expect(sheet).to_contain_text("KY-A02 答“是”")
    screens.look("publish")
    sheet.get_by_role("button", name="关闭").click()
    editor.publish()
    editor.button("历史版本").click()
    expect(editor.page.get_by_role("complementary", name="历史版本")).to_contain_text("第 2 版")
    screens.look("versions")

    inspector = Phone(new_device("phone", PHONE)).start().sign_in("inspector")
    checklist = _begin_unplanned(inspector, ROOM, "科普活动室硬件建设")
    expect(checklist.card("KY-A02")).to_contain_text("夜间可见")
    expect(checklist.card("KY-A07")).to_have_count(0)
    checklist.answer("KY-A02", "是")
    expect(checklist.card("KY-A07")).to_be_visible()
    assert not screens.complaints, "\n".join(screens.complaints)


@pytest.mark.skipif(not FORM.exists(), reason="the folder of real forms is not there")
def test_a_form_from_elsewhere_comes_in_with_a_report_and_is_filled_on_the_phone(
    new_device: NewDevice, tmp_path: Path
) -> None:
    desk = new_device("desk", DESK)
    office, screens = Office(desk).sign_in(), Screens(desk, "form")
    editor = Editor(office)
    office.go("检查表")
    editor.button("新建检查表").click()
    editor.field("名称").fill("医疗机构基本情况表")
    editor.field("编码").fill("JB")
    editor.button("建立草稿").click()
    editor.button("导入 XLSForm").click()
    report = editor.page.get_by_role("complementary", name="导入 XLSForm")
    report.get_by_label("选择表单文件").set_input_files(FORM)
    expect(report).to_contain_text("处不能表示")
    report.get_by_text("计算题不能表示").click()
    expect(report.get_by_role("row").filter(has_text="survey 第 17 行")).to_contain_text("instance(")
    screens.look("report")
    report.get_by_role("button", name="存为草稿", exact=True).click()
    expect(report).to_have_count(0)
    editor.page.get_by_label("医院", exact=True).check()
    editor.expect_saved()
    editor.field("名称").fill("医疗机构基本情况表")
    editor.expect_saved()
    screens.look("imported")
    editor.publish()
    editor.button("历史版本").click()
    with editor.page.expect_download() as given:
        editor.page.get_by_role("link", name="导出 XLSForm").click()
    given.value.save_as(tmp_path / "form.xlsx")
    assert (tmp_path / "form.xlsx").read_bytes().startswith(b"PK")

    inspector = Phone(new_device("phone", PHONE)).start().sign_in("inspector")
    checklist = _begin_unplanned(inspector, HOSPITAL, "医疗机构基本情况表")
    filling = Screens(inspector.device, "form")
    model = checklist.card("JB-A01")
    model.get_by_role("button", name="Extended Model").tap()
    expect(checklist.card("JB-A49")).to_be_visible()
    kinds = [code for code in checklist.codes() if "type of healthcare" in checklist.card(code).inner_text()]
    for code in kinds:
        checklist.answer(code, "否" if code != kinds[1] else "是")
    checklist.answer("JB-A48", "田心示范医院").answer("JB-A49", "Public")
    filling.look("filled")
    checklist.review().submit()
    inspector.go_home().expect_all_delivered()
    assert not [*screens.complaints, *filling.complaints], "\n".join([*screens.complaints, *filling.complaints])
