"""操作记录: for the auditor — who did which verb to which number, when, and whether the chain holds. Never contents."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from povertyaudit.core import audit
from povertyaudit.core.account_flow import KEEPING
from povertyaudit.core.filters import AuditFilter
from povertyaudit.core.models import AuditEntry, Role
from povertyaudit.core.record_home import NOTABLE
from povertyaudit.core.views.lists import ListPage
from povertyaudit.core.views.parts import Column, Fact, Facts, Tab
from povertyaudit.core.workflow import verb_label


class RecordList(ListPage):
    queryset = AuditEntry.objects.all()
    template_name = "core/list_with_facts.html"
    section, title = "record", "操作记录"
    filterset_class = AuditFilter
    main_filters = ("q", "on_from", "on_to")
    order = "-at"
    columns = (
        Column("target_number", "对象编号", phone="sub"),
        Column("verb", "动作", value=lambda entry: verb_label(entry.verb), phone="main"),
        Column("actor_name", "操作人"),
        Column("actor_role", "身份"),
        Column("at", "时间", kind="moment", order="at", phone="side"),
        Column("seq", "链内序号", kind="number"),
        Column("chain", "记录链", value=lambda entry: "完好" if audit.intact(entry) else "▲ 被改动"),
    )
    tabs = (
        Tab("", "全部"),
        Tab("notable", "需要留意", lambda rows, user: rows.verbs(NOTABLE)),
        Tab("accounts", "账号和任职", lambda rows, user: rows.verbs(KEEPING)),
    )
    empty, empty_hint = "没有符合条件的记录。", "请放宽时间或动作条件。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and Role.AUDITOR not in self.user.roles:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> Any:
        return super().get_queryset().for_reader(self.user)

    def base_context(self) -> dict[str, Any]:
        return super().base_context() | {"groups": [self.seals()]}

    def seals(self) -> Facts:
        """The last seal, and how many chains have grown since."""
        last, grown = audit.last_seal(), audit.unsealed()
        return Facts(
            "封印",
            [
                Fact("最近一次封印", last.at if last else None, "moment"),
                Fact("封印值", last.hash if last else "—", wide=True),
                Fact("尚未封印的记录链", f"{grown} 条"),
            ],
        )
