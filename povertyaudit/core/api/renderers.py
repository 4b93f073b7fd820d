"""How answers are written down."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder


class _Encoder(JSONEncoder):
    """Moments in the time of the county, whether a field gave them or a method: one answer does not mix two."""

    def default(self, obj: Any) -> Any:
        if isinstance(obj, datetime) and timezone.is_aware(obj):
            return timezone.localtime(obj).isoformat()
        return super().default(obj)


class Renderer(JSONRenderer):
    """JSON."""

    encoder_class = _Encoder
