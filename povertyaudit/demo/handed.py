"""What rounds hand on: opinions and notices in every state, papers, leads handed over, and feedback as far as the review."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from inspections import services
from inspections.models import Feedback, Finding, InspectionTerm, Opinion, RectificationPlan, Round
from povertyaudit.core import moment
from povertyaudit.core.models import Role, Unit
from povertyaudit.demo.papers import voucher
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

SEVENTH = "第十二届县委第七轮巡察"
TOLD = (
    (2, "资金使用", "产业奖补资金结余十一万元滞留镇财政专户。", "drafting"),
    (9, "项目管理", "两条产业路没有验收就投入使用。", "submitted"),
    (14, "干部作风", "驻村工作队有三人连续两个月驻村不足二十天。", "consolidated"),
    (17, "政策落实", "雨露计划补助漏发七人。", "returned"),
    (18, "资金使用", "村级公益项目资金结余未收回。", "reviewed"),
    (5, "责任落实", "镇纪委全年没有开展专项监督。", "draft"),
)  # fmt: skip
ADVICE = "对全县同类问题开展一次排查，一个月内书面答复。"


def _bodies(cast: Cast) -> list[dict[str, object]]:
    named = (
        ("discipline", "第一监督检查室"),
        ("organisation", "县委组织部"),
        ("inspection_office", "县委巡察办"),
    )
    return [{"body": InspectionTerm.objects.get(code=code), "unit": cast.units[name]} for code, name in named]


def seventh(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Beside the round under way: its notices, opinions, papers, one lead handed over, and feedback to two towns."""
    yield diary.ago(9)
    row = Round.objects.get(name=SEVENTH)
    second = row.findings.order_by("pk")[1]
    _notices(cast, row, second)
    services.set_reviewers(row, by=cast.patroloffice, bodies=_bodies(cast))
    again = Round.objects.get(pk=row.pk)
    services.hand_lead(again, by=cast.patrol1, leads=[{"finding": second, "persons": "某村支部书记"}])
    yield diary.ago(8)
    _opinions(cast, row)
    _papers(cast, row)
    yield diary.ago(4)
    for town, told in ((2, 2), (11, 1)):
        unit = cast.town_unit(town)
        form = services.draft_feedback(by=cast.patrol1, round=row, unit=unit, text="总体较好，个别问题突出。")
        _tell(cast, form, told)


def _notices(cast: Cast, row: Round, finding: Finding) -> None:
    """One with its proof uploaded, one reported, one untouched."""
    issued = []
    for town in (2, 4, 11):
        said: dict[str, Any] = {
            "unit": cast.town_unit(town),
            "text": finding.text,
            "demand": "立即停发，追回多发部分并公示。",
        }
        issued.append(services.issue_notice(by=cast.patrol1, round=row, **said))
    proof = ["2026-11-15", "4800.00"]
    services.attach_proof(issued[0], by=cast.official, file=voucher("proof", proof))
    liaison = cast.holding(Role.LIAISON, issued[1].unit)
    told: dict[str, Any] = {
        "closing_text": "补贴已停发，多发部分已追回。",
        "proofs": [voucher("proof", proof)],
    }
    services.report_notice(issued[1], by=liaison, **told)


def _opinions(cast: Cast, row: Round) -> None:
    for unit in ("县农业农村局", "县财政局", "县乡村振兴局"):
        _opinion(cast, row, cast.units[unit], "advice", send=unit != "县乡村振兴局")
    answered = _opinion(cast, row, cast.units["县农业农村局"], "advice", send=True)
    services.answer_opinion(answered, by=cast.sector, answer_text="已逐座核查 12 座冷库，3 座列入整改。")
    _opinion(cast, row, cast.town_unit(4), "rectify", send=False)


def _papers(cast: Cast, row: Round) -> None:
    by: dict[str, Any] = {"by": cast.patrol1, "round": row}
    document = "县巡办〔2026〕6 号"
    services.record_paper(**by, kind="bulletin", title="突出问题专题通报", document=document)
    heard = services.record_paper(**by, kind="special", title="产地冷库建设专题报告")
    services.record_paper(**by, kind="report", title="巡察报告（初稿）", left_on=moment.today())
    said: dict[str, Any] = {"presided_by": "领导小组组长", "opinion": "同意，补充数据后报书记专题会。"}
    services.hear(heard, by=cast.patroloffice, **said)


def _opinion(cast: Cast, row: Round, unit: Unit, kind: str, *, send: bool) -> Opinion:
    made = services.record_opinion(by=cast.patrol1, round=row, kind=kind, unit=unit, text=ADVICE)
    return services.send_opinion(made, by=cast.patroloffice) if send else made


def _tell(cast: Cast, form: Feedback, steps: int) -> Feedback:
    if steps:
        form = services.tell_head(form, by=cast.patroloffice, head_name="镇党委书记")
    if steps > 1:
        form = services.tell_leadership(form, by=cast.patroloffice)
    return form


def fed_back(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """A special round over six towns: one form still a draft, five plans at five places of their way."""
    yield diary.ago(75)
    start = moment.today()
    row = services.open_round(
        by=cast.patroloffice, name="第十二届县委涉农资金专项巡察", kind=Round.Kind.SPECIAL, region=cast.places.county,
        starts_on=start, ends_on=start + timedelta(days=40), approved_by=cast.secretary,
    )  # fmt: skip
    members = [{"user": cast.patrol2, "role": "leader"}, {"user": cast.inspector4, "role": "member"}]
    row = services.set_team(row, by=cast.patroloffice, members=members)
    services.set_reviewers(row, by=cast.patroloffice, bodies=_bodies(cast))
    row = Round.objects.get(pk=row.pk)
    yield diary.ago(50)
    for town, klass, text, _ in TOLD:
        services.record_finding(
            row, by=cast.patrol2, problem_class=klass, text=text, unit=cast.town_unit(town), found_on=moment.today(),
            lead_unit=cast.units["县农业农村局"],
        )  # fmt: skip
    yield diary.ago(20)
    for town, *_, to in TOLD:
        form = services.draft_feedback(
            by=cast.patrol2, round=row, unit=cast.town_unit(town), text="总体较好。"
        )
        if to != "draft":
            form = _tell(cast, form, 2)
            services.sign(form, by=cast.holding(Role.UNIT_HEAD, form.unit))
    yield diary.ago(12)
    for town, *_, to in TOLD[1:-1]:
        plan = RectificationPlan.objects.get(feedback__round=row, unit=cast.town_unit(town))
        _along(cast, plan, to)


def _along(cast: Cast, plan: RectificationPlan, to: str) -> None:
    said = {
        "person": "镇长",
        "due_on": moment.today() + timedelta(days=80),
        "measure": "逐项清理，一个月内拨付到户。\n建立台账。",
    }
    rows = [{"row": row, **said} for row in plan.rows.all()]
    services.submit_plan(plan, by=cast.holding(Role.UNIT_HEAD, plan.unit), rows=rows)
    if to == "submitted":
        return
    for who in (cast.inspector1, cast.organiser, cast.patroloffice):
        opinions = [
            {"row": row, "grade": "fair", "opinion": "措施可行，时限偏长。"} for row in plan.rows.all()
        ]
        services.give_review(plan, by=who, opinions=opinions)
    if to == "reviewed":
        return
    services.consolidate(plan, by=cast.inspector1, summary="三方意见：措施可行，时限可以再压缩。")
    if to == "returned":
        services.return_plan(
            plan, by=cast.patroloffice, note="压缩时限，补充责任到人。", reason_code="sb_on_paper"
        )
