"""Columns of a list: chosen in the address, remembered per person and list, and what is shown as CSV."""

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import get_resolver

from povertyaudit.core import rows
from povertyaudit.core.models import AuditEntry, ListLayout
from povertyaudit.core.views import Column
from povertyaudit.core.views.columns import chosen, picked
from tests.core.machines import misuse
from tests.test_architecture import every_view

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def heads(answer):
    """The headings of the table, first to last."""
    head = re.search(r"<thead>.*?</thead>", text(answer), re.DOTALL).group(0)
    return [re.sub(r"<[^>]+>|[↑↓]", "", cell).strip() for cell in re.findall(r"<th.*?</th>", head, re.DOTALL)]


def table(answer):
    raw = b"".join(answer.streaming_content)
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))


@pytest.fixture
def row(people):
    return misuse(people)


@pytest.fixture
def finance(client, people):
    client.force_login(people.finance)
    return client


# which columns


def test_the_address_says_which_columns_and_in_which_order(finance, row):
    page = finance.get("/misuses/?columns=number,state,title,recovered_fen")
    assert heads(page) == ["编号", "状态", "问题名称", "已追缴（元）"]


def test_the_register_number_always_comes_first_and_unknown_names_are_ignored(finance, row):
    assert heads(finance.get("/misuses/?columns=title,nonsense,title,number,%00")) == ["编号", "问题名称"]
    usual = heads(finance.get("/misuses/"))
    for odd in ("nonsense", ",,,", "%00", "password", "x" * 1000):
        assert heads(finance.get(f"/misuses/?columns={odd}")) == usual


def test_columns_not_shown_by_themselves_wait_to_be_chosen(finance, row):
    page = finance.get("/misuses/")
    assert "已追缴（元）" not in heads(page)
    assert 'value="recovered_fen"' in text(page)


def test_a_choice_is_remembered_for_this_person_and_this_list_alone(finance, client, people, row):
    answer = finance.post("/misuses/?state=open", {"columns": ["title", "state"], "keep": "1"})
    assert parse_qs(urlsplit(answer.url).query) == {"state": ["open"], "columns": ["number,title,state"]}
    assert heads(finance.get("/misuses/")) == ["编号", "问题名称", "状态"]
    assert len(heads(finance.get("/misuses/?columns=amount_fen"))) == 2, "the address goes before memory"
    client.force_login(people.secretary)
    assert "涉及金额（元）" in heads(client.get("/misuses/"))


def test_the_usual_columns_come_back_on_request(finance, row):
    usual = heads(finance.get("/misuses/"))
    finance.post("/misuses/", {"columns": ["title"], "keep": "1"})
    answer = finance.post("/misuses/?columns=title", {"columns": ["title"], "reset": "1"})
    assert answer.url == "/misuses/?"
    assert heads(finance.get("/misuses/")) == usual
    assert not ListLayout.objects.exists()


def test_an_arrow_moves_a_column_one_place_and_leaves_the_form_open(finance, row):
    answer = finance.post("/misuses/", {"columns": ["title", "state", "found_on"], "up": "found_on"})
    page = finance.get(answer.url)
    assert heads(page) == ["编号", "问题名称", "发现日期", "状态"]
    assert '<details class="menu columns-menu" open>' in text(page)
    assert 'pick=1"' not in text(page), "the open form is no part of the address handed on"


def test_arrows_stop_at_both_ends_and_never_pass_the_number():
    columns = (Column("number", "编号"), Column("a", "甲"), Column("b", "乙"))

    class Said(dict):
        def getlist(self, name):
            return self.get(name, [])

    def order(**press):
        return picked(columns, Said(columns=["a", "b"], **press))

    assert (
        order(up="a") == order(down="b") == order(up="number") == order(up="nobody") == ["number", "a", "b"]
    )
    assert order(up="b") == order(down="a") == ["number", "b", "a"]
    assert [c.key for c in chosen(columns, "b")] == ["number", "b"]


def test_the_address_to_hand_on_holds_conditions_and_columns_and_nothing_else(finance, row):
    page = text(
        finance.get("/misuses/?tab=open&state=&q=围墙&ordering=-found_on&cursor=zzz&columns=title&pick=1")
    )
    shared = re.search(r'data-copy="([^"]+)"', page).group(1).replace("&amp;", "&")
    assert parse_qs(urlsplit(shared).query) == {
        "tab": ["open"], "q": ["围墙"], "ordering": ["-found_on"], "columns": ["title"],
    }  # fmt: skip


