"""`POST <things>/bulk/<verb>/` `{ids: […], …fields}`: the verb for up to 100 rows, one result per row.

class LeadViewSet(…, ScopedViewSet):
    bulk_sign_for = bulk_verb(LEAD, "sign_for", services.sign_for, NoteShape, example={"note": "已签收。"})
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import bulk
from povertyaudit.core.api.fields import LineField
from povertyaudit.core.api.schema import write_schema
from povertyaudit.core.api.serializers import Shape
from povertyaudit.core.workflow import Workflow


class BulkResultSerializer(serializers.Serializer[Any]):
    """What became of one row."""

    id = serializers.CharField(help_text="记录的标识；没有找到的照原样返回")
    ok = serializers.BooleanField()
    status = serializers.IntegerField(help_text="单独办理这一条时会答复的状态码")
    code = serializers.CharField()
    message = serializers.CharField(help_text="给人看的一句话")


class BulkAnswerSerializer(serializers.Serializer[Any]):
    """One result per row, in the order of `ids`."""

    results = BulkResultSerializer(many=True)


@cache
def _with_ids(shape: type[Shape]) -> type[Shape]:
    ids = serializers.ListField(
        child=LineField(max_length=60), help_text=f"记录的标识或编号，最多 {bulk.MOST} 个；每条分别办理"
    )
    return type(f"Bulk{shape.__name__}", (shape,), {"ids": ids})


def bulk_verb(
    workflow: Workflow, verb: str, service: Callable[..., Any], shape: type[Shape], *, example: dict[str, Any]
) -> Any:
    """The viewset method; the row outside the caller's scope is 404 in its result, a refused one says why."""
    step, body = workflow.transitions[verb], _with_ids(shape)

    def method(self: Any, request: Request) -> Response:
        said = self.body(body)
        found = bulk.find(self.get_queryset(), said.pop("ids"))
        results = list(bulk.carry_out(found, step, service, said, by=self.user))
        return Response(BulkAnswerSerializer({"results": results}).data)

    method.__name__ = f"bulk_{verb}"
    method.__doc__ = f"批量{step.label}：每条分别办理、分别留痕，逐条返回结果。"
    routed = action(
        detail=False, methods=["post"], url_path=f"bulk/{verb}", filter_backends=[], pagination_class=None
    )
    return write_schema(body, BulkAnswerSerializer, example=example)(routed(method))
