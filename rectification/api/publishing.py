"""公示、异议、归档 for machines."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povertyaudit.core.api.bulk import bulk_verb
from povertyaudit.core.api.fields import DayField, LineField, ProseField, ScopedRelatedField
from povertyaudit.core.api.schema import verb
from povertyaudit.core.api.serializers import NoteShape, Shape
from rectification import services
from rectification.api.serializers import ItemRecordSerializer
from rectification.models import Objection
from rectification.models.publishing import MOST_DAYS
from rectification.workflow import ITEM

PUBLISHED = {"required": True, "days": 7, "place": "村务公开栏", "note": "群众关注，销号前公示。"}
TWO = {"ids": ["990101-ZG-2026-0001", "990101-ZG-2026-0002"]}


class PublicationShape(Shape):
    required = serializers.BooleanField(default=True, help_text="销号前是否公示")  # type: ignore[assignment]
    days = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=MOST_DAYS, help_text="天数，不填的按期限规则"
    )
    place = LineField(required=False, allow_blank=True, max_length=200, help_text="公示地点、方式")
    note = ProseField(max_length=2000, help_text="理由")


class ObjectionShape(Shape):
    received_on = DayField(help_text="收到日期")
    by_whom = LineField(required=False, allow_blank=True, max_length=100, help_text="异议人（保密）")
    text = ProseField(max_length=5000, help_text="异议内容")


class DismissShape(Shape):
    objection = ScopedRelatedField(queryset=Objection.objects.all())
    note = ProseField(max_length=2000, help_text="答复意见")


class UpholdShape(DismissShape):
    due_on = DayField(help_text="新的整改时限")


class ArchiveShape(NoteShape):
    pages = serializers.IntegerField(min_value=1, max_value=9999, help_text="页数")
    place = LineField(max_length=200, help_text="存放地点")


class PublishingMixin:
    """The verbs between the verification and the closing, and the filing after it."""

    bulk_set_publication = bulk_verb(
        ITEM, "set_publication", services.set_publication, PublicationShape, example=TWO | PUBLISHED
    )

    @verb(PublicationShape, ItemRecordSerializer, example=PUBLISHED)
    def set_publication(self: Any, request: Request, id: str) -> Response:
        """确定销号前是否公示、几天、在哪里公示；默认不公示。"""
        done: Response = self.act(services.set_publication, PublicationShape)
        return done

    @verb(NoteShape, ItemRecordSerializer, example={"note": "公示期满无异议。"})
    def close(self: Any, request: Request, id: str) -> Response:
        """公示期满、没有待答复异议的，销号。"""
        done: Response = self.act(services.close, NoteShape)
        return done

    @verb(
        ObjectionShape, ItemRecordSerializer,
        example={"received_on": "2026-11-20", "by_whom": "", "text": "补助款还没有发到户。"},
    )  # fmt: skip
    def register_objection(self: Any, request: Request, id: str) -> Response:
        """登记公示期间收到的异议。"""
        done: Response = self.act(services.register_objection, ObjectionShape)
        return done

    @verb(DismissShape, ItemRecordSerializer, example={"objection": "1", "note": "经核实款项已发到户。"})
    def dismiss_objection(self: Any, request: Request, id: str) -> Response:
        """异议不成立，写明理由。"""
        done: Response = self.act(services.dismiss_objection, DismissShape)
        return done

    @verb(
        UpholdShape,
        ItemRecordSerializer,
        example={"objection": "1", "note": "情况属实。", "due_on": "2028-12-31"},
    )
    def uphold_objection(self: Any, request: Request, id: str) -> Response:
        """异议成立：退回整改，另定时限。"""
        done: Response = self.act(services.uphold_objection, UpholdShape)
        return done

    @verb(ArchiveShape, ItemRecordSerializer, example={"pages": 36, "place": "综合档案室 3 柜 12 盒"})
    def archive(self: Any, request: Request, id: str) -> Response:
        """归档备案，之后只能重新打开。"""
        done: Response = self.act(services.archive, ArchiveShape)
        return done
