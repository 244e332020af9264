"""The photo package as it travels: what its parts will hold, before any of them is made."""

from __future__ import annotations

from schemas.wire import Input, Month, Output, Uuid


class PackageIn(Input):
    """Which photos are wanted; what is left out does not narrow."""

    month: Month | None = None
    site_id: Uuid | None = None
    unit_id: Uuid | None = None


class PackagePart(Output):
    """One ZIP file of the package: where it is fetched, how many photos, and the bytes of their originals."""

    number: int
    url: str
    photos: int
    size_bytes: int


class PackagePlan(Output):
    """All parts of a package. Each is fetched, and fetched again, by itself."""

    photos: int
    size_bytes: int
    parts: list[PackagePart]
