"""What happened in the demo district these days."""

from __future__ import annotations

from typing import Final

from server.demo.story import Ago, Fault, JustNow, Photo, Step, Story, confirm

THIS_MONTH: Final = (
    Story(
        "YL-02",
        "YL",
        Ago(6),
        "10:15",
        "inspector",
        guidance="已请值班负责人当场疏导车辆",
        faults=(
            Fault(
                "YL-C04",
                "消防车通道再次被私家车占用",
                photos=(Photo("lane-blocked", "again"),),
                steps=(
                    confirm(Ago(6), "15:30"),
                    Step(
                        "health", "progress", Ago(5), "09:40", text="已移车，正在加装隔离桩，拟从源头解决反复停放问题"
                    ),
                    Step(
                        "office",
                        "extend",
                        Ago(4),
                        "11:10",
                        until_in=5,
                        reason="加装隔离桩需要施工时间，同意延期，施工期间安排专人值守",
                    ),
                ),
            ),
            Fault(
                "YL-D04",
                "门诊大厅轮椅无借用标识",
                photos=(Photo("lobby", "found"),),
                steps=(confirm(Ago(5), "09:20"),),
            ),
        ),
    ),
    Story(
        "KP-01",
        "KY",
        Ago(5),
        "15:20",
        "inspector2",
        faults=(
            Fault(
                "KY-F02",
                "活动室门厅走廊未见禁烟标识",
                photos=(Photo("corridor-bare", "room"),),
                steps=(
                    confirm(Ago(4), "09:35"),
                    Step(
                        "street",
                        "reply",
                        Ago(2),
                        "10:20",
                        text="门厅、走廊和活动室内均已张贴禁烟标识",
                        measure="管理员每日开放前检查",
                        photos=(Photo("corridor-signed", "room"),),
                    ),
                ),
            ),
            Fault(
                "KY-D04",
                "科普画廊展板褪色，两块展板字迹不清",
                photos=(Photo("board-faded", "gallery"),),
                steps=(confirm(Ago(5), "17:10", "supervisor"),),
            ),
        ),
    ),
    Story(
        "KP-07",
        "KY",
        Ago(3),
        "14:50",
        "inspector",
        no_access=True,
        guidance="公示开放时间内门锁，电话联系管理员无人接听，已张贴告知单",
        photos=(Photo("door-locked", "found"),),
        faults=(Fault("KY-A03", "", steps=(confirm(Ago(2), "09:25"),)),),
    ),
    Story(
        "YL-01",
        "YL",
        Ago(3),
        "10:10",
        "inspector2",
        faults=(
            Fault(
                "YL-F02",
                "学雷锋志愿服务岗当日无人在岗",
                no_photo="涉及人员，未拍照",
                steps=(
                    confirm(Ago(3), "16:20"),
                    Step("health", "progress", Ago(1), "11:05", text="已重新排定志愿者值班表，本周起执行"),
                ),
            ),
        ),
    ),
    Story(
        "KP-04",
        "KH",
        Ago(2),
        "15:40",
        "inspector",
        faults=(
            Fault(
                "KH-C03",
                "活动现场照片仅2张，缺互动照片",
                value=None,
                photos=(Photo("talk", "four", "gallery"), Photo("talk", "five", "gallery")),
                steps=(confirm(Ago(1), "10:05"),),
            ),
        ),
    ),
)

JUST_NOW: Final = (
    Story(
        "KP-02",
        "KY",
        JustNow(130),
        "",
        "inspector2",
        faults=(
            Fault("KY-B04", "电子阅览终端网络不通，无法播放科普内容", photos=(Photo("terminal", "found", "gallery"),)),
        ),
    ),
    Story(
        "YL-03",
        "YL",
        JustNow(35),
        "",
        "inspector",
        guidance="已要求立即分类重新收集",
        faults=(
            Fault("YL-C02", "一楼卫生间地面积水，洗手液缺失", photos=(Photo("washroom", "found", off_m=1300.0),)),
            Fault("YL-G01", "治疗室医疗废物混入生活垃圾桶", photos=(Photo("bins-mixed", "found"),)),
        ),
    ),
)
