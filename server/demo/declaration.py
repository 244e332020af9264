"""The demo district's declaration: a round that is open, its four formats in several states (R21–R35).

Its use cases bring files and open transactions of their own, so it is told after the rest of the past.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import AsyncIterator
from datetime import date, timedelta

import docx
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from schemas.declaration import (
    AskIn,
    DecisionIn,
    DocumentIn,
    EditionIn,
    FigureIn,
    PageIn,
    PaperIn,
    PictureIn,
    ReportIn,
    RoundIn,
    SealIn,
    SourceIn,
)
from server import clock, ids
from server.declaration.deciding import decide, note_paper
from server.declaration.filing import file_report
from server.declaration.handing_in import hand_in
from server.declaration.service import enter_round, set_ask
from server.demo.past import Past
from server.demo.pictures import Moment
from server.demo.script import Taken
from server.demo.story import Photo
from server.demo.timetable import Timetable
from server.photos.desk import PhotoDesk
from storage.database.models import DeclarationAsk, DeclarationMaterial, DeclarationRound

_PLACE = (27.8741, 113.1187)
RED_HEAD, SEAL, TABLE = Photo("red-head", "plan"), Photo("sealed", "plan"), Photo("table", "staff")
LECTURE, BLURRED = Photo("talk", "lecture"), Photo("board-fresh", "declared")
PICTURES = (RED_HEAD, SEAL, TABLE, LECTURE, BLURRED)
_TEMPLATE = "示范版"
_SENTENCES = (
    "示范医院和各社区卫生服务机构把普及公共卫生知识作为日常工作，门诊大厅和候诊区设有健康教育宣传栏，由专人定期更换。",
    "各机构结合卫生日活动开展健康讲座和义诊，讲座内容包括合理用药、慢性病预防、心理健康和传染病防治，现场解答群众提问。",
    "家庭医生团队在随访时发放健康生活方式宣传资料，提醒居民减盐、减油、戒烟限酒，鼓励居民坚持适量运动，定期参加体检。",
    "医疗机构全面推行室内禁烟，出入口、楼道和卫生间设置醒目标识，值班人员负责劝阻吸烟行为，并逐日登记巡查情况。",
    "各社区利用广播、展板和活动室播放科普短片，组织志愿者上门讲解，老年人和行动不便的居民也能及时了解公共卫生知识。",
    "区级部门每季度到现场查看宣传栏、讲座记录和控烟情况，发现问题当场反馈，限期整改，整改结果由督查人员复查确认。",
    "今年以来全区共举办健康讲座和义诊活动若干场次，覆盖两个街道和各社区，群众参与面逐步扩大，讲座签到和影像资料齐全。",
    "针对季节性传染病，各机构提前发布防护提示，在门诊显眼位置公示就诊流程，并为发热患者设置专门的候诊区域。",
    "学校周边的卫生服务站与学校建立联系机制，定期为学生讲解视力保护、口腔卫生和合理膳食，引导学生养成良好习惯。",
    "各机构指定一名健康教育联络员，负责收集群众提问，整理后在宣传栏和社区群中统一答复，做到有问必答、答复有据。",
    "区级部门汇总各机构做法，编印示范案例供相互借鉴，对宣传内容陈旧、更换不及时的机构予以提醒，并纳入日常考核。",
    "下一步将继续完善制度，充实讲解人员，丰富宣传形式，使公共卫生知识和健康文明生活方式真正进入家庭、深入人心。",
    "各街道科普活动室与卫生服务机构共享讲解资料，每月至少安排一次卫生健康主题活动，由社区工作人员登记参加人数。",
    "对行动不便的老年人，家庭医生上门开展健康指导，协助测量血压、血糖，并用大字宣传单说明日常注意事项。",
)


def pictures(timetable: Timetable) -> list[Taken]:
    """What is photographed for the declaration, with its circumstances."""
    at = timetable.ago(4, "09:30")
    return [Taken(photo, Moment(at + timedelta(minutes=3 * number), *_PLACE)) for number, photo in enumerate(PICTURES)]


async def declare(desk: PhotoDesk, past: Past, timetable: Timetable) -> None:
    """Open the round and let 区卫计局 hand in what it has; the office accepts one material and returns another."""
    round_id = ids.uuid7()
    ago = timetable.ago
    with clock.set_back(ago(8, "09:20")):
        await _open(desk, past, round_id, timetable)
    with clock.set_back(ago(4, "10:30")):
        await _bring_pictures(desk, past)
        plan = await _hand_in(desk, past, round_id, ("M-31-1", "GFWJ"), _document(past, clock.today()))
        scenes = await _hand_in(desk, past, round_id, ("M-61-4", "SJTP"), _scenes(past, clock.today()))
        await _hand_in(desk, past, round_id, ("M-61-3", "TJBG"), _table(past, clock.today()))
    with clock.set_back(ago(2, "15:10")):
        await _decide(desk, past, plan, DecisionIn(decision="accept"))
        reason = "第2张图片未能反映活动情况，请补充讲座现场照片"
        await _decide(desk, past, scenes, DecisionIn(decision="return", reason=reason))
    with clock.set_back(ago(1, "11:20")):
        report = await _bring_report(desk, past)
        await _hand_in(desk, past, round_id, ("M-61-4", "SMBG"), EditionIn(report=report))


async def _open(desk: PhotoDesk, past: Past, round_id: str, timetable: Timetable) -> None:
    """The round with what the outside system has published: a template and a count (R33, R34)."""
    office, today = past.actors["office"], clock.today()
    asked = RoundIn(
        year=timetable.today.year,
        title=f"{timetable.today.year}年度网上申报（示范）",
        opens_on=today,
        closes_on=timetable.calendar.add_working_days(timetable.today, 9),
        account_holder=office.name,
    )
    async with desk.district.database.writing() as session:
        await enter_round(session, round_id, asked, me=office)
        for material, format, told in (
            ("M-61-3", "TJBG", {"template_version": _TEMPLATE}),
            ("M-61-4", "SJTP", {"required_count": 3}),
        ):
            ask = await _ask(session, round_id, material, format)
            version = (await session.get_one(DeclarationRound, round_id)).version
            await set_ask(session, ask.id, AskIn(version=version, **told), me=office)


async def _ask(session: AsyncSession, round_id: str, material: str, format: str) -> DeclarationAsk:
    query = select(DeclarationAsk).where(
        DeclarationAsk.round_id == round_id, DeclarationAsk.material == material, DeclarationAsk.format == format
    )
    return (await session.scalars(query)).one()


async def _bring_pictures(desk: PhotoDesk, past: Past) -> None:
    async with desk.district.database.writing() as session:
        await past.album.deliver(session, PICTURES, me=past.actors["health"], at=clock.now())


async def _hand_in(
    desk: PhotoDesk, past: Past, round_id: str, of: tuple[str, str], edition: EditionIn
) -> tuple[str, str]:
    """Hand in the material of 区卫计局; its id and that of its edition."""
    health = past.actors["health"]
    async with desk.district.database.reading() as session:
        ask = await _ask(session, round_id, *of)
        query = select(DeclarationMaterial.id).where(
            DeclarationMaterial.ask_id == ask.id, DeclarationMaterial.unit_id == health.unit_id
        )
        material_id = (await session.scalars(query)).one()
    edition_id = ids.uuid7()
    await hand_in(desk, me=health, material_id=material_id, edition_id=edition_id, asked=edition)
    return material_id, edition_id


async def _decide(desk: PhotoDesk, past: Past, of: tuple[str, str], asked: DecisionIn) -> None:
    office = past.actors["office"]
    async with desk.district.database.writing() as session:
        await decide(session, of[1], asked, me=office)
        if asked.decision == "accept":
            paper = PaperIn(id=ids.uuid7(), received_on=clock.today(), receiver=office.name)
            await note_paper(session, of[0], paper, me=office)


def _document(past: Past, on: date) -> EditionIn:
    return EditionIn(
        document=DocumentIn(
            title="关于印发老年医疗卫生服务规划的通知（示范）",
            issuer="示范市卫生部门",
            number=f"示卫发〔{on.year - 1}〕8号",
            issued_on=date(on.year - 1, 6, 10),
        ),
        pages=[
            PageIn(sha256=past.album.sha256(RED_HEAD), file_name="规划首页.jpg", tag="red_head"),
            PageIn(sha256=past.album.sha256(SEAL), file_name="规划盖章页.jpg", tag="seal"),
        ],
    )


def _scenes(past: Past, on: date) -> EditionIn:
    told = ((LECTURE, "健康讲座", "田心街道服务中心"), (BLURRED, "宣传栏", "田心示范医院"))
    return EditionIn(
        pictures=[
            PictureIn(
                sha256=past.album.sha256(photo),
                file_name=f"{caption}.jpg",
                kind="scene",
                caption=caption,
                place=place,
                taken_on=on,
            )
            for photo, caption, place in told
        ]
    )


def _table(past: Past, on: date) -> EditionIn:
    return EditionIn(
        pages=[PageIn(sha256=past.album.sha256(TABLE), file_name="统计表.jpg", tag="page")],
        template_version=_TEMPLATE,
        figures=[
            FigureIn(label="公共卫生人员数（人）", value="812"),
            FigureIn(label="常住人口（人）", value="1024000"),
        ],
        seal=SealIn(department="市卫生部门（示范）", sealed_on=on),
    )


async def _bring_report(desk: PhotoDesk, past: Past) -> ReportIn:
    """A Word file of about 800 characters, brought as a page brings it (R28)."""
    data = report_file()
    sha256, name = hashlib.sha256(data).hexdigest(), "公共卫生知识普及情况说明.docx"
    await file_report(desk, _whole(data), me=past.actors["health"], sha256=sha256, file_name=name)
    source = SourceIn(kind="measure", statement="各机构推行室内禁烟和健康教育", source="区卫计局年度工作总结（示范）")
    return ReportIn(sha256=sha256, file_name=name, sources=[source])


async def _whole(data: bytes) -> AsyncIterator[bytes]:
    yield data


def report_file() -> bytes:
    """The report as a Word file."""
    made = docx.Document()
    made.add_heading("公共卫生知识普及情况说明", level=1)
    for text in _SENTENCES:
        made.add_paragraph(text)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()
