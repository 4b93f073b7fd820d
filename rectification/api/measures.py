"""Measures for machines: listed across items, changed through the verbs of their item."""

from collections.abc import Callable
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core import rows
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape
from povertyaudit.core.api.uploads import MULTIPART, with_files
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.errors import Stale
from povertyaudit.core.models import User
from rectification import services
from rectification.api import shapes
from rectification.api.evidence import MeasureEvidenceShape
from rectification.api.part_ledgers import MEASURE_COLUMNS
from rectification.api.serializers import MeasureSerializer
from rectification.filters import MeasureFilter
from rectification.models import Item, Measure

NEW_MEASURE = {"item": "990101-ZG-2026-0001", "text": "组织开展政策培训。"}


def new_measure(*, by: User, item: Item, **said: Any) -> Measure:
    """增加措施, and the measure that was made."""
    row = services.add_measure(item, by=by, **said)
    made: Measure = row.measures.latest("pk")
    return made


def of_item(service: Callable[..., Any]) -> Callable[..., Any]:
    """A verb of the item called on one of its measures; If-Match names the version of the measure."""

    def act(measure: Measure, *, by: User, expected_version: int | None, **said: Any) -> Any:
        if expected_version is not None and expected_version != measure.version:
            text = "您读取后，这条措施已被他人修改。请核对现在的内容后重新提交。"
            raise Stale(text, current=rows.editable_values(measure), version=measure.version)
        return service(measure.item, by=by, measure=measure, expected_version=measure.item.version, **said)

    return act


class MeasureViewSet(LedgerMixin, ScopedViewSet):
    """整改措施。"""

    queryset = Measure.objects.all().for_measures()
    serializer_class = MeasureSerializer
    filterset_class = MeasureFilter
    ledger_columns, ledger_name = MEASURE_COLUMNS, "measures"
    orderings: ClassVar[dict[str, str]] = {
        "created_at": "created_at",
        "updated_at": "updated_at",
        "due_on": "due_on",
    }

    @write_schema(
        shapes.MeasureCreateShape,
        MeasureSerializer,
        example=NEW_MEASURE,
        status=201,
    )
    def create(self, request: Request) -> Response:
        """增加一条措施。"""
        return self.make(new_measure, shapes.MeasureCreateShape)

    @verb(
        shapes.EditMeasureShape,
        MeasureSerializer,
        example={"text": "逐户核对应兑付名单，十日内一次性兑付到户。"},
    )
    def edit(self, request: Request, id: str) -> Response:
        """修改措施。"""
        return self.act(of_item(services.edit_measure), shapes.EditMeasureShape)

    @verb(NoteShape, None, example={"note": "与第二条重复。"}, status=204)
    def remove(self, request: Request, id: str) -> Response:
        """删除没有成效和佐证材料的措施。"""
        return self.act(of_item(services.remove_measure), NoteShape)

    @verb(
        shapes.MeasureResultShape,
        MeasureSerializer,
        example={"text": "已全部兑付到户。", "figures": "兑付 126 户"},
    )
    def add_result(self, request: Request, id: str) -> Response:
        """填写该措施的成效。"""
        return self.act(of_item(services.add_result), shapes.MeasureResultShape)

    @with_files
    @verb({MULTIPART: MeasureEvidenceShape}, MeasureSerializer)
    def add_evidence(self, request: Request, id: str) -> Response:
        """上传该措施的佐证材料（multipart）。"""
        return self.act(of_item(services.add_evidence), MeasureEvidenceShape)
