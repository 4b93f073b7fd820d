"""为什么我能看到: the words come from the rules that are the scope, so the two cannot differ."""

from datetime import timedelta

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from cases import services as leads
from cases.models import PartnerBody
from cases.services import partners, summing
from funds import spans
from funds.services import village_duties
from inspections import services as rounds_services
from povertyaudit.core import moment
from povertyaudit.core.models import Recusal, Region
from povertyaudit.core.scope import ScopedQuerySet, dossier_models
from povertyaudit.core.sight import seers, why
from povertyaudit.reporting.services import reports
from tests import factories
from tests.activities import makers as activities
from tests.answering import makers as answering
from tests.assessment import makers as assessments
from tests.cases.conftest import Maker, bulletin, hotline
from tests.cases.exchange.test_batches import receive
from tests.cases.exchange.test_handovers import take
from tests.cases.exchange.test_meetings import held
from tests.cases.test_asking import opened as accountability
from tests.cases.test_asking import report as approach
from tests.cases.test_clearing import clarification, cleared
from tests.cases.test_false_accusations import mark
from tests.cases.trial import decide
from tests.funds import payment_makers as payments
from tests.funds import project_makers as projects
from tests.funds import register_makers as registers
from tests.funds import suspicion_makers as suspicions
from tests.funds import village_makers as villages
from tests.imports import makers as imports
from tests.inspections import field_makers as field
from tests.inspections import handed
from tests.inspections import makers as rounds
from tests.rectification import look_back_makers as look_backs
from tests.rectification import makers as items
from tests.rectification.makers import owed
from tests.rectification.test_escalation_fair import pressed
from tests.rectification.test_notices import told
from tests.talks import makers as talks

pytestmark = pytest.mark.django_db
EVERYBODY = [name for name, *_ in factories.PEOPLE]


