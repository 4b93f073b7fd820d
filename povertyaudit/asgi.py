"""The door for web servers (ASGI)."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertyaudit.settings")
application = get_asgi_application()
