"""Write docs/states.md from the transition tables, and the diagrams of other papers; or check that they say the same."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import TextChoices

from povertyaudit.core.models import Role
from povertyaudit.core.workflow import Transition, Workflow

# A paper for officers holds its diagram between these two lines; what stands between is written anew.
PLACE = re.compile(r"(<!-- states:(\w+) -->\n).*?(<!-- /states -->)", re.S)


class Command(BaseCommand):
    help = "Write docs/states.md and the diagrams in docs/ from the transition tables; with --check exit 1 if one differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, compare only")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = [path for path, text in _papers() if not path.exists() or path.read_text("utf-8") != text]
        if options["check"]:
            if stale:
                names = "、".join(path.name for path in stale)
                raise CommandError(f"docs/{names} is not what the tables say: run manage.py write_states.")
            self.stdout.write("docs/states.md and the diagrams agree with the tables.")
            return
        for path, text in _papers():
            path.write_text(text, "utf-8")
        self.stdout.write(f"wrote the states of {len(Workflow.known)} tables")


def _papers() -> Iterator[tuple[Path, str]]:
    """Every generated paper with the text it should have."""
    docs = Path(settings.BASE_DIR) / "docs"
    opening = ["# States and verbs", "", "Generated from the transition tables by `manage.py write_states`."]
    yield docs / "states.md", "\n".join([*opening, *_flows()])
    for path in sorted(docs.glob("*.md")):
        text = path.read_text("utf-8")
        if PLACE.search(text):
            yield path, PLACE.sub(lambda found: f"{found[1]}{_diagram(found[2])}{found[3]}", text)


def _diagram(name: str) -> str:
    """A Mermaid diagram of the verbs that change the state, one arrow for each pair of states."""
    flow, states = Workflow.known[name], _states(name)
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in flow.transitions.values():
        for source in sorted(step.sources, key=list(states).index):
            for target in (step.target, *sorted(step.instead)):
                if target and target != source:
                    arrows.setdefault((source, target), []).append(step.label)
    lines = ["```mermaid", "stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{label}" as {state}' for state, label in states.items()]
    lines += [
        f"    {source} --> {target}: {'、'.join(labels)}" for (source, target), labels in arrows.items()
    ]
    return "\n".join([*lines, "```", ""])


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
    kinds = {type(state) for step in Workflow.known[name].transitions.values() for state in step.sources}
    choices = [kind for kind in kinds if issubclass(kind, TextChoices)]  # a table not called like its model
    return {str(value): str(label) for kind in choices for value, label in kind.choices}


def _line(step: Transition, states: dict[str, str]) -> str:
    order = list(states)
    sources = sorted(step.sources, key=lambda s: (order.index(s) if s in order else 99, s))
    before = "、".join(f"{states.get(s, s)} `{s}`" for s in sources)
    ends = [f"{states.get(end, end)} `{end}`" for end in (step.target, *sorted(step.instead)) if end]
    after = "、".join(ends) or "不变"
    roles = "、".join(str(role.label) for role in Role if role in step.roles)
    return f"| `{step.name}` | {step.label} | {before} | {after} | {roles} | {'必填' if step.note_required else ''} |"
