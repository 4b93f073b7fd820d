"""What meetings decided becomes items; who was honoured, and what may be known of him; which rule was in force on a day."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.activities import cautions
from povertyaudit.activities.models import Activity, Commendation, Decision, Regulation
from povertyaudit.activities.services import activities, commendations, regulations, reminding
from povertyaudit.activities.services import decisions as decided
from povertyaudit.core import moment
from povertyaudit.core.errors import DomainError, NotAllowed
from povertyaudit.core.models import Notification
from rectification.models import Item
from rectification.services import accept, create_item
from tests.activities import makers as make
from tests.activities.test_activities import refused, text, web
from tests.cases.conftest import Maker
from tests.core.test_clock_pages import post
from tests.factories import fresh
from tests.rectification.makers import api, at, photo

pytestmark = pytest.mark.django_db


def test_decisions_become_items_and_show_how_far_they_are(cast):
    """Written down by who keeps the meeting, issued by the desk in one act, linked both ways; one is noted only."""
    row = make.held(cast, by=fresh(cast.sector), kind=make.kind("DISPATCH"), title="农业调度会")
    url = row.get_absolute_url()
    two = {
        "decisions-TOTAL_FORMS": 2, "decisions-INITIAL_FORMS": 0, "decisions-0-text": "十二月底前兑付。",
        "decisions-0-unit": cast.town.name, "decisions-0-lead_unit": cast.bureau.name, "decisions-0-due_on": make.ago(9),
        "decisions-1-text": "加强学习。",
    }  # fmt: skip
    early = web(cast.sector).post(f"{url}decide/", two).content.decode()
    assert "早于会议日期" in early
    post(web(cast.sector), f"{url}decide/", two | {"decisions-0-due_on": make.ago(-60)})
    first, second = Decision.objects.order_by("no")
    with pytest.raises(NotAllowed), transaction.atomic():
        decided.issue_decisions(Activity.objects.get(), by=fresh(cast.sector))
    assert "待下发议定事项的会议" in text(cast.inspector1, "/")
    all_ = web(cast.inspector1).post(f"{url}issue-decisions/", {"note": ""}).content.decode()
    assert "第 2 项：没有责任单位" in all_
    assert not Item.objects.exists()
    post(web(cast.inspector1), f"{url}issue-decisions/", {"decisions": [first.public_id]})
    item = Item.objects.get()
    assert (item.source, item.state, item.main_unit, item.lead_unit) == (
        "meeting",
        "issued",
        cast.town,
        cast.bureau,
    )
    assert Notification.objects.filter(user=cast.official, text__contains="整改事项已下发").exists()
    refused(lambda: activities.archive(row, by=fresh(cast.sector)), None, "还有 1 项议定事项")
    post(web(cast.sector), f"{url}note-decision/", {"decision": second.public_id, "note": "属于学习要求"})
    refused(lambda: activities.void(row, by=fresh(cast.sector), note="错"), None, "已有议定事项下发")
    page = text(cast.sector, url)
    assert item.number in page
    assert "只作记录" in page
    assert "属于学习要求" in page
    accept(item, by=fresh(cast.unithead))
    assert "已签收" in text(cast.inspector1, url)
    told = text(cast.unithead, item.get_absolute_url())
    assert "农业调度会" in told
    assert url not in told  # the town knows which meeting it was, and does not open it
    assert url in text(cast.inspector1, item.get_absolute_url())
    text(cast.unithead, url, 404)
    text(cast.patrol1, item.get_absolute_url(), 404)


def test_decisions_by_api_and_what_is_refused(cast, client):
    row = make.meeting(cast)
    base = f"activities/{row.public_id}/"
    assert api(client, cast.patroloffice).post(f"{base}issue_decisions/", {}).status_code == 403
    with moment.pretend(moment.now() + timedelta(days=90)):
        late = api(client, cast.casemgr).post(f"{base}issue_decisions/", {})
        assert (late.status_code, late.json()["field"], len(late.json()["errors"])) == (422, "decisions", 2)
    noted = (
        api(client, cast.casemgr)
        .post(f"{base}note_decision/", {"decision": "2", "note": "合并到第一项"})
        .json()
    )
    assert [one["standing"] for one in noted["decisions"]] == ["待下发", "只作记录"]
    done = api(client, cast.casemgr).post(f"{base}issue_decisions/", {}).json()
    assert [one["standing"] for one in done["decisions"]] == ["已下发", "只作记录"]
    assert api(client, cast.casemgr).post(f"{base}issue_decisions/", {}).status_code == 409
    casemgr = fresh(cast.casemgr)
    new = {"text": "再议", "unit": cast.neighbourofficial.current_posts()[0].unit}
    refused(lambda: decided.decide(row, by=casemgr, decisions=[new]), "decisions", "不在本县")
    said = {
        "source": "meeting", "problem_class": "甲", "aspect": "乙", "problem": "丙", "lead_unit": cast.bureau, "main_unit": cast.town,
    }  # fmt: skip
    refused(lambda: create_item(by=casemgr, **said), "source", "下发议定事项")
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(no=2).update(reason="")


def test_honours_and_what_may_be_known_of_the_honoured(cast, client):
    """A caution stands before who sees the matter itself; to others the page says nothing, nor does the list."""
    lead = Maker(cast)("dispatched")
    subject = lead.subjects.first()
    row = make.honoured(cast, person_name=subject.name, files=[photo()])
    assert "问题线索" in " ".join(cautions.of(row, fresh(cast.casemgr)))
    page = text(cast.casemgr, row.get_absolute_url())
    assert lead.number in page
    for user in (cast.official, cast.unithead, cast.countyleader, cast.patroloffice):
        shown = text(user, row.get_absolute_url())
        assert lead.number not in shown
        assert api(client, user).get(f"commendations/{row.public_id}/").json()["cautions"] == []
    text(cast.otherofficial, row.get_absolute_url(), 404)
    text(cast.neighbour, row.get_absolute_url(), 404)
    post(web(cast.official), f"{row.get_absolute_url()}revoke/", {"note": "事迹不实"})
    row.refresh_from_db()
    assert (row.state, row.revoke_reason) == ("revoked", "事迹不实")
    assert cautions.of(row, fresh(cast.casemgr)) == []
    made = api(client, cast.casemgr).post(
        "commendations/", {"kind": "unit", "unit": cast.town.name, "honour": "先进集体", "body": "县委", "awarded_on": f"{make.ago(3)}"}
    )  # fmt: skip
    assert made.status_code == 201
    assert "先进集体" in text(cast.official, "/search/?q=先进集体")
    official = fresh(cast.official)
    for values, field, words in (
        ({"person_name": ""}, "person_name", "请填写姓名"),
        ({"kind": "unit"}, "person_name", "不填姓名"),
        ({"awarded_on": make.ago(-1)}, "awarded_on", "不能晚于今天"),
        ({"valid_until": make.ago(90)}, "valid_until", "不能早于表彰日期"),
    ):
        refused(lambda v=values: make.honoured(cast, by=official, **v), field, words)
    make.honoured(cast)
    refused(lambda: make.honoured(cast), "honour", "已经登记")
    refused(lambda: commendations.edit(row, by=official, honour="甲"), None, "不能修改")
    with pytest.raises(NotAllowed), transaction.atomic():
        make.honoured(cast, by=fresh(cast.otherofficial))
    for changes in ({"person_name": ""}, {"valid_until": make.ago(99)}, {"revoke_reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Commendation.objects.filter(pk=row.pk).update(**changes)


def test_which_rule_was_in_force_on_a_day(cast, client):
    """1+2, one replaced in the same act; the county's are read by every unit, a township's by itself alone."""
    item = at(cast, "accepted")
    master = make.laid_down(cast, by=fresh(cast.sector), kind="master", title="总方案", issuer="县委")
    for n in (1, 2):
        make.laid_down(
            cast, by=fresh(cast.sector), kind="part", title=f"子方案{n}", issuer="县委", parent=master
        )
    assert "子方案（1+2）" in text(cast.otherofficial, master.get_absolute_url())
    old = make.laid_down(cast, item=item)
    new = make.laid_down(cast, title="村级财务管理办法（修订）", valid_from=make.ago(10), replaces=old)
    old.refresh_from_db()
    assert old.valid_to == make.ago(11)
    then = api(client, cast.leader).get(f"regulations/?on={make.ago(100)}").json()["results"]
    now = api(client, cast.leader).get(f"regulations/?on={make.ago(0)}").json()["results"]
    assert old.number in {one["number"] for one in then} - {one["number"] for one in now}
    assert new.number in {one["number"] for one in now}
    assert "被代替为" in text(cast.official, old.get_absolute_url())
    assert "村级财务管理办法" in text(cast.inspector1, item.get_absolute_url())
    text(cast.otherofficial, old.get_absolute_url(), 404)
    text(cast.neighbour, master.get_absolute_url(), 404)
    official = fresh(cast.official)
    for values, field, words in (
        ({"title": "村级财务管理办法（修订）"}, "title", "不能重复登记"),
        ({"kind": "part"}, "parent", "请选择总方案"),
        ({"kind": "part", "parent": old}, "parent", "不是总方案"),
        ({"parent": master}, "parent", "只有子方案"),
        ({"title": "新", "valid_to": make.ago(500)}, "valid_to", "不能早于施行日期"),
        ({"title": "新", "replaces": old}, "replaces", "已有代替它的"),
        ({"title": "新", "replaces": new, "valid_from": make.ago(10)}, "valid_from", "应晚于"),
        ({"title": "新", "replaces": master, "valid_from": make.ago(1)}, "replaces", "只能代替本单位"),
    ):
        refused(lambda v=values: make.laid_down(cast, by=official, **v), field, words)
    again = make.laid_down(cast, title="村级财务管理办法", valid_from=make.ago(5))  # the earlier one is over
    refused(lambda: regulations.repeal(again, by=official, note="错", ends_on=make.ago(9)), "ends_on", "之间")
    post(web(cast.official), f"{again.get_absolute_url()}repeal/", {"note": "合并"})
    refused(lambda: regulations.void(master, by=fresh(cast.sector), note="错"), None, "下面有子方案")
    with pytest.raises(IntegrityError), transaction.atomic():
        Regulation.objects.filter(pk=new.pk).update(kind="part")
    with pytest.raises(DomainError, match="再次|重复登记"), transaction.atomic():
        regulations.edit(new, by=official, title="村级财务管理办法", valid_from=make.ago(300))


def test_papers_that_run_out_are_told_once(cast):
    lease = type("Lease", (), {"renew": lambda self: None})()
    soon = make.laid_down(cast, valid_to=make.ago(-30))
    long_ago = make.laid_down(cast, title="旧制度", valid_from=make.ago(4 * 366))
    for _ in range(2):
        reminding.job({"day": moment.today().isoformat()}, lease)
    told = Notification.objects.filter(user=cast.official, kind="regulation")
    assert told.count() == 2
    assert "将到期" in text(cast.official, "/regulations/?tab=due")
    assert "请复审" in text(cast.official, long_ago.get_absolute_url())
    assert "有效期至" in text(cast.official, soon.get_absolute_url())
    post(web(cast.official), f"{long_ago.get_absolute_url()}review/", {"note": "继续施行"})
    assert long_ago.number not in text(cast.official, "/regulations/?tab=due")


def test_every_figure_opens_its_rows_and_is_compared_with_the_period_before(cast, client):
    day = moment.today()
    make.held(cast, starts_on=day)
    make.held(
        cast, by=fresh(cast.sector), title="学习", starts_on=day, kind=make.kind("WARN_FILM"), leaflets=300
    )
    make.held(cast, title="上年", starts_on=day.replace(year=day.year - 1, day=1))
    gone = make.held(cast, title="错", starts_on=day)
    activities.void(gone, by=fresh(cast.official), note="错")
    make.honoured(cast, awarded_on=day)
    make.laid_down(cast, valid_from=day, item=at(cast, "accepted"))
    for way in ("group", "kind", "month", "quarter", "unit"):
        page = text(cast.leader, f"/activities/figures/?by={way}&period={day.year}")
        assert "172" in page  # attendances of the year
        assert "262" not in page  # never added to the heads
        urls = re.findall(r'href="(/[a-z]+/\?[^"]*view=all)"', page)
        assert urls
        for url in set(urls):
            assert "没有符合条件" not in text(cast.leader, url.replace("&amp;", "&")), (way, url)
    found = api(client, cast.leader).get(f"activities/figures/?by=unit&period={day.year}").json()
    assert (found["total"]["n"], found["total"]["times"], found["total"]["persons"]) == (2, 172, 90)
    assert (found["total"]["honoured"], found["total"]["built"], found["before"]["n"]) == (1, 1, 1)
    own = api(client, cast.official).get(f"activities/figures/?period={day.year}").json()
    assert own["total"]["n"] == 1
    csv = b"".join(
        web(cast.leader).get(f"/activities/figures/?period={day.year}&format=csv").streaming_content
    )
    assert "合计,2,4,172,90,300" in csv.decode("utf-8-sig")
