"""我的工作 is one page: what waits for me, what is due, what others have in hand, mentions, messages read and unread."""

import re
from datetime import timedelta

import pytest

from povertyaudit import desk
from povertyaudit.core import moment, notify
from povertyaudit.core.home import Entry, Section
from povertyaudit.core.models import Notification
from povertyaudit.core.models.outbox import MENTION
from povertyaudit.reporting.indicators import CATALOGUE
from rectification.models import Item
from tests.rectification import makers

TABS = ("等我办理", "近期到期", "等别人办理", "提到我的", "消息")


@pytest.fixture
def people(db):
    return makers.people()


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "tab", [*enumerate(("/", "/?tab=due", "/?tab=others", "/notifications/?tab=mentions", "/notifications/"))]
)
def test_every_part_has_the_same_head_and_says_where_one_is(client, people, tab):
    place, address = tab
    client.force_login(people.casemgr)
    page = text(client, address)
    nav = re.search(r'<nav class="tabs" aria-label="我的工作">(.*?)</nav>', page, re.S)[1]
    assert "<h1>我的工作</h1>" in page
    assert re.findall(r'aria-current="page">([^<]+)', nav) == [TABS[place]]


def test_messages_read_unread_and_mentions_stand_apart(client, people):
    notify.tell([people.casemgr], "a", kind="lead.dispatch", text="甲一件")
    notify.tell([people.casemgr], "b", kind="lead.dispatch", text="乙一件")
    notify.tell([people.casemgr], "c", kind=MENTION, text="丙一件")
    Notification.objects.filter(key="b").update(read_at=moment.now())
    client.force_login(people.casemgr)
    found = {
        tab: set(re.findall("[甲乙丙]一件", text(client, f"/notifications/?tab={tab}")))
        for tab in ("", "read", "mentions", "all")
    }
    assert found == {
        "": {"甲一件", "丙一件"}, "read": {"乙一件"}, "mentions": {"丙一件"}, "all": {"甲一件", "乙一件", "丙一件"},
    }  # fmt: skip
    client.force_login(people.neighbour)
    for tab in ("", "read", "mentions", "all"):
        assert "一件" not in text(client, f"/notifications/?tab={tab}").replace("每一件", "")


def test_each_date_once_under_the_act_that_waits_the_first_due_first():
    today = moment.today()
    rows = [
        Entry("2", "后到期", "/b/", "签收", today + timedelta(days=3)),
        Entry("1", "先到期", "/a/", "", today),
        Entry("3", "没有日期", "/c/", "签收"),
    ]
    again = [Entry("1", "先到期", "/a/", "复核", today)]
    found = desk.dated([Section("一", "", rows), Section("二", "", again)])
    assert [(one.entry.number, one.entry.what) for one in found] == [("1", "复核"), ("2", "签收")]


def test_what_others_have_in_hand_is_nobody_elses_and_not_mine(client, people):
    item = makers.at(people, "issued")
    mine = Item.objects.visible_to(people.official).waiting_for(people.official)
    assert list(mine) == [item]
    assert not Item.objects.visible_to(people.official).elsewhere(people.official).exists()
    assert list(Item.objects.visible_to(people.inspector1).elsewhere(people.inspector1)) == [item]
    assert not Item.objects.visible_to(people.neighbourofficial).elsewhere(people.neighbourofficial).exists()
    client.force_login(people.inspector1)
    page = text(client, "/?tab=others")
    assert "待他人办理的整改事项" in page
    assert item.number in page
    assert "在哪里" in page
    assert item.number in text(client, "/items/?tab=elsewhere")


def test_ones_own_figures_stand_on_the_page_for_posts_that_have_some(
    client, people, django_assert_max_num_queries
):
    makers.at(people, "issued")
    for account, codes in (
        (people.official, ("items_issued", "items_open")),
        (people.secretary, ("leads_received", "items_late")),
    ):
        client.force_login(account)
        assert 'hx-get="/reports/mine/"' in text(client, "/")
        with django_assert_max_num_queries(16):  # session, posts and one question for each table
            part = client.get("/reports/mine/", headers={"HX-Target": "my-figures"}).content.decode()
        assert "<html" not in part
        assert all(CATALOGUE[code].name in part for code in codes)
    client.force_login(people.official)
    span = f"{moment.today():%Y-%m}"
    table = b"".join(
        client.get(f"/reports/mine/?period={span}&format=csv&chart=mine").streaming_content
    ).decode()
    assert "下发整改事项（项）,1" in table
    assert "2025 年同期" in table
    assert client.get("/reports/mine/?format=csv&chart=none").status_code == 404
    client.force_login(people.auditor)
    assert "my-figures" not in text(client, "/")
    assert client.get("/reports/mine/").status_code == 403


def headings(page):
    return re.findall(r"<h2>\s*([^<]+?)\s*<", page.partition("<aside")[0])


def test_what_follows_a_screen_full_of_lines_does_not_hold_up_the_page(client, people, monkeypatch):
    """With JavaScript it follows at once; without it the same address is the page whole; none comes twice."""
    for number in range(3):
        makers.at(people, "issued", problem=f"第 {number} 件")
    notify.tell([people.official], "a", kind="lead.dispatch", text="甲一件")
    client.force_login(people.official)
    whole = text(client, "/")
    assert "没有出现时点这里" not in whole
    monkeypatch.setattr(desk, "SCREEN", 1)
    page = text(client, "/")
    address = re.search(r'href="(/\?rest=\d+)"', page)[1]
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert headings(page) + headings(part) == headings(whole)
    assert headings(text(client, address)) == headings(whole)
    quiet = [sorted(re.findall(r"([^\s：；>]+)：没有", one)) for one in (whole, page + part)]
    assert quiet[0] == quiet[1] != []
    for odd in ("x", "-1", "9999", "²", "0"):
        assert client.get(f"/?rest={odd}", headers={"HX-Request": "true"}).status_code == 200
