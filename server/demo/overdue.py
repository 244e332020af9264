"""What two rooms let lie until a letter came, and what one of them let lie beyond it."""

from __future__ import annotations

from typing import Final

from server.demo.story import After, Fault, InMonth, Photo, Step, Story, confirm

STORED: Final = Story(
    "KP-06",
    "KY",
    InMonth(2, 3),
    "10:10",
    "inspector2",
    guidance="已当场告知管理员限期清理",
    faults=(
        Fault(
            "KY-A08",
            "活动室北侧被用作仓库，堆放纸箱和闲置桌椅",
            photos=(Photo("room-cluttered", "store"),),
            steps=(confirm(After(1), "09:25", due_in=5),),
        ),
    ),
)
"""Nobody answered for it: neither the task, nor the 交办函 that it earned. A 督办函 follows."""

STORED_STILL: Final = Story(
    "KP-06",
    "KY",
    InMonth(1, 6),
    "09:50",
    "inspector",
    faults=(Fault("KY-A08", "活动室北侧仍堆放纸箱，较上月未见减少", photos=(Photo("room-cluttered", "store-still"),)),),
)

BARE: Final = Story(
    "KP-04",
    "KY",
    InMonth(2, 3),
    "15:05",
    "inspector",
    faults=(
        Fault(
            "KY-F02",
            "活动室及走廊未设禁烟标识",
            photos=(Photo("corridor-bare", "xiyuan"),),
            steps=(
                confirm(After(1), "10:40", due_in=3),
                Step(
                    "street",
                    "reply",
                    After(9),
                    "16:20",
                    text="活动室、走廊及楼梯口已张贴禁烟标识6处",
                    measure="管理员每日巡查，每周登记",
                    photos=(Photo("corridor-signed", "west"),),
                ),
                Step(
                    "inspector2",
                    "strike_off",
                    After(11),
                    "10:15",
                    note="现场复查，标识齐全",
                    photos=(Photo("corridor-signed", "kp"),),
                ),
            ),
        ),
    ),
)
"""Put right once a 交办函 had come, which was answered in time and is closed."""

OVERDUE: Final = (STORED, STORED_STILL, BARE)