@pytest.mark.parametrize("path", ["/leads/", "/items/", "/misuses/", "/findings/", "/rounds/"])
def test_every_column_that_may_be_chosen_can_be_drawn(client, people, path):
    client.force_login(people.casemgr)
    page = client.get(path)
    keys = re.findall(r'name="columns" value="([^"]+)"', text(page))
    assert client.get(f"{path}?columns={','.join(keys)}").status_code == 200


# CSV of what is shown


def test_csv_holds_all_rows_under_the_conditions_with_the_columns_shown(finance, people, row):
    for n in range(60):
        misuse(people, title=f"第{n}笔")
    answer = finance.get("/misuses/?format=csv&columns=title,amount_fen,found_on,state&q=笔")
    lines = table(answer)
    assert lines[0] == ["编号", "问题名称", "涉及金额（元）", "发现日期", "状态"]
    assert len(lines) == 61, "more than a page: never cut"
    assert re.fullmatch(r"\d+\.\d\d", lines[1][2])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", lines[1][3])
    assert lines[1][4] == "未追缴到位"
    disposition = answer.headers["Content-Disposition"]
    assert "attachment" in disposition
    assert "%E8%BF%9D%E8%A7%84" in disposition


def test_csv_comes_in_the_order_on_screen(finance, people, row):
    for amount in (300, 100, 200):
        misuse(people, amount_fen=amount)
    lines = table(finance.get("/misuses/?format=csv&columns=amount_fen&ordering=amount_fen"))
    sums = [float(line[1]) for line in lines[1:]]
    assert sums == sorted(sums)


def test_no_cell_of_the_csv_starts_a_formula(finance, people):
    misuse(people, title='=HYPERLINK("http://x")')
    assert table(finance.get("/misuses/?format=csv&columns=title"))[1][1].startswith("'=")


def test_csv_passes_through_scope(client, people, row):
    client.force_login(people.neighbour)
    assert len(table(client.get("/misuses/?format=csv"))) == 1


def test_the_record_keeps_who_took_how_many_rows_but_no_words_typed(finance, people, row):
    b"".join(finance.get("/misuses/?format=csv&state=open&q=王某某").streaming_content)
    entry = AuditEntry.objects.get(verb="export.list")
    assert entry.actor == people.finance
    assert entry.changes["list"] == "misuses"
    assert entry.changes["rows"] == 0
    assert entry.changes["filters"] == {"state": ["open"]}
    assert entry.changes["searched"] == ["q"]
    assert "王某某" not in str(entry.changes)


def test_csv_costs_the_same_for_one_row_and_for_thirty(finance, people, row, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(40) as counted:
            b"".join(finance.get("/misuses/?format=csv").streaming_content)
        return len(counted)

    cost()  # the first entry of a person also begins his chain
    one = cost()
    for _ in range(30):
        misuse(people)
    assert cost() == one


def test_officers_take_their_own_lists_away(client, people, row):
    rows.change(row, verb="misuse.amend", by=people.finance, changes={"title": "新名称"})
    client.force_login(people.auditor)
    lines = table(client.get("/audit/?format=csv"))
    assert lines[0][0] == "对象编号"
    assert row.number in {line[0] for line in lines}
    client.force_login(people.petition)
    assert client.get("/audit/?format=csv").status_code == 403


def test_lists_whose_rows_are_filled_page_by_page_are_filled_for_csv_too(client, people, row):
    client.force_login(people.finance)
    client.post(f"/misuses/{row.public_id}/follow/")
    lines = table(client.get("/favourites/?format=csv"))
    assert lines[1][:2] == [row.number, row.title]


def test_no_more_exports_at_once_than_ledgers(finance, people, row, settings):
    settings.EXPORTS_AT_ONCE = 1
    assert finance.get("/misuses/?format=csv").status_code == 200  # not read to its end: its place is taken
    second = finance.get("/misuses/?format=csv")
    assert second.status_code == 429
    assert "请等其中一份完成后再试" in text(second)


# every list there is


def every_list():
    for path, view in every_view(get_resolver().url_patterns):
        if getattr(view, "is_list", False) and "<" not in path:
            yield f"/{path}"


@pytest.mark.parametrize("path", sorted(every_list()))
def test_every_list_can_be_taken_away_and_drawn_with_all_its_columns(client, people, row, path):
    """By whoever of the cast may open it."""
    opened = False
    for user in (people.casemgr, people.sysadmin, people.secadmin, people.auditor, people.official):
        client.force_login(user)
        page = client.get(path)
        if page.status_code == 200:
            opened = True
            keys = re.findall(r'name="columns" value="([^"]+)"', text(page))
            assert client.get(f"{path}?columns={','.join(keys)}").status_code == 200
            assert table(client.get(f"{path}?format=csv"))
    assert opened, path
