"""会议纪要: what was heard, what was arranged with unit and date, and who was there."""

from __future__ import annotations

from datetime import date
from typing import Literal

from schemas.documents import Document, Labelled, Paragraph
from server.documents.composing import frame as parts
from server.documents.composing.dates import date_text, dated, weekday_text
from server.documents.composing.facts import Facts, Frame
from server.documents.composing.outline import clause, section, sentence
from server.documents.composing.phrases import say


class Attendance(Facts, frozen=True, kw_only=True):
    """A unit's people at a meeting; `stand_in` marks one who came for another."""

    unit: str
    names: tuple[str, ...]
    state: Literal["present", "excused", "absent", "observers"] = "present"
    stand_in: bool = False


class Arrangement(Facts, frozen=True):
    """What was arranged (R51): the matter, the unit that owes it and its date."""

    heading: str
    content: str
    unit: str
    due_on: date


class Minutes(Facts, frozen=True, kw_only=True):
    """One meeting. `progress` holds (unit, what it reported), `corrects` which minutes these take the place of."""

    frame: Frame
    meeting: str
    title: str
    held_on: date
    place: str
    chair: str
    progress: tuple[tuple[str, str], ...]
    arrangements: tuple[Arrangement, ...]
    attendance: tuple[Attendance, ...]
    demands: str = ""
    recorder: str = ""
    corrects: str = ""


def compose_minutes(facts: Minutes) -> Document:
    """The 纪要 (R50) with its lists; it bears no seal."""
    frame = facts.frame
    return Document(
        kind="minutes",
        issuer=frame.issuer.name,
        masthead=say("minutes_masthead", body=parts.letter_masthead(frame)),
        title=facts.title,
        title_words=(facts.meeting,),
        number=parts.number_of(frame),
        signer=parts.signer_of(frame),
        signed=dated(frame.signed_on, frame.year),
        body=_body(facts),
        lists=_lists(facts),
        copied_to=parts.copied_to(frame),
        imprint=parts.imprint_of(frame),
        status_mark=parts.status_mark(frame),
    )


def _body(facts: Minutes) -> tuple[Paragraph, ...]:
    opening = say(
        "minutes.opening", date=date_text(facts.held_on), chair=facts.chair, place=facts.place, meeting=facts.meeting
    )
    body = [Paragraph(text=opening)]
    if facts.corrects:
        body.append(Paragraph(text=facts.corrects))
    number = 0
    if facts.progress:
        number += 1
        body.append(section(number, say("minutes.progress")))
        for serial, (unit, told) in enumerate(facts.progress, 1):
            body.append(clause(serial, say("minutes.progress_of", unit=unit), _stopped(told)))
    if facts.arrangements:
        number += 1
        body.append(section(number, say("minutes.arrangements")))
        body.extend(_arranged(serial, arrangement) for serial, arrangement in enumerate(facts.arrangements, 1))
    if facts.demands:
        body.append(section(number + 1, say("minutes.demands")))
        body.append(Paragraph(text=_stopped(facts.demands)))
    return tuple(body)


def _arranged(serial: int, arrangement: Arrangement) -> Paragraph:
    duty = say("minutes.arrangement_duty", unit=arrangement.unit, due=weekday_text(arrangement.due_on))
    heading = say("problems.site", site=sentence(arrangement.heading))
    return clause(serial, heading, _stopped(arrangement.content) + duty)


def _lists(facts: Minutes) -> tuple[Labelled, ...]:
    """出席, 请假, 缺席, 列席 as they occur, then who kept the record."""
    lists = []
    states: tuple[Literal["present", "excused", "absent", "observers"], ...] = (
        "present", "excused", "absent", "observers",
    )  # fmt: skip
    for state in states:
        entries = [_people(entry) for entry in facts.attendance if entry.state == state]
        if entries:
            names = say("minutes.list_separator").join(entries)
            lists.append(Labelled(label=say(f"minutes.{state}"), text=_stopped(names)))
    if facts.recorder:
        lists.append(Labelled(label=say("minutes.recorder"), text=_stopped(facts.recorder)))
    return tuple(lists)


def _people(entry: Attendance) -> str:
    shown = [say("minutes.stand_in", name=name) if entry.stand_in else name for name in entry.names]
    return say("minutes.people", unit=entry.unit, names=say("item_separator").join(shown))


def _stopped(text: str) -> str:
    return say("notice.sentence", text=sentence(text))
