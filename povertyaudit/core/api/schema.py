"""How a verb is announced in the OpenAPI schema: body, answer, headers, refusals, and an example that works."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.decorators import action

from povertyaudit.core.api.serializers import ProblemSerializer

REFUSALS = {
    400: "格式不对", 401: "未登录", 403: "无权办理", 404: "不存在或不在管辖范围", 409: "状态已变", 412: "已被他人修改",
    422: "不符合规定",
}  # fmt: skip
HEADERS = [
    OpenApiParameter("If-Match", OpenApiTypes.STR, "header", description="记录的 ETag；已被他人修改时答 412"),
    OpenApiParameter("Idempotency-Key", OpenApiTypes.STR, "header", description="重复提交时返回同一答复"),
]


def write_schema(
    shape: Any, answer: Any, *, example: dict[str, Any] | None = None, status: int = 200, **more: Any
) -> Callable[..., Any]:
    """Announce a write. `example` must succeed on the demo county; leave it out only where there is no body."""
    examples = [OpenApiExample("青禾县演示", value=example, request_only=True)] if example is not None else []
    responses = {status: answer} | dict.fromkeys(REFUSALS, ProblemSerializer)
    return extend_schema(request=shape, responses=responses, examples=examples, parameters=HEADERS, **more)


def verb(
    shape: Any, answer: Any, *, example: dict[str, Any] | None = None, path: str = "", **more: Any
) -> Callable[..., Any]:
    """Decorator of a viewset method: `POST <things>/<id>/<method name>/`, announced in the schema.

    `path` names the verb where a method cannot bear its name (`dispatch` is the framework's own).
    """

    def wrap(method: Callable[..., Any]) -> Any:
        routed = action(
            detail=True,
            methods=["post"],
            url_path=path or method.__name__,
            filter_backends=[],
            pagination_class=None,
        )
        return write_schema(shape, answer, example=example, **more)(routed(method))

    return wrap


def plain_choices(result: Any, **_: Any) -> Any:
    """Post-processing of the schema: choices stay where they are used, without the generator's own marks."""
    if isinstance(result, dict):
        return {key: plain_choices(inner) for key, inner in result.items() if key != "x-spec-enum-id"}
    return [plain_choices(inner) for inner in result] if isinstance(result, list) else result
