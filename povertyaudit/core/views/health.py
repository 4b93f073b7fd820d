"""/readyz: what the machines that watch us ask. No login, no content, never cached."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View

from povertyaudit.core import health


@method_decorator(login_not_required, name="dispatch")
class ReadyzView(View):
    """`{database, broker, migrations, clock}`, 200 when no part has a complaint, else 503."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        parts = health.readiness()
        return JsonResponse(
            parts,
            status=200 if health.is_ready(parts) else 503,
            headers={"Cache-Control": "no-store"},
            json_dumps_params={"ensure_ascii": False},
        )
