"""The door for web servers (WSGI)."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyaudit.settings")
application = get_wsgi_application()
# What is loaded now stays for good: looking through it for garbage would cost one request in fifteen a tenth of a second.
get_resolver().url_patterns  # noqa: B018 — loads every view
gc.collect()
gc.freeze()
