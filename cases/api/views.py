"""Leads for machines: the same rows, verbs and refusals as the pages."""

from typing import Any

from django.views.decorators.debug import sensitive_variables
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework.request import Request
from rest_framework.response import Response

from cases import services
from cases.api import examples, shapes
from cases.api.declaring import StandingAsideVerbs
from cases.api.ending import EndingVerbs
from cases.api.filing import FilingVerbs
from cases.api.identity import IdentityRequestSerializer, RequestIdentityShape
from cases.api.intake import IntakeVerbs
from cases.api.lead_exchange import ExchangeVerbs
from cases.api.people import PeopleVerbs
from cases.api.repeats import RegisteredSerializer, RepeatVerbs
from cases.api.serializers import LeadDetailSerializer, LeadSerializer, RevealedSerializer
from cases.api.steps import StepVerbs
from cases.filters import AreaFilter, LeadFilter
from cases.ledger import COLUMNS
from cases.models import Lead
from cases.workflow import LEAD
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.batches import batch_create
from povertyaudit.core.api.bulk import bulk_verb
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape
from povertyaudit.core.api.viewsets import ScopedViewSet
from povertyaudit.core.models import Attachment

DETAIL = LeadDetailSerializer
extend_schema_field(OpenApiTypes.STR)(AreaFilter)  # its areas are rows, which the schema must not depend on


