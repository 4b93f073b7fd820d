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


def finished(result: dict[str, Any], **_: Any) -> Any:
    """Post-processing of the schema: whatever else an operation answers is a refusal in the one shape; a verb may take
    the record out of the caller's sight."""
    shape = {"$ref": "#/components/schemas/Problem"}
    result["components"]["responses"] = {
        "Refusal": {"description": "没有办理：原因", "content": {"application/json": {"schema": shape}}}
    }
    result["components"]["schemas"]["OutOfSight"] = _OUT_OF_SIGHT
    for address, methods in result["paths"].items():
        for method, operation in methods.items():
            operation["responses"].setdefault("default", {"$ref": "#/components/responses/Refusal"})
            answer = operation["responses"].get("200", {}).get("content", {}).get("application/json")
            if method == "post" and "/{id}/" in address and answer:
                seen = {"$ref": "#/components/schemas/OutOfSight"}
                answer["schema"] = {"anyOf": [answer["schema"], seen]}
    return _plain_choices(result)


_TEXT = {"type": ["string", "null"]}
_OUT_OF_SIGHT = {
    "type": "object",
    "description": "办理以后您看不到的记录，只说这些",
    "required": ["id", "number", "version", "actions"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "number": _TEXT,
        "version": {"type": "integer"},
        "state": _TEXT,
        "state_display": _TEXT,
        "actions": {"type": "array", "items": {"type": "string"}, "maxItems": 0},
    },
}


def _plain_choices(result: Any) -> Any:
    """Choices stay where they are used, without the generator's own marks."""
    if isinstance(result, dict):
        return {key: _plain_choices(inner) for key, inner in result.items() if key != "x-spec-enum-id"}
    return [_plain_choices(inner) for inner in result] if isinstance(result, list) else result
