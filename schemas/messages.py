"""The inbox, feedback, reminders and the places that messages go out to, as they travel."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from schemas.wire import Day, Input, Instant, LongText, Output, Uuid

OutgoingStage = Literal["owed", "sent", "failed"]
FeedbackStage = Literal["all", "unread", "paper"]
ChaseKind = Literal["overdue", "due", "open"]


class MessageLine(Output):
    """One piece of news in a digest; `link` is a path within the page."""

    kind: str
    text: str
    link: str


class MessageOut(Output):
    """One message, in the reader's language."""

    id: str
    kind: str
    subject: str
    link: str
    lines: list[MessageLine]
    unit_id: str | None
    delivered_at: Instant
    read_at: Instant | None


class Inbox(Output):
    """One page of messages, the newest first, with how many are unread in all."""

    items: list[MessageOut]
    next: str | None
    unread: int


class Unread(Output):
    """How many messages wait to be read."""

    unread: int


class FeedbackOut(Output):
    """An inspection told to one person of a responsible unit; `gaps` are the posts that nobody holds."""

    id: str
    inspection_id: str
    unit_id: str
    unit_name: str
    person: str
    capacity: str
    gaps: list[str]
    created_at: Instant
    delivered_at: Instant | None
    read_at: Instant | None
    reminded_at: Instant | None
    note: str | None


class FeedbackRow(FeedbackOut):
    """A feedback in the district's list; `finished_at` is the inspection's."""

    site_name: str
    finished_at: Instant


class PaperDelivery(Input):
    """The office handed a feedback over on paper: on which day, and to whom or how."""

    delivered_on: Day
    note: Annotated[LongText, msgspec.Meta(min_length=1)]


class TargetIn(Input):
    """A chat robot or mailbox of a unit or of a person; exactly one of the two is named."""

    address: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    label: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    unit_id: Uuid | None = None
    person_id: Uuid | None = None


class TargetEntered(Output):
    """The id under which a new target is kept."""

    id: str


class TargetOut(Output):
    """A target without its address, which is never shown again."""

    id: str
    label: str
    scheme: str
    unit_id: str | None
    person_id: str | None
    owner: str
    created_at: Instant
    waiting: int
    gave_up: int
    last_sent_at: Instant | None
    last_error: str | None


class TargetTried(Output):
    """What became of a test message: `error` is None where the target took it."""

    error: str | None


class MessageOwner(Output):
    """Somebody whose messages may also go to a robot or mailbox."""

    person_id: str
    person: str
    unit: str
    roles: list[str]


class OutgoingOut(Output):
    """A message for a target: on its way, taken (`done_at`), or given up."""

    id: str
    target_id: str
    target: str
    scheme: str
    owner: str
    kind: str
    subject: str
    created_at: Instant
    attempts: int
    next_at: Instant
    last_error: str | None
    done_at: Instant | None
    gave_up_at: Instant | None


class ChaseText(Output):
    """Words for the chat group and the photos to put beside them; a person sends them."""

    text: str
    unit_id: str
    task_ids: list[str]
    photos: list[str]
    tasks: int


class ChaseIn(Input):
    """A person has chased a unit with these words, under an id that the page made."""

    id: Uuid
    unit_id: Uuid
    task_ids: Annotated[list[Uuid], msgspec.Meta(max_length=500)]
    text: Annotated[str, msgspec.Meta(max_length=20000)]


class ChaseOut(Output):
    """One chasing of a unit; `tasks` is how many it was about."""

    id: str
    at: Instant
    actor: str
    text: str
    tasks: int