class LeadViewSet(
    StandingAsideVerbs,
    StepVerbs,
    EndingVerbs,
    IntakeVerbs,
    PeopleVerbs,
    RepeatVerbs,
    ExchangeVerbs,
    FilingVerbs,
    DossierMixin,
    AttachMixin,
    LedgerMixin,
    ScopedViewSet,
):
    """您需要知道的问题线索。金额单位为分；反映人信息不在任何答复里。"""

    queryset = Lead.objects.for_list()
    serializer_class = DETAIL
    filterset_class = LeadFilter
    workflow = LEAD
    ledger_columns, ledger_name = COLUMNS, "leads"
    orderings = {  # noqa: RUF012 — as the base class has it
        **ScopedViewSet.orderings,
        "received_on": "received_on",
        "due_on": "due_on",
        "concluded_on": "concluded_on",
        "amount_fen": "amount_fen",
    }

    def get_serializer_class(self) -> Any:
        """Lists leave steps and dispatches out; a new lead says what it may repeat."""
        return {"list": LeadSerializer, "create": RegisteredSerializer}.get(self.action, DETAIL)

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        return rows if self.action == "list" else rows.for_page()

    def ledger_rows(self) -> Any:
        rows: Any = super().ledger_rows()
        return rows.for_ledger()

    def attach_file(self, row: Any, upload: Any, **said: Any) -> Attachment:
        desk_only = said.pop("kind", "") == "petition_scan"
        return services.attach(row, file=upload, desk_only=desk_only, **said)

    @sensitive_variables()
    @write_schema(shapes.RegisterShape, RegisteredSerializer, example=examples.REGISTER, status=201)
    def create(self, request: Request) -> Response:
        """登记问题线索（信访室、案管室、监督检查室、审查调查室，各按来源渠道）。"""
        return self.make(services.register, shapes.RegisterShape)

    batch = batch_create(services.register, shapes.RegisterShape, example=examples.REGISTER)

    @verb(shapes.DispatchShape, DETAIL, example=examples.DISPATCH, path="dispatch")
    def dispatch_lead(self, request: Request, id: str) -> Response:
        """分办（案管室），须录入领导批示。"""
        return self.act(services.dispatch, shapes.DispatchShape)

    bulk_dispatch = bulk_verb(
        LEAD, "dispatch", services.dispatch, shapes.DispatchShape, example=examples.TWO | examples.DISPATCH
    )
    bulk_sign_for = bulk_verb(LEAD, "sign_for", services.sign_for, NoteShape, example=examples.TWO)
    bulk_press = bulk_verb(
        LEAD, "press", services.press, shapes.LeadReasonShape,
        example=examples.TWO | {"note": "请于本周五前报告进展。"},
    )  # fmt: skip
    bulk_assign = bulk_verb(
        LEAD, "assign", services.assign, shapes.AssignShape, example=examples.TWO | {"handler": "inspector2"}
    )

    @verb(NoteShape, DETAIL, example={})
    def sign_for(self, request: Request, id: str) -> Response:
        """签收（承办部门）：一个月内提出处置意见。"""
        return self.act(services.sign_for, NoteShape)

    @verb(shapes.ReasonedShape, DETAIL, example={"note": "请补充核查方案。", "reason_code": "sb_grounds"})
    def send_back(self, request: Request, id: str) -> Response:
        """退回重提，写明理由。"""
        return self.act(services.send_back, shapes.ReasonedShape)

    @verb(shapes.ReplyShape, DETAIL, example=examples.REPLY)
    def record_reply(self, request: Request, id: str) -> Response:
        """登记谈话完成或收到函询回复的日期。"""
        return self.act(services.record_reply, shapes.ReplyShape)

    @verb(shapes.LeadFinishShape, DETAIL, example={"result": "反映问题基本属实，涉及补助资金 2.6 万元。"})
    def finish_step(self, request: Request, id: str) -> Response:
        """完成本步办理，写明结果。"""
        return self.act(services.finish_step, shapes.LeadFinishShape)

    @verb(shapes.FileCaseShape, DETAIL, example={"handling_unit": "审查调查室"})
    def file_case(self, request: Request, id: str) -> Response:
        """立案（主要负责人批准后），交审查调查部门。"""
        return self.act(services.file_case, shapes.FileCaseShape)

    @verb(shapes.HoldShape, DETAIL, example=examples.HOLD)
    def hold(self, request: Request, id: str) -> Response:
        """转入暂存待查，定下复核日期。"""
        return self.act(services.hold, shapes.HoldShape)

    @verb(shapes.ConcludeShape, DETAIL, example=examples.CONCLUDE)
    def conclude(self, request: Request, id: str) -> Response:
        """办结。"""
        return self.act(services.conclude, shapes.ConcludeShape)

    @verb(shapes.LeadReasonShape, DETAIL, example={"note": "取得新的证据。"})
    def reactivate(self, request: Request, id: str) -> Response:
        """重新启动暂存待查的线索。"""
        return self.act(services.reactivate, shapes.LeadReasonShape)

    @verb(shapes.LeadReasonShape, DETAIL, example={"note": "反映人提供了新的证据。"})
    def reopen(self, request: Request, id: str) -> Response:
        """撤销办结，重新办理（案管室、主要负责人）。"""
        return self.act(services.reopen, shapes.LeadReasonShape)

    @verb(
        shapes.ReasonedShape, DETAIL, example={"note": "不属于本室联系地区。", "reason_code": "hb_not_ours"}
    )
    def hand_back(self, request: Request, id: str) -> Response:
        """退回案管室。"""
        return self.act(services.hand_back, shapes.ReasonedShape)

    @verb(
        shapes.ForwardShape,
        DETAIL,
        example={"forwarded_to": "县公安局", "forward_receipt": "公收〔2026〕12 号"},
    )
    def forward(self, request: Request, id: str) -> Response:
        """转办有管辖权的机关。"""
        return self.act(services.forward, shapes.ForwardShape)

    @verb(shapes.MergeShape, DETAIL, example=examples.MERGE)
    def merge(self, request: Request, id: str) -> Response:
        """合并到另一件线索（重复件）。"""
        return self.act(services.merge, shapes.MergeShape)

    @verb(shapes.LeadReasonShape, DETAIL, example={"note": "请于本周五前报告进展。"})
    def press(self, request: Request, id: str) -> Response:
        """督办，状态不变。"""
        return self.act(services.press, shapes.LeadReasonShape)

    @verb(shapes.ExtendShape, DETAIL, example=examples.EXTEND)
    def extend(self, request: Request, id: str) -> Response:
        """延长期限（主要负责人批准），或录入上级重新指定的日期（案管室）。"""
        return self.act(services.extend, shapes.ExtendShape)

    @verb(shapes.AssignShape, DETAIL, example={"handler": "inspector2"})
    def assign(self, request: Request, id: str) -> Response:
        """调整承办人或分管领导。"""
        return self.act(services.assign, shapes.AssignShape)

    @verb(shapes.RecuseShape, DETAIL, example={"note": "与被反映人系近亲属。"})
    def recuse(self, request: Request, id: str) -> Response:
        """登记回避；回避后不再能看到这件线索。"""
        return self.act(services.recuse, shapes.RecuseShape)

    @verb(shapes.AmendShape, DETAIL, example={"title": "反映村干部虚报冒领危房改造补助资金"})
    def amend(self, request: Request, id: str) -> Response:
        """修改登记内容。"""
        return self.act(services.amend, shapes.AmendShape)

    @verb(
        shapes.AddNumberShape, DETAIL, example={"issuer": "市纪委监委信访室", "number": "9901-XF-2026-0231"}
    )
    def add_number(self, request: Request, id: str) -> Response:
        """登记外部编号。"""
        return self.act(services.add_number, shapes.AddNumberShape)

    @verb(shapes.AcknowledgeShape, DETAIL, example={})
    def acknowledge(self, request: Request, id: str) -> Response:
        """登记受理告知（登记单位）。"""
        return self.act(services.acknowledge, shapes.AcknowledgeShape)

    @verb(shapes.VerifyIdentityShape, DETAIL, example={"verified": True})
    def verify_identity(self, request: Request, id: str) -> Response:
        """核实署名（登记的信访工作人员）。"""
        return self.act(services.verify_identity, shapes.VerifyIdentityShape)

    @sensitive_variables()
    @verb(shapes.ComplainantShape, DETAIL, example={"complainant": {"name": "李四", "phone": "0990-5123456"}})
    def note_complainant(self, request: Request, id: str) -> Response:
        """登记反映人信息（登记单位）：加密保存，不再返回。"""
        lead = self.get_object()
        services.note_complainant(lead, by=self.user, **self.body(shapes.ComplainantShape))
        return self.answer(self.get_object())

    @sensitive_variables()
    @verb(shapes.RevealShape, RevealedSerializer, example={"reason": "结果反馈"})
    def reveal_complainant(self, request: Request, id: str) -> Response:
        """查看反映人（登记单位）：每次查看都有记录。"""
        lead = self.get_object()
        identity = services.reveal_complainant(lead, by=self.user, **self.body(shapes.RevealShape))
        return Response(
            {"id": lead.public_id, "complainant": identity}, headers={"Cache-Control": "no-store"}
        )

    @verb(
        RequestIdentityShape,
        IdentityRequestSerializer,
        example={"reason": "需当面核对来信中提到的票据。"},
        status=201,
    )
    def request_identity(self, request: Request, id: str) -> Response:
        """申请查看反映人：须由登记机关的领导批准。"""
        lead = self.get_object()
        said = self.body(RequestIdentityShape)
        made = services.request_identity(lead, by=self.user, expected_version=self.expected_version(), **said)
        answer = IdentityRequestSerializer(made, context=self.get_serializer_context())
        return Response(answer.data, status=201)
