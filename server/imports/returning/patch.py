"""Changes a few parts of an office file and copies all others as they are, so that nothing of it gets lost.

A library that reads a workbook and writes it anew drops what it does not know: text boxes, grouped shapes, the
pictures that WPS keeps in cells, formats of part of a text, extensions. Here a part is either changed or untouched.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any, Final

from lxml import etree

from server.imports.reading.archive import Archive, full_name, parse, plain_name, rels_name

_TYPES: Final = "[Content_Types].xml"
_CT: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REL: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
JPEG: Final = "image/jpeg"


class Patch:
    """An office file with some parts changed or added."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self.archive: Final = Archive(self._zip)
        self._trees: dict[str, Any] = {}
        self._added: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        self._count = 0

    def tree(self, part: str) -> Any:
        """The root of a part that is going to be changed."""
        if part not in self._trees:
            self._trees[part] = self.archive.tree(part)
        return self._trees[part]

    def add_tree(self, part: str, xml: bytes) -> Any:
        """A new part that begins as this XML."""
        self._trees[part] = parse(xml)
        return self._trees[part]

    def drop(self, part: str) -> None:
        """Leave a part out, and its entry among the kinds of parts."""
        self._dropped.add(part)
        for entry in self.tree(_TYPES).findall(f"{_CT}Override"):
            if entry.get("PartName") == f"/{part}":
                entry.getparent().remove(entry)

    def add_picture(self, jpeg: bytes, folder: str) -> str:
        """A new picture beside the others; the name of its part."""
        name = self.free_name(posixpath.join(folder, "returned"), "jpeg")
        self._added[name] = jpeg
        types = self.tree(_TYPES)
        if not any(entry.get("Extension", "").lower() == "jpeg" for entry in types.findall(f"{_CT}Default")):
            types.insert(0, etree.Element(f"{_CT}Default", Extension="jpeg", ContentType=JPEG))
        return name

    def free_name(self, stem: str, ending: str) -> str:
        """A name for a part that no part has."""
        while True:
            self._count += 1
            name = f"{stem}{self._count}.{ending}"
            if name not in self.archive.names:
                return name

    def set_type(self, part: str, content_type: str) -> None:
        """Say what kind of part a new one is."""
        entry = etree.SubElement(self.tree(_TYPES), f"{_CT}Override")
        entry.set("PartName", f"/{part}")
        entry.set("ContentType", content_type)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part lead to another; the id of the relationship. The same twice is one."""
        name = rels_name(part)
        if name in self._trees or name in self.archive.names:
            root = self.tree(name)
        else:
            root = self.add_tree(name, f'<Relationships xmlns="{_REL[1:-1]}"/>'.encode())
        for known in root.findall(f"{_REL}Relationship"):
            if known.get("TargetMode") != "External" and full_name(part, known.get("Target", "")) == target:
                return str(known.get("Id"))
        taken = {known.get("Id") for known in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rIdX{n}" not in taken)
        entry = etree.SubElement(root, f"{_REL}Relationship")
        entry.set("Id", f"rIdX{number}")
        entry.set("Type", f"{_OFFICE}/{kind}")
        entry.set("Target", posixpath.relpath(target, posixpath.dirname(part)))
        return f"rIdX{number}"

    def written(self) -> bytes:
        """The whole file."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self._zip.infolist():
                name = plain_name(info.filename)
                if name in self._dropped:
                    continue
                changed = self._trees.pop(name, None)
                target.writestr(info, self._zip.read(info) if changed is None else _serialised(changed))
            for name, root in self._trees.items():
                target.writestr(name, _serialised(root))
            for name, data in self._added.items():
                target.writestr(name, data, zipfile.ZIP_STORED)
        return stream.getvalue()


def _serialised(root: Any) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
