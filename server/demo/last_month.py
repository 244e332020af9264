"""What happened in the demo district last month."""

from __future__ import annotations

from typing import Final

from server.demo.story import After, Ago, Fault, InMonth, MonthsBefore, Photo, Step, Story, confirm
from server.demo.two_months_ago import REUSED

LAST_MONTH: Final = (
    Story(
        "YL-03",
        "YL",
        InMonth(1, 2),
        "10:35",
        "inspector",
        guidance="已当场要求立即清理安全出口",
        faults=(
            Fault(
                "YL-A08",
                "西侧宣传栏破损、褪色",
                photos=(Photo("board-torn", "found"),),
                steps=(
                    confirm(After(1), "09:20"),
                    Step(
                        "health",
                        "reply",
                        After(3),
                        "10:10",
                        text="西侧宣传栏已修复并更换内容",
                        measure="纳入每周环境巡查",
                        photos=(REUSED,),
                    ),
                    Step(
                        "supervisor",
                        "return",
                        After(4),
                        "09:05",
                        reason="所附照片与北门社区卫生服务站上月整改照片为同一张，请到现场重新拍摄后再报",
                    ),
                    Step(
                        "health",
                        "reply",
                        After(6),
                        "14:45",
                        text="已到现场重新拍摄，前次为资料员误传，已提醒",
                        measure="照片上报前由联络员核对",
                        photos=(Photo("board-fresh", "again"),),
                    ),
                    Step(
                        "inspector2",
                        "strike_off",
                        After(7),
                        "10:50",
                        note="现场复查，宣传栏已修复",
                        photos=(Photo("board-fresh", "check"),),
                    ),
                ),
            ),
            Fault(
                "YL-G03",
                "一楼西侧安全出口堆放纸箱，疏散通道受阻",
                photos=(Photo("exit-blocked", "found"),),
                steps=(
                    confirm(After(0), "11:20", "supervisor"),
                    Step(
                        "health",
                        "reply",
                        After(1),
                        "08:50",
                        text="纸箱已于当日清空，安全出口恢复畅通",
                        measure="药库到货当日入库，不在通道周转",
                        photos=(Photo("exit-clear", "after"),),
                    ),
                    Step(
                        "inspector2",
                        "strike_off",
                        After(2),
                        "09:40",
                        note="现场复查，疏散通道畅通",
                        photos=(Photo("exit-clear", "check"),),
                    ),
                ),
            ),
        ),
    ),
    Story(
        "YL-04",
        "YL",
        InMonth(1, 3),
        "09:50",
        "inspector2",
        faults=(
            Fault(
                "YL-D02",
                "一楼无障碍厕位堆放保洁用具，扶手松动",
                photos=(Photo("toilet", "found"),),
                steps=(
                    confirm(After(1), "09:30"),
                    Step("health", "progress", After(4), "15:00", text="保洁用具已清出，扶手已报修，配件采购中"),
                    Step(
                        "office",
                        "extend",
                        Ago(4),
                        "10:30",
                        until_in=10,
                        reason="扶手配件到货延迟，经研究同意延期，期间设置提示牌",
                    ),
                ),
            ),
        ),
    ),
    Story(
        "KP-05",
        "KY",
        InMonth(1, 3),
        "15:30",
        "inspector2",
        faults=(
            Fault(
                "KY-C05",
                "科普资料架内容近半年未更新，部分架位空置",
                value=MonthsBefore(5),
                photos=(Photo("shelf-old", "found"),),
                steps=(
                    confirm(After(1), "10:05"),
                    Step("street2", "progress", After(4), "16:20", text="新一期科普资料已送印，到货后立即更换"),
                ),
            ),
        ),
    ),
    Story(
        "YL-05",
        "YL",
        InMonth(1, 5),
        "14:40",
        "inspector",
        faults=(
            Fault(
                "YL-B02",
                "门口发现烟头2处",
                no_photo="当场清扫，未及拍照",
                steps=(
                    Step(
                        "office",
                        "void",
                        After(1),
                        "10:15",
                        reason="经与督查员核实，位置在院外人行道，不属于该机构管理范围",
                    ),
                ),
            ),
        ),
    ),
    Story(
        "YL-07",
        "YL",
        InMonth(1, 6),
        "10:00",
        "inspector2",
        faults=(
            Fault(
                "YL-A12",
                "最近一次健康讲座缺签到表和简报",
                no_photo="资料核查，现场无可拍摄内容",
                steps=(
                    confirm(After(1), "09:10", due_in=15),
                    Step(
                        "health",
                        "reply",
                        Ago(4),
                        "11:15",
                        text="已补齐签到表、简报和现场照片",
                        measure="讲座结束当日归档",
                        photos=(Photo("paper", "first"),),
                    ),
                    Step(
                        "supervisor", "return", Ago(3), "16:30", reason="签到表日期与讲座日期不一致，请核实后重新上报"
                    ),
                ),
            ),
        ),
    ),
    Story(
        "YL-08",
        "YL",
        InMonth(1, 7),
        "09:25",
        "inspector",
        faults=(
            Fault(
                "YL-E01",
                "收费标准、诊疗时间公示栏空缺",
                photos=(Photo("notices-missing", "found"),),
                steps=(
                    confirm(After(1), "09:40"),
                    Step(
                        "health",
                        "reply",
                        After(3),
                        "15:55",
                        text="诊疗科目、收费标准和诊疗时间均已上墙公示",
                        measure="标准调整后3个工作日内更新公示",
                        photos=(Photo("notices-posted", "after"),),
                    ),
                    Step(
                        "inspector2",
                        "strike_off",
                        After(5),
                        "10:25",
                        note="现场复查，公示齐全",
                        photos=(Photo("notices-posted", "check"),),
                    ),
                ),
            ),
        ),
    ),
    Story(
        "KP-03",
        "KY",
        InMonth(1, 7),
        "15:00",
        "inspector2",
        faults=(
            Fault(
                "KY-B02",
                "22件展品损坏停用，可用比例不足八成",
                value=40,
                photos=(Photo("exhibits-broken", "found"),),
                steps=(
                    confirm(After(1), "11:00", "supervisor", due_in=40),
                    Step("street", "progress", After(5), "09:30", text="已联系厂家上门检修，首批9件已修复"),
                    Step(
                        "street",
                        "reply",
                        Ago(2),
                        "16:40",
                        text="已修复18件、报废登记4件，设备登记册同步更新",
                        measure="每月末开展一次设备点检",
                        photos=(Photo("exhibits-mended", "after", "gallery"),),
                    ),
                ),
            ),
        ),
    ),
    Story(
        "KP-01",
        "KH",
        InMonth(1, 8),
        "16:00",
        "inspector",
        item_photos=(
            (
                "KH-C03",
                (Photo("talk", "one", "gallery"), Photo("talk", "two", "gallery"), Photo("talk", "three", "gallery")),
            ),
        ),
    ),
)
