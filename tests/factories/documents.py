"""One of each kind of document, with the facts such a document has. All names are invented."""

from __future__ import annotations

import hashlib
import io
from datetime import date, timedelta

from PIL import Image, ImageDraw

from schemas.documents import Document, DocumentKind
from server.documents.composing.assignment import Assignment, Basis, compose_assignment
from server.documents.composing.circular import (
    Circular,
    OpenProblem,
    Source,
    SubjectMonth,
    UnitMonth,
    compose_circular,
)
from server.documents.composing.escalation import (
    Approval,
    Case,
    SituationReport,
    compose_approval,
    compose_situation_report,
)
from server.documents.composing.facts import Contact, Frame, Issuer, LetterRef, Problem, ReplyLink, Shot
from server.documents.composing.minutes import Arrangement, Attendance, Minutes, compose_minutes
from server.documents.composing.notice import MeetingNotice, compose_meeting_notice
from server.documents.composing.reply import Answer, Reply, compose_reply
from server.documents.composing.supervision import Supervision, compose_supervision

OFFICE = Issuer(
    name="株洲市石峰区创文社会事业发展专业组办公室", code="株石创社函", proxy_seal=True,
    masthead="株洲市石峰区创文社会事业发展专业组办公室",
)  # fmt: skip
GROUP = Issuer(
    name="株洲市石峰区创文社会事业发展专业组", code="株石创社", sealed=False,
    imprint_office="株洲市石峰区创文社会事业发展专业组办公室",
)  # fmt: skip
UNIT = Issuer(name="株洲市石峰区卫生和计划生育局", code="株石卫计函")
CONTACT = Contact("李文静", "0731-22330000")
ASSIGNED = LetterRef(
    "关于医疗卫生服务体系督查发现问题的交办函", "株石创社函〔2026〕12号", date(2026, 11, 10), date(2026, 11, 17)
)
SUPERVISED = LetterRef(
    "关于医疗卫生服务体系督查发现问题整改的督办函", "株石创社函〔2026〕15号", date(2026, 11, 20), date(2026, 11, 25)
)


