"""Guards of reports, figures and calendar links that no story meets on its way, each seen to refuse."""

from datetime import date

import pytest
from rest_framework.test import APIClient

from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Area, Notification, Post, Region, Role
from povertyaudit.reporting.boards.small import wanted_by
from povertyaudit.reporting.indicators import CATALOGUE, County
from povertyaudit.reporting.models import Report
from povertyaudit.reporting.services import calendar_links, guard, reports
from tests import factories
from tests.inspections import makers as rounds
from tests.reporting.makers import again


def checked(people, month):
    return reports.check(again(month), by=people.casemgr)


def test_a_negative_figure_and_a_year_that_shrinks_are_found(people, month, time_machine):
    checked(people, month)
    reports.sign(again(month), by=people.secretary)
    time_machine.move_to("2026-12-01T08:00:00+08:00")
    later = reports.draft(month.region, "month", reports.spans.of_month(2026, 11))
    assert guard.findings(again(later)) == []
    signed = month.figures.get(code="leads_received")
    assert signed.year_value == 7
    row = later.figures.get(code="leads_received")
    row.year_value = 6
    row.save()
    money = later.figures.get(code="money_returned")
    money.value = -100
    money.save()
    found = {one.code: one.words for one in guard.findings(again(later))}
    assert "少于上期签发的 7" in found["leads_received"]
    assert "是负数" in found["money_returned"]


def test_what_came_up_after_the_check_is_not_signed_over(people, month):
    checked(people, month)
    Report.objects.filter(pk=month.pk).update(text="93 个村中更换 35 个，占 37.5%。")
    with pytest.raises(RuleBroken) as refused:
        reports.sign(again(month), by=people.secretary)
    assert refused.value.code == "sign.guard"


def test_what_is_sent_back_has_to_be_explained_anew(people, month):
    reports.amend(month, by=people.casemgr, text="93 个村中更换 35 个，占 37.5%。")
    reports.check(again(month), by=people.casemgr, explained="原文件如此。")
    back = reports.send_back(again(month), by=people.leader, note="请改正。")
    assert (back.explained, back.checked_by, back.checked_on) == ("", None, None)


def test_a_county_leader_is_told_of_what_was_signed_and_of_nothing_else(people, month):
    seen = Report.objects.visible_to(people.countyleader)
    assert not seen.exists()
    checked(people, month)
    assert not seen.exists()
    reports.sign(again(month), by=people.secretary)
    assert seen.exists()


def test_a_post_of_an_area_has_no_report_of_the_whole_county(people, month):
    area = Area.objects.create(name="河东片区", county_id=factories.QINGHE)
    assert Report.objects.visible_to(people.leader).exists()
    Post.objects.filter(user=people.leader).update(area=area)
    assert not Report.objects.visible_to(factories.fresh(people.leader)).exists()


def test_who_checked_it_is_not_asked_to_sign_it(people, month):
    office = people.secretary.current_posts()[0].unit
    both = factories.user(Role.DEPUTY, unit=office, username="both", person=people.casemgr.person)
    checked(people, month)
    waiting = Report.objects.visible_to(people.leader)
    assert waiting.waiting_for(people.leader).exists()
    assert not Report.objects.visible_to(both).waiting_for(both).exists()


def test_an_empty_text_and_no_figures_are_refused(people, month):
    for act, field in (
        (lambda: reports.amend(month, by=people.casemgr, text="  "), "text"),
        (lambda: reports.set_lines(month, by=people.casemgr, lines=[]), "lines"),
    ):
        with pytest.raises(RuleBroken) as refused:
            act()
        assert refused.value.field == field


def test_a_round_that_is_secret_is_in_no_county_figure_and_its_draft_calls_nobody(people):
    county = County(Region.objects.get(code=factories.QINGHE))
    open_one, hidden = rounds.round_(people), rounds.round_(people, name="保密的一轮", secret=True)
    assert CATALOGUE["rounds"].value(county, reports.spans.ALL) == 1
    for row in (open_one, hidden):
        type(row).objects.filter(pk=row.pk).update(
            state="finished", finished_on=row.starts_on, number=row.number or "990101-XC-2026-099"
        )
        row.refresh_from_db()
    Notification.objects.all().delete()
    assert reports.draft_round(hidden) is not None
    assert not Notification.objects.filter(kind="report.draft").exists()
    assert reports.draft_round(open_one) is not None
    assert Notification.objects.filter(kind="report.draft").exists()


def test_the_rows_behind_a_figure_are_those_one_may_see(people, month, client):
    client.force_login(people.patroloffice)  # checks reports, and sees no leads
    page = client.get(f"{month.get_absolute_url()}rows/leads_received/").content.decode()
    assert "990101-AG-2026" not in page
    client.force_login(people.casemgr)
    assert "990101-AG-2026" in client.get(f"{month.get_absolute_url()}rows/leads_received/").content.decode()


def test_a_calendar_link_opens_nothing_without_a_post_or_with_a_word_to_be_changed(people):
    secret = calendar_links.make(by=people.official)
    assert calendar_links.user_of(secret) == people.official
    users = type(people.official).objects.filter(pk=people.official.pk)
    users.update(must_change_password=True)
    assert calendar_links.user_of(secret) is None
    users.update(must_change_password=False)
    Post.objects.filter(user=people.official).update(ends_on=date(2020, 1, 1))
    assert calendar_links.user_of(secret) is None


def test_everybody_has_the_figures_of_his_own_posts(people):
    assert [one.code for one in wanted_by(people.official)] == [
        "items_issued", "items_closed", "items_open", "items_late",
    ]  # fmt: skip
    assert "money_owed" in {one.code for one in wanted_by(people.finance)}
    assert wanted_by(people.auditor) == []


@pytest.mark.parametrize("explained", ["", "  ", "\u3000\u3000", "\u200b"])
def test_findings_are_explained_in_words_at_either_door(people, month, client, explained):
    reports.amend(month, by=people.casemgr, text="93 个村中更换 35 个，占 37.5%。")
    client.force_login(people.casemgr)
    address = f"{month.get_absolute_url()}check/"
    given = {"version": again(month).version, "explained": explained}
    refused = client.post(address, given)
    assert refused.status_code == 422
    assert "按这两个数算是 37.6%，请核对。请更正，或者逐处说明原因。" in refused.content.decode()
    api = APIClient()
    api.force_authenticate(people.casemgr)
    told = api.post(f"/api/v1/reports/{month.public_id}/check/", {"explained": explained})
    assert (told.status_code, told.json()["code"], told.json()["field"]) == (422, "check.guard", "explained")
    with pytest.raises(RuleBroken):
        reports.check(again(month), by=people.casemgr, explained=explained.replace("\u200b", " "))
    assert again(month).state == "draft"
    client.post(address, given | {"explained": "原文件如此。"})
    assert (again(month).state, again(month).explained) == ("checked", "原文件如此。")


def test_what_came_up_after_the_check_is_refused_at_either_door(people, month, client):
    checked(people, month)
    Report.objects.filter(pk=month.pk).update(text="93 个村中更换 35 个，占 37.5%。")
    client.force_login(people.secretary)
    address = f"{month.get_absolute_url()}sign/"
    refused = client.post(address, {"version": again(month).version})
    assert (refused.status_code, "请退回核对" in refused.content.decode()) == (422, True)
    api = APIClient()
    api.force_authenticate(people.secretary)
    told = api.post(f"/api/v1/reports/{month.public_id}/sign/", {})
    assert (told.status_code, told.json()["code"]) == (422, "sign.guard")
    assert again(month).state == "checked"
