"""约谈 through pages and API: out of a step of the ladder and back into it, what outsiders see, what stays uncounted."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Outcome, Responsible
from cases.services import asking
from povertyaudit.core.models import LadderStep
from povertyaudit.talks.models import Talk
from povertyaudit.talks.services import notices
from povertyaudit.talks.services.opening import open_talk
from tests.cases.conftest import Maker
from tests.cases.test_asking import opened as accountability
from tests.core.test_clock_pages import post
from tests.factories import fresh
from tests.rectification import makers as items
from tests.rectification.makers import api, photo
from tests.rectification.test_escalation import BEGIN, at_day, nov, run, step
from tests.talks import makers as make

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<a href="/talks/[A-Za-z0-9]{22}/">')


def web(user):
    client = Client()
    client.force_login(user)
    return client


def text(user, url, status=200):
    answer = web(user).get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def sent(user, url, **body):
    client = web(user)
    answer = post(client, url, body)
    assert answer.status_code == 302, re.findall(r'class="[^"]*wrong.*?</', answer.content.decode(), re.S)[:5]


def test_an_agreed_step_is_a_talk_and_the_talk_concludes_the_step(cast, client):
    LadderStep.objects.filter(step__in=("hint", "letter")).update(unused=True)
    LadderStep.objects.filter(step="talk").update(days_left=-3)
    lead = Maker(cast)("in_step")
    with at_day(BEGIN):
        item = items.at(cast, "accepted", days=10, source="lead", lead=lead, paper=None)
    assert run(nov(15)) == 1
    ask = step(item)
    with at_day(nov(16)):
        answer = api(client, cast.secretary).post(f"escalations/{ask.public_id}/decide/", {"note": "同意。"})
        assert answer.json()["state"] == "agreed"
        row = Talk.objects.get(step=ask)
        assert (row.state, row.unit, row.decided_by, row.origin) == (
            "approved",
            cast.town,
            cast.secretary,
            "step",
        )
        assert ask.number in text(cast.inspector1, row.get_absolute_url())
        by_hand = api(client, cast.inspector1).post(
            f"escalations/{ask.public_id}/conclude/", {"outcome": "已谈"}
        )
        assert (by_hand.status_code, row.number in by_hand.json()["message"]) == (409, True)
        second = api(client, cast.secretary).post(
            "talks/", {"unit": cast.town.name, "reason": "再谈一次", "step": ask.number}
        )
        assert (second.status_code, second.json()["field"]) == (422, "unit")
        wrong = api(client, cast.secretary).post(
            "talks/", {"unit": cast.bureau.name, "reason": "找错了", "step": ask.number}
        )
        assert (wrong.status_code, wrong.json()["field"]) == (422, "unit")
        for door in ("page", "api"):
            url = row.get_absolute_url() if door == "page" else f"/api/v1/talks/{row.public_id}/"
            for who in (cast.unithead, cast.official, cast.otherhead, cast.sector, cast.neighbour):
                assert web(who).get(url).status_code == 404, (who, door)
        at = timezone.make_aware(datetime.combine(nov(18), time(9, 30)))
        body = {"talk_at": at.isoformat(), "talker": "secretary", "recorder": "inspector2", **make.MATTERS}
        told = api(client, cast.inspector1).post(f"talks/{row.public_id}/issue/", body | {"talker": "leader"})
        assert (told.status_code, told.json()["field"]) == (422, "talker")
        told = api(client, cast.inspector1).post(
            f"talks/{row.public_id}/issue/", body | {"talk_at": "0001-01-01"}
        )
        assert (told.status_code, told.json()["field"]) == (400, "talk_at")
        told = api(client, cast.inspector1).post(f"talks/{row.public_id}/issue/", body)
        assert told.json()["state"] == "notified", told.json()
        shown = text(cast.unithead, "/")
        assert "待我办理的约谈" in shown
        assert row.number in text(cast.unithead, f"/search/?q={row.number}")
        sent(cast.unithead, f"{row.get_absolute_url()}receive/", note="准时参加")
        beside = api(client, cast.inspector1).post(f"talks/{row.public_id}/comments/", {"text": "先看看"})
        assert beside.status_code == 404
    with at_day(nov(18), 15):
        said = {**make.said(), "promise_due_on": "2026-11-28", "held_on": "2026-11-18"}
        early = web(cast.inspector2)
        answer = post(early, f"{row.get_absolute_url()}hold/", said | {"promise": ""})
        assert answer.status_code in (400, 422)
        assert "主体工程完成八成" in answer.content.decode()
        sent(cast.inspector2, f"{row.get_absolute_url()}hold/", **said)
        assert "十天内完工" in text(cast.secretary, f"{row.get_absolute_url()}sign/")
        sent(cast.secretary, f"{row.get_absolute_url()}sign/")
        twice = api(client, cast.secretary).post(f"talks/{row.public_id}/sign/")
        assert (twice.status_code, twice.json()["code"]) == (403, "sign.twice")
        assert api(client, cast.unithead).post(f"talks/{row.public_id}/sign/").json()["state"] == "following"
        done = step(item)
        assert (done.state, done.concluded_by, str(done.concluded_on)) == (
            "concluded", cast.inspector2, "2026-11-18",
        )  # fmt: skip
        assert row.number in done.outcome
        assert "十天内完工" in done.outcome
    with at_day(nov(30)):
        sent(cast.official, f"{row.get_absolute_url()}answer/", text="已经完工。", papers=[photo()])
        body = {"outcome": "not_kept", "finding": "两处没有完工。", "next_step": "item", "item": item.number}
        ended = api(client, cast.inspector1).post(f"talks/{row.public_id}/follow_up/", body)
        assert (ended.status_code, ended.json()["state"]) == (200, "closed"), ended.json()
        assert item.number in text(cast.unithead, row.get_absolute_url())
        over = {"unit": cast.town.name, "reason": "再谈一次", "step": ask.number}
        refused = api(client, cast.secretary).post("talks/", over)
        assert (refused.status_code, refused.json()["field"]) == (422, "step")


def test_a_talk_is_no_sanction_and_a_link_counts_nothing_twice(cast, client):
    found = accountability(Maker(cast), cast)

    def figures():
        return (
            Outcome.objects.all().totals(), Responsible.objects.held().count(),
            Responsible.objects.talked_to().count(),
            client.get("/api/v1/outcomes/totals/").json(), client.get("/api/v1/cases/totals/").json(),
        )  # fmt: skip

    client.force_login(cast.secretary)
    before = figures()
    row = make.talk(cast, "closed")
    unlinked = api(client, cast.secretary).post(
        f"talks/{row.public_id}/link/", {"accountability": found.number}
    )
    assert (unlinked.status_code, unlinked.json()["field"]) == (422, "accountability")
    asking.set_measure(found, by=fresh(cast.inspector1), responsible=found.objects_of.first(), measure="talk")
    linked = api(client, cast.secretary).post(
        f"talks/{row.public_id}/link/", {"accountability": found.number}
    )
    assert linked.status_code == 200, linked.json()
    assert figures() == before
    assert found.number in text(cast.secretary, row.get_absolute_url())
    assert found.number not in text(cast.unithead, row.get_absolute_url())


def test_each_figure_of_the_board_opens_its_rows_and_a_list_costs_the_same(cast):
    make.talk(cast, "closed")
    again = make.talk(cast, "following")
    make.opened(cast, unit=cast.bureau)
    cancelled = make.opened(cast, unit=cast.bureau)
    notices.cancel(cancelled, by=fresh(cast.secretary), note="不谈了")
    assert "约谈 3 个，承诺已落实 1 个" in text(cast.inspector1, "/talks/board/")
    text(cast.unithead, "/talks/board/", 403)
    opened = 0
    for by in ("unit", "origin", "rank"):
        page = text(cast.inspector1, f"/talks/board/?by={by}")
        for url, number in re.findall(r'<a[^>]*href="(/talks/\?[^"]+)"[^>]*>\s*(\d+)\s*</a>', page):
            rows = ROW.findall(text(cast.inspector1, url.replace("&amp;", "&")))
            assert len(set(rows)) == int(number), url
            opened += 1
    assert opened > 12
    others = ROW.findall(text(cast.inspector1, f"/talks/?subject={again.public_id}&view=all"))
    assert len(set(others)) == 2
    assert "重复" in text(cast.inspector1, "/talks/board/")
    costs = []
    for more in (0, 3):
        for _ in range(more):
            make.opened(cast)
        client = web(cast.inspector1)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/talks/").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
    ledger = api(web(cast.inspector1), cast.inspector1).get("talks/ledger.csv")
    assert "十天内完工" in b"".join(ledger.streaming_content).decode()


def test_a_row_that_may_be_left_out_demands_nothing_and_rows_stand_where_they_belong(cast):
    page = text(cast.secretary, "/talks/new/")
    assert page.split('data-rowset="persons"')[0].count("必填") == 3  # unit, rank, reason
    assert "必填" not in page.split('data-rowset="persons"')[1]
    page = text(cast.official, "/activities/new/")
    assert page.index("<legend>活动</legend>") < page.index("<legend>参加情况</legend>")
    assert page.index("<legend>参加情况</legend>") < page.index("<legend>内容</legend>")


BROKEN = {
    "talk_open_once": lambda row, other: {"origin_label": other.origin_label, "origin_id": other.origin_id, "subject_key": other.subject_key},
    "talk_three_persons": lambda row, other: {"recorder": row.talker},
    "talk_decided_by_somebody": lambda row, other: {"decided_by": None},
    "talk_notice_is_whole": lambda row, other: {"place": ""},
    "talk_minutes_are_whole": lambda row, other: {"promise": ""},
    "talk_followed_after_signing": lambda row, other: {"talker_signed": False},
    "talk_end_is_whole": lambda row, other: {"followed_on": row.held_on - timedelta(days=1)},
}  # fmt: skip


def test_the_database_refuses_it_too(cast):
    row = make.talk(cast, "closed")
    first, other = (
        open_talk(by=cast.secretary, unit=unit, reason="考核靠后", origin=row)[0]
        for unit in (cast.town, cast.bureau)
    )
    assert first.origin == "again"
    for name, wrong in BROKEN.items():
        target = other if name == "talk_open_once" else row
        with (
            pytest.raises(DatabaseError, match=name if connection.vendor == "postgresql" else "."),
            transaction.atomic(),
        ):
            Talk._base_manager.filter(pk=target.pk).update(**wrong(row, first))
    signature = row.signatures.filter(voided_at=None).first()
    for values in ({"step": "talker"}, {"person": cast.secretary.person}):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.signatures.exclude(pk=signature.pk).filter(voided_at=None).update(**values)