def photo(number: int, size: tuple[int, int] = (1600, 1200)) -> bytes:
    """A JPEG that says its number."""
    shade = (number * 47) % 160 + 60
    image = Image.new("RGB", size, (shade, 190 - shade // 3, 170))
    pen = ImageDraw.Draw(image)
    pen.rectangle((size[0] // 4, size[1] // 3, size[0] * 3 // 4, size[1] * 5 // 6), fill=(235, 232, 220))
    pen.text((size[0] // 2, size[1] // 2), str(number), fill=(90, 60, 50), font_size=size[1] // 4)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=85)
    return stream.getvalue()


PHOTOS = {
    hashlib.sha256(data).hexdigest(): data
    for data in [photo(1), photo(2, (1200, 1600)), photo(3), photo(4), photo(5, (1200, 1600)), photo(6)]
}
HASHES = tuple(PHOTOS)


def problems(*, repaired: bool = False) -> tuple[Problem, ...]:
    """Three tasks, one of each trigger; the last could not be photographed."""
    after = (Shot(HASHES[3], date(2026, 11, 16)),) if repaired else ()
    return (
        Problem(
            site="清水塘街道社区卫生服务中心", description="候诊区未张贴禁止吸烟标识，地面有烟蒂3处", basis="YL-A03",
            severity="major", trigger="no_progress", detail="逾期4个工作日未回复", due_on=date(2026, 11, 20),
            before=(Shot(HASHES[0], date(2026, 11, 3)), Shot(HASHES[1], date(2026, 11, 3))), after=after,
        ),
        Problem(
            site="响石岭街道科普活动室", description="科普宣传栏内容为2025年上半年，超过一个季度未更新", basis="KY-B02",
            severity="minor", trigger="unstable", detail="2026年9月8日销号后同一检查项再次不合格",
            due_on=date(2026, 11, 24), before=(Shot(HASHES[2], date(2026, 11, 4)),),
        ),
        Problem(
            site="田心街道东门社区卫生服务站", description="卫生间无洗手液，无障碍扶手松动", basis="YL-C07",
            severity="severe", trigger="added", detail="2026年11月6日市文明办交办", due_on=date(2026, 11, 18),
            no_photo="卫生间内有人使用",
        ),
    )  # fmt: skip


def many_problems(count: int) -> tuple[Problem, ...]:
    base = problems()
    return tuple(base[number % 3] for number in range(count))


def office_frame(number: int | None = 12, on: date | None = date(2026, 11, 10)) -> Frame:
    return Frame(issuer=OFFICE, year=2026, number=number, signer="周建明", signed_on=on, contact=CONTACT)


def group_frame(number: int | None = 9, on: date | None = date(2026, 11, 27)) -> Frame:
    return Frame(
        issuer=GROUP, year=2026, number=number, signer="张立新", signed_on=on, contact=CONTACT,
        copied_to=("区委办公室", "区文明办"),
    )  # fmt: skip


def assignment(rows: tuple[Problem, ...] | None = None, frame: Frame | None = None) -> Document:
    return compose_assignment(
        Assignment(
            frame=frame or office_frame(),
            unit="区卫计局",
            subject="医疗卫生服务体系督查发现问题",
            bases=(
                Basis("inspection", "区政府办", "医疗卫生服务体系和科普活动室", date(2026, 11, 3), date(2026, 11, 5)),
            ),
            problems=problems() if rows is None else rows,
            reply_by=date(2026, 11, 17),
            reply_link=ReplyLink("https://xungai.example/r/9vK2mQ7c4T1xZ8pL", "区卫计局", date(2026, 11, 17)),
        )
    )


def supervision() -> Document:
    frame = Frame(
        issuer=OFFICE, year=2026, number=15, signer="周建明", signed_on=date(2026, 11, 20), contact=CONTACT,
        copied_to=("专业组组长",), urgency="特急",
    )  # fmt: skip
    return compose_supervision(
        Supervision(
            frame=frame, unit="区卫计局", subject="医疗卫生服务体系督查发现问题整改", parent=ASSIGNED, ground="silent",
            as_of=date(2026, 11, 20), overdue_days=3, problems=problems()[:2], deadline=date(2026, 11, 25),
        )
    )  # fmt: skip


def reply() -> Document:
    first, second, third = problems(repaired=True)
    answers = (
        Answer(
            problem=first, measure="清理地面烟蒂，在候诊区、楼梯间增贴禁止吸烟标识6处，安排专人每日巡查两次",
            done_on=date(2026, 11, 16), evidence=(("禁烟巡查登记表", "扫描件"),),
        ),
        Answer(
            problem=second, measure="更换宣传栏内容，建立季度更新台账", done_on=date(2026, 11, 15),
            evidence=(("科普宣传栏更新台账", "电子表格"), ("宣传内容审核单", "扫描件")),
        ),
        Answer(
            problem=third, measure="已补充洗手液，无障碍扶手需重新定制", progress="扶手已下单，到货后两日内安装完毕",
            until=date(2026, 11, 27), until_reason="扶手须按现场尺寸定制",
        ),
    )  # fmt: skip
    frame = Frame(
        issuer=UNIT, year=2026, number=38, signer="陈晓玥", signed_on=date(2026, 11, 17),
        contact=Contact("王镕", "0731-22331111"),
    )  # fmt: skip
    return compose_reply(
        Reply(
            frame=frame, addressee="株洲市石峰区创文社会事业发展专业组办公室",
            subject="医疗卫生服务体系督查发现问题", parent=ASSIGNED, answers=answers,
            leader="陈晓玥", next_steps=("对全区12个社区卫生服务机构开展控烟和便民设施自查。", "每月通报自查结果。"),
        )
    )  # fmt: skip


UNITS = (
    UnitMonth(unit="区卫计局", found=14, closed=11, closed_in_time=10, overdue=1, severe=1, major=5, minor=8,
              relapses=1, examples=("3个社区卫生服务站禁烟标识缺失", "便民服务设施不完善")),
    UnitMonth(unit="区科技局", found=5, closed=5, closed_in_time=5, overdue=0, minor=5,
              examples=("科普宣传栏更新不及时",)),
    UnitMonth(unit="区科协", found=4, closed=3, closed_in_time=3, overdue=0, major=1, minor=3,
              examples=("科普活动记录不完整",)),
    UnitMonth(unit="清水塘街道", found=6, closed=2, closed_in_time=1, overdue=3, major=2, minor=4,
              examples=("科普活动室开放时间未公示", "图书上架率低")),
    UnitMonth(unit="响石岭街道", found=3, closed=3, closed_in_time=3, overdue=0, minor=3),
    UnitMonth(unit="田心街道", found=0, closed=0, closed_in_time=0, overdue=0),
)  # fmt: skip


def open_problems(count: int = 8) -> tuple[OpenProblem, ...]:
    """What is not struck off; every third is overdue, every fourth replied to."""
    rows = problems()
    return tuple(
        OpenProblem(
            site=rows[number % 3].site, problem=rows[number % 3].description,
            unit=("区卫计局", "清水塘街道")[number % 2], severity=rows[number % 3].severity,
            due_on=date(2026, 11, 20), replied=number % 4 == 3,
            days_late=4 if number % 3 == 0 else 0,
        )
        for number in range(count)
    )  # fmt: skip


def circular_facts() -> Circular:
    """A month as it is counted and worded."""
    demands = (
        (
            "提高思想认识",
            "各责任单位要对照测评标准，把问题整改作为创文工作的重要抓手，主要领导亲自过问，分管领导具体落实。",
        ),
        (
            "抓紧问题整改",
            "对尚未销号的问题，要逐项明确责任人和完成时限，于2026年12月10日前整改到位；对逾期问题，社事办将下达督办函。",
        ),
        ("巩固整改成效", "要举一反三，开展同类问题自查，防止问题反弹。"),
    )
    subjects = (
        SubjectMonth(subject="医疗卫生服务体系", visits=26, sites=24, no_access=1),
        SubjectMonth(subject="科普活动室硬件建设情况", visits=22, sites=22),
        SubjectMonth(subject="科普活动开展情况", visits=22, sites=22, no_access=2),
    )
    sources = (
        Source("督查次数（次）", "70", "督查记录：月份=2026-11，结果=已查，不含被更正的记录"),
        Source("发现问题（个）", "32", "问题：月份=2026-11，状态=已确认，按整改任务去重，不含作废"),
        Source("按期整改率", "78.6%", "按期销号÷（已整改销号+逾期未整改）"),
    )
    return Circular(
        frame=group_frame(), addressees=("各成员单位",), month=date(2026, 11, 1), start=date(2026, 11, 3),
        end=date(2026, 11, 20), as_of=date(2026, 11, 26), teams=3,
        subjects=tuple(one.subject for one in subjects), sites=46, units=UNITS, demands=demands, by_subject=subjects,
        closed_in_month=29, exemplary=("区科技局", "响石岭街道"), lagging=("清水塘街道", "区卫计局"),
        open_problems=open_problems(), sources=sources,
    )  # fmt: skip


def circular() -> Document:
    return compose_circular(circular_facts())


def case() -> Case:
    return Case(
        unit="区卫计局", subject="医疗卫生服务体系督查发现问题", assigned=ASSIGNED, supervised=SUPERVISED,
        ground="回复期限届满，区卫计局未沟通、未回复", as_of=date(2026, 11, 26), overdue_days=7, tasks=3,
        open_problems=tuple((row.site, row.description) for row in problems()[:2]),
        replies="2026年11月24日电话反馈正在采购标识，未提交书面回复",
    )  # fmt: skip


def approval() -> Document:
    issuer = Issuer(name=OFFICE.name, masthead="石峰区创文社会事业发展专业组办公室", code="株石创社呈", sealed=False)
    frame = Frame(issuer=issuer, year=2026, number=2, signed_on=date(2026, 11, 26))
    return compose_approval(
        Approval(frame=frame, leader="张立新组长", case=case(), year=2026, drafter="李文静", checker="周建明")
    )


def situation_report(*, approved: bool = True) -> Document:
    return compose_situation_report(
        SituationReport(
            frame=group_frame(10, date(2026, 11, 30)), addressee="区文明办", case=case(), leader="张立新",
            decided_on=date(2026, 11, 27), approved=approved, year=2026,
        )
    )  # fmt: skip


def notice() -> Document:
    return compose_meeting_notice(
        MeetingNotice(
            frame=group_frame(8, date(2026, 11, 23)),
            addressees=("区委统战部民宗办", "区政府办", "区统计局", "区教育局", "区民政局", "区人社局", "区城建局",
                        "区文体旅局", "区卫计局", "区科技局", "区科协", "区档案局", "各街道"),
            meeting="2026年第四季度社会事业发展专业组工作调度会", when="2026年11月27日（星期五）下午3:00",
            place="区政府三楼第二会议室", attendees="各成员单位分管领导、创文工作联络员",
            agenda=("听取各成员单位第四季度工作进展情况汇报", "通报11月份督查情况", "安排部署迎检重点工作"),
            demands=("请于11月25日（星期三）下班前将参会人员名单报社事办", "汇报材料不超过1000字，一式三份",
                     "原则上不得请假，确需请假的须向组长书面报告"),
        )
    )  # fmt: skip


def minutes_facts() -> Minutes:
    people = (
        Attendance(unit="区发改局", names=("周建明", "李文静")),
        Attendance(unit="区政府办", names=("刘志强",)),
        Attendance(unit="区卫计局", names=("陈晓玥",)),
        Attendance(unit="区科技局", names=("黄㛃",)),
        Attendance(unit="区科协", names=("何珺",), stand_in=True),
        Attendance(unit="清水塘街道", names=("谭伟",)),
        Attendance(unit="响石岭街道", names=("罗敏",)),
        Attendance(unit="区档案局", names=("彭涛",), state="excused"),
        Attendance(unit="区文明办", names=("肖红",), state="observers"),
    )
    arrangements = (
        Arrangement("完善医疗卫生机构控烟设施", "全区社区卫生服务机构在显著位置设置禁止吸烟标识，配备控烟巡查员",
                    "区卫计局", date(2026, 12, 11)),
        Arrangement("更新科普活动室宣传内容", "各街道科普活动室更换2026年第四季度宣传内容，不足30㎡的提出改造方案",
                    "区科协、各街道", date(2026, 12, 18)),
    )  # fmt: skip
    return Minutes(
        frame=Frame(issuer=GROUP, year=2026, number=4, signer="张立新", signed_on=date(2026, 11, 30),
                    copied_to=("各成员单位", "区文明办")),
        meeting="第四季度工作调度会", title="2026年第四季度工作调度会纪要", held_on=date(2026, 11, 27),
        place="区政府三楼第二会议室", chair="专业组组长张立新",
        progress=(("区卫计局", "11月份交办的14个问题已销号11个，其余3个将于12月10日前整改到位"),
                  ("区科技局", "完成科普宣传栏更新5处，开展科普进社区活动2场")),
        arrangements=arrangements, attendance=people,
        demands="各成员单位要对照任务分解表，明确责任人和时间节点，确保工作有人过问、任务有人落实、问题有人解决",
        recorder="李文静",
    )  # fmt: skip


def minutes() -> Document:
    return compose_minutes(minutes_facts())


def of_each_kind() -> dict[DocumentKind, Document]:
    """A realistic document of every kind."""
    return {
        "assignment": assignment(), "supervision": supervision(), "reply": reply(), "circular": circular(),
        "approval": approval(), "situation_report": situation_report(), "notice": notice(), "minutes": minutes(),
    }  # fmt: skip


def two_hundred() -> list[Document]:
    """Letters of one batch, each with another number, size and date."""
    return [
        assignment(many_problems(number % 12 + 1), office_frame(number, date(2026, 1, 1) + timedelta(days=number)))
        for number in range(1, 201)
    ]