@pytest.fixture(scope="module")
def dossiers(django_db_setup, django_db_blocker):
    """Made once for all tests here, which only look, and taken away again."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield some_of_every_kind(factories.cast())
        transaction.set_rollback(True)


def some_of_every_kind(people):
    """By name: leads along their road, an open and a secret round, findings, items, misuses."""
    cast, make = items.people(), Maker(people)
    rows = {state: make(state) for state in ("registered", "dispatched", "in_step", "case_filed")}
    rows["call"], rows["digest"] = hotline(people)
    rows["outcome"] = decide(make, rows["in_step"], "first_criticism")
    rows["bulletin"], rows["copy"] = bulletin(people)
    rows["opened"], rows["secret"] = rounds.round_(people), rounds.round_(people, "保密轮次", secret=True)
    rows["finding"], rows["hidden"] = (rounds.finding(people, rows[name]) for name in ("opened", "secret"))
    rows["object"] = rounds.objects(people, rows["opened"])["白杨乡"]
    rows["planned"], rows["visited"] = (
        field.plan(people),
        field.plan(people, "finished", title="已结束的走访"),
    )
    rows["visit"] = field.visit(people)
    rows["sheet"] = field.worksheet(people, round=rows["opened"])
    rows["month"] = field.month(people)
    rows["villager"] = rows["month"].person
    rows["campaign"], rows["pool"] = rounds.campaign(people), rounds.pooled(people)
    rows["misuse"] = items.misuse(cast)
    rows["match"] = suspicions.suspicion(people, "desk_checked")
    rows["match_list"] = rows["match"].match_list
    rows["paper_of_money"] = projects.allocation(people)
    rows["project"] = projects.stored(people)
    rows["payment"] = payments.opened(people, payments.built(people), 1_000_000)
    rows["sheet_of_village"] = villages.opened()
    rows["local_duty"] = village_duties.add_duty(by=people.official, name="公益岗位", basis="群众关心")
    rows["register"] = registers.told(people)
    rows["plan"] = handed.plan(
        people, "submitted", round_=handed.with_reviewers(people, rounds.round_(people, "反馈轮次"))
    )
    rows["form"], rows["at_once"] = rows["plan"].feedback, handed.notice(people, rows["opened"])
    rows["opinion"] = handed.opinion(people, rows["opened"], sent=True)
    rows["hidden_opinion"] = handed.opinion(people, rows["secret"])
    said = {"by": people.patrol1, "kind": "bulletin", "title": "专题通报"}
    rows["round_paper"], rows["hidden_paper"] = (
        rounds_services.record_paper(round=rows[name], **said) for name in ("opened", "secret")
    )
    rows["slip"] = leads.receive_for_superior(by=people.petition, received_on=moment.today())
    rows["batch"], rows["handover"], rows["meeting"] = receive(people), take(people), held(people)
    rows["resolution"] = rows["meeting"].resolutions.get()
    county = Region.objects.get(code=factories.QINGHE)
    rows["summary"] = summing.draft(
        county, "week", summing.periods(moment.today() + timedelta(days=7))["week"]
    )
    rows["frozen"] = reports.draft(county, "month", spans.of_month(moment.today().year, moment.today().month))
    rows["told"] = partners.report(
        by=people.casemgr, body=PartnerBody.objects.get(code="water"), handed_over=1, under_way=0
    )
    unfounded = cleared(make)
    rows["cleared"], rows["mark"] = clarification(unfounded, people), mark(unfounded, people)
    rows["asked"], rows["answers"] = approach(people.inspector1), accountability(make, people)
    rows["draft"], rows["issued"] = items.at(cast, "draft"), items.at(cast, "issued")
    rows["money"] = items.at(cast, "issued", source="misuse", misuses=[rows["misuse"]])
    found = {"source": "finding", "finding": rows["finding"], "by": people.patroloffice}
    rows["found"] = items.at(cast, "issued", leading_leader=people.countyleader, **found)
    rows["notice"], rows["remark"] = told(rows["found"], cast)
    rows["source_paper"] = items.paper(cast)
    rows["report"] = owed(items.at(cast, "accepted"))
    rows["step"] = pressed(cast)
    rows["activity"], rows["meeting_held"] = activities.planned(cast), activities.meeting(cast)
    rows["sheet_of_logs"] = activities.sheet(cast)
    rows["honour"], rows["rule"] = activities.honoured(cast), activities.laid_down(cast)
    rows["term"] = answering.term(people)
    rows["letter"] = answering.letter(people)
    rows["team_list"] = answering.team_list(people)
    rows["sheet_import"] = imports.accounts(people)
    rows["look_back"] = look_backs.plan(cast)
    rows["look_back_check"] = look_backs.check(cast)
    rows["judged"] = assessments.published(people)
    rows["scoring"] = assessments.opened(people, code="second", name="另一办法")
    rows["points"] = assessments.sheet(rows["judged"])
    rows["secret_points"] = assessments.sheet(rows["scoring"])
    rows["measure"] = assessments.measure(people, rows["judged"])
    rows["duty"] = assessments.duty(people)
    rows["score_sheet"] = assessments.score_sheet(rows["scoring"])
    rows["talk"] = talks.talk(cast, "notified")
    return rows


def test_there_is_a_row_of_every_kind(dossiers):
    assert {type(row) for row in dossiers.values()} == set(dossier_models())


def test_a_row_is_seen_exactly_when_a_rule_gives_a_reason(dossiers, people):
    for user in (factories.fresh(getattr(people, name)) for name in EVERYBODY):
        for row in dossiers.values():
            rows = type(row)._default_manager.all()
            reasons = [reason for post in user.current_posts() for reason in rows.reasons(post)]
            reached = any(rows.filter(reason.rows, pk=row.pk).exists() for reason in reasons)
            assert rows.visible_to(user).filter(pk=row.pk).exists() == reached, (user, row)
            assert bool(why(row, user)) == reached, (user, row)


def test_who_sees_a_row_can_be_asked_for_many_at_once(dossiers, people, django_assert_num_queries):
    everybody = [factories.fresh(getattr(people, name)) for name in EVERYBODY]
    for row in dossiers.values():
        rows = type(row)._default_manager.filter(pk=row.pk)
        with django_assert_num_queries(2):
            found = seers(row, everybody)
        assert found == [user for user in everybody if rows.visible_to(user).exists()], row


def test_a_kind_of_dossier_gives_reasons_and_never_reaches_past_them():
    for model in dossier_models():
        rows = type(model._default_manager.all())
        assert "reasons" in vars(rows)
        assert rows.reach is ScopedQuerySet.reach
        assert rows.visible_to is ScopedQuerySet.visible_to


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("casemgr", "registered", "可查看青禾县的全部线索"),
        ("petition", "dispatched", "线索由您所在单位登记"),
        ("inspector1", "dispatched", "线索现在由您所在单位办理"),
        ("investigator", "case_filed", "线索现在由您所在单位办理"),
        ("inspector2", "in_step", "线索交您所在单位办理"),
        ("inspector2", "case_filed", "您所在单位曾参与办理"),
        ("leader", "in_step", "您是线索的分管领导"),
        ("official", "call", "来电交您所在单位办理"),
        ("petition", "digest", "快报由您所在单位汇编"),
        ("leader", "outcome", "您是线索的分管领导"),
        ("leader", "bulletin", "可查看青禾县的通报"),
        ("unithead", "copy", "通报发给您所在单位"),
        ("leader", "notice", "可查看青禾县的整改情况公开"),
        ("petition", "remark", "可查看青禾县整改情况公开后收到的群众意见"),
        ("patrol1", "secret", "您是轮次的巡察组成员"),
        ("secretary", "hidden", "问题所在的轮次由您批准"),
        ("patrol1", "planned", "您是走访计划的走访人员"),
        ("leader", "visited", "可查看青禾县已结束的走访计划"),
        ("leader", "finding", "可查看青禾县不保密的轮次发现的问题"),
        ("patrol1", "object", "您是对象所在的轮次的巡察组成员"),
        ("leader", "object", "可查看青禾县不保密的轮次的巡察对象"),
        ("inspector1", "campaign", "可查看青禾县的专题"),
        ("secretary", "pool", "可查看青禾县的巡察人才库"),
        ("finance", "pool", "您是人才库人员"),
        ("patrol1", "found", "事项由您参加的巡察轮次发现"),
        ("patroloffice", "found", "可查看青禾县由巡察发现问题转来的整改事项"),
        ("countyleader", "found", "您是牵头县领导"),
        ("official", "issued", "您所在单位是责任单位"),
        ("sector", "issued", "您所在单位是牵头单位"),
        ("finance", "money", "可查看青禾县关联违规使用资金的整改事项"),
        ("unithead", "misuse", "您所在单位是责任单位"),
        ("countyleader", "project", "可查看青禾县的全部项目"),
        ("official", "project", "您所在单位是项目实施单位"),
        ("sector", "project", "您所在单位是项目主管部门"),
        ("sector", "payment", "您所在单位是项目主管部门"),
        ("finance", "register", "可查看青禾县的名册"),
        ("official", "register", "名册里有您所在乡镇的村，只能看到本乡镇的对象"),
        ("sector", "paper_of_money", "可查看青禾县的资金下达文件"),
        ("official", "opinion", "意见发给您所在单位"),
        ("official", "at_once", "通知发给您所在单位"),
        ("unithead", "form", "反馈表发给您所在单位"),
        ("official", "plan", "由您所在单位整改"),
        ("inspector1", "plan", "您所在单位参加联审"),
        ("leader", "round_paper", "可查看青禾县不保密的轮次的文书"),
        ("secretary", "look_back", "回头看由您批准"),
        ("inspector2", "look_back", "回头看由您所在单位组织"),
        ("patroloffice", "look_back_check", "由您核查"),
        ("casemgr", "summary", "可查看青禾县的工作汇总"),
        ("patroloffice", "frozen", "可查看青禾县的报表"),
        ("petition", "slip", "由您所在单位登记"),
        ("secretary", "slip", "主要负责人可查看青禾县的上级管辖件登记"),
    ],
)
def test_the_words_name_the_post_and_the_rule_at_both_doors(client, dossiers, people, name, kind, words):
    user, row = getattr(people, name), dossiers[kind]
    client.force_login(user)
    page = client.get(f"{row.get_absolute_url()}why/").content.decode()
    assert f"您任{user.home}，{words}。" in page
    assert f"{row.get_absolute_url()}why/" in client.get(row.get_absolute_url()).content.decode()
    api = APIClient()
    api.force_authenticate(user)
    assert {"post": str(user.home), "words": words} in api.get(f"/api/v1{row.get_absolute_url()}why/").json()


def test_outside_the_scope_even_the_question_is_404(client, dossiers, people):
    api = APIClient()
    api.force_authenticate(people.neighbour)
    client.force_login(people.neighbour)
    for row in dossiers.values():
        assert client.get(f"{row.get_absolute_url()}why/").status_code == 404
        assert api.get(f"/api/v1{row.get_absolute_url()}why/").status_code == 404


def test_who_is_recused_has_no_reason_whatever_his_posts(dossiers, people):
    lead = dossiers["registered"]
    Recusal.objects.create(
        person=people.casemgr.person, target_label="cases.lead", target_id=lead.pk, reason="亲属",
        declared_by=people.leader,
    )  # fmt: skip
    assert why(lead, people.casemgr) == []


def test_the_reasons_cost_one_question(dossiers, people, django_assert_num_queries):
    user = factories.fresh(people.inspector1)
    user.current_posts()
    with django_assert_num_queries(1):
        assert why(dossiers["in_step"], user)
