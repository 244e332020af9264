"""A scanned document and a table at a desk, pictures from a phone: what is wrong is said, and nothing is lost."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import NewDevice
from tests.browser.declaration import DeclarationDesk, DeclarationPhone, kept
from tests.browser.device import DESK, PHONE, Device
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.screens import Screens
from tests.fixtures.photos import jpeg, picture, saved
from tests.fixtures.reports import docx_of, report

TITLE = "四种格式申报演练"
UNIT = "区卫计局"


def formats_of(office: DeclarationDesk) -> dict[str, int]:
    """How many files of each format the round's package holds."""
    office.sheet.get_by_role("button", name="关闭", exact=True).click()
    office.page.get_by_role("button", name="打包下载").click()
    with office.page.expect_download() as saving:
        office.page.get_by_role("dialog").get_by_role("link", name=re.compile("下载")).click()
    with zipfile.ZipFile(saving.value.path()) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("材料清单.csv").decode("utf-8-sig"))))
    return {one: sum(row["格式"] == one for row in rows) for one in sorted({row["格式"] for row in rows})}


def test_a_document_and_a_table_are_mended_and_handed_in(desk: Device, new_device: NewDevice, tmp_path: Path) -> None:
    office = DeclarationDesk(Office(desk).sign_in()).open().open_round(TITLE, days=9)
    office.publish("M-61-3", "统计表格", template="2026-1")
    theirs = new_device("unit", DESK)
    unit = DeclarationDesk(Office(theirs).sign_in("health")).open().show_round(TITLE)

    seen = Screens(theirs, "declaration-unit")

    # R24: one bad file of three holds up no other and is named; without the red head or the seal nothing is handed in.
    unit.show("M-61-1", "规范文件", UNIT).do("报送材料")
    head = kept(tmp_path, "红头页.jpg", jpeg(11, (600, 800)))
    seal = kept(tmp_path, "盖章页.png", saved(picture(600, 800), "PNG"))
    unit.upload("上传扫描图片", head, kept(tmp_path, "红头.pdf", b"%PDF-1.7 not a picture"), seal)
    expect(unit.sheet.get_by_role("group", name="红头.pdf")).to_contain_text("不是照片")
    for page in (1, 2):
        unit.sheet.get_by_label(f"第 {page} 张页别").select_option(label="内页")
    unit.sheet.get_by_label("文件标题").fill("公共卫生服务规划")
    unit.sheet.get_by_label("发文机关").fill(UNIT)
    unit.expect_check("须有红头页或盖章页")
    unit.sheet.get_by_label("第 1 张页别").select_option(label="红头页")

    # Offline it says so; the file is sent again as it is, and a sheet that was closed comes back as it was filled in.
    theirs.go_offline()
    unit.sheet.get_by_label("发文字号").fill("株石卫〔2026〕1号")
    unit.expect_check("没有连上服务器")
    unit.upload("上传文档", kept(tmp_path, "主体.docx", docx_of(report(1500))))
    lost = unit.sheet.get_by_role("group", name="主体.docx")
    expect(lost).to_contain_text("没有连上服务器")
    theirs.go_online()
    lost.get_by_role("button", name="重试").click()
    expect(unit.sheet.get_by_text("1500 字")).to_be_visible()
    theirs.page.keyboard.press("Escape")
    expect(unit.sheet).to_have_count(0)
    unit.show("M-61-1", "规范文件", UNIT).do("报送材料")
    expect(unit.sheet.get_by_text("已恢复上次填写")).to_be_visible()
    unit.sheet.get_by_label("第 1 条内容").fill("开展讲座")
    unit.sheet.get_by_label("第 1 条出处").fill("年度工作总结")
    unit.sheet.get_by_label("第 1 条发布日期").fill("2026-01-20")
    unit.sheet.get_by_label("成文日期").fill("2026-03-01")
    unit.expect_check("各项核对均通过")
    seen.look("document")
    unit.hand_in()

    # R34: another template and a spreadsheet are refused, a district's seal is questioned.
    unit.show("M-61-3", "统计表格", UNIT).do("报送材料")
    unit.upload(
        "上传扫描图片", kept(tmp_path, "表.xlsx", b"PK\x03\x04"), kept(tmp_path, "表.jpg", jpeg(12, (600, 800)))
    )
    expect(unit.sheet.get_by_role("group", name="表.xlsx")).to_contain_text("不是照片")
    unit.sheet.get_by_label("所用模板版本").fill("2025-2")
    unit.expect_check("本轮要求“2026-1”")
    unit.sheet.get_by_label("所用模板版本").fill("2026-1")
    unit.sheet.get_by_label("盖章单位").fill("株洲市石峰区统计局")
    unit.sheet.get_by_label("盖章日期").fill("2026-11-01")
    unit.sheet.get_by_label("第 1 行名称").fill("每千名常住人口公共卫生人员数")
    unit.sheet.get_by_label("第 1 行数值").fill("0.84")
    unit.expect_check("不像市级主管部门")
    unit.sheet.get_by_label("盖章单位").fill("株洲市卫健委")
    unit.expect_check("各项核对均通过")
    seen.look("table")
    unit.hand_in()

    # R25, R27: a document's body is judged as a report; a "no" is a return that says why, and the unit reads both.
    office.show("M-61-1", "规范文件", UNIT).do("审核通过")
    office.judge(no="文字是否精炼")
    office.sheet.get_by_label("退回理由").fill("第三部分请再精炼")
    office.do("退回").expect_standing("已退回")
    unit.show("M-61-1", "规范文件", UNIT)
    expect(unit.sheet).to_contain_text("第三部分请再精炼")
    expect(unit.sheet.get_by_text("文字是否精炼：否")).to_be_visible()
    office.do("撤回退回，改为通过").judge().do("审核通过").expect_standing("待纸质版")
    office.show("M-61-3", "统计表格", UNIT).do("审核通过").expect_standing("待纸质版")
    office.do("登记纸质版").do("登记").expect_standing("齐备")
    assert formats_of(office) == {"规范文件": 3, "统计表格": 1}
    assert seen.complaints == []


