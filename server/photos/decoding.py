"""One scaled decode of a picture: upright, in sRGB, and everything that is told from it."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from PIL import Image, ImageCms
from PIL.Image import Resampling, Transpose
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from server.photos.exif import Witness, read_witness
from server.photos.recognition import Kind, Recognised, UndecodableError, checked_size

THUMBNAIL_PX = 320
THUMBNAIL_QUALITY = 80
_LARGEST_PROFILE_BYTES = 4 * 1024 * 1024
# Pillow and its decoders raise whatever the damage happens to hit.
_DAMAGE = (
    OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError, ArithmeticError, RuntimeError,
    struct.error, Image.DecompressionBombError,
)  # fmt: skip
# What has to be done to stored pixels so that they stand upright, by the EXIF orientation.
_UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


class Inspection(msgspec.Struct, frozen=True):
    """What the one decode at receipt tells; `width` × `height` is the upright size in pixels."""

    kind: Kind
    width: int
    height: int
    dhash: str
    witness: Witness
    thumbnail: bytes


class Upright(msgspec.Struct, frozen=True):
    """A decoded picture, upright and in RGB, perhaps reduced; `width` × `height` is its full upright size."""

    image: Image.Image
    width: int
    height: int
    witness: Witness


def inspect(path: Path, found: Recognised) -> Inspection:
    """Prove that the whole file decodes, and tell what is told of it.

    Raises UndecodableError, TooManyPixelsError.
    Reads every byte of the picture (a JPEG in one scan at an eighth of its size), so a cut file is found.
    """
    upright = decode(path, found, at_least_px=THUMBNAIL_PX)
    small = upright.image
    small.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Resampling.BOX, reducing_gap=None)
    written = io.BytesIO()
    small.save(written, "JPEG", quality=THUMBNAIL_QUALITY)
    return Inspection(
        kind=found.kind,
        width=upright.width,
        height=upright.height,
        dhash=difference_hash(small),
        witness=upright.witness,
        thumbnail=written.getvalue(),
    )


def difference_hash(image: Image.Image) -> str:
    """The 64-bit dHash of an upright picture, in hex: is each of 8 × 8 cells darker than its right one.

    Always of the ≤ 320 px thumbnail: another way of shrinking gives another hash.
    """
    cells = image.convert("L").resize((9, 8), Resampling.BOX).tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (cells[row * 9 + column] < cells[row * 9 + column + 1])
    return f"{bits:016x}"


def decode(path: Path, found: Recognised, *, at_least_px: int, most_pixels: int | None = None) -> Upright:
    """Decode upright and in sRGB, as small as leaves the long edge at `at_least_px` or more.

    With `most_pixels`, also no larger than that many pixels where a JPEG can be scaled while decoding.
    Raises UndecodableError, TooManyPixelsError.
    """
    with _damage_told():
        image = _opened(path, found)
        width, height = image.size
        checked_size(found, width, height)
        witness = read_witness(image)
        if isinstance(image, JpegImageFile):
            _draft(image, at_least_px, most_pixels)
        image.load()
        image = _to_srgb(_shrunk(image, at_least_px, most_pixels))
        turn = _UPRIGHT.get(_orientation(found, witness))
        if turn is not None:
            image = image.transpose(turn)
            if turn not in (Transpose.FLIP_LEFT_RIGHT, Transpose.ROTATE_180, Transpose.FLIP_TOP_BOTTOM):
                width, height = height, width
        return Upright(image=image, width=width, height=height, witness=witness)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise UndecodableError(type(error).__name__) from error


def _opened(path: Path, found: Recognised) -> Image.Image:
    """Open with the one decoder of this kind: `Image.open` would let the file choose among forty."""
    match found.kind:
        case Kind.JPEG:  # of an MPO the first frame, which is a plain JPEG
            return JpegImageFile(path)
        case Kind.PNG:
            return PngImageFile(path)
        case Kind.WEBP:
            return _FirstFrame(path)
        case Kind.HEIC:
            import pillow_heif  # noqa: PLC0415  (30 MB of libraries that only the worker process needs)

            pillow_heif.options.DECODE_THREADS = 1
            opened: Image.Image = pillow_heif.HeifImageFile(path)  # type: ignore[no-untyped-call]
            return opened


class _FirstFrame(WebPImageFile):
    """A WebP that lets its decoder go once the first frame is out: the decoder's two canvases are each as large as
    the picture, and with them 50 MP would not fit into the worker."""

    def _get_next(self) -> tuple[bytes, int, int]:
        frame = super()._get_next()
        self._decoder = None
        return frame


def _orientation(found: Recognised, witness: Witness) -> int:
    # libheif turns the picture itself, by the file's own boxes; its EXIF orientation is only a memory.
    return 1 if found.kind is Kind.HEIC else witness.orientation


def _draft(image: JpegImageFile, at_least_px: int, most_pixels: int | None) -> None:
    width, height = image.size
    factor = max(1, max(width, height) // at_least_px)
    if most_pixels is not None:
        factor = next((step for step in (1, 2, 4, 8) if width * height <= most_pixels * step * step), 8)
    # A wished size of 0 makes Pillow divide by it.
    image.draft(None, (max(1, width // factor), max(1, height // factor)))


def _shrunk(image: Image.Image, at_least_px: int, most_pixels: int | None) -> Image.Image:
    """Reduce by a whole factor before colours are converted, so that only one copy is ever large."""
    if most_pixels is None:
        factor = max(image.size) // at_least_px
    else:
        pixels = image.width * image.height
        factor = next(step for step in range(1, 64) if pixels <= most_pixels * step * step)
    if factor < 2:
        return image
    if image.mode in ("P", "1", "PA"):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode.startswith("I"):
        image = _to_8_bits(image)
    return image.reduce(factor)


def _to_8_bits(image: Image.Image) -> Image.Image:
    return image.convert("I").point(lambda value: value / 256).convert("L")


def _to_srgb(image: Image.Image) -> Image.Image:
    """RGB in sRGB, by the picture's own profile where it has a usable one; transparency on white."""
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        layer = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    elif image.mode.startswith("I") or image.mode == "F":
        image = _to_8_bits(image)
    profile = image.info.get("icc_profile")
    if isinstance(profile, bytes) and 128 < len(profile) <= _LARGEST_PROFILE_BYTES and not _is_srgb(profile):
        converted = _by_profile(image, profile)
        if converted is not None:
            return converted
    return image if image.mode == "RGB" else image.convert("RGB")


def _is_srgb(profile: bytes) -> bool:
    return b"sRGB" in profile[:4096] or "sRGB".encode("utf-16-be") in profile[:4096]


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image | None:
    try:
        source, srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        if image.mode != "RGB":
            return ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
        ImageCms.profileToProfile(image, source, srgb, inPlace=True)  # a large picture is not held twice
        return image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None  # a profile of another colour space, or a broken one: the plain conversion serves
