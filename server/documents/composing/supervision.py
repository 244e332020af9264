"""督办函: quotes the 交办函, names the ground and the days overdue, sets the last limit and gives the warning."""

from __future__ import annotations

from datetime import date

from schemas.documents import Document, Paragraph
from server.documents.composing import frame as parts
from server.documents.composing.dates import date_text, limit, weekday_text
from server.documents.composing.facts import Facts, Frame, Ground, LetterRef, Problem, ReplyLink
from server.documents.composing.outline import clause, section, sentence
from server.documents.composing.phrases import say, words_in
from server.documents.composing.problems import attachment_names, numbered, problem_annexes, problem_paragraphs


class Supervision(Facts, frozen=True, kw_only=True):
    """The second letter. `problems` are those still open; `reason` is told where the ground is that they are."""

    frame: Frame
    unit: str
    subject: str
    parent: LetterRef
    ground: Ground
    as_of: date
    overdue_days: int
    problems: tuple[Problem, ...]
    deadline: date
    reason: str = ""
    reply_link: ReplyLink | None = None
    strict_title: bool = False


def compose_supervision(facts: Supervision) -> Document:
    """The 督办函 (R46), with the consequence in the notice's own words."""
    form = say("forms.letter" if facts.strict_title else "forms.supervision")
    title = say("title", subject=facts.subject, form=form)
    rows = numbered(facts.problems)
    annexes = problem_annexes(rows)
    return Document(
        kind="supervision",
        issuer=facts.frame.issuer.name,
        masthead=parts.letter_masthead(facts.frame),
        title=title,
        title_words=words_in(title),
        markings=parts.markings_of(facts.frame),
        number=parts.number_of(facts.frame),
        signer=parts.signer_of(facts.frame),
        addressees=(facts.unit,),
        salutation=parts.salutation((facts.unit,)),
        body=(_opening(facts), section(1, say("supervision.tasks")), *problem_paragraphs(rows), *_demands(facts)),
        attachments_label=say("attachments_label"),
        attachments=attachment_names(annexes),
        signature=parts.signature_of(facts.frame),
        note=parts.note_of(facts.frame),
        reply_by=limit(facts.deadline),
        reply_code=parts.reply_code(facts.reply_link),
        copied_to=parts.copied_to(facts.frame),
        annexes=annexes,
        status_mark=parts.status_mark(facts.frame),
    )


def _opening(facts: Supervision) -> Paragraph:
    parent, as_of = facts.parent, date_text(facts.as_of)
    reference = say("supervision.reference", dated=date_text(parent.dated_on), title=parent.title, number=parent.number)
    if facts.ground == "silent":
        asked = say("supervision.asked_reply", deadline=weekday_text(parent.deadline))
        ground = say("supervision.silent", as_of=as_of, days=facts.overdue_days)
    else:
        asked = say("supervision.asked_fix")
        first_due = date_text(min(problem.due_on for problem in facts.problems))
        ground = say(
            "supervision.unfixed", as_of=as_of, count=len(facts.problems), deadline=first_due,
            days=facts.overdue_days, reason=sentence(facts.reason),
        )  # fmt: skip
    return Paragraph(text=reference + asked + ground + say("supervision.handover"))


def _demands(facts: Supervision) -> tuple[Paragraph, ...]:
    return (
        section(2, say("supervision.demands")),
        clause(1, say("supervision.fix"), say("supervision.fix_text", deadline=weekday_text(facts.deadline))),
        clause(2, say("supervision.warning"), say("supervision.warning_text")),
    )
