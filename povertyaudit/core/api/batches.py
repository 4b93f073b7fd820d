"""`POST <things>/batch/` and `<things>/batch/<verb>/`: up to 1,000 rows of one kind in one request, all or none or each by itself.

    batch = batch_create(paying.open_payment, PaymentShape, example=NEW)
    batch_pay = batch_verb("pay", paying.pay, PayShape, example={"id": "990101-BZ-2026-0001", "voucher_no": "…"})

`mode` "all": one transaction; anything wrong in any row and nothing is kept, every wrong row is told. "partial": each row
in a transaction of its own. A row of a verb names its record (`id` or number) and may say the `version` it saw.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.views.decorators.debug import sensitive_variables
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core.api.errors import flatten, problem
from povertyaudit.core.api.schema import write_schema
from povertyaudit.core.api.serializers import Shape
from povertyaudit.core.errors import NEUTRAL_CLASH, DomainError, NotAllowed, RuleBroken, Several

MOST = 1000
ALL, PARTIAL = "all", "partial"
NOT_FOUND = RuleBroken("batch.not_found", "没有找到这一条，或您无权查看。", field="id")


class RowsShape(Shape):
    """The rows are checked one by one against the shape of the single write."""

    mode = serializers.ChoiceField(
        choices=[(ALL, "全部成功才保存"), (PARTIAL, "逐条保存")], help_text="all 或者 partial"
    )
    rows = serializers.ListField(
        child=serializers.DictField(),
        min_length=1,
        max_length=MOST,
        help_text=f"各条，最多 {MOST} 条，内容同单条办理",
    )


class RowsResultSerializer(serializers.Serializer[Any]):
    """What became of one row."""

    row = serializers.IntegerField(help_text="第几条，从 1 数起")
    ok = serializers.BooleanField()
    status = serializers.IntegerField(help_text="单独办理这一条时会答复的状态码")
    id = serializers.CharField(allow_null=True)
    number = serializers.CharField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    errors: Any = serializers.ListField(
        child=serializers.DictField(), help_text="这一条的错误，形状同单条办理"
    )


class RowsAnswerSerializer(serializers.Serializer[Any]):
    """`done` rows kept, `refused` rows not."""

    done = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = RowsResultSerializer(many=True)


@dataclass
class _Result:
    row: int
    status: int
    made: Any = None
    errors: list[dict[str, Any]] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        made = self.made
        return {
            "row": self.row, "ok": not self.errors, "status": self.status,
            "id": made and made.public_id, "number": getattr(made, "number", None), "version": getattr(made, "version", None),
            "errors": self.errors,
        }  # fmt: skip


Do = Callable[[Any, dict[str, Any]], Any]


def batch_create(service: Callable[..., Any], shape: type[Shape], *, example: dict[str, Any]) -> Any:
    """The viewset method for new records."""

    def one(view: Any, row: dict[str, Any]) -> Any:
        made = service(by=view.user, **_checked(view, shape, row))
        seen = view.get_queryset().select_related(None).prefetch_related(None)
        found = seen.filter(pk=made.pk).first()
        if found is None:
            raise NotAllowed("scope.outside", "您不能登记管辖范围以外的事项，请核对所属地区和承办单位。")
        return found

    return _method("batch", "batch", one, "登记", example, status=201)


def batch_verb(verb: str, service: Callable[..., Any], shape: type[Shape], *, example: dict[str, Any]) -> Any:
    """The viewset method for one verb on many records, each with its own contents."""

    def one(view: Any, row: dict[str, Any]) -> Any:
        said = dict(row)
        asked, version = str(said.pop("id", "")), said.pop("version", None)
        if version is not None and (isinstance(version, bool) or not isinstance(version, int)):
            raise RuleBroken("batch.version", "version 应是整数。", field="version")
        rows = view.get_queryset()
        asked = asked if asked.isprintable() else ""  # what the database would not even compare
        found = rows.filter(public_id=asked).first() or rows.filter(number=asked).first() if asked else None
        if found is None:
            raise NOT_FOUND
        service(found, by=view.user, expected_version=version, **_checked(view, shape, said, found))
        return view.get_queryset().filter(pk=found.pk).first() or found

    return _method(f"batch_{verb}", f"batch/{verb}", one, verb, example, status=200)


@sensitive_variables()
def _checked(view: Any, shape: type[Shape], row: dict[str, Any], record: Any = None) -> dict[str, Any]:
    form = shape(data=row, context={**view.get_serializer_context(), "row": record})
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def _method(name: str, path: str, one: Do, label: str, example: dict[str, Any], *, status: int) -> Any:
    @sensitive_variables()
    def method(self: Any, request: Request) -> Response:
        said = self.body(RowsShape)
        whole, results = said["mode"] == ALL, list[_Result]()
        with transaction.atomic():
            results.extend(_carry_out(self, one, said["rows"], status))
            refused = [result for result in results if result.errors]
            if whole and refused:
                transaction.set_rollback(True)
                return Response(_refusal(refused), status=422)
        told = {"done": len(results) - len(refused), "refused": len(refused)}
        return Response({**told, "results": [result.told() for result in results]})

    method.__name__ = name
    method.__doc__ = (
        f"批量（{label}）：mode 为 all 时有一条不对就都不保存，partial 时逐条保存；答复逐条列出。"
    )
    routed = action(detail=False, methods=["post"], url_path=path, filter_backends=[], pagination_class=None)
    body = {"mode": PARTIAL, "rows": [example]}
    return write_schema(RowsShape, RowsAnswerSerializer, example=body)(routed(method))


@sensitive_variables()
def _carry_out(view: Any, one: Do, rows: list[dict[str, Any]], status: int) -> Iterator[_Result]:
    """Each row behind a savepoint of its own."""
    for number, row in enumerate(rows, 1):
        try:
            with transaction.atomic():
                yield _Result(number, status, one(view, row))
        except ValidationError as malformed:
            yield _Result(number, 400, errors=list(flatten(malformed.detail)))
        except Several as several:
            yield _Result(
                number, several.status, errors=[problem(e.code, e.message, e.field) for e in several.errors]
            )
        except DomainError as refused:
            yield _Result(
                number, refused.status, errors=[problem(refused.code, refused.message, refused.field)]
            )
        except (IntegrityError, DataError):
            yield _Result(number, 422, errors=[problem("clash", NEUTRAL_CLASH, None)])


def _refusal(refused: list[_Result]) -> dict[str, Any]:
    """Nothing was kept; every wrong row with its fields as `rows.<n>.<field>`."""
    errors = [
        {
            **error,
            "field": f"rows.{result.row}.{error['field']}" if error.get("field") else f"rows.{result.row}",
        }
        for result in refused
        for error in result.errors
    ]
    said = problem("batch.refused", f"有 {len(refused)} 条不对，全部没有保存，请改正后重新提交。", "rows")
    return {**said, "errors": errors}
