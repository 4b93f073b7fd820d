"""Small photographs and vouchers, drawn and written here, so that close-outs rest on real files."""

from functools import cache
from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIZE = (480, 320)
SKY = {"before": (176, 182, 186), "after": (150, 190, 226)}
GROUND = {"before": (128, 112, 92), "after": (120, 156, 96)}


def photo(name: str, seed: int, *, after: bool) -> SimpleUploadedFile:
    """The same scene before or after: a hillside, a house, a road that is broken or whole."""
    return SimpleUploadedFile(
        f"{name}.jpg", _scene(seed, "after" if after else "before"), content_type="image/jpeg"
    )


@cache
def _scene(seed: int, when: str) -> bytes:
    random = Random(seed)  # noqa: S311 — a drawing, not a secret
    image = Image.new("RGB", SIZE, SKY[when])
    draw = ImageDraw.Draw(image)
    points = [(x, 150 + random.randrange(-36, 36)) for x in range(0, SIZE[0] + 60, 60)]
    draw.polygon([*points, (SIZE[0], SIZE[1]), (0, SIZE[1])], fill=GROUND[when])
    left, top = random.randrange(60, 300), random.randrange(150, 200)
    draw.rectangle(
        (left, top, left + 90, top + 60), fill=(226, 214, 196) if when == "after" else (164, 148, 130)
    )
    draw.polygon([(left - 10, top), (left + 45, top - 36), (left + 100, top)], fill=(150, 70, 60))
    road = (196, 196, 190) if when == "after" else (110, 96, 80)
    draw.polygon([(200, 320), (280, 320), (250, 200), (236, 200)], fill=road)
    if when == "before":
        for _ in range(14):
            x, y = random.randrange(204, 270), random.randrange(210, 318)
            draw.ellipse((x, y, x + 9, y + 5), fill=(74, 62, 52))
    out = BytesIO()
    image.save(out, "JPEG", quality=78)
    return out.getvalue()


def voucher(name: str, lines: list[str]) -> SimpleUploadedFile:
    """A one-page PDF in plain Latin letters and digits: number, date, amount."""
    text = "".join(f"({_escaped(line)}) Tj 0 -22 Td " for line in lines)
    stream = f"BT /F1 14 Tf 60 760 Td {text}ET".encode("ascii")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    return SimpleUploadedFile(f"{name}.pdf", _pdf(parts), content_type="application/pdf")


def _pdf(parts: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)
    return bytes(out)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
