"""What a person does with a page, in the words of the page."""

import struct
import zlib


def choose(page, name, words):
    """Take the first answer that holds the words: typed into a searching chooser, or out of a short list."""
    if page.locator(f"#id_{name}-ts-control").count() == 0:
        option = page.locator(f"[name={name}] option", has_text=words).first
        page.select_option(f"[name={name}]", option.get_attribute("value"))
        return
    page.locator(f"#id_{name}-ts-control").click()
    page.locator(f"#id_{name}-ts-control").fill(words)
    page.locator(".ts-dropdown:visible .option", has_text=words).first.click()


def verb(page, label):
    """Press a verb of the record's head and wait for its form."""
    page.locator("main").get_by_role("link", name=label, exact=True).first.click()
    page.wait_for_load_state()


def press(page, label):
    """Press the button that carries the act out; the record comes back."""
    page.locator("main form").get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def photo(shade):
    """A real PNG of 64 × 48 points in one shade of grey."""
    rows = b"".join(b"\x00" + bytes([shade]) * 64 for _ in range(48))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return {
        "name": "现场照片.png",
        "mimeType": "image/png",
        "buffer": b"\x89PNG\r\n\x1a\n" + b"".join(chunks),
    }
