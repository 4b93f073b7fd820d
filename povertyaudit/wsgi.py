"""The door for web servers (WSGI)."""

import gc
import os
from itertools import count

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

SETTLES_IN = 5  # full collections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyaudit.settings")
application = get_wsgi_application()
# What is loaded now stays for good: looking through it for garbage would cost one request in fifteen a tenth of a second.
get_resolver().url_patterns  # noqa: B018 — loads every view
gc.collect()
gc.freeze()
gc.set_threshold(700, 10, 100)  # all generations: ten times more seldom than Python would
passes = count(1)


def settle(phase: str, info: dict[str, int]) -> None:
    """Templates, addresses and statements are made as pages are first asked for, and stay as well.

    What outlived the first full collections is left alone from then on. Not after each of them: a request then under way
    would never be looked through again.
    """
    if phase == "stop" and info["generation"] == 2:
        gc.freeze()
        if next(passes) == SETTLES_IN:
            gc.callbacks.remove(settle)


gc.callbacks.append(settle)
