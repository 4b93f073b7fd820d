"""Operations of migrations that keep an empty database from taking minutes.

Django renders the models anew after each operation, all that are related to the one that changed: of a hundred tables
nearly all, which is most of the time it takes. `Together` renders only what it changes; `Run` what its function asks for
and what that refers to.
"""

from itertools import zip_longest
from typing import Any

from django.db import router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    RemoveConstraint,
    RemoveIndex,
    RunPython,
)
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation
from django.db.models import CheckConstraint
from django.db.models.utils import make_model_tuple

Change = AddConstraint | AddField | AddIndex | AlterField | CreateModel | RemoveConstraint | RemoveIndex


class Together(Operation):
    """New tables, which may refer to each other in any order, or columns, constraints and indexes in this order.

    Not both in one: a new table is made as it stands when all are done.
    """

    category = OperationCategory.ADDITION

    def __init__(self, *operations: Change) -> None:
        self.operations = operations
        self.tables = any(isinstance(operation, CreateModel) for operation in operations)

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        return type(self).__qualname__, self.operations, {}

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)

    @property
    def migration_name_fragment(self) -> str:
        return "_".join(operation.migration_name_fragment for operation in self.operations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        rendered = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if rendered is not None:
            state.apps = rendered
            state._reload({(app_label, _changed(operation)) for operation in self.operations})  # type: ignore[attr-defined]
            state.is_delayed = True  # others still refer to the models as they were

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if self.tables:
            for operation in self.operations:
                operation.database_forwards(app_label, schema_editor, from_state, to_state)
            return
        before = Alone.of(from_state)
        after = Alone.of(before)
        for operation, following in zip_longest(self.operations, self.operations[1:]):
            operation.state_forwards(app_label, after)
            if schema_editor.connection.vendor == "sqlite" and _one_remake(operation, following):
                continue
            operation.database_forwards(app_label, schema_editor, before, after)
            before, after = after, Alone.of(after)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        steps = [to_state if self.tables else Alone.of(to_state)]
        for operation in () if self.tables else self.operations:
            steps.append(Alone.of(steps[-1]))
            operation.state_forwards(app_label, steps[-1])
        for place, operation in reversed(list(enumerate(self.operations))):
            then, now = (to_state, from_state) if self.tables else (steps[place], steps[place + 1])
            operation.database_backwards(app_label, schema_editor, now, then)


def _one_remake(operation: Change, following: Change | None) -> bool:
    """Whether the next makes the table anew with this one's rule in it: SQLite adds a check no other way."""
    return (
        isinstance(operation, AddConstraint) and isinstance(following, AddConstraint)
        and operation.model_name_lower == following.model_name_lower
        and isinstance(operation.constraint, CheckConstraint) and isinstance(following.constraint, CheckConstraint)
    )  # fmt: skip


def _changed(operation: Change) -> str:
    return str(operation.name_lower if isinstance(operation, CreateModel) else operation.model_name_lower)


class Run(RunPython):
    """RunPython on models as they are now, of which only those are rendered that the function asks for."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """What is in the tables changes, or what watches over them; no model does."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if router.allow_migrate(schema_editor.connection.alias, app_label, **self.hints):
            asked: Any = Asked(to_state)
            self.code(asked, schema_editor)


class Asked:
    """The models a function asks for, each with all it refers to: triggers, most of what runs, need none."""

    def __init__(self, state: ProjectState) -> None:
        self.state = state
        self.made: Any = None

    def get_model(self, app_label: str, model_name: str | None = None) -> Any:
        """As the registry's; the models of one function know each other."""
        key = make_model_tuple(app_label if model_name is None else f"{app_label}.{model_name}")
        known = () if self.made is None else self.made.all_models[key[0]]
        if key[1] not in known:
            needed = self._reached(key)
            if self.made is None:
                self.made = StateApps([*self.state.real_apps], needed)
            else:
                self.made.render_multiple(
                    [one for at, one in needed.items() if at[1] not in self.made.all_models[at[0]]]
                )
        return self.made.get_model(*key)

    def _reached(self, start: tuple[str, str]) -> dict[tuple[str, str], ModelState]:
        found: dict[tuple[str, str], ModelState] = {}
        waiting = [start]
        while waiting:
            key = waiting.pop()
            if key in found or key not in self.state.models:
                continue
            found[key] = model = self.state.models[key]
            waiting += [
                resolve_relation(other, *key)
                for field in model.fields.values() if field.is_relation
                for other in (field.remote_field.model, getattr(field.remote_field, "through", None)) if other
            ]  # fmt: skip
        return found


class Alone(ProjectState):
    """A state that renders only the model that changed: enough for its table, which knows others by name."""

    @classmethod
    def of(cls, state: ProjectState) -> "Alone":
        made = cls({key: model.clone() for key, model in state.models.items()}, state.real_apps)
        made.apps = state.apps.clone()
        return made

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        self._reload({(app_label, model_name)})  # type: ignore[attr-defined]
