"""Each kind from a real row: what it says, who makes it, and what it tells nobody else."""

from datetime import date

import pytest
from django.utils import timezone

from cases.models import Lead
from funds import spans
from inspections import services as inspections
from inspections.models import RectificationPlan
from povertyaudit.core.errors import NotAllowed, WrongState
from povertyaudit.core.models import Attachment, AuditEntry, Recusal, Region
from povertyaudit.documents.kinds import kinds, offered
from povertyaudit.documents.models import Document
from povertyaudit.documents.offering import first
from povertyaudit.documents.services import making
from povertyaudit.reporting.models import Report
from povertyaudit.reporting.services import reports
from tests import factories
from tests.cases import conftest as cases
from tests.documents.test_making import content_of
from tests.documents.words import text
from tests.inspections import handed
from tests.inspections import makers as rounds
from tests.reporting.makers import leads
from tests.talks import makers as talks


def made(row, code, by, **said):
    """The words of the document, made with what the form opens with."""
    by, kind = factories.fresh(by), kinds()[code]
    document = making.make(row, kind=kind, by=by, **(first(row, kind, by) | said))
    return document, text(content_of(document)) if document.attachment.desk_unit is None else ""


def test_what_an_inspection_sends_out(cast):
    round_ = handed.with_reviewers(cast, rounds.round_(cast))
    form = handed.feedback(cast, round_, to="issued")
    document, said = made(form, "feedback_opinion", cast.patrol1)
    assert document.number == "巡反馈〔2026〕1号"
    for words in (
        "柳溪镇人民政府：",
        "（一）资金使用方面",
        "1．第1个问题：到户奖补资金拨付迟缓。",
        "总体较好。",
    ):
        assert words in said
    _, said = made(form, "feedback_form", cast.patroloffice)
    assert "镇党委书记" in said
    document, said = made(handed.notice(cast, round_), "immediate_notice", cast.patrol1)
    assert document.number == "立改〔2026〕1号"
    assert "立即停发并追回。" in said
    with pytest.raises(NotAllowed):
        made(form, "feedback_opinion", cast.official)


def test_a_draft_of_feedback_is_no_paper_yet(cast):
    form = handed.feedback(cast, to="draft")
    assert offered(form, factories.fresh(cast.patrol1)) == []
    with pytest.raises(WrongState):
        made(form, "feedback_opinion", cast.patrol1)


def test_plan_and_report_by_the_unit_and_by_the_office(cast):
    plan = handed.plan(cast, to="submitted")
    _, said = made(plan, "rectification_plan", cast.official, opening="压实责任。\n限期完成。")
    for words in ("1类 2个问题", "责任人：镇长。", "整改措施：核对名册，补发到户。", "压实责任。"):
        assert words in said
    assert [kind.code for kind in offered(plan, factories.fresh(cast.patroloffice))] == ["rectification_plan"]
    RectificationPlan.objects.filter(pk=plan.pk).update(kind="report")
    report = RectificationPlan.objects.get(pk=plan.pk)
    report.rows.update(result="已经补发到户。")
    _, said = made(report, "rectification_report", cast.unithead, contact="0000-1")
    assert "整改成效：已经补发到户。" in said
    assert "联系方式：0000-1。" in said
    with pytest.raises(NotAllowed):
        made(report, "rectification_report", cast.otherofficial)


def test_a_list_of_leads_is_not_for_all_who_see_the_round(cast, client):
    round_ = rounds.round_(cast)
    inspections.hand_lead(
        handed.fresh(round_), by=cast.patroloffice,
        leads=[{"title": "虚报冒领危房改造补助", "persons": "王某某", "text": "以他人名义申领。"}],
    )  # fmt: skip
    row = handed.fresh(round_)
    document, _ = made(row, "handover_list", cast.patroloffice)
    file = document.attachment
    assert file.desk_unit == cast.patroloffice.home.unit
    assert b"PK" not in content_of(document)[:4]  # encrypted where it lies
    for account, status in (
        (cast.patroloffice, 200),
        (cast.patrol1, 404),
        (cast.official, 404),
        (cast.secretary, 404),
    ):
        client.force_login(account)
        assert client.get(file.get_absolute_url()).status_code == status
        assert Document.objects.visible_to(factories.fresh(account)).exists() == (status == 200)
    client.force_login(cast.patroloffice)
    got = client.get(file.get_absolute_url())
    assert "王某某" in text(b"".join(got.streaming_content))
    assert AuditEntry.objects.filter(verb="attachment.open").exists()
    handover = row.handed_leads.get().row.handover
    _, said = made(handover, "handover_list", cast.casemgr)
    assert "虚报冒领危房改造补助" in said


def test_a_paper_of_several_objects_is_kept_for_its_desk(cast):
    round_ = handed.with_reviewers(cast, rounds.round_(cast))
    objects = rounds.objects(cast, round_)
    for one in list(objects.values())[:2]:
        rounds.finding(cast, handed.fresh(round_), object=one)
    form = handed.feedback(cast, round_, problems=0, to="issued")
    document, _ = made(form, "feedback_form", cast.patroloffice)
    assert document.attachment.desk_unit is not None


def test_bulletin_digest_and_talk(cast):
    bulletin, _ = cases.bulletin(cast)
    document, said = made(bulletin, "circular", cast.casemgr)
    assert document.number == "通报〔2026〕1号"
    assert "一、" in said
    assert "王某某" in said
    call, digest = cases.hotline(cast)
    _, said = made(digest, "express", cast.petition)
    assert str(call.number) in said
    talk = talks.talk(cast, "notified")
    document, said = made(talk, "talk_notice", cast.inspector1)
    assert document.number == "约谈〔2026〕1号"
    assert "第一谈话室" in said
    local = timezone.localtime(talk.talk_at)
    assert f"{local:%H}时{local:%M}分" in said


def test_a_report_in_its_form_says_what_was_frozen(cast, time_machine):
    leads(cast, 3, day=date(2026, 10, 8))
    time_machine.move_to("2026-11-01T08:00:00+08:00")
    county = Region.objects.get(code=factories.QINGHE)
    row = reports.draft(county, "month", spans.of_month(2026, 10))
    with pytest.raises(WrongState):
        made(row, "monthly_report", cast.casemgr)
    reports.check(row, by=factories.fresh(cast.casemgr), explained="已核对。")
    reports.sign(Report.objects.get(pk=row.pk), by=factories.fresh(cast.secretary))
    row = Report.objects.get(pk=row.pk)
    Lead.objects.update(received_on=date(2026, 11, 1))
    _, said = made(row, "monthly_report", cast.casemgr)
    assert "监督工作月报表（2026年10月）" in said
    for figure in row.figures.all():
        assert figure.name in said
    _, said = made(row, "meeting_paper", cast.secretary, opening="研究下一步工作。", dated=date(2026, 11, 3))
    assert "三、提请研究的事项" in said
    assert "研究下一步工作。" in said
    assert Attachment.objects.filter(kind="document").count() == 2


def test_who_stands_aside_from_the_row_sees_no_document_of_it(cast, client):
    form = handed.feedback(cast, to="issued")
    document, _ = made(form, "feedback_form", cast.patroloffice)
    client.force_login(cast.patrol1)
    assert client.get(document.get_absolute_url()).status_code == 200
    Recusal.objects.create(
        person=cast.patrol1.person, target_label="inspections.round", target_id=form.round_id,
        reason="亲属", declared_by=cast.patrol1,
    )  # fmt: skip
    assert client.get(document.get_absolute_url()).status_code == 404
