"""What every dossier answers beside its own verbs, whatever its kind."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import scope


class WaySerializer(serializers.Serializer[Any]):
    """One way by which the caller reaches the record."""

    post = serializers.CharField(help_text="凭哪一任职")
    words = serializers.CharField(help_text="依哪条规则")


class DossierMixin:
    """For the viewset of a dossier: `GET <things>/<id>/why/`."""

    @extend_schema(responses=WaySerializer(many=True))
    @action(detail=True, methods=["get"], filter_backends=[], pagination_class=None)
    def why(self: Any, request: Request, id: str) -> Response:
        """您为什么能看到这条记录：凭哪一任职、依哪条规则。"""
        ways = [
            {"post": str(post), "words": words} for post, words in scope.why(self.get_object(), self.user)
        ]
        return Response(WaySerializer(ways, many=True).data)
