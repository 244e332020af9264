"""Units, posts and people of the demo district. People are role titles, never real names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from server.auth import roles


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit of the notice (R2, R3), or one of the two streets that 各街道 stands for here."""

    code: str
    name: str
    kind: str
    seated_in: str | None = None


UNITS: Final = (
    DemoUnit("U-FGJ", "区发改局", "lead"),
    DemoUnit("U-SSB", "社事办", "office", "U-FGJ"),
    DemoUnit("U-TZBMZB", "区委统战部民宗办", "member"),
    DemoUnit("U-ZFB", "区政府办", "member"),
    DemoUnit("U-TJJ", "区统计局", "member"),
    DemoUnit("U-JYJ", "区教育局", "member"),
    DemoUnit("U-MZJ", "区民政局", "member"),
    DemoUnit("U-RSJ", "区人社局", "member"),
    DemoUnit("U-CJJ", "区城建局", "member"),
    DemoUnit("U-WTLJ", "区文体旅局", "member"),
    DemoUnit("U-WJJ", "区卫计局", "member"),
    DemoUnit("U-KJJ", "区科技局", "member"),
    DemoUnit("U-KX", "区科协", "member"),
    DemoUnit("U-DAJ", "区档案局", "member"),
    DemoUnit("U-JD-TX", "田心街道", "street"),
    DemoUnit("U-JD-QST", "清水塘街道", "street"),
    DemoUnit("U-QW", "区委", "external"),
    DemoUnit("X-QWMB", "区文明办", "external"),
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A login with its posts: (unit code, role)."""

    login: str
    name: str
    posts: tuple[tuple[str, str], ...]


PEOPLE: Final = (
    DemoPerson("inspector", "督查员一", (("U-ZFB", roles.INSPECTOR),)),
    DemoPerson("inspector2", "督查员二", (("U-ZFB", roles.INSPECTOR),)),
    DemoPerson("supervisor", "区政府办督查专员", (("U-ZFB", roles.SUPERVISOR),)),
    DemoPerson("office", "社事办专员", (("U-SSB", roles.OFFICE),)),
    DemoPerson("health", "区卫计局联络员", (("U-WJJ", roles.LIAISON), ("U-WJJ", roles.DATA_OFFICER))),
    DemoPerson("health-leader", "区卫计局分管领导", (("U-WJJ", roles.UNIT_LEADER),)),
    DemoPerson("street", "田心街道联络员", (("U-JD-TX", roles.LIAISON), ("U-JD-TX", roles.DATA_OFFICER))),
    DemoPerson("street2", "清水塘街道联络员", (("U-JD-QST", roles.LIAISON), ("U-JD-QST", roles.DATA_OFFICER))),
    DemoPerson("leader", "专业组组长", (("U-QW", roles.GROUP_LEADER),)),
    DemoPerson("civility", "区文明办专员", (("X-QWMB", roles.CIVILITY),)),
    DemoPerson("admin", "系统管理员", (("U-SSB", roles.ADMIN),)),
)
