"""交办函: tasks that were added, do not move or fell back are handed to a unit, with two limits of time."""

from __future__ import annotations

from datetime import date
from typing import Literal

from schemas.documents import Document, Paragraph
from server.documents.composing import frame as parts
from server.documents.composing.dates import limit, period_text, weekday_text
from server.documents.composing.facts import Facts, Frame, Problem, ReplyLink
from server.documents.composing.outline import clause, section
from server.documents.composing.phrases import say, words_in
from server.documents.composing.problems import (
    attachment_names,
    numbered,
    problem_annexes,
    problem_paragraphs,
    reasons_text,
)


class Basis(Facts, frozen=True):
    """What the tasks come from: who did what, when. `subject` is what was inspected, or the meeting's name."""

    kind: Literal["inspection", "meeting", "superior", "adjustment"]
    by: str
    subject: str
    start: date
    end: date


class Assignment(Facts, frozen=True, kw_only=True):
    """One letter to one unit for one batch."""

    frame: Frame
    unit: str
    subject: str
    bases: tuple[Basis, ...]
    problems: tuple[Problem, ...]
    reply_by: date
    reply_link: ReplyLink | None = None
    strict_title: bool = False


def compose_assignment(facts: Assignment) -> Document:
    """The 交办函 with its two annexes (R43, R44)."""
    form = say("forms.letter" if facts.strict_title else "forms.assignment")
    title = say("title", subject=facts.subject, form=form)
    rows = numbered(facts.problems)
    annexes = problem_annexes(rows)
    reply_by = limit(facts.reply_by)
    return Document(
        kind="assignment",
        issuer=facts.frame.issuer.name,
        masthead=parts.letter_masthead(facts.frame),
        title=title,
        title_words=words_in(title),
        markings=parts.markings_of(facts.frame),
        number=parts.number_of(facts.frame),
        signer=parts.signer_of(facts.frame),
        addressees=(facts.unit,),
        salutation=parts.salutation((facts.unit,)),
        body=(*_opening(facts), section(1, say("assignment.tasks")), *problem_paragraphs(rows), *_demands(facts)),
        attachments_label=say("attachments_label"),
        attachments=attachment_names(annexes),
        signature=parts.signature_of(facts.frame),
        note=parts.note_of(facts.frame),
        reply_by=reply_by,
        reply_code=parts.reply_code(facts.reply_link),
        copied_to=parts.copied_to(facts.frame),
        annexes=annexes,
        status_mark=parts.status_mark(facts.frame),
    )


def _opening(facts: Assignment) -> tuple[Paragraph, ...]:
    sources = "".join(
        say(f"assignment.{basis.kind}", period=period_text(basis.start, basis.end), by=basis.by, subject=basis.subject)
        for basis in facts.bases
    )
    count = len(facts.problems)
    handover = say("assignment.handover", reasons=reasons_text(facts.problems), count=count)
    return (Paragraph(text=sources + handover),)


def _demands(facts: Assignment) -> tuple[Paragraph, ...]:
    return (
        section(2, say("assignment.demands")),
        clause(1, say("assignment.fix"), say("assignment.fix_text")),
        clause(2, say("assignment.answer"), say("assignment.answer_text", reply_by=weekday_text(facts.reply_by))),
        clause(3, say("assignment.verify"), say("assignment.verify_text")),
    )
