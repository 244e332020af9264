"""What the documents say, and that they say it with the facts they were given."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from schemas.documents import Document
from server.documents.checks import characters_of
from server.documents.composing.circular import Circular, UnitMonth, compose_circular
from server.documents.composing.dates import period_text, weekday_text
from server.documents.composing.minutes import compose_minutes
from server.documents.composing.outline import numeral, sentence
from server.documents.composing.phrases import say
from server.documents.composing.supervision import Supervision, compose_supervision
from server.documents.glyphs import unprintable
from tests.factories import documents as sample

KINDS = list(sample.of_each_kind())


def text_of(document: Document) -> str:
    """The body as it reads."""
    return "\n".join(paragraph.heading + paragraph.text for paragraph in document.body)


def test_r43_the_letter_lists_each_task_with_its_reason_in_the_notices_words() -> None:
    letter = sample.assignment()
    rows = letter.annexes[0].problems
    assert rows is not None
    assert [row.reason.split("（")[0] for row in rows.rows] == ["工作没有进展", "整改效果不稳", "临时调整增加"]
    body = text_of(letter)
    assert "临时调整增加、工作没有进展、整改效果不稳的3项任务" in body
    for problem in sample.problems():
        assert problem.site in body
        assert f"依据：{problem.basis}" in body


def test_r43_a_long_batch_is_summed_up_and_listed_whole_in_the_annex() -> None:
    letter = sample.assignment(sample.many_problems(20))
    rows = letter.annexes[0].problems
    assert rows is not None
    assert [row.serial for row in rows.rows] == [str(number) for number in range(1, 21)]
    assert "共20项" in text_of(letter)
    assert len(letter.annexes[1].photos) == 20


def test_r44_the_letter_prints_both_limits_with_their_weekdays() -> None:
    body = text_of(sample.assignment())
    assert "回复期限为2026年11月17日（星期二）" in body
    for problem in sample.problems():
        assert f"整改时限：{weekday_text(problem.due_on)}" in body


def test_r44_a_reply_names_what_was_done_and_asks_for_time_where_it_needs_it() -> None:
    letter = sample.reply()
    body = text_of(letter)
    assert "《关于医疗卫生服务体系督查发现问题的交办函》（株石创社函〔2026〕12号）收悉" in body
    assert "已整改到位2项，正在整改1项" in body
    assert "申请将整改时限延至2026年11月27日" in body
    assert "分管领导：陈晓玥" in letter.note
    assert [annex.label for annex in letter.annexes] == ["附件1", "附件2"]


def test_r46_the_second_letter_quotes_the_first_names_its_ground_and_warns_in_the_notices_words() -> None:
    body = text_of(sample.supervision())
    assert (
        "2026年11月10日，我办向你单位下达《关于医疗卫生服务体系督查发现问题的交办函》（株石创社函〔2026〕12号）" in body
    )
    assert "未沟通、未回复，已逾期3个工作日" in body
    assert "督办期限为2026年11月25日（星期三）" in body
    assert "督办仍无进展的，将情况报告组长和区文明办，取消该单位评优评选资格。" in body
    assert sample.supervision().copied_to == "抄送：专业组组长。"


def test_r46_the_other_ground_tells_the_first_limit_that_passed_and_the_offices_reason() -> None:
    facts = Supervision(
        frame=sample.office_frame(15, date(2026, 11, 26)), unit="区卫计局", subject="督查发现问题整改",
        parent=sample.ASSIGNED, ground="unfixed", as_of=date(2026, 11, 26), overdue_days=6, reason="整改被退回两次。",
        problems=sample.problems(), deadline=date(2026, 12, 1),
    )  # fmt: skip
    body = text_of(compose_supervision(facts))
    assert "仍有3项任务未销号，最早的整改时限为2026年11月18日，已逾期6个工作日。整改被退回两次。现予以督办。" in body
    assert "未沟通" not in body


@pytest.mark.parametrize(("approved", "said"), [(True, "批示同意，取消"), (False, "批示不同意取消")])
def test_r47_the_report_states_the_decision_and_asks_for_nothing(approved: bool, said: str) -> None:
    report = sample.situation_report(approved=approved)
    body = text_of(report)
    assert f"2026年11月27日，专业组组长张立新{said}区卫计局2026年度评优评选资格" in body
    assert "请批示" not in body
    assert "建议" not in body
    assert report.signer is not None and report.signer.text == "张立新"


def test_r47_the_sheet_gives_facts_and_proposal_and_leaves_room_for_the_decision() -> None:
    boxes = {box.label: box for box in sample.approval().form}
    facts = boxes["基本情况"].paragraphs[0].text
    assert "株石创社函〔2026〕12号" in facts
    assert "株石创社函〔2026〕15号" in facts
    assert "建议取消区卫计局2026年度评优评选资格。妥否，请批示。" in boxes["拟办意见"].paragraphs[0].text
    assert boxes["领导批示"].size == "room"


def test_r50_minutes_name_who_led_and_who_was_there_and_who_was_not() -> None:
    lists = {entry.label: entry.text for entry in sample.minutes().lists}
    assert "专业组组长张立新在区政府三楼第二会议室主持召开" in text_of(sample.minutes())
    assert "区科协何珺（代）" in lists["出席："]
    assert lists["请假："] == "区档案局彭涛。"
    assert "缺席：" not in lists


def test_r51_each_arrangement_has_a_unit_and_a_date() -> None:
    body = text_of(sample.minutes())
    assert "责任单位：区卫计局；完成时限：2026年12月11日（星期五）。" in body
    assert "责任单位：区科协、各街道；完成时限：2026年12月18日（星期五）。" in body


def test_a_circular_adds_up_and_ranks_units() -> None:
    circular = sample.circular()
    assert "发现问题32个，其中已整改销号24个，正在整改4个，逾期未整改4个" in text_of(circular)
    table = circular.annexes[0].table
    assert table is not None
    assert [(row[0], row[1]) for row in table.rows] == [
        ("1", "区科技局"), ("1", "响石岭街道"), ("3", "区卫计局"),
        ("4", "区科协"), ("5", "清水塘街道"), ("—", "田心街道"),
    ]  # fmt: skip


def test_r62_a_circular_tells_the_month_and_where_each_figure_comes_from() -> None:
    circular = sample.circular()
    body = text_of(circular)
    assert "按督查内容分，医疗卫生服务体系26次、点位24个；科普活动室硬件建设情况22次、点位22个" in body
    assert "未能入内3次。按严重程度分，严重1个、较重8个、一般23个。" in body
    assert "（一）区卫计局。发现问题14个（严重1个），已销号11个，逾期未整改1个，销号后反弹1个。主要问题：" in body
    assert "（二）区科技局。发现问题5个，已销号5个。主要问题：" in body
    assert "已销号或已到期的问题28个，其中按期销号22个，按期整改率78.6%；逾期未整改4个，销号后反弹1个。" in body
    assert "区科技局、响石岭街道整改及时、成效较好，予以表扬。" in body
    assert "清水塘街道、区卫计局整改滞后，予以通报批评。" in body
    assert circular.attachments == ("1. 各责任单位问题整改情况表", "2. 未销号问题清单", "3. 数据来源说明")
    _, still_open, sources = circular.annexes
    assert still_open.table is not None and sources.table is not None
    assert {row[-1] for row in still_open.table.rows} == {"逾期4个工作日", "已回复待复查", "正在整改"}
    assert {row[-1] for row in sources.table.rows} == {"2026年11月26日"}


def test_r62_a_month_without_inspections_says_so() -> None:
    facts = msgspec.structs.replace(sample.circular_facts(), subjects=(), by_subject=(), units=(), open_problems=())
    body = text_of(compose_circular(facts))
    assert "2026年11月份未开展实地督查。" in body
    assert "按期整改率—" in body


def test_r50_amended_minutes_say_what_they_take_the_place_of() -> None:
    told = "本纪要对《会议纪要》（株石创社纪〔2026〕1号）作出更正"
    body = text_of(compose_minutes(msgspec.structs.replace(sample.minutes_facts(), corrects=told)))
    assert told in body


def test_a_month_without_a_finding_has_no_rate() -> None:
    nothing = UnitMonth(unit="区科协", found=0, closed=0, closed_in_time=0, overdue=0)
    facts = Circular(
        frame=sample.group_frame(), addressees=("各成员单位",), month=date(2026, 12, 1), start=date(2026, 12, 1),
        end=date(2026, 12, 2), as_of=date(2026, 12, 3), teams=1, subjects=("科普活动",), sites=1, units=(nothing,),
        demands=(),
    )  # fmt: skip
    table = compose_circular(facts).annexes[0].table
    assert table is not None
    assert table.rows == (("—", "区科协", "0", "0", "0", "0", "—"),)


def test_a_draft_leaves_number_and_day_open() -> None:
    draft = sample.assignment(frame=sample.office_frame(None, None))
    assert draft.number is not None and draft.number.text == "株石创社函〔2026〕　号"
    assert draft.signature is not None and draft.signature.dated.text == "2026年　月　日"


def test_a_borrowed_seal_is_named() -> None:
    signature = sample.assignment().signature
    assert signature is not None and signature.sealed
    assert signature.body.endswith("办公室（代章）")


@pytest.mark.parametrize("kind", KINDS)
def test_a_content_survives_being_kept(kind: str) -> None:
    document = {str(name): made for name, made in sample.of_each_kind().items()}[kind]
    assert msgspec.json.decode(msgspec.json.encode(document), type=Document) == document
    assert not unprintable(characters_of(document))


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 11, 3), date(2026, 11, 3), "2026年11月3日"),
        (date(2026, 11, 3), date(2026, 11, 5), "2026年11月3日至5日"),
        (date(2026, 10, 31), date(2026, 11, 2), "2026年10月31日至11月2日"),
        (date(2026, 12, 31), date(2027, 1, 2), "2026年12月31日至2027年1月2日"),
    ],
)
def test_a_period_is_told_without_what_both_dates_share(start: date, end: date, text: str) -> None:
    assert period_text(start, end) == text


def test_numerals_and_sentences() -> None:
    assert [numeral(number) for number in (1, 10, 11, 20, 23, 99)] == ["一", "十", "十一", "二十", "二十三", "九十九"]
    assert sentence(" 卫生间无洗手液。 ") == "卫生间无洗手液"


def test_a_phrase_with_an_open_place_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("note", name="李文静")


def test_braces_in_a_persons_words_stay_words() -> None:
    assert say("note", name="{phone}", phone="1") == "（联系人：{phone}，电话：1）"
