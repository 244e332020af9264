"""Sites of the demo district: invented institutions at plausible places (WGS-84) in one district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class DemoSite:
    """A clinic or a science room; `residents` is the 服务人口 that some pass rules ask for."""

    code: str
    name: str
    kind: str
    street: str
    institution: str
    address: str
    lat: float
    lon: float
    keeper: str
    residents: int | None = None


_TX, _QST = "U-JD-TX", "U-JD-QST"
_HOSPITAL, _CENTRE, _STATION, _ROOM = "hospital", "health_centre", "health_station", "science_room"

SITES: Final = (
    DemoSite(
        "YL-01", "田心示范医院", _HOSPITAL, _TX, "田心示范医院", "田心街道示范路1号", 27.8741, 113.1187, "院办值班室"
    ),
    DemoSite(
        "YL-02",
        "清水塘示范医院",
        _HOSPITAL,
        _QST,
        "清水塘示范医院",
        "清水塘街道建设路8号",
        27.8893,
        113.0862,
        "院办值班室",
    ),
    DemoSite(
        "YL-03",
        "田心社区卫生服务中心",
        _CENTRE,
        _TX,
        "田心社区卫生服务中心",
        "田心街道北路21号",
        27.8795,
        113.1236,
        "服务台",
        26800,
    ),
    DemoSite(
        "YL-04",
        "清水塘社区卫生服务中心",
        _CENTRE,
        _QST,
        "清水塘社区卫生服务中心",
        "清水塘街道新区路3号",
        27.8851,
        113.0921,
        "服务台",
        21400,
    ),
    DemoSite(
        "YL-05",
        "东门社区卫生服务站",
        _STATION,
        _TX,
        "东门社区卫生服务站",
        "田心街道东门社区",
        27.8712,
        113.1262,
        "站长",
        6100,
    ),
    DemoSite(
        "YL-06",
        "北门社区卫生服务站",
        _STATION,
        _TX,
        "北门社区卫生服务站",
        "田心街道北门社区",
        27.8836,
        113.1169,
        "站长",
        5400,
    ),
    DemoSite(
        "YL-07",
        "湾塘社区卫生服务站",
        _STATION,
        _QST,
        "湾塘社区卫生服务站",
        "清水塘街道湾塘社区",
        27.8927,
        113.0934,
        "站长",
        4700,
    ),
    DemoSite(
        "YL-08",
        "铁东社区卫生服务站",
        _STATION,
        _QST,
        "铁东社区卫生服务站",
        "清水塘街道铁东社区",
        27.8808,
        113.0987,
        "站长",
        5200,
    ),
    DemoSite(
        "KP-01",
        "东门社区科普活动室",
        _ROOM,
        _TX,
        "东门社区",
        "田心街道东门社区服务中心2楼",
        27.8708,
        113.1255,
        "活动室管理员",
        6100,
    ),
    DemoSite(
        "KP-02",
        "北门社区科普活动室",
        _ROOM,
        _TX,
        "北门社区",
        "田心街道北门社区服务中心1楼",
        27.8842,
        113.1175,
        "活动室管理员",
        5400,
    ),
    DemoSite(
        "KP-03",
        "南苑社区科普活动室",
        _ROOM,
        _TX,
        "南苑社区",
        "田心街道南苑社区",
        27.8669,
        113.1204,
        "活动室管理员",
        7300,
    ),
    DemoSite(
        "KP-04", "西苑社区科普活动室", _ROOM, _TX, "西苑社区", "田心街道西苑社区", 27.8733, 113.1098, "活动室管理员"
    ),
    DemoSite(
        "KP-05",
        "湾塘社区科普活动室",
        _ROOM,
        _QST,
        "湾塘社区",
        "清水塘街道湾塘社区",
        27.8931,
        113.0941,
        "活动室管理员",
        4700,
    ),
    DemoSite(
        "KP-06",
        "铁东社区科普活动室",
        _ROOM,
        _QST,
        "铁东社区",
        "清水塘街道铁东社区",
        27.8801,
        113.0979,
        "活动室管理员",
        5200,
    ),
    DemoSite(
        "KP-07",
        "临江社区科普活动室",
        _ROOM,
        _QST,
        "临江社区",
        "清水塘街道临江社区",
        27.8779,
        113.0845,
        "活动室管理员",
        3900,
    ),
)
