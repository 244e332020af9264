"""回复: a unit's 复函 to one letter: what is done, what is under way, what proves it."""

from __future__ import annotations

from datetime import date

from schemas.documents import Annex, Document, Paragraph, Table
from server.documents.composing import frame as parts
from server.documents.composing.dates import date_text, dated
from server.documents.composing.facts import Facts, Frame, LetterRef, Problem
from server.documents.composing.outline import clause, item, section, sentence, texts
from server.documents.composing.phrases import say, sayings, words_in
from server.documents.composing.problems import attachment_names, numbered, photo_sheet


class Answer(Facts, frozen=True, kw_only=True):
    """What the unit says to a task: `done_on`, or `progress` while it is under way, and `until` if it asks for more."""

    problem: Problem
    measure: str
    done_on: date | None = None
    progress: str = ""
    until: date | None = None
    until_reason: str = ""
    evidence: tuple[tuple[str, str], ...] = ()


class Reply(Facts, frozen=True, kw_only=True):
    """The reply of a unit. The frame's issuer is the unit; `subject` the letter's, `leader` who signs (分管领导)."""

    frame: Frame
    addressee: str
    subject: str
    parent: LetterRef
    answers: tuple[Answer, ...]
    leader: str = ""
    next_steps: tuple[str, ...] = ()


def compose_reply(facts: Reply) -> Document:
    """The 复函 (R44). An `evidence` entry is the material's name and its form."""
    subject = say("reply.subject", subject=facts.subject)
    title = say("title", subject=subject, form=say("forms.reply"))
    annexes = _annexes(facts)
    signed_on = facts.frame.signed_on
    return Document(
        kind="reply",
        issuer=facts.frame.issuer.name,
        masthead=parts.letter_masthead(facts.frame),
        title=title,
        title_words=words_in(title),
        markings=parts.markings_of(facts.frame),
        number=parts.number_of(facts.frame),
        signer=parts.signer_of(facts.frame),
        signed=dated(signed_on, facts.frame.year),
        addressees=(facts.addressee,),
        salutation=parts.salutation((facts.addressee,)),
        body=_body(facts),
        attachments_label=say("attachments_label"),
        attachments=attachment_names(annexes),
        signature=parts.signature_of(facts.frame),
        note=_note(facts),
        copied_to=parts.copied_to(facts.frame),
        annexes=annexes,
        status_mark=parts.status_mark(facts.frame),
    )


def _body(facts: Reply) -> tuple[Paragraph, ...]:
    opening = say("reply.opening", title=facts.parent.title, number=facts.parent.number)
    body = [
        Paragraph(text=opening),
        section(1, say("reply.overall")),
        Paragraph(text=_overall(facts.answers)),
        section(2, say("reply.each")),
        *(_answered(serial, answer) for serial, answer in enumerate(facts.answers, 1)),
    ]
    if facts.next_steps:
        body.append(section(3, say("reply.next")))
        body.extend(item(number, step) for number, step in enumerate(facts.next_steps, 1))
    body.extend(texts([say("reply.closing")]))
    return tuple(body)


def _note(facts: Reply) -> str:
    contact = facts.frame.contact
    if contact is None or not facts.leader:
        return parts.note_of(facts.frame)
    return say("reply.note", leader=facts.leader, name=contact.name, phone=contact.phone)


def _overall(answers: tuple[Answer, ...]) -> str:
    done = sum(answer.done_on is not None for answer in answers)
    counts = (("reply.done_part", done), ("reply.underway_part", len(answers) - done))
    said = say("copied_to_separator").join(say(key, count=count) for key, count in counts if count)
    return say("reply.overall_text", count=len(answers), parts=said)


def _answered(serial: int, answer: Answer) -> Paragraph:
    said = [
        say("reply.item_problem", problem=sentence(answer.problem.description)),
        say("reply.item_measure", measure=sentence(answer.measure)),
    ]
    if answer.done_on:
        said.append(say("reply.item_done", date=date_text(answer.done_on)))
    else:
        said.append(say("reply.item_underway", progress=sentence(answer.progress)))
    if answer.until:
        reason = sentence(answer.until_reason)
        said.append(say("reply.extension_text", reason=reason, until=date_text(answer.until)))
    return clause(serial, say("problems.site", site=sentence(answer.problem.site)), "".join(said))


def _annexes(facts: Reply) -> tuple[Annex, ...]:
    """The list of evidence, then the photos before and after."""
    evidence = [(answer.problem.site, *entry) for answer in facts.answers for entry in answer.evidence]
    rows = numbered(answer.problem for answer in facts.answers)
    pictured = [row for row in rows if row.before or row.after]
    count = bool(evidence) + bool(pictured)
    annexes = []
    if evidence:
        table = Table(
            headings=sayings("reply.evidence_headings"),
            rows=tuple((str(serial), *row) for serial, row in enumerate(evidence, 1)),
            wide=(1, 2),
        )
        annexes.append(Annex(label=parts.annex_label(1, count), title=say("reply.evidence_title"), table=table))
    if pictured:
        annexes.append(photo_sheet(pictured, parts.annex_label(count, count)))
    return tuple(annexes)
