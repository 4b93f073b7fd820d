"""Totals of the books for machines, one way at a time. Money is in 分."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers

from funds.querysets import GROUPS
from funds.services.totals import WAYS, grouped
from povertyaudit.core.models import User

SUMS = ("owed", *GROUPS, "open")
BY = OpenApiParameter(
    "by", OpenApiTypes.STR, description=f"怎样合计：{'、'.join(WAYS)}；不填为 kind", enum=list(WAYS)
)


class SumsSerializer(serializers.Serializer[Any]):
    """The five sums of some entries; 追缴 and 退还群众 are never added up."""

    owed_fen = serializers.IntegerField(help_text="应追缴（分）")
    taken_fen = serializers.IntegerField(help_text="追缴（分）")
    returned_fen = serializers.IntegerField(help_text="退还群众（分）")
    otherwise_fen = serializers.IntegerField(help_text="其他处理（分）")
    open_fen = serializers.IntegerField(help_text="未结（分）")


class TotalsLineSerializer(SumsSerializer):
    """One group, and the conditions of `ledger-entries/` under which exactly its entries are listed."""

    label = serializers.CharField(help_text="类型、单位、月份等的名称")  # type: ignore[assignment]
    entries = serializers.CharField(help_text="ledger-entries/ 的查询条件")


class TotalsOfSerializer(serializers.Serializer[Any]):
    """All groups of one way and the whole; `cut` where only the groups with most open are given."""

    by = serializers.CharField(help_text="怎样合计")
    lines = TotalsLineSerializer(many=True)
    whole = SumsSerializer()
    cut = serializers.BooleanField(help_text="只列了未结最多的各行；合计是全部的")


TOTALS_EXAMPLE = OpenApiExample(
    "青禾县演示",
    value={
        "by": "kind",
        "lines": [{
            "label": "无批复计划动用", "entries": "kind=NO_PLAN", "owed_fen": 30000000, "taken_fen": 10000000,
            "returned_fen": 0, "otherwise_fen": 0, "open_fen": 20000000,
        }],
        "whole": {
            "owed_fen": 30000000, "taken_fen": 10000000, "returned_fen": 0, "otherwise_fen": 0, "open_fen": 20000000,
        },
        "cut": False,
    },
    response_only=True,
)  # fmt: skip


def totals_of(user: User, by: str) -> dict[str, Any]:
    """The same figures as the page. Raises NotAllowed, RuleBroken (`by`)."""
    found = grouped(user, by)
    lines = [{"label": line.label, "entries": line.narrow, **_sums(line.sums)} for line in found.lines]
    return {"by": by, "lines": lines, "whole": _sums(found.whole), "cut": found.cut}


def _sums(said: dict[str, int]) -> dict[str, int]:
    return {f"{name}_fen": said[name] for name in SUMS}
