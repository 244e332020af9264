"""What photos and their uploads refuse."""

from __future__ import annotations

from server.errors import Refusal


class HashDiffers(Refusal):
    """The bytes are not those that their hash names."""

    status = 460
    code = "hash-differs"


class PhotoTooLarge(Refusal):
    """Over 50 MB."""

    status = 413
    code = "too-large"


class TooManyPixels(PhotoTooLarge):
    """Over the pixel limit of its kind (R86)."""


class NotAPhoto(Refusal):
    """Neither JPEG, PNG, WebP nor HEIC, by decoding and not by name (R86)."""

    status = 415
    code = "not-a-photo"


class Undecodable(Refusal):
    """It begins like a photo but is cut short or damaged (R86)."""

    status = 422
    code = "undecodable"


class EmptyUpload(Refusal):
    """Zero bytes (R86)."""

    status = 422
    code = "empty-upload"


class BadMetadata(Refusal):
    """The Upload-Metadata lacks the hash or says something impossible; `errors` names each."""

    status = 422
    code = "bad-metadata"


class TusVersion(Refusal):
    """Not tus 1.0.0."""

    status = 412
    code = "tus-version"


class NotTusBytes(Refusal):
    """A PATCH that is not application/offset+octet-stream."""

    status = 415
    code = "not-tus-bytes"


class OffsetConflict(Refusal):
    """The bytes do not begin where the last ones ended: ask where that was, and go on from there."""

    status = 409
    code = "offset-conflict"


class UploadOverflow(Refusal):
    """More bytes, or more pieces, than the upload may have."""

    status = 413
    code = "upload-overflow"


class TooManyUploads(Refusal):
    """One person has too many unfinished uploads."""

    status = 429
    code = "too-many-uploads"


class StoreAway(Refusal):
    """The object store or the workshop cannot do it now; nothing was acknowledged."""

    status = 503
    code = "store-away"


class PhotoDamaged(Refusal):
    """The store has lost or changed the bytes: nothing is served under their name."""

    status = 500
    code = "photo-damaged"


class RangeNotSatisfiable(Refusal):
    """The range begins after the end."""

    status = 416
    code = "range-not-satisfiable"


class NotOwed(Refusal):
    """Only a photo that is still missing can be waived."""

    status = 409
    code = "not-owed"


class ReviewDiffers(Refusal):
    """A decision of this id was taken already, and it says something else."""

    status = 409
    code = "review-differs"


class OwnPhoto(Refusal):
    """Nobody explains their own photo to themselves."""

    status = 409
    code = "own-photo"
