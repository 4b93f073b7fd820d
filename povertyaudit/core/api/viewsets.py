"""The one viewset: rows through scope, filters of the page, verbs through services.

class LeadViewSet(LedgerMixin, ScopedViewSet):
    queryset = Lead.objects.for_list()
    serializer_class = LeadSerializer
    filterset_class = LeadFilter
    workflow = LEAD
    orderings = {"created_at": "created_at", "due_on": "due_on"}

    @verb(NoteShape, LeadSerializer, example={"note": "情况属实"})
    def approve(self, request, id):
        return self.act(services.approve, NoteShape)
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.db import transaction
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ReadOnlyModelViewSet

from povertyaudit.core import accounts, token_scopes
from povertyaudit.core.api.errors import Malformed, etag
from povertyaudit.core.api.idempotency import OncePerKey
from povertyaudit.core.api.serializers import Shape
from povertyaudit.core.errors import NotAllowed, Stale
from povertyaudit.core.scope import ScopedMixin, region_under, root_model
from povertyaudit.core.workflow import Workflow

_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"|(\d{1,9})')


class ScopedViewSet(OncePerKey, ScopedMixin, ReadOnlyModelViewSet[Any]):
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_regex = "[A-Za-z0-9]{1,40}"
    workflow: ClassVar[Workflow | None] = None
    orderings: ClassVar[Mapping[str, str]] = {
        "created_at": "created_at",
        "updated_at": "updated_at",
        "number": "number",
    }
    default_ordering = "-created_at"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.user.must_change_password:
            raise NotAllowed("sign_in.first_password", accounts.CHANGE_FIRST)
        if (scope := self.user.token_scope) is not None:
            reads = request.method in {"GET", "HEAD", "OPTIONS"}
            token_scopes.check(scope, str(self.basename), token_scopes.READ if reads else str(self.action))

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """With how many requests a token has left, where it is limited."""
        rate: token_scopes.Rate | None = getattr(request._request, "token_rate", None)
        if rate is not None:
            for name, value in rate.headers().items():
                response.headers[name] = value
        return super().finalize_response(request, response, *args, **kwargs)

    def get_queryset(self) -> Any:
        """What the caller may see; nothing outside the region his token is narrowed to, whatever rule reaches further."""
        rows, scope = super().get_queryset(), getattr(self.user, "token_scope", None)
        if scope is None or scope.region_id is None:
            return rows
        root = root_model(rows.model)
        if not any(field.attname == "region_id" for field in root._meta.concrete_fields):
            return rows
        path = getattr(rows.model, "dossier_path", "")
        return rows.filter(region_under(f"{path}__region_id" if path else "region_id", scope.region_id))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.answer(self.get_object())

    def filter_queryset(self, queryset: Any) -> Any:
        """Filters narrow lists and ledgers; a single row is found by its id alone."""
        return queryset if self.lookup_url_kwarg in self.kwargs else super().filter_queryset(queryset)

    def answer(self, row: Any, status: int = 200) -> Response:
        """The record with its ETag; on creation with its address."""
        headers = {"ETag": etag(getattr(row, "version", 1))}
        if status == 201:
            headers["Location"] = f"{self.request.path.rstrip('/')}/{row.public_id}/"
        return Response(self.get_serializer(row).data, status=status, headers=headers)

    def body(self, shape: type[Shape] | None, row: Any = None) -> dict[str, Any]:
        """The body as `shape` says, children named in it being those of `row`; raises the framework's error (400)."""
        if shape is None:
            return {}
        context = {**self.get_serializer_context(), "row": row}
        form: BaseSerializer[Any] = shape(data=self.request.data, context=context)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def expected_version(self) -> int | None:
        """The version in `If-Match`; None when any will do. Raises Malformed."""
        given = self.request.headers.get("If-Match", "").strip()
        if given in {"", "*"}:
            return None
        found = _ETAG.fullmatch(given)
        if not found:
            raise Malformed("bad_if_match", 'If-Match 应是记录的 ETag，例如 W/"3"。')
        return int(found[1] or found[2])

    def act(self, service: Callable[..., Any], shape: type[Shape] | None = None, **extra: Any) -> Response:
        """One verb: the row through scope, the body through its shape, then `service(row, by=, expected_version=, **body)`."""
        row = self.get_object()
        said = self.body(shape, row)
        try:
            service(row, by=self.user, expected_version=self.expected_version(), **said, **extra)
        except Stale as stale:
            stale.current = dict(self.get_serializer(self.get_object()).data)
            raise
        return self._after(row)

    def make(self, service: Callable[..., Any], shape: type[Shape], **extra: Any) -> Response:
        """A new record: `service(by=, **body)` → 201. Nothing is kept when its maker could not see it."""
        said = self.body(shape)
        with transaction.atomic():
            row = service(by=self.user, **said, **extra)
            found = self.get_queryset().filter(pk=row.pk).first()
            if found is None:
                raise NotAllowed("scope.outside", "您不能登记管辖范围以外的事项，请核对所属地区和承办单位。")
        return self.answer(found, status=201)

    def _after(self, row: Any) -> Response:
        """The record as it is now; out of the caller's sight by the act: only what he did to it; removed: 204."""
        try:
            return self.answer(self.get_object())
        except Http404:
            left = type(row)._base_manager.filter(pk=row.pk).first()
        if left is None:
            return Response(status=204)
        seen = {"id": left.public_id, "number": getattr(left, "number", None), "version": left.version}
        if hasattr(left, "state"):
            seen |= {"state": left.state, "state_display": left.get_state_display()}
        return Response(seen | {"actions": []}, headers={"ETag": etag(left.version)})
