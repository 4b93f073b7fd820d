"""Rounds and their teams for machines."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from inspections import services
from inspections.api.feedback_shapes import ReviewersShape
from inspections.api.pool import DrawSerializer, DrawShape
from inspections.api.serializers import (
    FindingSerializer,
    FindingShape,
    HandLeadsShape,
    RecusalSerializer,
    RoundSerializer,
)
from inspections.api.shapes import (
    AmendRoundShape,
    FinishShape,
    JoinCampaignShape,
    LinkRoundShape,
    ObjectsShape,
    RecusalDecisionShape,
    RecusalShape,
    RhythmShape,
    RoundShape,
    TeamShape,
)
from inspections.filters import RoundFilter
from inspections.ledger import ROUND_COLUMNS
from inspections.models import Round
from inspections.workflow import ROUND
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.dossiers import ALONE, DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment

NEW_ROUND = {
    "session": 12, "ordinal": 8, "kind": "special", "region": "990101000000", "starts_on": "2027-03-01",
    "ends_on": "2027-04-30", "approved_by": "secretary",
}  # fmt: skip
NEW_FINDING = {
    "problem_class": "资金使用", "aspect": "拨付不及时", "text": "到户产业奖补资金下达后四个月仍未发放到户。",
    "unit": "荻渚镇人民政府",
}  # fmt: skip

NEW_LEAD = {
    "title": "反映冷库项目验收弄虚作假",
    "persons": "某村支部书记",
    "region": "990101102000",
    "amount_fen": 3000000,
}
REVIEWERS = [
    {"body": "discipline", "unit": "第一监督检查室"}, {"body": "organisation", "unit": "县委组织部"},
    {"body": "inspection_office", "unit": "县委巡察办"},
]  # fmt: skip


class RoundViewSet(DossierMixin, AttachMixin, LedgerMixin, ScopedViewSet):
    """巡察轮次。保密轮次结束前只对部署人、批准人和巡察组成员可见。"""

    queryset = Round.objects.for_page()
    serializer_class = RoundSerializer
    filterset_class = RoundFilter
    ledger_columns, ledger_name = ROUND_COLUMNS, "rounds"
    workflow = ROUND
    orderings = {**ScopedViewSet.orderings, "starts_on": "starts_on"}  # noqa: RUF012 — as the base class has it

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        said.pop("kind", None)
        return services.attach_to_round(row, file=upload, **said)

    @write_schema(RoundShape, RoundSerializer, example=NEW_ROUND, status=201)
    def create(self, request: Request) -> Response:
        """部署轮次（巡察办）；不写名称的按届次和序号命名。"""
        return self.make(services.open_round, RoundShape)

    @verb(
        AmendRoundShape,
        RoundSerializer,
        example={"ends_on": "2027-05-15", "note": "领导小组同意延长进驻。"},
    )
    def amend_round(self, request: Request, id: str) -> Response:
        """修改轮次（巡察办，办结以前）：没有写的不变；已经起算的期限不变；与已有记录矛盾的日期不能保存。"""
        return self.act(services.amend_round, AmendRoundShape)

    @verb(TeamShape, RoundSerializer, example={"members": [{"user": "patrol1", "role": "leader"}]})
    def set_team(self, request: Request, id: str) -> Response:
        """编组：以提交的名单为该组的成员；组长一次一授权。"""
        return self.act(services.set_team, TeamShape)

    @verb(ObjectsShape, RoundSerializer, example={"names": "荻渚镇"})
    def add_objects(self, request: Request, id: str) -> Response:
        """确定巡察对象：任意多个一次列入；已是对象的不重复列入。"""
        return self.act(services.add_objects, ObjectsShape)

    @verb(RecusalShape, RoundSerializer, example={})
    def declare_recusal(self, request: Request, id: str) -> Response:
        """申报回避情况：没有回避情形的不写对象；自申报之日起不再接触该对象。"""
        return self.act(services.declare_recusal, RecusalShape)

    @extend_schema(responses=RecusalSerializer(many=True))
    @action(methods=["get"], **ALONE)
    def recusals(self, request: Request, id: str) -> Response:
        """本轮次的回避：本人的；组长、巡察办、部署人和批准人看到全部。"""
        rows = self.get_object().recusals.visible_to(self.user).for_list()
        return Response(RecusalSerializer(rows, many=True).data)

    @verb(
        RecusalDecisionShape,
        RoundSerializer,
        example={"recusal": "1", "decision": "granted", "note": "情况属实。"},
    )
    def decide_recusal(self, request: Request, id: str) -> Response:
        """决定回避（本组组长或者巡察办，不能决定自己的）。"""
        return self.act(services.decide_recusal, RecusalDecisionShape)

    @verb(DrawShape, RoundSerializer, example={"size": 1, "seed": "20261123"})
    def draw_people(self, request: Request, id: str) -> Response:
        """从人才库随机抽取人员：应当回避和已编组的不参加，逐人写明原因；结果见 `draws/`。"""
        return self.act(services.draw_people, DrawShape)

    @extend_schema(responses=DrawSerializer(many=True))
    @action(methods=["get"], **ALONE)
    def draws(self, request: Request, id: str) -> Response:
        """本轮次的抽取：种子、全部名单、复核结果；组长、巡察办、部署人和批准人可见。"""
        rows = self.get_object().draws.visible_to(self.user).for_list().with_entries(self.user)
        return Response(DrawSerializer(rows, many=True).data)

    @verb(JoinCampaignShape, RoundSerializer, example={"campaign": "产业奖补资金专题"})
    def join_campaign(self, request: Request, id: str) -> Response:
        """列入专题。"""
        return self.act(services.join_campaign, JoinCampaignShape)

    @verb(RhythmShape, RoundSerializer, example={"cadence": "ten_days", "note": "按整改方案每旬报告。"})
    def set_rhythm(self, request: Request, id: str) -> Response:
        """确定本轮次整改事项的报告周期。"""
        return self.act(services.set_rhythm, RhythmShape)

    @verb(LinkRoundShape, RoundSerializer, example={"below": "第十二届县委第五轮巡察"})
    def link_round(self, request: Request, id: str) -> Response:
        """关联下级轮次（上下联动）。"""
        return self.act(services.link_round, LinkRoundShape)

    @verb(FindingShape, FindingSerializer, example=NEW_FINDING, status=201)
    def record_finding(self, request: Request, id: str) -> Response:
        """登记发现问题：答复是新登记的问题。"""
        round_ = self.get_object()
        said = self.body(FindingShape, round_)
        finding = services.record_finding(
            round_, by=self.user, expected_version=self.expected_version(), **said
        )
        return Response(FindingSerializer(finding, context=self.get_serializer_context()).data, status=201)

    @verb(HandLeadsShape, RoundSerializer, example={"leads": [NEW_LEAD]})
    def hand_lead(self, request: Request, id: str) -> Response:
        """移交问题线索给案管室（巡察进行中也可以）：涉及人员只记在移交的线索里。"""
        return self.act(services.hand_lead, HandLeadsShape)

    @verb(ReviewersShape, RoundSerializer, example={"bodies": REVIEWERS})
    def set_reviewers(self, request: Request, id: str) -> Response:
        """确定联审单位：三方、四方或者五方，其中一个纪检监察机关。"""
        return self.act(services.set_reviewers, ReviewersShape)

    @verb(FinishShape, RoundSerializer, example={})
    def finish_round(self, request: Request, id: str) -> Response:
        """结束轮次：还有已进驻未离开的对象时不能结束。"""
        return self.act(services.finish_round, FinishShape)

    @verb(NoteShape, RoundSerializer, example={})
    def close_round(self, request: Request, id: str) -> Response:
        """办结轮次：还有没有办完的事时不能办结，并逐项列出。"""
        return self.act(services.close_round, NoteShape)
