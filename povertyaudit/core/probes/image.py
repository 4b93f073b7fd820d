"""A JPEG, PNG or WebP drawn anew: only pixels survive, and when and where it was taken."""

import io
import json
import sys
import warnings
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

PIXEL_CAP = 60_000_000
THUMB = (320, 320)
TAKEN, EXIF_IFD, GPS_IFD = 0x9003, 0x8769, 0x8825


def look(data: bytes) -> bytes:
    """A line of JSON `{extension, taken, position, thumb}`, the picture, and `thumb` bytes of a small one."""
    Image.MAX_IMAGE_PIXELS = None  # counted here
    warnings.simplefilter("ignore")
    try:
        picture: Any = Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"])
        if picture.width * picture.height > PIXEL_CAP:
            sys.exit("pixels")
        if picture.format != "MPO" and getattr(picture, "is_animated", False):
            sys.exit("animated")  # a phone's second picture in a JPEG (MPO) is its preview
        picture.load()
        taken, position = taken_at(picture), position_of(picture)
        ImageOps.exif_transpose(picture, in_place=True)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, OverflowError):
        sys.exit("damaged")
    keeps_png = picture.format == "PNG"
    pixels = bare(picture, keep_alpha=keeps_png)
    content = encoded(pixels, "PNG" if keeps_png else "JPEG")
    small = bare(ImageOps.contain(pixels, THUMB), keep_alpha=False)
    thumb = encoded(small, "JPEG")
    head = {
        "extension": "png" if keeps_png else "jpg",
        "taken": taken,
        "position": position,
        "thumb": len(thumb),
    }
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


def position_of(picture: Any) -> list[float] | None:
    """Latitude and longitude as the camera says them, in degrees."""
    try:
        said = picture.getexif().get_ifd(GPS_IFD)
        north, east = degrees(said[2], said[1] == "S"), degrees(said[4], said[3] == "W")
    except (
        ValueError,
        OverflowError,
        SyntaxError,
        AttributeError,
        KeyError,
        OSError,
        TypeError,
        ZeroDivisionError,
    ):
        return None
    return [north, east] if abs(north) <= 90 and abs(east) <= 180 else None


def degrees(parts: Any, negative: bool) -> float:
    whole = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
    return round(-whole if negative else whole, 6)
