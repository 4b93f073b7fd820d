"""Where misused money came to light, shown on both sides: on the lead, the finding and the project, and on the misuse."""

from typing import Any
from urllib.parse import urlencode

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cases.models import Lead
from funds.models import Misuse, MisuseKind, Project
from funds.services import notice_rules
from funds.workflow import REGISTERS
from inspections.models import Finding
from povertyaudit.core.models import User
from povertyaudit.core.views import Column, Table

COLUMNS = (
    Column("number", "编号", kind="link"),
    Column("title", "问题名称", phone="main"),
    Column("kind.name", "问题类型"),
    Column("amount_fen", "涉及金额（元）", kind="money"),
    Column("left_fen", "未追缴（元）", kind="money", phone="side"),
    Column("state", "状态", kind="state"),
)


def of_lead(lead: Lead, user: User) -> list[Table]:
    return _table(user, Misuse.objects.visible_to(user).standing().filter(lead=lead), lead=lead.public_id)


def of_finding(finding: Finding, user: User) -> list[Table]:
    may = bool(finding.number) and finding.state != Finding.State.WITHDRAWN
    rows = Misuse.objects.visible_to(user).standing().filter(finding=finding)
    return _table(user, rows, **({"finding": finding.public_id} if may else {}))


def of_project(project: Project, user: User) -> list[Table]:
    return _table(
        user, Misuse.objects.visible_to(user).standing().filter(project=project), project=project.public_id
    )


def _table(user: User, rows: Any, **named: str) -> list[Table]:
    """The misuses, with the way to register one more for who may; nothing where neither is."""
    found = list(rows.for_list().order_by("pk"))
    may = bool(user.roles & REGISTERS) and bool(named)
    action = ("登记违规资金", f"/misuses/new/?{urlencode(named)}") if may else None
    if not found and action is None:
        return []
    return [Table("违规资金", COLUMNS, found, "没有登记违规资金。", action, "misuses")]


def links(misuse: Misuse, user: User) -> SafeString | str:
    """The lead, the finding and the project behind the misuse, for those who may know of them."""
    pairs: tuple[tuple[Any, int | None], ...] = (
        (Lead, misuse.lead_id),
        (Finding, misuse.finding_id),
        (Project, misuse.project_id),
    )
    rows = [row for model, key in pairs if key for row in model.objects.visible_to(user).filter(pk=key)]
    return format_html_join(
        "、",
        '<a href="{}">{} {}</a>',
        ((row.get_absolute_url(), type(row)._meta.verbose_name, row) for row in rows),
    )


def known(asked: Any, user: User) -> dict[str, Any]:
    """What a finding or a lead named in the address already says about the misuse to be registered. The text of a lead is
    not taken over: the responsible unit reads the misuse, not the lead."""
    found: dict[str, Any] = {}
    if finding := _named(Finding, asked.get("finding"), user):
        found = {
            "finding": finding.number, "title": finding.title[:100], "description": finding.text,
            "amount_fen": finding.amount_fen, "responsible_unit": finding.unit, "region": finding.region,
            "found_on": finding.found_on, "how_found": Misuse.Source.INSPECTION,
        }  # fmt: skip
    if project := _named(Project, asked.get("project"), user):
        found |= {"project": project.number, "region": project.region}
        found |= _unpublished(project) if asked.get("about") == "notices" else {}
    if lead := _named(Lead, asked.get("lead"), user):
        found |= {"lead": lead.number, "region": lead.region, "how_found": Misuse.Source.PETITION}
    return found


def _unpublished(project: Project) -> dict[str, Any]:
    """未公告公示 of the project: what is lacking of its notices, in words. The sum is for whoever registers it."""
    lacking = [cell.gap() for cell in notice_rules.cells(project) if cell.failed]
    text = f"{project.title}（{project.number}）{'；'.join(lacking) or '公示公告不符合规定'}。"
    return {
        "title": f"{project.title}未公告公示"[:100], "kind": MisuseKind.objects.on().filter(code="NO_PUBLIC").first(),
        "description": text, "responsible_unit": project.responsible_unit, "how_found": Misuse.Source.SUPERVISION,
    }  # fmt: skip


def _named(model: Any, public_id: str | None, user: User) -> Any:
    clean = (public_id or "").replace("\x00", "")[:40]
    return model.objects.visible_to(user).filter(public_id=clean).first() if clean else None
