"""A JPEG, PNG or WebP drawn anew: only pixels survive, and the time it was taken."""

import io
import json
import sys
import warnings
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

PIXEL_CAP = 60_000_000
THUMB = (320, 320)
TAKEN, EXIF_IFD = 0x9003, 0x8769


def look(data: bytes) -> bytes:
    """A line of JSON `{extension, taken, thumb}`, the picture, and `thumb` bytes of a small one."""
    Image.MAX_IMAGE_PIXELS = None  # counted here
    warnings.simplefilter("ignore")
    try:
        picture: Any = Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"])
        if picture.width * picture.height > PIXEL_CAP:
            sys.exit("pixels")
        if picture.format != "MPO" and getattr(picture, "is_animated", False):
            sys.exit("animated")  # a phone's second picture in a JPEG (MPO) is its preview
        picture.load()
        taken = taken_at(picture)
        ImageOps.exif_transpose(picture, in_place=True)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, OverflowError):
        sys.exit("damaged")
    keeps_png = picture.format == "PNG"
    pixels = bare(picture, keep_alpha=keeps_png)
    content = encoded(pixels, "PNG" if keeps_png else "JPEG")
    small = bare(ImageOps.contain(pixels, THUMB), keep_alpha=False)
    thumb = encoded(small, "JPEG")
    head = {"extension": "png" if keeps_png else "jpg", "taken": taken, "thumb": len(thumb)}
    return json.dumps(head).encode() + b"\n" + content + thumb


def bare(picture: Any, *, keep_alpha: bool) -> Any:
    """The pixels alone, in a mode both formats know; transparency goes onto white unless kept."""
    form = picture.mode
    if form in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        picture = picture if form == "RGBA" else picture.convert("RGBA")
        if not keep_alpha:
            ground = Image.new("RGB", picture.size, "white")
            ground.paste(picture, mask=picture.getchannel("A"))
            picture = ground
    elif form not in {"RGB", "L"}:
        picture = picture.convert("RGB")
    picture.info = {}
    return picture


def encoded(picture: Any, form: str) -> bytes:
    out = io.BytesIO()
    if form == "JPEG":
        picture.save(out, form, quality=88, optimize=True, exif=b"", icc_profile=None, comment=b"")
    else:
        picture.save(out, form, optimize=False, exif=b"", icc_profile=None)
    return out.getvalue()


def taken_at(picture: Any) -> str:
    """The camera's own words."""
    try:
        exif = picture.getexif()
        return str(exif.get_ifd(EXIF_IFD).get(TAKEN) or "")[:40]
    except (ValueError, OverflowError, SyntaxError, AttributeError, KeyError, OSError, TypeError):
        return ""
