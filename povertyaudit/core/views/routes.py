"""Addresses of verbs: the underscore of the API and the hyphen of pages lead to the same view."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from povertyaudit.core.views.beside import ChooseMention, CommentPage, FollowView, WhyPage
from povertyaudit.core.views.records import RecordPage


def verb_paths(things: str, verb: str, view: Callable[..., Any]) -> list[URLPattern]:
    """`/<things>/<id>/<verb>/` named `<things>_<verb>`, and its hyphen spelling."""
    spelt = dict.fromkeys((verb, verb.replace("_", "-")))
    return [
        path(f"{things}/<str:id>/{word}/", view, name=f"{things}_{verb}") for word in reversed(list(spelt))
    ]


def record_paths(things: str, name: str, page: type[RecordPage]) -> list[URLPattern]:
    """`/<things>/<id>/` named `name`, and what stands beside every dossier whatever its kind."""
    rows = page.queryset.model._default_manager.all()  # type: ignore[union-attr]
    beside = {"queryset": rows, "section": page.section}
    return [
        path(f"{things}/<str:id>/", page.as_view(), name=name),
        *verb_paths(things, "why", WhyPage.as_view(**beside)),
        *verb_paths(things, "comment", CommentPage.as_view(**beside)),
        *verb_paths(things, "mention", ChooseMention.as_view(queryset=rows)),
        *verb_paths(things, "follow", FollowView.as_view(queryset=rows)),
        *verb_paths(things, "unfollow", FollowView.as_view(queryset=rows, unfollow=True)),
    ]
