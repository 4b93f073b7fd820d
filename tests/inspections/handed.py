"""What a round hands on, at any point of its way, made through the verbs."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from inspections import services
from inspections.models import InspectionTerm, RectificationPlan
from povertyaudit.core import moment
from povertyaudit.core.models import Role, Unit, UnitKind, User
from tests import factories
from tests.core.machines import PDF
from tests.inspections import makers

TOWN = "柳溪镇人民政府"


def paper(name="凭证.pdf"):
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def web(who):
    client = Client()
    client.force_login(factories.fresh(who))
    return client


def api(who):
    client = APIClient()
    client.force_authenticate(factories.fresh(who))
    return client


def town():
    return Unit.objects.get(name=TOWN)


def fresh(row):
    return type(row)._default_manager.get(pk=row.pk)


def organiser():
    """Somebody of 县委组织部 who speaks for it in joint reviews."""
    known = User.objects.filter(username="organiser").first()
    department = factories.unit("县委组织部", UnitKind.DEPARTMENT)
    return known or factories.user(Role.SECTOR, unit=department, username="organiser")


def bodies():
    """三方: discipline body, organisation department, inspection office."""
    organiser()
    named = (
        ("discipline", "第一监督检查室"),
        ("organisation", "县委组织部"),
        ("inspection_office", "县委巡察办"),
    )
    return [
        {"body": InspectionTerm.objects.get(code=code), "unit": Unit.objects.get(name=name)}
        for code, name in named
    ]


def with_reviewers(people, round_):
    services.set_reviewers(fresh(round_), by=people.patroloffice, bodies=bodies())
    return fresh(round_)


def opinion(people, round_, *, sent=False, **more):
    said = {"kind": "rectify", "unit": town(), "text": "限期补发到户奖补资金。"} | more
    made = services.record_opinion(by=people.patrol1, round=round_, **said)
    return fresh(services.send_opinion(made, by=people.patroloffice)) if sent else made


def notice(people, round_, **more):
    said = {
        "unit": town(),
        "text": "两名公益岗位人员已外出务工，补贴继续发放。",
        "demand": "立即停发并追回。",
    } | more
    return services.issue_notice(by=people.patrol1, round=round_, **said)


def feedback(people, round_=None, *, problems=2, to="signed"):
    """A form of the town with so many problems, as far as `to`."""
    round_ = round_ or with_reviewers(people, makers.round_(people))
    for number in range(problems):
        makers.finding(people, round_, text=f"第{number + 1}个问题：到户奖补资金拨付迟缓。")
    row = services.draft_feedback(by=people.patrol1, round=fresh(round_), unit=town(), text="总体较好。")
    if to == "draft":
        return row
    row = services.tell_head(row, by=people.patroloffice, head_name="镇党委书记")
    if to == "head_told":
        return row
    row = services.tell_leadership(row, by=people.patroloffice)
    return row if to == "issued" else services.sign(row, by=people.unithead)


def whole(plan, **more):
    said = {
        "person": "镇长",
        "due_on": moment.today() + timedelta(days=60),
        "measure": "核对名册，补发到户。\n公示到组。",
    }
    return [{"row": row, **said, **more} for row in plan.rows.order_by("ordinal")]


def plan(people, to="drafting", **more):
    """The plan that follows a signed form, as far as `to`."""
    form = feedback(people, **more)
    row = RectificationPlan.objects.get(feedback=form, kind="plan")
    return along(people, row, to)


def along(people, row, to, rows=None):
    if to == "drafting":
        return row
    row = services.submit_plan(fresh(row), by=people.unithead, rows=whole(row) if rows is None else rows)
    if to == "submitted":
        return row
    for who in (people.inspector1, organiser(), people.patroloffice):
        row = services.give_review(fresh(row), by=factories.fresh(who), opinions=graded(row))
    row = services.consolidate(fresh(row), by=people.inspector1, summary="各方意见一致。")
    if to == "returned":
        return services.return_plan(
            fresh(row), by=people.patroloffice, note="第一项没有数据。", reason_code="sb_no_figures"
        )
    if to == "approved":
        return services.approve_plan(fresh(row), by=people.patroloffice, lead_unit=bureau())
    return row


def graded(plan, grade="good", opinion="措施可行。"):
    return [{"row": row, "grade": grade, "opinion": opinion} for row in plan.rows.order_by("ordinal")]


def bureau():
    return Unit.objects.get(name="县农业农村局")
