"""A meeting in the words of its documents. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from server.documents.composing.dates import weekday_text
from server.documents.composing.facts import Frame
from server.documents.composing.minutes import Arrangement, Attendance, Minutes
from server.documents.composing.notice import MeetingNotice
from server.documents.composing.phrases import say
from storage.database.models import Meeting, MeetingArrangement, MeetingUnit

_SHANGHAI = ZoneInfo("Asia/Shanghai")


def time_text(starts_at: datetime) -> str:
    """2026年11月27日（星期五）下午3:00, in Shanghai."""
    local = starts_at.astimezone(_SHANGHAI)
    half = "morning" if local.hour < 12 else "afternoon"
    hour = local.hour if local.hour <= 12 else local.hour - 12
    return say(f"notice.{half}", date=weekday_text(local.date()), time=f"{hour}:{local.minute:02d}")


def notice_of(meeting: Meeting, frame: Frame, addressees: Sequence[str]) -> MeetingNotice:
    """The invitation."""
    return MeetingNotice(
        frame=frame,
        addressees=tuple(addressees),
        meeting=meeting.title,
        when=time_text(meeting.starts_at),
        place=meeting.place,
        attendees=meeting.attendees or say("notice.usual_attendees"),
        agenda=tuple(meeting.agenda),
        demands=tuple(meeting.demands),
    )


def minutes_of(
    meeting: Meeting,
    frame: Frame,
    *,
    units: Sequence[MeetingUnit],
    arrangements: Sequence[MeetingArrangement],
    names: Mapping[str, str],
) -> Minutes:
    """The minutes; `names` are those of units by id."""
    observers = tuple(
        Attendance(unit=one["body"], names=tuple(one["names"]), state="observers") for one in meeting.observers
    )
    return Minutes(
        frame=frame,
        meeting=meeting.title,
        title=say("minutes.title", meeting=meeting.title),
        held_on=meeting.starts_at.astimezone(_SHANGHAI).date(),
        place=meeting.place,
        chair=_chair(meeting),
        progress=tuple((names[one.unit_id], one.progress) for one in units if one.progress.strip()),
        arrangements=tuple(
            Arrangement(one.heading, one.content, names[one.unit_id], one.due_on) for one in arrangements
        ),
        attendance=(*(_attendance(one, names[one.unit_id]) for one in units), *observers),
        demands=meeting.remarks.strip(),
        recorder=meeting.recorder.strip(),
    )


def _chair(meeting: Meeting) -> str:
    """Who led, in which capacity; a name that says the post already is not given it twice."""
    if meeting.delegation:
        return say("minutes.chair_delegate", name=meeting.chair)
    title = say("minutes.leader_title")
    return meeting.chair if title in meeting.chair else say("minutes.chair_leader", name=meeting.chair)


def _attendance(one: MeetingUnit, unit: str) -> Attendance:
    names = tuple(one.names)
    if one.stand_in_for:
        names = tuple(say("minutes.stand_in_for", name=name, absent=one.stand_in_for) for name in names)
    return Attendance(unit=unit, names=names, state=one.state or "absent")


def figures_text(*, open_tasks: int, overdue: int, closed: int, since: date | None) -> str:
    """A unit's figures as a sentence of the minutes, to begin from; nothing where there is nothing to tell."""
    if not open_tasks and not closed:
        return ""
    told = say("minutes.figures_since" if since else "minutes.figures_closed", closed=closed)
    state = say("minutes.figures_open", open=open_tasks) if open_tasks else say("minutes.figures_none")
    late = say("minutes.figures_overdue", overdue=overdue) if overdue else ""
    return told + state + late
