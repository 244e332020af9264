"""The administrator lets somebody in, lets somebody go, and brings the district's sites as a list with errors."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.device import Device
from tests.browser.office import Office
from tests.fixtures import lists

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLES = ("序号", "点位编码", "点位名称", "类别", "责任单位", "所属街道", "经度", "纬度", "地址")
NEW: list[Any] = [1, "YL-91", "新桥卫生服务站", "社区卫生服务站", "区卫计局", "田心街道", 113.12, 27.87, "新桥路2号"]
CHANGED: list[Any] = [2, "YL-03", "", "", "", "", "", "", "北路99号"]
WRONG: list[Any] = [3, "KP-91", "新桥科普活动室", "药店", "田心街道", "田心街道", 27.87, 113.12, "新桥路4号"]


def a_list(rows: list[list[Any]]) -> FilePayload:
    return {"name": "点位.xlsx", "mimeType": XLSX, "buffer": lists.workbook(rows, titles=TITLES, above=["点位一览表"])}


def part(admin: Office, name: str) -> Page:
    admin.page.get_by_role("navigation", name="设置", exact=True).get_by_role("link", name=name).click()
    return admin.page


def row(page: Page, number: int) -> Locator:
    return page.locator(f"tr[data-row='{number}']")


def test_a_list_of_sites_is_brought_in_with_its_errors_mended(desk: Device) -> None:
    admin = Office(desk).sign_in("admin")
    page = part(admin, "点位")
    page.get_by_role("button", name="导入点位表").click()
    page.locator("input[type=file]").set_input_files(a_list([NEW, CHANGED, WRONG]))
    expect(row(page, 5)).to_contain_text("不认识的类别“药店”")
    expect(row(page, 5)).to_contain_text("经度、纬度填反了")
    expect(row(page, 4)).to_contain_text("北路99号")
    expect(page.get_by_role("button", name="导入 2 行")).to_be_enabled()
    desk.screenshot("site-import-errors")

    for field, text in (("类别", "科普活动室"), ("经度", "113.12"), ("纬度", "27.87")):
        cell = page.get_by_label(f"更正第 5 行{field}", exact=True)
        cell.fill(text)
        cell.press("Tab")
    expect(row(page, 5)).to_contain_text("新增")
    page.get_by_role("checkbox", name="导入第 4 行").uncheck()
    page.get_by_role("button", name="导入 2 行").click()
    expect(page.get_by_role("status").filter(has_text="已导入")).to_contain_text("新增 2，更新 0")

    # The same list again finds everything there but what was left out.
    expect(page.get_by_text("新增 0，更新 1，无变化 2，有错误 0")).to_be_visible()
    page.get_by_role("button", name="返回点位").click()
    expect(page.get_by_role("row").filter(has_text="新桥科普活动室")).to_contain_text("27.87000, 113.12000")


def test_somebody_new_signs_in_and_somebody_who_goes_cannot(desk: Device, phone: Device) -> None:
    admin = Office(desk).sign_in("admin")
    page = part(admin, "人员")
    page.get_by_role("button", name="新增人员").click()
    form = page.get_by_role("complementary", name="新增人员")
    form.get_by_label("姓名").fill("科技局联络员")
    form.get_by_label("账号").fill("kjj-01")
    form.get_by_label("身份").select_option("liaison")
    form.get_by_label("单位").select_option(label="区科技局")
    form.get_by_role("button", name="登记").click()
    once = page.get_by_role("dialog", name="一次性密码")
    password = once.locator(".password").inner_text()
    once.get_by_role("button", name="已告知，关闭").click()

    newcomer = Office(phone)
    newcomer.device.open("/office/")
    newcomer.page.get_by_label("账号").fill("kjj-01")
    newcomer.page.get_by_label("密码").fill(password)
    newcomer.page.get_by_role("button", name="登录", exact=True).click()
    expect(newcomer.page.get_by_label("新密码", exact=True)).to_be_visible()

    person = page.get_by_role("complementary", name="人员")
    person.get_by_role("button", name="交接、离岗").click()
    handing = page.get_by_role("complementary", name="工作交接")
    handing.get_by_label("接收人").select_option(label="暂无接任人（岗位空缺）")
    handing.get_by_label("交接原因").fill("调离")
    handing.get_by_label("离开单位").check()
    handing.get_by_role("button", name="交接", exact=True).click()
    handing.get_by_role("button", name="办理交接").click()
    gone = page.get_by_role("row").filter(has_text="kjj-01")
    expect(gone).to_contain_text("已停用")
    expect(page.get_by_text("区科技局 联络员：科技局联络员 → 空缺")).to_be_visible()
    newcomer.page.reload()
    expect(newcomer.page.get_by_label("账号")).to_be_visible()
