"""Misused money and recoveries for machines."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from funds import services
from funds.api.money_ledgers import ENTRY_COLUMNS, MISUSE_COLUMNS, RECOVERY_COLUMNS
from funds.api.serializers import LedgerEntrySerializer, MisuseSerializer, RecoverySerializer
from funds.api.shapes import (
    ConfirmReturnShape,
    DecideReliefShape,
    MisuseShape,
    RaiseOwedShape,
    RecoveryShape,
    ReliefShape,
    ReturnSheetShape,
    ReturnsShape,
    VoidShape,
)
from funds.api.totals import BY, TOTALS_EXAMPLE, TotalsOfSerializer, totals_of
from funds.filters import LedgerEntryFilter, MisuseFilter, RecoveryFilter
from funds.models import LedgerEntry, Misuse, Recovery
from funds.workflow import MISUSE
from povertyaudit.core.api.attachments import AttachMixin
from povertyaudit.core.api.batches import batch_create, batch_verb
from povertyaudit.core.api.dossiers import DossierMixin
from povertyaudit.core.api.ledgers import LedgerMixin
from povertyaudit.core.api.schema import verb, write_schema
from povertyaudit.core.api.serializers import NoteShape
from povertyaudit.core.api.viewsets import ScopedViewSet

NEW_MISUSE = {
    "title": "产业奖补资金被用于镇政府围墙维修", "kind": "OUT_OF_SCOPE", "amount_fen": 3860000,
    "description": "从产业奖补资金中列支围墙维修费用，未经批准调整用途。", "responsible_unit": "荻渚镇人民政府",
    "how_found": "finance", "fund_kind": "COUNTY", "project": "990101-XM-2026-00001",
}  # fmt: skip
NEW_RECOVERY = {
    "kind": "treasury", "amount_fen": 100, "voucher_no": "99-2026-0001",
    "destination": "缴入县国库",
}  # fmt: skip


NEW_RETURNS = {
    "voucher_no": "99-2026-0002", "households": [{"household": "陶有田", "amount_fen": 100}],
}  # fmt: skip
NEW_SHEET = {
    "voucher_no": "99-2026-0003", "lines": [{"household": "陶有田", "village": "", "amount_fen": 100}],
}  # fmt: skip
NEW_RELIEF = {
    "kind": "reduction",
    "amount_fen": 100,
    "basis": "青财核〔2026〕3号",
    "reason": "复核后应追缴减少。",
}
NEW_CONFIRMATION = {"recovery": "1", "result": "received", "way": "home"}


class MisuseViewSet(DossierMixin, AttachMixin, LedgerMixin, ScopedViewSet):
    """违规使用资金。金额单位为分。"""

    queryset = Misuse.objects.for_list()
    serializer_class = MisuseSerializer
    filterset_class = MisuseFilter
    ledger_columns, ledger_name = MISUSE_COLUMNS, "misuses"
    workflow = MISUSE
    orderings = {  # noqa: RUF012 — as the base class has it
        **ScopedViewSet.orderings,
        "found_on": "found_on",
        "amount_fen": "amount_fen",
        "outstanding_fen": "outstanding_fen",
    }

    @write_schema(MisuseShape, MisuseSerializer, example=NEW_MISUSE, status=201)
    def create(self, request: Request) -> Response:
        """登记违规使用资金（财政、监督检查室）。"""
        return self.make(services.register_misuse, MisuseShape)

    batch = batch_create(services.register_misuse, MisuseShape, example=NEW_MISUSE)
    batch_record_recovery = batch_verb(
        "record_recovery",
        services.record_recovery,
        RecoveryShape,
        example={"id": "990101-CZ-2026-0001", **NEW_RECOVERY},
    )

    @extend_schema(responses=TotalsOfSerializer, parameters=[BY], examples=[TOTALS_EXAMPLE])
    @action(detail=False, methods=["get"], filter_backends=[], pagination_class=None)
    def totals(self, request: Request) -> Response:
        """追缴退还合计：与页面相同，只合计您能看到的分录；每一行的 entries 打开的就是那几条分录。"""
        found = totals_of(self.user, request.query_params.get("by", "kind"))
        return Response(TotalsOfSerializer(found).data)

    @verb(RecoveryShape, MisuseSerializer, example=NEW_RECOVERY)
    def record_recovery(self, request: Request, id: str) -> Response:
        """登记追缴（财政）。"""
        return self.act(services.record_recovery, RecoveryShape)

    @verb(VoidShape, MisuseSerializer, example={"recovery": "1", "note": "凭证登记有误。"})
    def void_recovery(self, request: Request, id: str) -> Response:
        """冲正一笔追缴（财政）：记录保留，另记一条反向分录，金额不再计入。"""
        return self.act(services.void_recovery, VoidShape)

    @verb(ReturnsShape, MisuseSerializer, example=NEW_RETURNS)
    def record_returns(self, request: Request, id: str) -> Response:
        """登记退还群众（财政）：一张凭证，一户一行，全部登记或者全不登记。"""
        return self.act(services.record_returns, ReturnsShape)

    @verb(ReturnSheetShape, MisuseSerializer, example=NEW_SHEET)
    def stage_returns(self, request: Request, id: str) -> Response:
        """上传发放表（财政）：有错的行一次全部指出；没有错的待登记，什么也没有记账。"""
        return self.act(services.stage_returns, ReturnSheetShape)

    @verb(NoteShape, MisuseSerializer, example={})
    def book_returns(self, request: Request, id: str) -> Response:
        """登记发放表（财政）：全部记账或者全不记账；200 户以上的在后台办理，`sheet_state` 为 booking。"""
        return self.act(services.book_returns, NoteShape)

    @verb(NoteShape, MisuseSerializer, example={"note": "金额有变，重新造表。"})
    def drop_returns(self, request: Request, id: str) -> Response:
        """放弃发放表（财政）。"""
        return self.act(services.drop_returns, NoteShape)

    @verb(RaiseOwedShape, MisuseSerializer, example={"amount_fen": 1200, "note": "应计的利息。"})
    def raise_owed(self, request: Request, id: str) -> Response:
        """调增应追缴（财政），写明理由。"""
        return self.act(services.raise_owed, RaiseOwedShape)

    @verb(ReliefShape, MisuseSerializer, example=NEW_RELIEF)
    def request_relief(self, request: Request, id: str) -> Response:
        """申请核销或者核减（财政），由另一人审批后记账。"""
        return self.act(services.request_relief, ReliefShape)

    @verb(DecideReliefShape, MisuseSerializer, example={"granted": True, "note": "同意。"})
    def decide_relief(self, request: Request, id: str) -> Response:
        """审批核销核减（分管领导、主要负责人），不能是申请人本人。"""
        return self.act(services.decide_relief, DecideReliefShape)

    @verb(ConfirmReturnShape, MisuseSerializer, example=NEW_CONFIRMATION)
    def confirm_return(self, request: Request, id: str) -> Response:
        """回访确认退还（监督检查室）：农户是否足额收到。"""
        return self.act(services.confirm_return, ConfirmReturnShape)


class RecoveryViewSet(LedgerMixin, ScopedViewSet):
    """追缴、清退的每一笔；登记和作废在违规使用资金上办理。"""

    queryset = Recovery.objects.for_list()
    serializer_class = RecoverySerializer
    filterset_class = RecoveryFilter
    ledger_columns, ledger_name = RECOVERY_COLUMNS, "recoveries"
    orderings: ClassVar[dict[str, str]] = {
        "created_at": "created_at",
        "updated_at": "updated_at",
        "received_on": "received_on",
        "amount_fen": "amount_fen",
    }


class LedgerEntryViewSet(LedgerMixin, ScopedViewSet):
    """追缴台账分录：只增不改；`group` 一项的 `signed_fen` 相加就是该项合计。"""

    queryset = LedgerEntry.objects.for_list().select_related("reversed_by")
    serializer_class = LedgerEntrySerializer
    filterset_class = LedgerEntryFilter
    ledger_columns, ledger_name = ENTRY_COLUMNS, "ledger-entries"
    orderings: ClassVar[dict[str, str]] = {
        "created_at": "created_at",
        "updated_at": "updated_at",
        "booked_on": "booked_on",
        "amount_fen": "amount_fen",
    }
