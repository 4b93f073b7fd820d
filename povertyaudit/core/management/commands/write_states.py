"""Write docs/states.md from the transition tables, or check that it is what they say."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from povertyaudit.core.models import Role
from povertyaudit.core.workflow import Transition, Workflow


class Command(BaseCommand):
    help = "Write docs/states.md from the transition tables; with --check exit 1 if it differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, compare only")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "states.md"
        text = "\n".join(
            [
                "# States and verbs",
                "",
                "Generated from the transition tables by `manage.py write_states`.",
                *_flows(),
            ]
        )
        if options["check"]:
            if not path.exists() or path.read_text("utf-8") != text:
                raise CommandError("docs/states.md is not what the tables say: run manage.py write_states.")
            self.stdout.write("docs/states.md agrees with the tables.")
            return
        path.write_text(text, "utf-8")
        self.stdout.write(f"wrote {path.name}: {len(Workflow.known)} tables")


def _flows() -> list[str]:
    lines: list[str] = []
    for flow in sorted(Workflow.known.values(), key=lambda flow: flow.name):  # whatever was imported first
        if flow.transitions:
            states = _states(flow.name)
            lines += [
                "",
                f"## {flow.label} (`{flow.name}`)",
                "",
                "| verb | 办理 | from | to | who | note |",
                "|---|---|---|---|---|---|",
            ]
            lines += [_line(step, states) for step in flow.transitions.values()]
    return [*lines, ""]


def _states(name: str) -> dict[str, str]:
    """State → Chinese label, in the order of the model's choices."""
    for model in apps.get_models():
        if model._meta.model_name == name and any(f.name == "state" for f in model._meta.concrete_fields):
            return {
                str(value): str(label)
                for value, label in getattr(model._meta.get_field("state"), "flatchoices", ())
            }
    return {}


def _line(step: Transition, states: dict[str, str]) -> str:
    order = list(states)
    sources = sorted(step.sources, key=lambda s: (order.index(s) if s in order else 99, s))
    before = "、".join(f"{states.get(s, s)} `{s}`" for s in sources)
    after = f"{states.get(step.target, step.target)} `{step.target}`" if step.target else "不变"
    roles = "、".join(str(role.label) for role in Role if role in step.roles)
    return f"| `{step.name}` | {step.label} | {before} | {after} | {roles} | {'必填' if step.note_required else ''} |"
