"""What a person who leaves has in hand: projects he proposed that are not approved, payments he applied for that are not
paid. The unit may act on both anyway; its record says to whom they went. Called by `core.handing_over`."""

from django.db.models import Q

from funds.models import Payment, Project, ProjectState
from funds.project_querysets import OWNERS
from povertyaudit.core import notify, rows
from povertyaudit.core.handing_over import Work
from povertyaudit.core.models import Post, Role, User

ROLES = OWNERS | {Role.SECTOR, Role.FINANCE}
PROPOSED = (ProjectState.STORED, ProjectState.REVIEW)


def open_work(post: Post) -> list[Work]:
    """By the unit of the post; the fund desk's by its region. Money given to the county is in nobody's name."""
    if post.role not in ROLES:
        return []
    if post.role == Role.FINANCE:
        of_post = post.within("region_id")
    else:
        of_post = Q(responsible_unit=post.unit_id) | Q(sector_unit=post.unit_id)
    projects = Project.objects.filter(of_post, entered_by=post.user_id, state__in=PROPOSED)
    units = Q(project__responsible_unit=post.unit_id) | Q(project__sector_unit=post.unit_id)
    payments = Payment.objects.under_way().filter(units, applied_by=post.user_id)
    return [
        Work("申报入库待批复的项目", projects, _project, _stuck_project),
        Work("办理中的报账", payments, _payment, _stuck_payment),
    ]


def _project(project: Project, successor: User, by: User) -> None:
    said = {"to": successor.display_name}
    rows.write(rows.lock(project), verb="project.hand_over", by=by, personal=said)


def _payment(payment: Payment, successor: User, by: User) -> None:
    said = {"to": successor.display_name}
    rows.write(rows.lock(payment), verb="payment.hand_over", by=by, personal=said)


def _stuck_project(project: Project, by: User) -> None:
    left = rows.change(project, verb="project.not_handed_over", by=by, changes={})
    _tell(left, project, "申报人离任，接任人应当回避，请另行安排人员办理。")


def _stuck_payment(payment: Payment, by: User) -> None:
    left = rows.change(payment, verb="payment.not_handed_over", by=by, changes={})
    _tell(left, payment.project, "申请人离任，接任人应当回避，请另行安排人员办理。")


def _tell(row: Project | Payment, project: Project, text: str) -> None:
    heads = User.objects.holding([Role.UNIT_HEAD], unit=project.responsible_unit).order_by("pk")
    notify.tell_of(row, heads, text, by=None, kind="project")
