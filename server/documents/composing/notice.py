"""通知: of tasks, with sections as they are given, or of a meeting."""

from __future__ import annotations

from schemas.documents import Annex, Document, Paragraph
from server.documents.composing import frame as parts
from server.documents.composing.facts import Facts, Frame
from server.documents.composing.outline import item, section, sentence, texts
from server.documents.composing.phrases import say, words_in
from server.documents.composing.problems import attachment_names


class Section(Facts, frozen=True):
    """A heading of the first level, its text, and numbered items below it."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


class Notice(Facts, frozen=True, kw_only=True):
    """A notice in the office's own words."""

    frame: Frame
    addressees: tuple[str, ...]
    subject: str
    opening: str
    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...] = ()


class MeetingNotice(Facts, frozen=True, kw_only=True):
    """An invitation. `when` is a time as it is said: 2026年11月27日（星期五）下午3:00."""

    frame: Frame
    addressees: tuple[str, ...]
    meeting: str
    when: str
    place: str
    attendees: str
    agenda: tuple[str, ...]
    demands: tuple[str, ...] = ()


def compose_notice(facts: Notice) -> Document:
    """The 通知 in 文件格式."""
    title = say("title", subject=facts.subject, form=say("forms.notice"))
    body = [Paragraph(text=facts.opening)]
    for number, part in enumerate(facts.sections, 1):
        body.append(section(number, part.heading))
        body.extend(texts(part.paragraphs))
        body.extend(item(serial, text) for serial, text in enumerate(part.items, 1))
    body.append(Paragraph(text=say("notice.closing")))
    return Document(
        kind="notice",
        issuer=facts.frame.issuer.name,
        masthead=parts.file_masthead(facts.frame),
        title=title,
        title_words=words_in(title),
        markings=parts.markings_of(facts.frame),
        number=parts.number_of(facts.frame),
        addressees=facts.addressees,
        salutation=parts.salutation(facts.addressees),
        body=tuple(body),
        attachments_label=say("attachments_label") if facts.annexes else "",
        attachments=attachment_names(facts.annexes),
        signature=parts.signature_of(facts.frame),
        note=parts.note_of(facts.frame),
        copied_to=parts.copied_to(facts.frame),
        imprint=parts.imprint_of(facts.frame),
        annexes=facts.annexes,
        status_mark=parts.status_mark(facts.frame),
    )


def compose_meeting_notice(facts: MeetingNotice) -> Document:
    """The 通知 that calls a meeting."""
    return compose_notice(meeting_notice(facts))


def meeting_notice(facts: MeetingNotice) -> Notice:
    """An invitation in the words of a notice, which the office may still change."""
    sections = [
        Section(say("notice.when"), (_stopped(facts.when),)),
        Section(say("notice.place"), (_stopped(facts.place),)),
        Section(say("notice.attendees"), (_stopped(facts.attendees),)),
        Section(say("notice.agenda"), items=tuple(_stopped(text) for text in facts.agenda)),
    ]
    if facts.demands:
        sections.append(Section(say("notice.demands"), items=tuple(_stopped(text) for text in facts.demands)))
    return Notice(
        frame=facts.frame,
        addressees=facts.addressees,
        subject=say("notice.meeting_subject", meeting=facts.meeting),
        opening=say("notice.meeting_opening", when=facts.when, place=facts.place, meeting=facts.meeting),
        sections=tuple(sections),
    )


def _stopped(text: str) -> str:
    return say("notice.sentence", text=sentence(text))
