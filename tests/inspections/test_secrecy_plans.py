"""A plan of visits does not exist for anybody but those named on it, until it is finished. Cancelled, it never does."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from inspections import field_home, services
from inspections.models import VisitPlan
from inspections.services import plans, quotas, worksheets
from povertyaudit import home
from povertyaudit.core import audit, comments, favourites, files, looking, searching
from povertyaudit.core.models import Attachment, Notification, Recusal, Region
from tests import factories
from tests.core.machines import PDF
from tests.inspections import field_makers, makers

pytestmark = pytest.mark.django_db
NAMED = ("patroloffice", "secretary", "patrol1", "inspector1")
OTHERS = (
    "casemgr", "leader", "patrol2", "inspector2", "petition", "ledgerclient", "neighbour", "official", "unithead",
    "countyleader", "sysadmin", "secadmin", "auditor",
)  # fmt: skip
TITLE = "柳溪镇项目暗访"
HIDDEN = ("ordered", "approved", "under_way")


def seen(who):
    return VisitPlan.objects.visible_to(factories.fresh(who)).exists()


def doors(who):
    web, api = Client(), APIClient()
    web.force_login(factories.fresh(who))
    api.force_authenticate(factories.fresh(who))
    return web, api


@pytest.mark.parametrize("state", HIDDEN)
def test_the_named_see_it_and_nobody_else(people, state):
    field_makers.plan(people, state)
    assert [name for name in (*NAMED, *OTHERS) if seen(getattr(people, name))] == list(NAMED)


def test_a_cancelled_plan_stays_unknown_and_has_no_number(people):
    row = plans.cancel(field_makers.plan(people), by=people.patroloffice, note="改期")
    assert row.number is None
    assert [name for name in (*NAMED, *OTHERS) if seen(getattr(people, name))] == list(NAMED)


@pytest.mark.parametrize("name", ["casemgr", "leader", "ledgerclient", "countyleader", "auditor"])
def test_pages_search_counts_and_api_say_nothing(people, name):
    row, who = field_makers.plan(people, "under_way"), getattr(people, name)
    web, api = doors(who)
    for path in ("/", "/visit-plans/", f"/visit-plans/?q={TITLE[:3]}", "/search/?q=暗访", "/notifications/", "/rounds/",
                 "/visit-plans/?format=csv", "/visit-quotas/", "/visit-quotas/?by=quarter", "/favourites/", "/audit/"):  # fmt: skip
        answer = web.get(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert TITLE not in content.decode(), path
    for path in (
        "visit-plans/",
        "attachments/",
        "notifications/",
        "audit/",
        "favourites/",
        f"visit-plans/?q={TITLE}",
    ):
        answer = api.get(f"/api/v1/{path}")
        assert TITLE not in answer.content.decode(), path
    assert api.get("/api/v1/visit-plans/").data["results"] == []
    for verb in (
        "",
        "why/",
        "comment/",
        "follow/",
        "approve/",
        "amend/",
        "draw_places/",
        "start/",
        "cancel/",
    ):
        assert web.get(f"/visit-plans/{row.public_id}/{verb}").status_code in {404, 405}, verb
        assert api.post(f"/api/v1/visit-plans/{row.public_id}/{verb}", {}, format="json").status_code in {
            404,
            405,
        }
    assert api.get(f"/api/v1/visit-plans/{row.public_id}/comments/").status_code == 404
    user = factories.fresh(who)
    assert looking.look([field_home.PLANS], user, searching.asked("暗访").looked_for) == []
    assert field_home.plans(user) is None
    assert all(count == 0 for entry, count in home.rail_of(user) if entry.key == "visit-plans")


def test_the_trail_of_the_auditor_names_neither_plan_nor_place(people):
    row = field_makers.plan(people, "approved")
    entry = audit.history(row).last()
    assert entry.target_number == "未编号"
    web, _ = doors(people.auditor)
    page = web.get("/audit/").content.decode()
    assert TITLE not in page
    assert "石桥坳" not in page


def test_messages_go_to_the_named_and_say_neither_what_nor_where(people):
    plans.cancel(field_makers.plan(people, "under_way"), by=people.patroloffice, note="汛期")
    told = Notification.objects.all()
    assert {one.user.username for one in told} <= set(NAMED)
    assert told
    for one in told:
        assert TITLE not in one.text
        assert "柳溪" not in one.text
        assert one.number == ""


def test_files_comments_and_favourites_of_a_plan_are_its_own(people):
    row = field_makers.plan(people, "under_way")
    kept = files.attach(row, SimpleUploadedFile("线路.pdf", PDF), by=people.patrol1)
    comments.write(row, by=people.patrol1, text="先到村部。")
    favourites.follow(row, by=people.patrol1)
    web, api = doors(people.casemgr)
    assert web.get(f"/attachments/{kept.public_id}/").status_code == 404
    assert api.get(f"/api/v1/attachments/{kept.public_id}/content/").status_code == 404
    # The same bytes kept elsewhere are a file like any other: nothing says they were known.
    open_round = makers.round_(people)
    twin = files.attach(open_round, SimpleUploadedFile("线路.pdf", PDF), by=people.patroloffice)
    assert [one.pk for one in Attachment.objects.visible_to(factories.fresh(people.casemgr))] == [twin.pk]
    answer = api.get("/api/v1/attachments/").data["results"]
    assert [one["id"] for one in answer] == [twin.public_id]
    plans.finish(row, by=people.patrol1)
    assert web.get(f"/attachments/{kept.public_id}/").status_code == 200


def test_it_has_no_number_before_its_end_and_leaves_no_gap(people):
    first, second = field_makers.plan(people, "under_way"), field_makers.plan(people, "under_way", title="乙")
    assert (first.number, second.number) == (None, None)
    assert plans.finish(second, by=people.patrol1).number.endswith("-001")
    assert plans.finish(first, by=people.patrol1).number.endswith("-002")


@pytest.mark.parametrize("name", ["casemgr", "leader", "ledgerclient"])
def test_finished_it_is_seen_by_those_in_charge(people, name):
    field_makers.plan(people, "finished")
    assert seen(getattr(people, name))
    assert not seen(people.neighbour)
    assert not seen(people.official)


def test_in_a_secret_round_it_waits_for_the_end_of_the_round(people):
    secret = makers.round_(people, secret=True)
    row = field_makers.plan(
        people, "finished", round=secret, members=[{"user": people.patrol1, "role": "leader"}]
    )
    assert row.number is None
    assert [name for name in OTHERS if seen(getattr(people, name))] == []
    services.finish_round(secret, by=people.patroloffice)
    row.refresh_from_db()
    assert row.number.endswith("-001")
    assert seen(people.casemgr)


def test_a_finished_plan_is_known_to_its_round(people):
    opened = makers.round_(people)
    field_makers.plan(
        people, "finished", round=opened, members=[{"user": people.patrol1, "role": "leader"}],
    )  # fmt: skip
    assert seen(people.patrol1)
    assert not seen(people.patrol2)


def test_whoever_is_recused_does_not_know_of_it(people):
    row = field_makers.plan(people, "approved")
    Recusal.objects.create(
        person=people.inspector1.person, target_label="inspections.visitplan", target_id=row.pk, reason="亲属",
        declared_by=people.leader,
    )  # fmt: skip
    assert not seen(people.inspector1)
    assert seen(people.patrol1)


def test_figures_and_reminders_count_only_what_is_over(people):
    county = Region.objects.get(code=factories.QINGHE)
    members = [{"user": people.leader, "role": "leader"}]
    row = field_makers.plan(people, "approved", kind="cross", members=members)
    today = date.today()

    def figures():
        done = {one.user.username: one.done for one in quotas.year_of(county, today.year)}
        return done["leader"], quotas.crossed(county, today)

    assert figures() == (0, 0)
    plans.start(row, by=people.leader)
    plans.finish(row, by=people.leader)
    assert figures() == (1, 1)


def test_a_plan_on_which_something_was_found_ends_and_is_not_cancelled(people):
    row = field_makers.plan(people, "under_way")
    sheet = field_makers.worksheet(people, plan=row)
    web, api = doors(people.patroloffice)
    refused = api.post(f"/api/v1/visit-plans/{row.public_id}/cancel/", {"note": "改期"}, format="json")
    assert refused.status_code == 422
    assert "结束走访" in refused.json()["message"]
    assert "结束走访" in web.post(f"/visit-plans/{row.public_id}/cancel/", {"note": "改期"}).content.decode()
    worksheets.discard(sheet, by=people.patrol1, note="重复")
    assert (
        api.post(f"/api/v1/visit-plans/{row.public_id}/cancel/", {"note": "改期"}, format="json").status_code
        == 200
    )
