"""Jinja as templates of documents may use it: names, loops over lists, conditions. Nothing can be called or reached.

Two walls: the tree of a template is held against a closed list of what may stand in it (`strange`), and what is then
rendered runs in Jinja's sandbox without a single filter, test, global or callable, over texts alone.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from povertyaudit.documents.engine.fields import Fields

LOOP = frozenset({"index", "first", "last"})  # of `loop`, inside a `for`
DEEPEST = 2  # loops within loops
PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Compare,
    nodes.Operand,
)  # fmt: skip
SAME = frozenset({"eq", "ne"})


class Sandbox(ImmutableSandboxedEnvironment):
    """No attribute but keys of the rows, no call, no filter, no test, no global."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
        for known in (self.globals, self.filters, self.tests):
            known.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=dict(obj), name=attribute)
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return attr in LOOP and type(obj).__name__ == "LoopContext"

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError("no arithmetic in a template")

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})


def strange(tree: nodes.Template, fields: Fields) -> Iterator[tuple[str, str]]:
    """What may not stand in a template: ("unknown", the field), ("list", the list printed as a text), ("code", what)."""
    yield from _Walk(fields).walk(tree, {}, 0)


class _Walk:
    def __init__(self, fields: Fields) -> None:
        self.fields = fields

    def walk(self, node: nodes.Node, rows: Mapping[str, str], depth: int) -> Iterator[tuple[str, str]]:
        """`rows`: name of a row of a loop → the list it is of."""
        if isinstance(node, nodes.For):
            yield from self._loop(node, rows, depth)
        elif isinstance(node, nodes.Getattr):
            yield from self._part(node, rows)
        elif isinstance(node, nodes.Name):
            if node.ctx != "load" or node.name not in self.fields.by_name:
                yield "unknown", node.name
        elif isinstance(node, nodes.Const):
            if not isinstance(node.value, str):
                yield "code", str(node.value)
        elif isinstance(node, PLAIN) and not (isinstance(node, nodes.Operand) and node.op not in SAME):
            yield from self._children(node, rows, depth)
        else:
            yield "code", type(node).__name__

    def _children(self, node: nodes.Node, rows: Mapping[str, str], depth: int) -> Iterator[tuple[str, str]]:
        for child in node.iter_child_nodes():
            if (
                isinstance(node, nodes.Output)
                and isinstance(child, nodes.Name)
                and self.fields.of_rows(child.name)
            ):
                yield "list", child.name
            else:
                yield from self.walk(child, rows, depth)

    def _loop(self, node: nodes.For, rows: Mapping[str, str], depth: int) -> Iterator[tuple[str, str]]:
        source = node.iter.name if isinstance(node.iter, nodes.Name) else ""
        target = node.target.name if isinstance(node.target, nodes.Name) else ""
        taken = target == "loop" or target in self.fields.by_name or target in rows
        plain = target and not taken and node.test is None and not node.recursive
        if not plain or not source or depth >= DEEPEST:
            yield "code", "for"
            return
        if not self.fields.of_rows(source):
            yield "unknown", source
            return
        inner = {**rows, target: source}
        for child in (*node.body, *node.else_):
            yield from self.walk(child, inner, depth + 1)

    def _part(self, node: nodes.Getattr, rows: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if not name:
            yield "code", node.attr
        elif name == "loop":
            if not rows or node.attr not in LOOP:
                yield "unknown", f"loop.{node.attr}"
        elif name not in rows or node.attr not in self.fields.of_rows(rows[name]):
            yield "unknown", f"{name}.{node.attr}"
