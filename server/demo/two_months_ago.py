"""What happened in the demo district two months ago."""

from __future__ import annotations

from typing import Final

from server.demo.story import After, Fault, InMonth, MonthsBefore, Photo, Step, Story, confirm

# A file that turns up a second time, at another site, a month later.
REUSED: Final = Photo("board-fresh", "renewed")

TWO_MONTHS_AGO: Final = (
    Story(
        "YL-01",
        "YL",
        InMonth(2, 4),
        "10:20",
        "inspector",
        guidance="已当场请后勤科先行张贴临时标识",
        faults=(
            Fault(
                "YL-B01",
                "三楼走廊及电梯厅未见禁烟标识",
                photos=(Photo("corridor-bare", "found"),),
                steps=(
                    confirm(After(0), "15:40"),
                    Step(
                        "health",
                        "reply",
                        After(3),
                        "09:50",
                        text="三楼走廊、电梯厅已补贴禁烟标识12处，各楼层同步补齐",
                        measure="由后勤科每周巡查标识完好情况并登记",
                        photos=(Photo("corridor-signed", "after"),),
                    ),
                    Step(
                        "inspector2",
                        "strike_off",
                        After(4),
                        "10:30",
                        note="现场复查，标识齐全醒目，同意销号",
                        photos=(Photo("corridor-signed", "check"),),
                    ),
                ),
            ),
        ),
    ),
    Story(
        "YL-02",
        "YL",
        InMonth(2, 5),
        "09:40",
        "inspector2",
        faults=(
            Fault(
                "YL-C04",
                "急诊楼东侧消防车通道停放私家车2辆",
                photos=(Photo("lane-blocked", "first"),),
                steps=(
                    confirm(After(0), "16:10", "supervisor"),
                    Step(
                        "health",
                        "reply",
                        After(2),
                        "14:20",
                        text="已联系车主移车，通道恢复畅通",
                        measure="安排保安每日上下午各巡查一次",
                        photos=(Photo("lane-clear", "first"),),
                    ),
                    Step(
                        "inspector",
                        "strike_off",
                        After(3),
                        "09:30",
                        note="现场复查，通道畅通，地面标线清晰",
                        photos=(Photo("lane-clear", "check"),),
                    ),
                ),
            ),
        ),
    ),
    Story(
        "YL-06",
        "YL",
        InMonth(2, 7),
        "11:05",
        "inspector",
        faults=(
            Fault(
                "YL-A06",
                "宣传栏仍为上半年内容，未按期更换",
                value=MonthsBefore(5),
                photos=(Photo("board-faded", "found"),),
                steps=(
                    confirm(After(1), "09:15"),
                    Step(
                        "health",
                        "reply",
                        After(4),
                        "16:05",
                        text="已更换为本季度健康教育宣传内容",
                        measure="指定专人每两个月更换一期，并留存底稿",
                        photos=(REUSED,),
                    ),
                    Step("office", "strike_off", After(5), "10:00", note="核对整改前后照片，内容已更换，同意销号"),
                ),
            ),
        ),
    ),
    Story(
        "KP-02",
        "KY",
        InMonth(2, 9),
        "15:10",
        "inspector2",
        guidance="已要求当日先清出通道",
        faults=(
            Fault(
                "KY-A08",
                "活动室东侧堆放纸箱和闲置座椅，影响使用",
                photos=(Photo("room-cluttered", "found"),),
                steps=(
                    confirm(After(0), "17:05"),
                    Step(
                        "street",
                        "reply",
                        After(2),
                        "11:30",
                        text="闲置座椅和纸箱已全部清运，活动室恢复使用",
                        measure="社区明确专人管理，不再挪作他用",
                        photos=(Photo("room-tidy", "after"),),
                    ),
                    Step("supervisor", "strike_off", After(3), "15:20", note="核对照片属实，同意销号"),
                ),
            ),
        ),
    ),
)
