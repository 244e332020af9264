"""After a 督办函 without progress: the 呈批件 to the 组长, then the 情况报告 to 区文明办 with the decision."""

from __future__ import annotations

from datetime import date

from schemas.documents import Document, FormBox, Paragraph
from server.documents.composing import frame as parts
from server.documents.composing.dates import date_text, dated, weekday_text
from server.documents.composing.facts import Facts, Frame, LetterRef
from server.documents.composing.outline import item, section, sentence
from server.documents.composing.phrases import say, words_in


class Case(Facts, frozen=True, kw_only=True):
    """What happened: both letters, how many tasks there were, and those still open as (site, problem)."""

    unit: str
    subject: str
    assigned: LetterRef
    supervised: LetterRef
    ground: str
    as_of: date
    overdue_days: int
    tasks: int
    open_problems: tuple[tuple[str, str], ...]
    replies: str = ""


class Approval(Facts, frozen=True, kw_only=True):
    """The sheet for the leader's decision. `year` is that of the award eligibility."""

    frame: Frame
    leader: str
    case: Case
    year: int
    drafter: str = ""
    checker: str = ""


class SituationReport(Facts, frozen=True, kw_only=True):
    """The report upward. It cannot be written before the decision: `decided_on` and `approved` are its facts."""

    frame: Frame
    addressee: str
    case: Case
    leader: str
    decided_on: date
    approved: bool
    year: int


def compose_approval(facts: Approval) -> Document:
    """The 呈批件 (R47): one sheet with the facts, the proposal and room for the 批示."""
    case = facts.case
    title = say("approval.title", unit=case.unit, year=facts.year)
    frame = facts.frame
    boxes = (
        FormBox(label=say("approval.number"), text=parts.number_of(frame).text, size="half"),
        FormBox(label=say("approval.drafted"), text=dated(frame.signed_on, frame.year).text, size="half"),
        FormBox(label=say("approval.drafter"), text=facts.drafter, size="half"),
        FormBox(label=say("approval.checker"), text=facts.checker, size="half"),
        FormBox(label=say("approval.to"), text=facts.leader),
        FormBox(label=say("approval.matter"), text=title),
        FormBox(label=say("approval.facts"), paragraphs=_facts_of(case), size="text"),
        FormBox(
            label=say("approval.proposal"), size="text",
            paragraphs=(Paragraph(text=say("approval.proposal_text", unit=case.unit, year=facts.year)),),
        ),
        FormBox(label=say("approval.decision"), size="room"),
    )  # fmt: skip
    return Document(
        kind="approval",
        issuer=frame.issuer.name,
        masthead=parts.letter_masthead(frame) + say("approval.masthead"),
        title=title,
        number=parts.number_of(frame),
        signed=dated(frame.signed_on, frame.year),
        addressees=(facts.leader,),
        form=boxes,
        status_mark=parts.status_mark(frame),
    )


def _facts_of(case: Case) -> tuple[Paragraph, ...]:
    told = say(
        "approval.facts_text", unit=case.unit, subject=case.subject, as_of=date_text(case.as_of),
        assigned=date_text(case.assigned.dated_on), assigned_number=case.assigned.number,
        reply_by=date_text(case.assigned.deadline), supervised=date_text(case.supervised.dated_on),
        supervision_number=case.supervised.number, deadline=date_text(case.supervised.deadline),
        open=len(case.open_problems), days=case.overdue_days,
    )  # fmt: skip
    replies = sentence(case.replies)
    said = say("approval.replies" if replies else "approval.no_replies", unit=case.unit, replies=replies)
    return (Paragraph(text=told + said),)


def compose_situation_report(facts: SituationReport) -> Document:
    """The 情况报告 (R47) in 文件格式, upward: facts and decision, no request."""
    subject = say("situation_report.subject", unit=facts.case.unit)
    title = say("title", subject=subject, form=say("forms.situation_report"))
    frame = facts.frame
    return Document(
        kind="situation_report",
        issuer=frame.issuer.name,
        masthead=parts.file_masthead(frame),
        title=title,
        title_words=words_in(title, facts.case.unit),
        markings=parts.markings_of(frame),
        number=parts.number_of(frame),
        signer=parts.signer_of(frame),
        addressees=(facts.addressee,),
        salutation=parts.salutation((facts.addressee,)),
        body=_report(facts),
        signature=parts.signature_of(frame),
        note=parts.note_of(frame),
        copied_to=parts.copied_to(frame),
        imprint=parts.imprint_of(frame),
        status_mark=parts.status_mark(frame),
    )


def _report(facts: SituationReport) -> tuple[Paragraph, ...]:
    case = facts.case
    ladder = say(
        "situation_report.ladder_text", unit=case.unit, ground=sentence(case.ground),
        assigned=date_text(case.assigned.dated_on), assigned_title=case.assigned.title,
        assigned_number=case.assigned.number, reply_by=weekday_text(case.assigned.deadline),
        supervised=date_text(case.supervised.dated_on), supervision_title=case.supervised.title,
        supervision_number=case.supervised.number, deadline=weekday_text(case.supervised.deadline),
    )  # fmt: skip
    state = say(
        "situation_report.state_text", unit=case.unit, as_of=date_text(case.as_of), count=case.tasks,
        open=len(case.open_problems), days=case.overdue_days,
    )  # fmt: skip
    decision = say(
        f"situation_report.{'approved' if facts.approved else 'refused'}", leader=facts.leader,
        decided=date_text(facts.decided_on), unit=case.unit, year=facts.year,
    )  # fmt: skip
    listed = (
        say("situation_report.open_problem", site=sentence(site), problem=sentence(problem))
        for site, problem in case.open_problems
    )
    return (
        Paragraph(text=say("situation_report.opening", unit=case.unit)),
        section(1, say("situation_report.ladder")),
        Paragraph(text=ladder),
        section(2, say("situation_report.state")),
        Paragraph(text=state),
        *(item(number, text) for number, text in enumerate(listed, 1)),
        section(3, say("situation_report.decision")),
        Paragraph(text=decision),
        Paragraph(text=say("situation_report.closing")),
    )
