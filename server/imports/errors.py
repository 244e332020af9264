"""What imports refuse. A file that is not taken leaves nothing behind."""

from __future__ import annotations

from server.errors import Refusal
from server.imports.reading.table import UnreadableError


class _Unreadable(Refusal):
    """A file that cannot be read."""

    status = 422


class ImportNotRecognised(_Unreadable):
    """Neither a workbook nor a Word document nor a text with separated fields."""

    code = "import-not-recognised"


class ImportOldFormat(_Unreadable):
    """The format before 2007 (.xls, .doc, .et)."""

    code = "import-old-format"


class ImportStrictFormat(_Unreadable):
    """Saved as "strict" Open XML, which few programs write."""

    code = "import-strict-format"


class ImportMacros(_Unreadable):
    """A file with macros is not opened."""

    code = "import-macros"


class ImportEncrypted(_Unreadable):
    """Protected by a password."""

    code = "import-encrypted"


class ImportDamaged(_Unreadable):
    """The file is broken or cut off."""

    code = "import-damaged"


class ImportBomb(_Unreadable):
    """It swells too much when it is unpacked, or takes too long to read."""

    code = "import-bomb"


class ImportEmpty(_Unreadable):
    """There is no table with anything in it."""

    code = "import-empty"


class TooManyRows(_Unreadable):
    """More than 5,000 rows."""

    code = "import-too-many-rows"


class TooManyPictures(_Unreadable):
    """More than 3,000 pictures."""

    code = "import-too-many-pictures"


class ImportTooLarge(Refusal):
    """More than 20 MB."""

    status = 413
    code = "import-too-large"


class ImportDiffers(Refusal):
    """Another file was already brought under this id."""

    status = 409
    code = "import-differs"


class ImportChanged(Refusal):
    """Somebody else changed the preview since this page was loaded."""

    status = 409
    code = "import-changed"


class ImportTaken(Refusal):
    """What has become tasks is neither changed in the list nor thrown away."""

    status = 409
    code = "import-taken"


class NothingChosen(Refusal):
    """No row is chosen that could be taken over."""

    status = 409
    code = "import-nothing-chosen"


class TooManyChosen(Refusal):
    """More rows at once than one transaction carries well."""

    status = 409
    code = "import-too-many-chosen"


class NoReturn(Refusal):
    """The list cannot be given back in its own form."""

    status = 409
    code = "import-no-return"


_REFUSALS: dict[str, type[Refusal]] = {
    refusal.code: refusal
    for refusal in (
        ImportNotRecognised, ImportOldFormat, ImportStrictFormat, ImportMacros, ImportEncrypted, ImportDamaged,
        ImportBomb, ImportEmpty, TooManyRows, TooManyPictures, ImportTooLarge,
    )
}  # fmt: skip


def refusal_of(error: UnreadableError) -> Refusal:
    """The refusal for a reason that a file could not be read."""
    return _REFUSALS.get(error.code, ImportDamaged)()
