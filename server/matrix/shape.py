"""The shape of a year's notice as data: what we read of a catalogue; all else in it is kept and handed on. Pure."""

from __future__ import annotations

import msgspec


class Named(msgspec.Struct):
    """A level of the table, or an item of a key work; the notice gives some of them no code."""

    name: str
    code: str | None = None


class Text(msgspec.Struct):
    """A standard, or a requirement of a key work."""

    text: str
    no: str | None = None


class Material(msgspec.Struct):
    """What has to be handed in, in which formats (R23), by whom."""

    code: str
    text: str
    formats: list[str]
    units: list[str]
    no: str | None = None
    provincial_opinion: bool = False


class Method(msgspec.Struct):
    """网上申报 with its materials, or 实地考察 with what is looked at (R10)."""

    method: str
    materials: list[Material] = []
    text: str = ""
    units: list[str] = []


class RoutineRow(msgspec.Struct):
    """A content of the 常规工作."""

    code: str
    level1: Named
    level2: Named
    level3: Named
    standards: list[Text]
    methods: list[Method]
    units: list[str]
    supporting_units: list[str] = []
    footnote: str = ""


class KeyWork(msgspec.Struct):
    """One of the 重点工作."""

    code: str
    name: str
    items: list[Named]
    content: str
    standard: str
    methods: list[str]
    units: list[str]
    requirement: str = ""
    requirements: list[Text] = []


class Attachment(msgspec.Struct):
    """附件 1: the table of who does what."""

    routine: list[RoutineRow]
    key_work: list[KeyWork]


class ScopeCounts(msgspec.Struct):
    """What section 二 of the notice says that there is (R9)."""

    boards: list[str]
    aspects: list[str]
    indicators: list[str]
    main_contents: list[str]
    key_works: list[str]


class NamedUnit(msgspec.Struct):
    """A unit, or a group of units, as the notice calls it."""

    code: str
    name: str
    kind: str = ""


class Organisation(msgspec.Struct):
    """Section 一 of the notice."""

    units: list[NamedUnit]
    groups: list[NamedUnit]


class Cite(msgspec.Struct):
    """A paper that the notice rests on (R90)."""

    code: str
    title: str
    number: str | None = None


class Source(msgspec.Struct):
    """Which notice this is."""

    title: str
    issuer: str
    date: str
    year: int
    cites: list[Cite]


class Subjects(msgspec.Struct):
    """What is inspected every month (R36)."""

    subjects: list[Named]


class Notice(msgspec.Struct):
    """What we read of a catalogue; all else in it is kept and handed on."""

    source: Source
    organisation: Organisation
    attachment1: Attachment
    scope_counts: ScopeCounts
    supervision: Subjects
