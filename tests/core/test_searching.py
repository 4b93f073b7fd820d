"""The one search box: two characters find, traditional finds simplified, nasty queries get a sentence, nothing leaks."""

import pytest

from povertyaudit.core import searching
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
    asked = searching.asked("滯留資金")
    assert asked.spellings == ("滯留資金", "滞留资金")
    assert "阿依·买买提" in searching.asked("阿依•买买提").spellings
    assert searching.marked("<b>资金滞留</b>", ["资金"]) == "&lt;b&gt;<mark>资金</mark>滞留&lt;/b&gt;"
    assert searching.asked("100%").refusal == ""


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
