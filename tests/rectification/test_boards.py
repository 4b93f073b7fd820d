"""Boards: every figure opens exactly its rows, totals are sums of the cells, and more rows cost no more questions."""

import html
import re
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections import services as inspections
from povertyaudit.core import moment
from rectification import services
from rectification.models import Item, Measure
from tests.rectification.makers import at, department, finding

FIGURE = re.compile(r'<a(?: class="clock[^"]*")? href="(/items/\?[^"]+)">(?:<b><i[^>]*></i>)?([^<]+)</')
# What a figure says: 3, 1,204, 超期 2, 2/5（40%）; words without a number are not counted here.
SAID = re.compile(r"(?:^|/|超期 |天内 )([\d,]+)(?:（|$)")


def page(client, who, address):
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def followed(client, who, address):
    """[(figure, address)] of a board; each opens as many rows as it says."""
    found = []
    for url, words in FIGURE.findall(page(client, who, address)):
        said = SAID.search(words)
        if said:
            number = int(said.group(1).replace(",", ""))
            assert f"共 {number} " in page(client, who, url), (words, url)
            found.append((number, url))
    return found


def cost(client, who, address):
    client.force_login(who)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def past(item, days, **values):
    """Its date lies so many days back."""
    day = moment.today() - timedelta(days=days)
    Item.objects.filter(pk=item.pk).update(issued_on=day - timedelta(days=30), due_on=day, **values)


def test_by_unit_for_a_county_leader_and_for_who_supervises(cast, client):
    led = at(cast, "accepted", leading_leader=cast.countyleader)
    past(led, 3)
    at(cast, "closed", leading_leader=cast.countyleader, measures=1)
    at(cast, "accepted", days=5, leading_leader=cast.countyleader)
    at(cast, "long_term", measures=1)
    mine = followed(client, cast.countyleader, "/item-boards/units/")
    assert [number for number, _ in mine[:4]] == [2, 1, 1, 1]
    assert all("led=true" in url for _, url in mine)
    board = page(client, cast.countyleader, "/item-boards/units/")
    assert (
        "您牵头的整改事项已下发 3 项，已销号 1 项，未销号 2 项，其中已超期 1 项，10 天以内到期 1 项" in board
    )
    assert "1/3（33.3%）" in board
    assert "由我牵头的整改事项" in page(client, cast.countyleader, "/")
    assert "1/4（25%）" in page(client, cast.inspector1, "/item-boards/units/")
    followed(client, cast.inspector1, "/item-boards/units/")
    client.force_login(cast.official)
    assert client.get("/item-boards/units/").status_code == 403
    assert client.get("/item-boards/")["Location"] == "/item-boards/week/"
    before = cost(client, cast.inspector1, "/item-boards/units/")
    at(cast, "issued", main_unit=department("县水利局"))
    assert cost(client, cast.inspector1, "/item-boards/units/") <= before


def test_the_matrix_adds_up_and_a_closed_round_is_chosen(cast, client):
    first = finding(cast)
    late = at(cast, "accepted", by=cast.patroloffice, source="finding", finding=first, main_unit=cast.town)
    past(late, 2)
    before = cost(client, cast.patroloffice, "/item-boards/matrix/")
    second = inspections.record_finding(
        first.round, by=cast.patroloffice, problem_class="资金使用", aspect="拨付", text="又一个问题",
        unit=cast.bureau, found_on=first.found_on,
    )  # fmt: skip
    at(cast, "issued", by=cast.patroloffice, source="finding", finding=second, main_unit=cast.bureau)
    assert cost(client, cast.patroloffice, "/item-boards/matrix/") <= before
    followed(client, cast.patroloffice, "/item-boards/matrix/")
    board = page(client, cast.patroloffice, "/item-boards/matrix/")
    assert "1 个轮次、2 个单位共 2 项，未销号 2 项；1 个单位有超期事项。" in board
    assert board.count("超期 1") == 4, "the cell, its line, its round, and all"
    assert "还没有转来整改事项" in page(client, cast.patroloffice, "/item-boards/matrix/?rounds=ended")
    at(cast, "accepted", measures=1)  # of no round: no part of it
    assert page(client, cast.patroloffice, "/item-boards/matrix/").count("2/2") == 0
    assert "2</a>/" in board


def test_what_a_unit_owes_this_week_leads_to_the_form(cast, client):
    assert "本周没有到期要办的事项" in page(client, cast.official, "/item-boards/week/")
    item = at(cast, "accepted", measures=2)
    measure = item.measures.get(no=2)
    Measure.objects.filter(pk=measure.pk).update(due_on=moment.today())
    back = at(cast, "closure_applied", measures=1)
    services.send_back(back, by=cast.sector, note="照片不是同一角度。")
    late = at(cast, "accepted", measures=1)
    past(late, 1)
    listed = page(client, cast.official, "/item-boards/week/")
    assert re.findall(r"<h2>([^<（，]+)", listed) == ["已过期限 ", "退回补充", "今天"]
    form = f"{item.get_absolute_url()}report/?measure={measure.public_id}"
    for address in (form, f"{back.get_absolute_url()}report/", f"{late.get_absolute_url()}report/"):
        assert f'href="{address}"' in listed
    assert form in page(client, cast.official, "/")
    assert "本周没有" in page(client, cast.otherofficial, "/item-boards/week/")
    before = cost(client, cast.official, "/item-boards/week/")
    for _ in range(3):
        past(at(cast, "accepted", measures=1), 2)
    assert cost(client, cast.official, "/item-boards/week/") <= before


def test_a_condition_that_is_none_finds_nothing(cast, client):
    item = at(cast, "accepted")
    for asked in ("standing=nonsense", "as_of=昨天", "main_unit=没有", "rounds=x"):
        shown = page(client, cast.inspector1, f"/items/?{asked}")
        assert item.get_absolute_url() not in shown, asked
