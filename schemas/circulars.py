"""The monthly circular and notices as the office drafts them: what it may write, and what is counted for it (R62)."""

from __future__ import annotations

from typing import Annotated

import msgspec

from schemas.wire import Input, LongText, Month, Output, ShortText, Uuid

Heading = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Paragraph = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Paragraphs = Annotated[list[Paragraph], msgspec.Meta(max_length=30)]
UnitNames = Annotated[list[Annotated[str, msgspec.Meta(max_length=100)]], msgspec.Meta(max_length=100)]


class CircularProposal(Output):
    """A month that ended without its circular, with what it would tell of."""

    month: str
    visits: int
    problems: int


class DraftCircular(Input):
    """Draft the circular of an ended month under an id that the page made. Its figures are counted, not sent."""

    id: Uuid
    month: Month
    contact_name: ShortText
    contact_phone: ShortText


class NoticeSection(Input):
    """A heading, its text, and numbered items below it."""

    heading: Heading
    paragraphs: Paragraphs = msgspec.field(default_factory=list)
    items: Paragraphs = msgspec.field(default_factory=list)


class DraftNotice(Input):
    """Draft a notice. Without `unit_ids` it goes to every unit of the group."""

    id: Uuid
    subject: Heading
    opening: Paragraph
    sections: Annotated[list[NoticeSection], msgspec.Meta(max_length=20)]
    contact_name: ShortText
    contact_phone: ShortText
    unit_ids: Annotated[list[Uuid], msgspec.Meta(max_length=100)] = msgspec.field(default_factory=list)


class Demand(Input):
    """One demand of a circular: its heading and its text."""

    heading: Heading
    text: Paragraph


class UnitExamples(Input):
    """What a circular names of a unit's problems, in words."""

    unit: Annotated[str, msgspec.Meta(max_length=100)]
    examples: Annotated[list[Annotated[str, msgspec.Meta(min_length=1, max_length=200)]], msgspec.Meta(max_length=10)]


class CircularWords(Input):
    """The words of a circular that the office writes. Units are named by their names, of those that it tells of."""

    version: int
    opening: LongText
    demands: Annotated[list[Demand], msgspec.Meta(min_length=1, max_length=10)]
    exemplary: UnitNames
    lagging: UnitNames
    examples: Annotated[list[UnitExamples], msgspec.Meta(max_length=100)]


class NoticeWords(Input):
    """The words of a notice, whole."""

    version: int
    subject: Heading
    opening: Paragraph
    sections: Annotated[list[NoticeSection], msgspec.Meta(max_length=20)]


class DemandOut(Output):
    """One demand."""

    heading: str
    text: str


class SectionOut(Output):
    """One section of a notice."""

    heading: str
    paragraphs: list[str]
    items: list[str]


class UnitWords(Output):
    """A unit of a circular: its figures, which nobody types, and the problems that are named."""

    unit: str
    found: int
    closed: int
    overdue: int
    examples: list[str]


class LetterWords(Output):
    """The words of a draft that may be changed. A circular has units and demands, a notice a subject and sections."""

    version: int
    subject: str
    opening: str
    sections: list[SectionOut]
    demands: list[DemandOut]
    exemplary: list[str]
    lagging: list[str]
    units: list[UnitWords]
