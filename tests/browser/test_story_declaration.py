"""One declaration from the opening of its round to its package (R21–R35)."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import NewDevice
from tests.browser.declaration import DeclarationDesk, kept
from tests.browser.device import DESK, Device
from tests.browser.office import Office
from tests.fixtures.photos import jpeg, picture, saved
from tests.fixtures.reports import docx_of, report

TITLE = "年度网上申报演练"
UNIT = "区卫计局"


def test_a_round_is_opened_handed_in_decided_and_taken_away_as_a_package(
    desk: Device, new_device: NewDevice, tmp_path: Path
) -> None:
    office = DeclarationDesk(Office(desk).sign_in()).open().open_round(TITLE, days=9)
    expect(desk.page.get_by_text("还剩 9 天")).to_be_visible()
    expect(office.ask("M-61-4", "实景图片")).to_contain_text("数量要求未发布")
    desk.screenshot("declaration-round")

    theirs = new_device("unit", DESK)
    unit = DeclarationDesk(Office(theirs).sign_in("health")).open().show_round(TITLE)
    expect(theirs.page.get_by_text("区统计局")).to_have_count(0)

    # A PDF is refused with how to mend it; a report of 650 characters without its source too.
    unit.show("M-61-4", "说明报告", UNIT).do("报送材料")
    unit.upload("上传文档", kept(tmp_path, "情况说明.docx", b"%PDF-1.7 not a document"))
    expect(unit.sheet.get_by_role("alert")).to_contain_text("这是 PDF 文件")
    text = docx_of(report(650, more=["资料来源：区卫计局年度统计"]))
    unit.upload("上传文档", kept(tmp_path, "情况说明.docx", text))
    expect(unit.sheet.get_by_text("650 字")).to_be_visible()
    unit.expect_check("未注明来源出处")
    theirs.screenshot("declaration-report-unit")
    unit.sheet.get_by_label("第 1 条内容").fill("开展健康教育讲座")
    unit.sheet.get_by_label("第 1 条出处").fill("区卫计局工作总结")
    unit.expect_check("各项核对均通过")
    unit.hand_in()

    # One picture fits, one is made to fit.
    unit.show("M-61-4", "实景图片", UNIT).do("报送材料")
    small = kept(tmp_path, "义诊.jpg", jpeg(3, (640, 480)))
    large = kept(tmp_path, "讲座.png", saved(picture(800, 600), "PNG"))
    unit.upload("上传图片", small, large)
    for name, caption in (("义诊.jpg", "广场义诊"), ("讲座.png", "健康讲座")):
        card = unit.sheet.get_by_role("group", name=name)
        card.get_by_label("图片说明").fill(caption)
        card.get_by_label("地点").fill("田心街道")
        card.get_by_label("拍摄（刊播）日期").fill("2026-09-20")
    expect(unit.sheet.get_by_role("group", name="讲座.png").get_by_label(re.compile("转为合格图片"))).to_be_checked()
    unit.expect_check("尚未发布图片数量要求")
    theirs.screenshot("declaration-pictures-unit")
    unit.hand_in()

    # The office answers the four questions, accepts, and notes the paper copies.
    office.show("M-61-4", "说明报告", UNIT).expect_standing("待审核")
    expect(office.sheet.get_by_text("650 字")).to_be_visible()
    office.do("审核通过")
    office.judge()
    office.do("审核通过").expect_standing("待纸质版")
    office.do("登记纸质版").do("登记").expect_standing("齐备")
    office.show("M-61-4", "实景图片", UNIT).expect_standing("待审核")
    desk.screenshot("declaration-pictures-office")
    office.do("审核通过").expect_standing("待纸质版")
    office.do("登记纸质版").do("登记").expect_standing("待发布要求")
    office.sheet.get_by_role("button", name="关闭").click()
    office.publish("M-61-4", "实景图片", count=2)
    expect(office.ask("M-61-4", "实景图片")).to_contain_text("2 / 2 张")
    expect(office.ask("M-61-4", "实景图片").get_by_role("button", name=re.compile(f"^{UNIT}"))).to_contain_text("齐备")

    desk.page.get_by_role("button", name="打包下载").click()
    card = desk.page.get_by_role("dialog")
    expect(card.get_by_role("list", name="缺项")).to_contain_text("M-53-1")
    desk.screenshot("declaration-package")
    with desk.page.expect_download() as saving:
        card.get_by_role("link", name=re.compile("下载")).click()
    with zipfile.ZipFile(saving.value.path()) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("材料清单.csv").decode("utf-8-sig"))))
        assert len(rows) == 3
        for row in rows:
            assert hashlib.sha256(archive.read(row["文件"])).hexdigest() == row["SHA-256"]
        assert "未报送" in archive.read("缺项清单.csv").decode("utf-8-sig")
    # The unit sees it too, without having asked.
    expect(unit.ask("M-61-4", "实景图片").get_by_role("button", name=re.compile(f"^{UNIT}"))).to_contain_text("齐备")
