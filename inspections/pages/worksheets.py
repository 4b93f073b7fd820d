"""What a worksheet shows, and exactly what is signed."""

from inspections.models import InspectionTerm, Worksheet
from inspections.workflow.worksheets import OVER, WORKSHEET, needs_another_round, still_counts
from povertyaudit.core.models import Attachment, User
from povertyaudit.core.views import Column, Fact, Facts, Missing, Table

EVIDENCE_COLUMNS = (
    Column("title", "证据", kind="link", value=lambda one: one.title or one.original_name),
    Column("uploaded_by.display_name", "上传人", phone="sub"),
    Column("created_at", "上传时间", kind="moment", phone="side"),
    Column("sha256", "校验值", phone="main", value=lambda one: one.sha256[:16]),
)


def class_code(row: Worksheet) -> str:
    """The code of its class in the list of today."""
    terms = InspectionTerm.objects.on().filter(axis=InspectionTerm.Axis.PROBLEM_CLASS, name=row.problem_class)
    return str(terms.values_list("code", flat=True).first() or "")


def worksheet_facts(row: Worksheet) -> list[Facts]:
    return [
        Facts(
            "问题底稿",
            [
                Fact("编号", row.number or "保密，结束后编号"),
                Fact("走访计划", row.plan and row.plan.title),
                Fact("所属轮次", row.round and row.round.name),
                Fact("走访记录", row.visit and row.visit.title),
                Fact("起草人", row.drafted_by.display_name),
                Fact("发现问题", row.finding and (row.finding.number or "已登记，轮次结束后编号")),
                *_problem(row),
            ],
        )
    ]


def _problem(row: Worksheet) -> list[Fact]:
    return [
        Fact("大类", row.problem_class),
        Fact("方面", row.aspect),
        Fact("涉及单位", row.unit.name),
        Fact("发现日期", row.found_on, "date"),
        Fact("立行立改", row.immediate),
        Fact("具体问题", row.text, wide=True),
        Fact("依据", row.basis, wide=True),
    ]


def evidence(row: Worksheet) -> Table:
    return Table(
        "证据", EVIDENCE_COLUMNS, Attachment.objects.of(row).newest(), "还没有证据。", key="evidence"
    )


def worksheet_tables(row: Worksheet, user: User) -> list[Table]:
    offered = {step.name: step.label for step in WORKSHEET.offered(row, user)}
    adds = ("上传证据", f"{row.get_absolute_url()}add_evidence/") if "add_evidence" in offered else None
    files = Attachment.objects.seen_of(row, user).newest()
    return [Table("证据", EVIDENCE_COLUMNS, files, "还没有证据。", adds, "evidence")]


def worksheet_signed(row: Worksheet) -> list[Facts | Table]:
    """Exactly what a signature covers."""
    return [Facts("签字的内容", _problem(row)), evidence(row)]


def worksheet_missing(row: Worksheet, user: User) -> list[Missing]:
    offered = {step.name for step in WORKSHEET.offered(row, user)}
    base = row.get_absolute_url()
    if row.state == Worksheet.State.OPEN and not still_counts(row):
        return [Missing(OVER, f"{base}discard/" if "discard" in offered else "")]
    if row.state == Worksheet.State.OPEN and needs_another_round(row) and row.plan and row.plan.finished_on:
        text = "走访结束时所属轮次已经办结：两人签齐后登记到另一个进行中的轮次；不登记的请“作废”。"
        return [Missing(text, f"{base}to_finding/" if "to_finding" in offered else "")]
    if "add_evidence" in offered and not Attachment.objects.of(row).exists():
        return [Missing("还没有证据，上传证据后才能签字。", f"{base}add_evidence/")]
    if row.state == Worksheet.State.OPEN and row.signed != f"{row.SIGNERS}/{row.SIGNERS}":
        return [
            Missing(
                f"须由两名走访人员或者巡察组成员签字，现有 {row.signed}。",
                f"{base}sign/" if "sign" in offered else "",
            )
        ]
    return []
