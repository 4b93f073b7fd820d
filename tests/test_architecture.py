"""What no linter sees: foreign keys look down, every view is scoped, views make no queries, counters really count."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from povertyaudit.core.models import AuditEntry, Dossier, Notification, Row
from povertyaudit.core.scope import ScopedMixin, ScopedQuerySet
from povertyaudit.core.workflow import Workflow

pytestmark = pytest.mark.once

RANK = {
    "core": 0,
    "cases": 1,
    "inspections": 2,
    "funds": 3,
    "rectification": 4,
    "activities": 5,
    "answering": 5,
    "talks": 6,
    "assessment": 7,
    "sheets": 8,
    "reporting": 9,
    "exchange": 8,
    "documents": 10,
}
ROOT = Path(settings.BASE_DIR)
PYTHON = [
    p
    for folder in ("povertyaudit", *RANK)
    for p in (ROOT / folder).rglob("*.py")
    if "migrations" not in p.parts
]

# Views that show no rows of business, or only the caller's own. Each line says why it needs no scope.
UNSCOPED_VIEWS = {
    "HealthzView": "process up",
    "ReadyzView": "states of the installation",
    "SignInView": "before anybody is known",
    "SignOutView": "ends the caller's own session",
    "PasswordView": "the caller's own password",
    "TokenView": "before anybody is known",
    "CurrentTokenView": "ends the caller's own token",
    "SpectacularAPIView": "the schema holds no data",
    "CalendarFeed": "the secret link stands for its owner, whose own sections are read through scope",
    "DocsView": "the schema holds no data",
    "NothingHereView": "any other address: always 404",
}


def every_view(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from every_view(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            found = getattr(view, "view_class", None) or getattr(view, "cls", None) or view
            yield prefix + str(pattern.pattern), found


def test_foreign_keys_point_down():
    for model in apps.get_models():
        here = model._meta.app_label
        for field in model._meta.get_fields():
            there = getattr(getattr(field, "related_model", None), "_meta", None)
            if here in RANK and field.concrete and there and there.app_label in RANK:
                down = RANK[there.app_label] <= RANK[here]
                assert down, f"{model.__name__}.{field.name}: {here} -> {there.app_label}"


def test_every_view_is_scoped_or_listed_here():
    views = list(every_view(get_resolver().url_patterns))
    assert len(views) > 20
    for path, view in views:
        name = getattr(view, "__name__", "")
        scoped = isinstance(view, type) and issubclass(view, ScopedMixin)
        assert scoped or name in UNSCOPED_VIEWS, f"{path}: {name} is neither scoped nor on the list"


def test_the_list_of_unscoped_views_has_no_dead_lines():
    names = {getattr(view, "__name__", "") for _, view in every_view(get_resolver().url_patterns)}
    assert set(UNSCOPED_VIEWS) <= names


def test_one_name_leads_to_one_page():
    """Two pages of one name: `{% url %}` takes the last, and somebody's button opens the wrong one."""
    found: dict[str, set[str]] = {}

    def walk(patterns, prefix=""):
        for pattern in patterns:
            address = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                if not address.startswith("api/"):
                    walk(pattern.url_patterns, address)
            elif pattern.name:
                found.setdefault(pattern.name, set()).add(address.replace("-", "_"))

    walk(get_resolver().url_patterns)
    assert {name: sorted(pages) for name, pages in found.items() if len(pages) > 1} == {}


def test_every_business_row_has_a_scoped_manager():
    for model in apps.get_models():
        if issubclass(model, Row) and model._meta.app_label in RANK and model._meta.app_label != "core":
            assert isinstance(model._default_manager.all(), ScopedQuerySet), model


def test_every_child_row_reaches_its_dossier():
    for model in apps.get_models():
        if issubclass(model, Row) and not issubclass(model, Dossier) and model.dossier_path:
            here = model
            for name in model.dossier_path.split("__"):
                here = here._meta.get_field(name).related_model
            assert issubclass(here, Dossier), model


def test_views_do_not_query_on_their_own():
    """`queryset = X.objects...` on the class is scoped for us; `.objects` in a method is not."""
    for path in PYTHON:
        if path.name == "views.py" or "views" in path.parts:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    used = [n for n in ast.walk(node) if isinstance(n, ast.Attribute) and n.attr == "objects"]
                    assert not used, f"{path}: {node.name} queries on its own"


def test_no_file_is_over_300_lines_and_no_function_over_40():
    for path in PYTHON:
        text = path.read_text("utf-8")
        assert text.count("\n") <= 300, f"{path} has {text.count(chr(10))} lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 40, f"{path}: {node.name} has {length} lines"


def test_only_the_moment_reads_the_clock():
    for path in PYTHON:
        if path.name not in {"moment.py", "supervisor.py"}:
            text = path.read_text("utf-8")
            for call in ("timezone.now(", "timezone.localdate(", "date.today(", "datetime.now("):
                assert call not in text, f"{path} reads the clock: {call}"


def test_counters_of_queries_are_only_held_by_a_with():
    for path in (ROOT / "tests").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        held = {
            id(item.context_expr)
            for node in ast.walk(tree)
            if isinstance(node, ast.With)
            for item in node.items
        }
        for node in ast.walk(tree):
            name = getattr(getattr(node, "func", None), "id", "") or getattr(
                getattr(node, "func", None), "attr", ""
            )
            if isinstance(node, ast.Call) and name in {"assertNumQueries", "django_assert_num_queries"}:
                assert id(node) in held, f"{path}:{node.lineno} counts nothing"


def test_every_verb_fits_where_it_is_written():
    """SQLite takes any length; PostgreSQL refused the act whose message named a long verb."""
    verbs = [
        f"{name}.{verb}"
        for name, flow in Workflow.known.items()
        for verb in (*flow.transitions, *flow.others)
    ]
    for model, field in ((AuditEntry, "verb"), (Notification, "kind")):
        assert max(map(len, verbs)) <= model._meta.get_field(field).max_length
