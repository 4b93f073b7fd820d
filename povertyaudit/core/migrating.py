"""Operations of migrations that keep an empty database from taking minutes.

Django renders the models anew after each operation, all that are related to the one that changed: of a hundred tables
nearly all, which is most of the time it takes. `Together` renders only what it changes; `Run`, whose function may go
from any model to any other, renders them all, once for all functions that follow each other.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    RemoveConstraint,
    RunPython,
)
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState

Change = AddConstraint | AddField | AddIndex | AlterField | CreateModel | RemoveConstraint


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
        for operation in self.operations:
            after = Alone.of(before)
            operation.state_forwards(app_label, after)
            operation.database_forwards(app_label, schema_editor, before, after)
            before = after

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


def _changed(operation: Change) -> str:
    return str(operation.name_lower if isinstance(operation, CreateModel) else operation.model_name_lower)


class Run(RunPython):
    """RunPython on models that all know each other as they are now."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.clear_delayed_apps_cache()
        state.is_delayed = False

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        super().database_forwards(app_label, schema_editor, to_state, to_state)


class Alone(ProjectState):
    """A state that renders only the model that changed: enough for its table, which knows others by name."""

    @classmethod
    def of(cls, state: ProjectState) -> "Alone":
        made = cls({key: model.clone() for key, model in state.models.items()}, state.real_apps)
        made.apps = state.apps.clone()
        return made

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        self._reload({(app_label, model_name)})  # type: ignore[attr-defined]
