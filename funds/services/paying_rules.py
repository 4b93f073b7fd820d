"""What must be true of a payment: the step of the project it is paid after, how much of the whole, papers, days (§5.5)."""

from collections.abc import Callable, Sequence
from datetime import date

from funds.models import PaperKind, Payment, PayStage, Project, ProjectState
from funds.services import notice_rules, rules
from povertyaudit.core import render
from povertyaudit.core.deadlines import add_months
from povertyaudit.core.errors import DomainError, RuleBroken
from povertyaudit.core.models import Attachment

Figure = Callable[..., int]
ORDER = list(PayStage.values)
# stage → the day of the project it must not be before, and what that day is called
AFTER = {
    PayStage.ADVANCE: ("started_on", "开工"), PayStage.COMPLETION: ("completed_on", "完工"),
    PayStage.FINAL: ("accepted_on", "验收"), PayStage.RETENTION: ("accepted_on", "验收"),
}  # fmt: skip
BUILT = frozenset(
    {ProjectState.STARTED, ProjectState.COMPLETED, ProjectState.ACCEPTED, ProjectState.PUBLISHED}
)


def most(project: Project, stage: str, day: date, figure: Figure = rules.amount) -> int:
    """Up to how much (分) may have been paid in all when this stage is paid, by the rules of the day."""
    base = project.ceiling_fen
    if stage == PayStage.RETENTION:
        return base
    share = figure("advance", day)
    if stage != PayStage.ADVANCE:
        share += figure("completion", day)
    if stage == PayStage.FINAL:
        share += figure("final", day)
    return min(base * min(share, 100) // 100, base - project.retention_fen)


def release_day(project: Project, day: date, figure: Figure = rules.amount) -> date | None:
    """From when on what was held back may be paid."""
    if project.accepted_on is None:
        return None
    return add_months(project.accepted_on, figure("retention_months", day))


def broken(
    project: Project, stage: str, amount_fen: int, day: date, figure: Figure = rules.amount
) -> list[DomainError]:
    """Every rule of the stage a payment of the day would break. `figure`: the figure of a rule on a day."""
    found: list[DomainError] = []
    if project.state not in BUILT:
        text = f"项目{project.get_state_display()}，批复并开工以后才能报账；变更的项目重新批复后再报。"
        return [RuleBroken("payment.not_in_plan", text)]
    name, word = AFTER[PayStage(stage)]
    since = getattr(project, name)
    label = PayStage(stage).label
    if since is None:
        return [RuleBroken("payment.too_early", f"项目还没有{word}，不能报{label}。", field="stage")]
    if day < since:
        text = f"报账日期不能早于{word}日期（{since}），请核对。"
        found.append(RuleBroken("payment.before_step", text, field="applied_on"))
    release = release_day(project, day, figure) if stage == PayStage.RETENTION else None
    if stage == PayStage.RETENTION and not project.retention_fen:
        found.append(RuleBroken("payment.no_retention", "这个项目没有留质保金。", field="stage"))
    elif release is not None and day < release:
        found.append(RuleBroken("payment.retention", f"质保金自 {release} 起才能拨付。", field="stage"))
    left = most(project, stage, day, figure) - project.paid_fen
    if amount_fen > left:
        text = (
            f"{label}最多还可以报 {render.yuan(max(left, 0))} 元（按 {render.yuan(project.ceiling_fen)} 元的规定比例，"
            f"已拨付 {render.yuan(project.paid_fen)} 元），请核对金额。"
        )
        found.append(RuleBroken("payment.above_share", text, field="amount_fen"))
    return found


def unpublished(project: Project, stage: str, day: date) -> list[DomainError]:
    """验收款: what is lacking of the public notices, by the rule of the day."""
    return notice_rules.bars(project, day) if stage == PayStage.FINAL else []


def papers_of(stage: str, day: date | None = None) -> list[PaperKind]:
    """The papers a payment of the stage must have."""
    upto = ORDER[: ORDER.index(stage) + 1]
    return list(PaperKind.objects.on(day).filter(since__in=upto))


def checklist(payment: Payment) -> list[tuple[PaperKind, Sequence[Attachment]]]:
    """Each paper asked for, and the files that lie with the payment for it. Two queries."""
    files: dict[str, list[Attachment]] = {}
    for file in Attachment.objects.of(payment).newest().select_related("uploaded_by__person"):
        files.setdefault(file.kind, []).append(file)
    return [(kind, files.get(kind.code, [])) for kind in papers_of(payment.stage, payment.applied_on)]


def lacking(payment: Payment) -> list[str]:
    """Names of the papers that are asked for and not there."""
    return [kind.name for kind, files in checklist(payment) if not files]