def test_pictures_are_taken_with_a_phone_offline_and_handed_in_later(desk: Device, new_device: NewDevice) -> None:
    title = "手机申报演练"
    office = DeclarationDesk(Office(desk).sign_in()).open().open_round(title, days=9)
    device = new_device("unit", PHONE)
    phone = DeclarationPhone(Phone(device).start().sign_in("health")).open(title).show("M-61-4 实景图片")
    seen = Screens(device, "declaration-phone")
    device.go_offline()
    chosen = saved(picture(800, 600), "PNG")
    phone.open_camera().phone.shoot().pick(("讲座.png", chosen), ("假.jpg", b"%PDF-1.7")).finish_camera()
    expect(phone.pictures).to_have_count(3)
    expect(phone.hand_in).to_be_disabled()
    for at in range(3):
        phone.describe(at, caption=f"健康讲座{at + 1}", place="田心街道", day="2026-09-20")
    seen.look("pictures")
    phone.hand_in.tap()
    expect(phone.trouble).to_contain_text("已保存在本机")

    # Opened anew, photos and words are there, and go with the network. What is no photo is named by the server.
    device.go_online()
    phone.page.reload()
    expect(phone.pictures).to_have_count(3)
    phone.hand_in.tap()
    expect(phone.pictures.nth(2)).to_contain_text("未被接收")
    phone.drop(3)
    expect(phone.pictures).to_have_count(2)
    phone.hand_in.tap()
    expect(phone.page.get_by_text("待审核", exact=True)).to_be_visible()
    expect(phone.page.get_by_text("上一稿已有")).to_have_count(2)

    # R32: what came as PNG is declared as a JPEG that fits.
    office.show("M-61-4", "实景图片", UNIT).expect_standing("待审核")
    expect(office.sheet.get_by_text("已转为合格图片")).to_have_count(2)
    assert seen.complaints == []


def test_a_photo_of_a_repair_is_taken_over_with_one_tap(desk: Device) -> None:
    office = DeclarationDesk(Office(desk).sign_in()).open().open_round("选用照片演练", days=9)
    seen = Screens(desk, "declaration-office")
    office.show("M-61-4", "实景图片", UNIT).do("报送材料").do("从检查和整改照片中选用")
    offered = office.sheet.get_by_role("list", name="从检查和整改照片中选用").get_by_role("listitem")
    offered.filter(has_text="已销号整改照片").first.get_by_role("button").click()
    taken = office.sheet.get_by_role("group", name=re.compile(r"^[0-9a-f]{12}\.jpg$"))
    expect(taken.get_by_label("地点")).not_to_have_value("")
    taken.get_by_label("图片说明").fill("整改后")
    office.sheet.get_by_label("代录来源").fill("单位来电")
    office.expect_check("尚未发布图片数量要求")
    seen.look("take-over")
    office.hand_in()
    expect(office.sheet.get_by_text("已转为合格图片")).to_have_count(1)
    assert seen.complaints == []
