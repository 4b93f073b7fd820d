"""The one search box: two characters find, traditional finds simplified, nasty queries get a sentence, nothing leaks."""

import pytest

from cases.models import OtherNumber
from povertyaudit import home
from povertyaudit.core import looking, searching, words
from povertyaudit.core.models import Recusal
from rectification.models import Item
from tests import factories
from tests.rectification import makers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("%", "符号不能单独查找"),
        ("_", "符号不能单独查找"),
        ("李", "一个字会找出太多"),
        ("村" * 5000, "最多 60 字"),
        ("一 二 三 四 五 六 七", "最多查找 6 个词"),
    ],
)
def test_what_cannot_be_looked_for_is_said(client, typed, said):
    client.force_login(factories.cast().casemgr)
    page = client.get("/search/", {"q": typed[:200]})
    assert page.status_code == 200
    assert said in page.content.decode()
    assert searching.asked(typed).refusal


def test_an_address_beyond_all_measure_is_refused_with_a_sentence(client):
    client.force_login(factories.cast().casemgr)
    answer = client.get("/search/", {"q": "村" * 5000})
    assert answer.status_code == 414
    assert "。" in answer.content.decode()


def test_spellings_and_marks():
    assert searching.asked("滯留資金").words == ["滞留资金", "滯留資金"]
    assert "阿依·买买提" in searching.asked("阿依•买买提").words
    assert searching.marked("<b>资金滞留</b>", ["资金"]) == "&lt;b&gt;<mark>资金</mark>滞留&lt;/b&gt;"
    assert searching.asked("100%").refusal == ""


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("42.5万", 42_500_000), ("425000", 42_500_000), ("425,000元", 42_500_000), ("４２．５万元", 42_500_000),
        ("1.2亿", 12_000_000_000), ("9元", 900), ("99", 0), ("0.001元", 0), ("2026-01", 0), ("99999999999999999999亿", 0),
    ],
)  # fmt: skip
def test_what_may_be_a_sum(typed, fen):
    assert words.of(typed)[0].fen == fen


def test_money_is_found_however_it_is_typed(client):
    cast = makers.people()
    row = makers.misuse(cast, 42_500_000)
    told = makers.at(cast, "issued", problem="奖补资金42.5万元未发放")
    for typed in ("42.5万", "425000", "425,000 元".replace(" ", ""), "42.5万元"):
        client.force_login(factories.fresh(cast.finance))
        page = client.get("/search/", {"q": typed}).content.decode()
        assert f'href="{row.get_absolute_url()}"' in page, typed
        assert "涉及金额：<mark>425,000.00 元</mark>" in page
        client.force_login(factories.fresh(cast.casemgr))
        assert f'href="{told.get_absolute_url()}"' in client.get("/search/", {"q": typed}).content.decode()
    assert row.get_absolute_url() not in client.get("/search/", {"q": "42.6万"}).content.decode()


def test_a_document_is_found_whatever_brackets_are_typed(client):
    cast = makers.people()
    row = makers.at(cast, "issued", problem="按青纪函〔2026〕12号反馈")
    client.force_login(factories.fresh(cast.casemgr))
    for typed in ("〔2026〕12号", "[2026]12号", "（2026）12号", "【2026】12号"):
        page = client.get("/search/", {"q": typed}).content.decode()
        assert f'href="{row.get_absolute_url()}"' in page, typed
        assert "<mark>〔2026〕12号</mark>" in page


def test_what_is_out_of_scope_is_neither_shown_nor_counted(client):
    cast = makers.people()
    mine = makers.at(cast, "issued", problem="白露村奖补资金")
    theirs = makers.at(cast, "issued", problem="白露村奖补资金")
    Recusal.objects.create(
        person=cast.casemgr.person,
        target_label="rectification.item",
        target_id=theirs.pk,
        reason="亲属",
        declared_by=cast.casemgr,
    )
    client.force_login(factories.fresh(cast.casemgr))
    page = client.get("/search/", {"q": "白露"}).content.decode()
    assert mine.number in page
    assert theirs.number not in page
    assert "整改事项 1 项" in page


def test_a_word_in_many_rows_and_one_in_few_give_the_same(client, monkeypatch):
    cast = makers.people()
    for at in range(3):
        makers.at(cast, "issued", problem=f"霜降村第{at}组")
    user = factories.fresh(cast.casemgr)

    def found():
        entries = looking.look(home.KINDS, user, searching.asked("霜降 第1组").looked_for)
        return [entry.number for entry in entries]

    few = found()
    monkeypatch.setattr(looking, "FEW", 0)
    looking._statement.cache_clear()
    many = found()
    looking._statement.cache_clear()
    assert few == many
    assert len(few) == 1


def test_the_year_that_stands_in_every_number_is_not_looked_up(client, monkeypatch):
    """Every one of the newest rows holds it: the index is not asked which do, and what is shown stays the same."""
    cast = makers.people()
    items = [makers.at(cast, "issued", problem=f"霜降村第{at}组") for at in range(3)]
    user = factories.fresh(cast.casemgr)
    year = items[0].number.split("-")[2]
    [asked] = searching.asked(year).looked_for
    place = next(kind for kind in home.KINDS if kind.model is Item).places[0]

    def found():
        looking._statement.cache_clear()
        return {entry.number for entry in looking.look(home.KINDS, user, [asked])}

    everything = found()
    assert not place.is_full_of(asked)
    assert {item.number for item in items} <= everything
    monkeypatch.setattr(looking, "FEW", 1)
    assert place.is_full_of(asked)
    assert looking.probe([place], asked)[place.key] is looking.MANY
    assert found() == everything
    Item.objects.filter(pk=items[-1].pk).update(number="霜降")
    assert not place.is_full_of(asked)
    looking._statement.cache_clear()


def test_a_dossier_beside_is_asked_by_number_only_for_what_a_number_holds(client):
    cast = makers.people()
    item = makers.at(cast, "issued")
    by_number = looking.Place(Item, ("number",), "pk", "pk")
    digits, letters = searching.asked(f"{item.number[-4:]} 资金").looked_for
    assert looking.probe([by_number], digits)[by_number.key] == {item.pk}
    assert looking.probe([by_number], letters)[by_number.key] == set()
    assert not by_number.may_hold(letters)
    assert looking.Place(OtherNumber, ("number",), "lead_id", "pk").may_hold(letters)


def test_a_word_that_stands_nowhere_costs_one_statement(client, django_assert_max_num_queries):
    user = factories.fresh(factories.cast().casemgr)
    assert user.roles
    with django_assert_max_num_queries(1):
        assert looking.look(home.KINDS, user, searching.asked("查无此词").looked_for) == []


def test_found_by_kind_within_scope(client):
    cast = makers.people()
    item = makers.at(cast, "issued", problem="产业奖补资金滞留四个月")
    client.force_login(factories.fresh(cast.casemgr))
    page = client.get("/search/", {"q": "獎補"}).content.decode()
    assert f'href="{item.get_absolute_url()}"' in page
    assert "<mark>奖补</mark>" in page
    assert "整改事项 1 项" in page
    exact = client.get("/search/", {"q": item.number}).content.decode()
    assert f"<mark>{item.number}</mark>" in exact
    client.force_login(factories.cast().neighbour)
    page = client.get("/search/", {"q": "奖补"}).content.decode()
    assert item.number not in page
    assert "没有找到" in page
