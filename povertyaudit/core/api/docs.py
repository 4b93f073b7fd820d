"""The reference for programmers, drawn on the server from the same schema: no script, nothing from elsewhere."""

import json
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from rest_framework.permissions import AllowAny
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

METHODS = ("get", "post", "put", "patch", "delete")


class DocsView(APIView):
    """Readable without signing in, like the schema: it holds no data."""

    schema = None
    authentication_classes = ()
    permission_classes = (AllowAny,)
    renderer_classes = (TemplateHTMLRenderer,)

    def get(self, request: Request) -> Response:
        schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        groups: dict[str, list[dict[str, Any]]] = {}
        for address, methods in schema["paths"].items():
            thing = address.removeprefix("/api/v1/").split("/")[0]
            for method in METHODS:
                if method in methods:
                    groups.setdefault(thing, []).append(_operation(address, method, methods[method]))
        return Response(
            {"info": schema["info"], "groups": sorted(groups.items())}, template_name="core/api_docs.html"
        )


def _operation(address: str, method: str, declared: dict[str, Any]) -> dict[str, Any]:
    body: Any = next(iter(declared.get("requestBody", {}).get("content", {}).values()), {})
    shown: Any = next(iter(body.get("examples", {}).values()), {})
    example = shown.get("value")
    return {
        "address": address,
        "method": method.upper(),
        "text": declared.get("description", ""),
        "parameters": [p for p in declared.get("parameters", []) if p["in"] != "path"],
        "answers": sorted(declared.get("responses", {})),
        "example": json.dumps(example, ensure_ascii=False, indent=2) if example is not None else "",
    }
