"""The one-page sheet of a site as PDF, set by Typst. Its words are data and never markup."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import typst

from schemas.site_sheets import SiteSheet
from server.documents.beside import code_svg, lay_photos
from server.documents.print_copies import print_copy
from server.documents.typefaces import WELL_KNOWN, faces

_TEMPLATE = Path(__file__).parent / "site" / "site-sheet.typ"


def render_site_sheet(
    sheet: SiteSheet, photos: Mapping[str, bytes], *, font_folders: Sequence[Path] = WELL_KNOWN
) -> bytes:
    """The PDF. `photos` holds pictures by hash; one that is missing is shown as none. Blocks: call it from a thread."""
    chosen = faces(tuple(font_folders))
    with tempfile.TemporaryDirectory(prefix="xungai-site-") as folder:
        root = Path(folder)
        (root / "main.typ").write_bytes(_TEMPLATE.read_bytes())
        files = lay_photos(root, {sha256: print_copy(picture) for sha256, picture in photos.items()})
        (root / "code.svg").write_bytes(code_svg(sheet.url))
        given = {"sheet": sheet, "faces": chosen.lists, "photos": files}
        (root / "content.json").write_bytes(msgspec.json.encode(given))
        compiled: bytes = typst.compile(str(root / "main.typ"), root=str(root), font_paths=chosen.fonts)
        return compiled
