"""How a ledger is described in the schema: every column with its Chinese heading and its type."""

from typing import Any

from drf_spectacular.plumbing import ResolvedComponent

from povertyaudit.core import ledger
from povertyaudit.core.api.schema_fields import HonestSchema
from povertyaudit.core.ledger_columns import kind_of

_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": ["string", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
    "moment": {"type": ["string", "null"], "format": "date-time"},
    "number": {"type": ["integer", "boolean", "null"]},
    "": {},
}


class LedgerSchema(HonestSchema):
    """For viewsets with a ledger."""

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        found = super().get_operation(*args, **kwargs)
        action = getattr(self.view, "action", "") or ""
        if found and (action.startswith("ledger_") or action == "changes"):
            self._describe(found, action)
        return found

    def _describe(self, operation: dict[str, Any], action: str) -> None:
        view: Any = self.view
        name = f"{view.basename.title().replace('-', '')}LedgerRow"
        component = ResolvedComponent(  # type: ignore[no-untyped-call]
            name=name, type=ResolvedComponent.SCHEMA, schema=row_schema(view), object=name
        )
        self.registry.register_on_missing(component)
        content = operation["responses"]["200"].get("content", {})
        row = component.ref
        if action in {"ledger_csv", "ledger_xlsx"}:
            operation["description"] += f"\n\n各列及中文列名见 {name}。"
        if action == "ledger_ndjson":
            content["application/x-ndjson"]["schema"] = row
        if action == "ledger_json":
            content["application/json"]["schema"] = _page(row)
        if action == "changes":
            content["application/json"]["schema"] = _page(_change(row))


def _page(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["next", "results"],
        "properties": {"next": {"type": ["string", "null"]}, "results": {"type": "array", "items": row}},
    }


def _change(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["op", "id", "version"],
        "properties": {
            "op": {"type": "string", "enum": ["upsert", "delete"]},
            "id": {"type": "string"},
            "version": {"type": "integer"},
            "record": row,
        },
    }


def row_schema(view: Any) -> dict[str, Any]:
    """One row of the ledger of `view`; `title` is the official Chinese heading."""
    model = view.queryset.model
    columns = view.ledger_columns
    return {
        "type": "object",
        "description": f"{model._meta.verbose_name}台账的一行",
        "required": [column.name for column in columns],
        "properties": {column.name: _of_column(model, column) for column in columns},
    }


def _of_column(model: Any, column: ledger.Column) -> dict[str, Any]:
    if column.name.endswith("_fen"):
        return {"type": ["integer", "null"], "title": column.heading}
    kind = (
        "text"
        if column.choices
        else ""
        if callable(column.source)
        else kind_of(model, column.source or column.name)
    )
    return {**_TYPES[kind], "title": column.heading}
