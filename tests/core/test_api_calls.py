"""What a REST write hands to its service is what the service must have: a field that may be left out would be a fault of ours."""

import ast
import importlib
import inspect

from django.conf import settings
from rest_framework.serializers import empty

# The method or factory → where its service stands among the arguments; the shape stands behind it.
CALLS = {"act": 0, "make": 0, "batch_create": 0, "batch_verb": 1, "bulk_verb": 2}
GIVEN = {"by", "expected_version"}


def api_modules():
    for folder in sorted(settings.BASE_DIR.rglob("api")):
        if folder.is_dir() and ".venv" not in folder.parts and "node_modules" not in folder.parts:
            for path in sorted(folder.rglob("*.py")):
                name = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
                yield importlib.import_module(name.removesuffix(".__init__")), path


def named(node, module):
    """What `services.propose` or `ProposeShape` stands for in the module; None where it is put together."""
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    return getattr(named(node.value, module), node.attr, None) if isinstance(node, ast.Attribute) else None


def calls():
    """`(where, service, shape, names handed over beside it)` of every write."""
    for module, path in api_modules():
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(call, "func", None), "attr", "") or getattr(
                getattr(call, "func", None), "id", ""
            )
            if not isinstance(call, ast.Call) or name not in CALLS or len(call.args) <= CALLS[name]:
                continue
            service, *rest = [named(one, module) for one in call.args[CALLS[name] :]]
            if service is not None:
                beside = {keyword.arg for keyword in call.keywords}
                yield f"{module.__name__}:{call.lineno}", service, next(iter(rest), None), beside


def test_no_field_a_service_must_have_may_be_left_out():
    found, wrong = list(calls()), []
    for where, service, shape, beside in found:
        asked = inspect.signature(service).parameters.values()
        must = {one.name for one in asked if one.kind is one.KEYWORD_ONLY and one.default is one.empty}
        fields = shape().fields if shape else {}
        sure = {name for name, field in fields.items() if field.required or field.default is not empty}
        if lacking := must - GIVEN - beside - sure:
            wrong.append((where, sorted(lacking)))
        if not any(one.kind is one.VAR_KEYWORD for one in asked):
            more = set(fields) - set(inspect.signature(service).parameters) - {"ids"}
            wrong += [(where, sorted(more))] if more else []
    assert wrong == []
    assert len(found) > 400
