"""回头看 through pages and API: the whole way, what outsiders see, the rates, and what a list costs."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from povertyaudit.core import moment
from rectification.models import Item, LookBack, LookBackCheck
from rectification.services import look_backs
from tests.core.test_clock_pages import post
from tests.factories import fresh
from tests.rectification import look_back_makers as make
from tests.rectification.makers import api, at, photo

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<a href="/look-back-checks/[A-Za-z0-9]{22}/">')


def web(user):
    client = Client()
    client.force_login(user)
    return client


def sent(user, url, **body):
    """Posted and accepted."""
    client = web(user)
    answer = post(client, url, body)
    assert answer.status_code == 302, re.findall(
        r'class="[^"]*wrong[^"]*"[^>]*>.*?</', answer.content.decode(), re.S
    )[:5]
    return answer


def text(user, url, status=200):
    answer = web(user).get(url)
    assert answer.status_code == status, (user, url, answer.status_code)
    return answer.content.decode()


def test_the_whole_way_on_pages(cast):
    """Planned, approved, assigned many at once, checked on a phone, opened again, told — and nothing before that."""
    items = [at(cast, "closed") for _ in range(2)]
    today = moment.today()
    new = {
        "title": "销号事项回头看", "region": "青禾县", "origin": "period", "period_from": today - timedelta(days=9),
        "period_to": today, "starts_on": today, "ends_on": today + timedelta(days=30), "pool": "both",
        "random_size": 3, "seed": "a1", "approver": cast.secretary.public_id, "units-TOTAL_FORMS": 0,
        "units-INITIAL_FORMS": 0,
    }  # fmt: skip
    refused = web(cast.inspector1).post("/look-backs/new/", new).content.decode()
    assert "范围内只有 2 件，不够抽取 3 件" in refused
    sent(cast.inspector1, "/look-backs/new/", **new | {"random_size": 2})
    plan = LookBack.objects.get()
    base, rows = plan.get_absolute_url(), make.rows(plan)
    shown = text(cast.inspector1, base)
    for words in ("a1", "一致", "2 件中抽取 2 件", items[0].number, "还有 2 件没有分派核查人"):
        assert words in shown, words
    assert "待我办理的回头看" in text(cast.secretary, "/")
    sent(cast.secretary, f"{base}approve/", note="同意")
    ticked = {"ids": [f"{row.public_id}.1" for row in rows], "go": "1", "checker": cast.patrol1.public_id}
    assert (
        "已办理 2 条" in web(cast.inspector1).post("/look-back-checks/bulk/assign/", ticked).content.decode()
    )
    first, second = (row.get_absolute_url() for row in rows)
    assert "登记核查结果" in text(cast.patrol1, "/")
    text(cast.patrol1, base, 404)
    form = text(cast.patrol1, f"{first}record/")
    assert "钱退给您了吗？" in form
    assert 'capture="environment"' in form
    said = {
        "visited_on": today, "finding": "到户查看。", "result": "confirmed", "answers-TOTAL_FORMS": 1,
        "answers-INITIAL_FORMS": 0, "answers-0-role": "household", "answers-0-surname": "陶", "answers-0-paid": "yes",
        "answers-0-amount_fen": "500",
    }  # fmt: skip
    sent(cast.patrol1, f"{first}record/", **said, photos=photo())
    assert "受益农户陶某" in text(cast.inspector1, first)
    sent(cast.patrol1, f"{second}record/", **said | {
        "result": "relapsed", "reason": "又没有公示", "answers-0-paid": "none", "answers-0-amount_fen": "",
    })  # fmt: skip
    assert "重新打开原事项" in text(cast.leader, "/")
    for user in (cast.unithead, cast.sector, cast.official):
        for url in (base, first, second, f"{first}record/"):
            text(user, url, 404)
        for url in ("/look-backs/", "/look-back-checks/"):
            assert web(user).get(url).content.decode().count("销号事项回头看") == 0
        assert web(user).get("/look-backs/rates/").status_code == 403
        assert "回头看" not in text(user, "/")
    kept = rows[0].item.get_absolute_url()
    assert "回头看" not in text(cast.unithead, kept)
    day = today + timedelta(days=20)
    sent(cast.leader, f"{second}reopen-item/", due_on=day, note="反弹")
    assert "又没有公示" in text(cast.unithead, rows[1].item.get_absolute_url())
    sent(cast.inspector1, f"{base}finish/", note="")
    told = text(cast.unithead, kept)
    assert "回头看" in told
    assert "陶某" not in told
    assert "1/2" in text(cast.leader, base)


def test_the_whole_way_by_api(cast, client):
    at(cast, "closed")
    today = moment.today()
    new = {
        "title": "回头看", "region": "990101000000", "origin": "period", "period_from": f"{today}", "period_to": f"{today}",
        "random_size": 2, "starts_on": f"{today}", "ends_on": f"{today}", "approver": "secretary", "seed": "a",
    }  # fmt: skip
    wrong = api(client, cast.inspector1).post("look-backs/", new)
    assert (wrong.status_code, wrong.json()["field"]) == (422, "random_size")
    made = api(client, cast.inspector1).post("look-backs/", new | {"random_size": 1}).json()
    base = f"look-backs/{made['id']}/"
    assert (made["number"], made["draw"]["seed"], len(made["draw"]["drawn"])) == (None, "a", 1)
    row = api(client, cast.inspector1).get("look-back-checks/").json()["results"][0]
    here = f"look-back-checks/{row['id']}/"
    refused = api(client, cast.inspector1).post(f"{here}assign/", {"checker": "inspector2"})
    assert (refused.status_code, refused.json()["field"]) == (422, "checker")
    bulk = {"ids": [row["id"]], "checker": "patrol1"}
    done = api(client, cast.inspector1).post("look-back-checks/bulk/assign/", bulk).json()
    assert [one["ok"] for one in done["results"]] == [True]
    assert api(client, cast.secretary).post(f"{base}approve/", {}).json()["state"] == "approved"
    result = {"result": "relapsed", "reason": "又发生", "finding": "到户。", "answers": [make.NOT_PAID]}
    told = api(client, cast.patrol1).post(f"{here}record/", result).json()
    assert (told["state"], told["answers"][0]["surname"], len(told["questions"])) == ("relapsed", "禾", 6)
    opened = api(client, cast.casemgr).post(f"{here}open_item/", {"problem": "又发生"}).json()
    item = Item.objects.get(number=opened["new_item"])
    assert (opened["state"], item.recurrence_of.number) == ("renewed", row["item"])
    assert api(client, cast.inspector1).post(f"{base}finish/", {}).json()["number"]
    for user in (cast.unithead, cast.neighbour):
        assert api(client, user).get(base).status_code == 404
        assert api(client, user).get(here).status_code == 404
        assert api(client, user).get("look-backs/").json()["results"] == []


def test_the_rates_count_what_is_told_and_every_figure_opens_its_rows(cast):
    for state in ("confirmed", "relapsed", "renewed"):
        make.check(cast, state, title=state)
    for way, words in (
        ("unit", cast.town.name),
        ("signer", cast.inspector2.display_name),
        ("kind", "审计反馈"),
    ):
        page = text(cast.inspector1, f"/look-backs/rates/?by={way}")
        assert words in page
        assert "66.7 %（2/3）" in page
        links = re.findall(r'href="(/look-back-checks/[^"]*standing=(\w+)[^"]*)"', page)
        for url, word in links:
            count = len(ROW.findall(text(cast.inspector1, url.replace("&amp;", "&"))))
            assert count == {"result": 3, "confirmed": 1, "relapsed": 2}[word], (way, word)
    outside = text(cast.leader, "/look-backs/rates/?by=unit")  # of plans under way only the relapses are told
    assert "2/2" in outside
    assert "66.7" not in outside


def test_longer_lists_ask_no_more_questions(cast):
    def questions(url):
        client = web(fresh(cast.inspector1))
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    at(cast, "closed")
    plan = make.plan(cast)
    urls = ("/look-backs/", "/look-back-checks/", "/")
    few = [questions(url) for url in urls]
    one = questions(plan.get_absolute_url())
    at(cast, "closed")
    make.plan(cast, random_size=3)
    more = make.plan(cast, random_size=4)
    assert [questions(url) for url in urls] == few
    assert questions(more.get_absolute_url()) <= one + 1
    assert LookBackCheck.objects.count() == 8
    look_backs.cancel(more, by=fresh(cast.inspector1), note="改期")
