"""Is the process up? Asked by the supervisor and by the container; touches neither database nor session."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views import View


@method_decorator(login_not_required, name="dispatch")
class HealthzView(View):
    """200 and one word."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})
