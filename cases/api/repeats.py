"""Repeats for machines: candidates with their reasons, links, and in which other leads a person stands."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases import matching, services
from cases.api import shapes
from cases.api.serializers import LeadDetailSerializer
from cases.models import Lead, LeadLink
from povertyaudit.core.api.dossiers import ALONE
from povertyaudit.core.api.schema import verb

OTHER = {"other": "990101-XF-2026-0001"}


class MatchSerializer(serializers.Serializer[Any]):
    """One thing two leads have in common."""

    what = serializers.CharField(
        help_text="id name_unit name_place name called village township sum date text"
    )
    words = serializers.CharField()


class CandidateSerializer(serializers.Serializer[Any]):
    """A lead that may be about the same matter."""

    id = serializers.CharField(source="lead.public_id")
    number = serializers.CharField(source="lead.number")
    title = serializers.CharField(source="lead.title")
    state = serializers.CharField(source="lead.state")
    state_display = serializers.CharField(source="lead.get_state_display")
    received_on = serializers.DateField(source="lead.received_on")
    score = serializers.IntegerField(help_text="0 到 100；60 以上很可能是重复件")
    strength = serializers.CharField()
    matches = MatchSerializer(source="said", many=True)


class LinkSerializer(serializers.ModelSerializer[LeadLink]):
    """What was decided of this lead and another."""

    id = serializers.SerializerMethodField(help_text="另一件线索")
    number = serializers.SerializerMethodField()
    kind_display = serializers.CharField(source="get_kind_display")
    by = serializers.CharField(source="by.display_name")

    class Meta:
        model = LeadLink
        fields = ("id", "number", "kind", "kind_display", "reason", "by", "created_at")

    def _other(self, row: LeadLink) -> Lead:
        found: Lead = row.other if row.lead_id == self.context["lead"].pk else row.lead
        return found

    def get_id(self, row: LeadLink) -> str:
        return str(self._other(row).public_id)

    def get_number(self, row: LeadLink) -> str:
        return str(self._other(row).number)


class MergedSerializer(serializers.ModelSerializer[Lead]):
    """A repeat that went into this lead."""

    id = serializers.CharField(source="public_id")
    other_numbers = serializers.SerializerMethodField()

    class Meta:
        model = Lead
        fields = ("id", "number", "received_on", "channel", "repeats", "other_numbers")

    def get_other_numbers(self, row: Lead) -> list[str]:
        return [str(one) for one in row.other_numbers.all()]


class RepeatsSerializer(serializers.Serializer[Any]):
    """Everything of a lead and its like."""

    candidates = CandidateSerializer(many=True)
    links = LinkSerializer(many=True)
    merged = MergedSerializer(many=True)


class ElsewhereSerializer(serializers.Serializer[Any]):
    """Another lead in which a person of this one stands."""

    subject = serializers.CharField(help_text="本件中的被反映人")
    id = serializers.CharField(help_text="另一件线索")
    number = serializers.CharField()
    matched = serializers.CharField(help_text="id name_unit name_place name；只有姓名相同的不能确定是同一人")
    certain = serializers.BooleanField()
    words = serializers.CharField()


class RegisteredSerializer(LeadDetailSerializer):
    """A lead just registered, and what it very likely repeats; among the leads the caller may see."""

    possible_repeats = serializers.SerializerMethodField()

    class Meta(LeadDetailSerializer.Meta):
        fields = (*LeadDetailSerializer.Meta.fields, "possible_repeats")

    @extend_schema(responses=CandidateSerializer(many=True))
    def get_possible_repeats(self, row: Lead) -> Any:
        found = matching.likely_repeats(row, self.context["request"].user)
        return CandidateSerializer(found, many=True).data


class RepeatVerbs:
    """For the viewset of leads."""

    @extend_schema(responses=RepeatsSerializer)
    @action(methods=["get"], **ALONE)
    def repeats(self: Any, request: Request, id: str) -> Response:
        """可能的重复件（各说明相同之处）、已登记的关联、并入本件的重复件；只在您能看到的线索中。"""
        lead = self.get_object()
        rows = Lead.objects.visible_to(self.user)
        links = LeadLink.objects.visible_to(self.user).of(lead)
        found = {
            "candidates": matching.candidates(lead, rows),
            "links": links.select_related("lead", "other", "by__person"),
            "merged": rows.filter(merged_into=lead).order_by("pk").prefetch_related("other_numbers"),
        }
        context = self.get_serializer_context() | {"lead": lead}
        return Response(RepeatsSerializer(found, context=context).data)

    @extend_schema(responses=ElsewhereSerializer(many=True))
    @action(methods=["get"], **ALONE)
    def also_in(self: Any, request: Request, id: str) -> Response:
        """本件被反映人还在您能看到的哪些线索中被反映，依据什么认为是同一人。"""
        lead = self.get_object()
        by_subject = matching.elsewhere(lead, Lead.objects.visible_to(self.user))
        names = {subject.pk: subject.public_id for subject in lead.subjects.all()}
        found = [
            {
                "subject": names[pk], "id": one.lead.public_id, "number": one.lead.number, "matched": one.match.what,
                "certain": one.certain, "words": one.match.words,
            }
            for pk, others in by_subject.items()
            for one in others
        ]  # fmt: skip
        return Response(ElsewhereSerializer(found, many=True).data)

    @verb(shapes.LinkShape, LeadDetailSerializer, example=OTHER | {"note": "同一项目的另一环节。"})
    def link(self: Any, request: Request, id: str) -> Response:
        """关联另一件线索：相关而不相同，能看到两件的人都看到。"""
        answer: Response = self.act(services.link, shapes.LinkShape)
        return answer

    @verb(shapes.LinkShape, LeadDetailSerializer, example=OTHER | {"note": "同名不同人。"})
    def keep_apart(self: Any, request: Request, id: str) -> Response:
        """登记为不是重复件，以后不再提示。"""
        answer: Response = self.act(services.keep_apart, shapes.LinkShape)
        return answer

    @verb(shapes.UnlinkShape, LeadDetailSerializer, example=OTHER | {"note": "登记有误。"})
    def unlink(self: Any, request: Request, id: str) -> Response:
        """取消关联或“不是重复件”，写明理由。"""
        answer: Response = self.act(services.unlink, shapes.UnlinkShape)
        return answer
