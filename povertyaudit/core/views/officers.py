"""提醒运行情况: for the IT officer — is the clock alive, when did the last scan run, what did it send."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from povertyaudit.core import health, operations
from povertyaudit.core.models import Role, ScanRun
from povertyaudit.core.views.lists import ListPage
from povertyaudit.core.views.parts import Column, Fact, Facts

STATE_WORDS = {health.OK: "正常", health.STARTING: "正在启动", health.EMBEDDED: "内置（单机）"}
PART_WORDS = {"database": "数据库", "broker": "消息服务", "migrations": "数据库版本", "clock": "定时进程"}


def counted(name: str) -> Any:
    """A column value out of the counts of a scan."""
    return lambda run: run.counts.get(name, 0)


class ReminderRuns(ListPage):
    queryset = ScanRun.objects.all()
    template_name = "core/list_with_facts.html"
    section, title = "reminders", "提醒运行情况"
    order = "-day"
    columns = (
        Column("day", "日期", kind="date", order="day", phone="main"),
        Column("state", "状态", kind="state"),
        Column("finished_at", "完成时间", kind="moment"),
        Column("clocks", "临近和超期的期限", kind="number", value=counted("clocks")),
        Column("messages", "发出提醒", kind="number", value=counted("messages")),
        Column("people", "收到的人数", kind="number", value=counted("people")),
        Column("letters", "其中邮件", kind="number", value=counted("letters")),
        Column("attempts", "运行次数", kind="number"),
    )
    empty, empty_hint = "还没有运行过提醒扫描。", "每天 7:30 以后自动运行；也可以运行 manage.py remind。"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & {Role.SYSADMIN, Role.AUDITOR}:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def base_context(self) -> dict[str, Any]:
        return super().base_context() | {"groups": [self.parts(), self.work()]}

    def parts(self) -> Facts:
        found = health.readiness()
        return Facts(
            "运行状态", [Fact(PART_WORDS[name], STATE_WORDS.get(text, text)) for name, text in found.items()]
        )

    def work(self) -> Facts:
        now = operations.overview()
        return Facts(
            "后台任务",
            [
                Fact("定时最近运行", now.clock_at, "moment"),
                Fact("工作最近运行", now.worker_at, "moment"),
                Fact("等待的任务", now.queued),
                Fact("失败的任务", now.failed),
                Fact("待外发的消息", now.deliveries),
                Fact("未能外发的消息", now.undelivered),
                Fact("放假安排至", f"{now.calendar_until} 年"),
                Fact("暂定的到期日", f"{now.provisional} 个"),
            ],
        )
