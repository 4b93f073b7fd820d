"""Views of a list kept under a name: whose they are, what they hold, and what they never tell."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.core import saved_views
from povertyaudit.core.errors import NotAllowed, RuleBroken, Stale
from povertyaudit.core.models import Post, SavedView
from tests import factories
from tests.core.machines import API, assert_refusal, machine, misuse

pytestmark = pytest.mark.django_db
NEW = "/saved-views/new/?_list=misuses&"


def text(answer):
    return answer.content.decode()


def tabs(answer):
    nav = re.search(r'<nav class="tabs".*?</nav>', text(answer), re.DOTALL)
    return re.findall(r">([^<>]+)</a>", nav.group(0)) if nav else []


def chips(answer):
    return re.findall(r"<li><span>(.*?)</span>", text(answer))


@pytest.fixture
def row(people):
    return misuse(people)


@pytest.fixture
def mate(people):
    """Somebody else at the desk of `finance`."""
    return factories.user("finance", unit=people.finance.home.unit)


@pytest.fixture
def finance(client, people):
    client.force_login(people.finance)
    return client


def keep(people, query="state=open", name="未到位", **more):
    return saved_views.create(by=people.finance, list_key="misuses", query=query, name=name, **more)


# keeping, finding, changing


def test_conditions_are_kept_under_a_name_and_stand_as_a_tab(finance, people, row):
    page = finance.get("/misuses/?state=open&ordering=-amount_fen&columns=number,title&cursor=x")
    link = re.search(r'href="(/saved-views/new/[^"]+)"', text(page)).group(1).replace("&amp;", "&")
    answer = finance.post(link, {"name": "大额未到位", "is_default": ""})
    view = SavedView.objects.get()
    assert answer.url == f"/misuses/?view={view.public_id}"
    assert view.query == "state=open&ordering=-amount_fen&columns=number%2Ctitle"
    page = finance.get(answer.url)
    assert tabs(page)[-1] == "大额未到位"
    assert "状态：" in chips(page)[0]
    assert 'aria-sort="descending"' not in text(page), "the sum is not among the columns"
    assert row.number in text(page)
    assert "改视图" in text(page)


def test_what_will_be_kept_stands_on_the_form_in_words(finance, people):
    page = text(
        finance.get(f"{NEW}state=open&region=柳溪镇&ordering=-amount_fen&columns=number,title&tab=open")
    )
    said = page[page.index("保存的条件") :]
    for words in ("未追缴到位", "柳溪镇", "涉及金额（元）（倒序）", "编号、问题名称"):
        assert words in said
    assert "不可用的条件" in text(finance.get(f"{NEW}region=松涛镇")), "a township of another county"


def test_a_view_is_ones_own_until_it_is_shared_with_the_unit(client, people, mate, row):
    view = keep(people)
    client.force_login(mate)
    assert "未到位" not in tabs(client.get("/misuses/"))
    saved_views.amend(view, by=people.finance, shared=True)
    page = client.get("/misuses/")
    assert "未到位" in tabs(page)
    assert "finance某共享" in text(page)
    assert "改视图" not in text(client.get(f"/misuses/?view={view.public_id}"))
    client.force_login(people.secretary)
    assert "未到位" not in tabs(client.get("/misuses/"))


def test_only_the_owner_changes_and_deletes(client, people, mate):
    view = keep(people, shared=True)
    with pytest.raises(NotAllowed):
        saved_views.amend(view, by=mate, name="改名")
    with pytest.raises(NotAllowed):
        saved_views.delete(view, by=mate)
    client.force_login(mate)
    assert client.post(f"/saved-views/{view.public_id}/delete/").status_code == 403
    client.force_login(people.secretary)
    assert client.get(f"/saved-views/{view.public_id}/amend/").status_code == 404
    client.force_login(people.finance)
    answer = client.post(f"/saved-views/{view.public_id}/amend/", {"name": "新名", "shared": ""})
    assert answer.status_code == 302
    assert tabs(client.get("/misuses/"))[-1] == "新名"
    client.post(f"/saved-views/{view.public_id}/delete/")
    assert not SavedView.objects.exists()


def test_somebody_elses_change_in_between_is_seen(people):
    view = keep(people)
    saved_views.amend(view, by=people.finance, name="先改", expected_version=1)
    with pytest.raises(Stale):
        saved_views.amend(view, by=people.finance, name="后改", expected_version=1)


def test_the_default_view_opens_with_the_bare_address_and_can_be_left(finance, people, row):
    keep(people, query="state=settled", name="已到位", is_default=True)
    bare = finance.get("/misuses/")
    assert row.number not in text(bare)
    assert 'href="?view=all"' in text(bare)
    assert 'name="view" value="all"' in text(bare), "a cleared filter must not bring the default back"
    assert row.number in text(finance.get("/misuses/?view=all"))
    assert row.number in text(finance.get("/misuses/?state="))


def test_a_second_default_takes_the_place_of_the_first(people):
    first = keep(people, is_default=True)
    second = keep(people, name="二", is_default=True)
    assert [v.pk for v in SavedView.objects.filter(is_default=True)] == [second.pk]
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.filter(pk=first.pk).update(is_default=True)


def test_a_view_that_is_gone_says_so_and_shows_the_plain_list(finance, row):
    for odd in ("nobody", "%00", "x" * 500):
        page = finance.get(f"/misuses/?view={odd}")
        assert "已被删除或不再共享" in text(page)
        assert row.number in text(page)


# rules


def test_names_are_there_once_per_person_and_list(finance, people, mate):
    keep(people)
    answer = finance.post(f"{NEW}state=open", {"name": " 未到位 "})
    assert answer.status_code == 422
    assert "您在这个列表已有名为“未到位”的视图" in text(answer)
    saved_views.create(by=people.finance, list_key="leads", query="state=registered", name="未到位")
    saved_views.create(by=mate, list_key="misuses", query="state=open", name="未到位")
    view = keep(people, name="别的")
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.filter(pk=view.pk).update(name="未到位")


def test_twenty_views_are_enough_for_a_list(people):
    views = [keep(people, name=f"视图{n}") for n in range(20)]
    with pytest.raises(RuleBroken, match="最多保存 20 个视图"):
        keep(people, name="再一个")
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.filter(pk=views[0].pk).update(place=21)
    saved_views.delete(views[3], by=people.finance)
    assert keep(people, name="补上").place == 4


@pytest.mark.parametrize(
    "query",
    ["", "state=", "password=1", "state=nowhere", "ordering=person__name", "columns=secret", "tab=zzz",
     "region=%E6%B2%A1%E6%9C%89", "q=" + "x" * 59 + "&found_from=2026-13-45", "view=abc", "cursor=abc"],
)  # fmt: skip
def test_only_conditions_the_list_knows_are_kept(people, query):
    with pytest.raises(RuleBroken) as refused:
        keep(people, query=query)
    assert refused.value.field == "query"
    assert refused.value.message.endswith("。")


@pytest.mark.parametrize("key", ["", "nothing", "leads/new", "account", "../leads", "api/v1/leads"])
def test_only_lists_have_views(people, key):
    with pytest.raises(RuleBroken):
        saved_views.create(by=people.finance, list_key=key, query="state=open", name="x")


def test_a_spoilt_address_of_the_form_never_breaks(finance):
    for odd in ("", "?_list=zzz&state=open", "?_list=misuses&state=%00", "?_list=%00", "?state=open"):
        assert finance.get(f"/saved-views/new/{odd}").status_code == 200
        assert finance.post(f"/saved-views/new/{odd}", {"name": "x"}).status_code == 422


# what a view never tells


def test_rows_always_pass_the_scope_of_who_looks(client, people, row):
    other = factories.user("finance", unit=people.finance.home.unit, region=factories.YUNPING)
    view = keep(people, shared=True)
    client.force_login(other)
    page = client.get(f"/misuses/?view={view.public_id}")
    assert "未到位" in tabs(page)
    assert row.number not in text(page)


def test_a_condition_outside_ones_scope_is_not_named_and_finds_nothing(client, people, mate, row):
    """A mate whose post covers one township opens a view about another."""
    Post.objects.filter(user=mate).update(region=factories.TOWN)
    view = keep(people, query="region=白杨乡&state=open", name="白杨", shared=True)
    assert parse_qs(view.query)["region"] == [factories.OTHER_TOWN], "kept by code, not by name"
    SavedView.objects.filter(pk=view.pk).update(name="乙镇")
    client.force_login(mate)
    page = client.get(f"/misuses/?view={view.public_id}")
    assert page.status_code == 200
    assert "地区：不可用的条件" in chips(page)
    assert "白杨" not in text(page)
    assert factories.OTHER_TOWN not in text(page)
    assert row.number not in text(page), "nothing rather than more than the view means"
    without = re.search(r'href="(\?[^"]*)"\s+aria-label="去掉条件“地区”"', text(page)).group(1)
    assert "state=open" in without
    assert row.number in text(client.get("/misuses/" + without.replace("&amp;", "&")))
    assert f'data-copy="/misuses/?view={view.public_id}"' in text(page)
    assert "存为视图" not in text(page)
    lines = b"".join(client.get(f"/misuses/?view={view.public_id}&format=csv").streaming_content)
    assert row.number.encode() not in lines


def test_a_condition_in_scope_is_shown_by_its_name(finance, people, row):
    view = keep(people, query=f"region={factories.TOWN}")
    page = finance.get(f"/misuses/?view={view.public_id}")
    assert any("柳溪镇" in chip for chip in chips(page))
    shared = re.search(r'data-copy="([^"]+)"', text(page)).group(1)
    assert parse_qs(urlsplit(shared).query) == {"region": [factories.TOWN]}, (
        "spelt out: it works for everybody"
    )


def test_what_the_address_says_itself_goes_before_the_view(finance, people, row):
    view = keep(people, query="state=settled")
    assert row.number not in text(finance.get(f"/misuses/?view={view.public_id}"))
    assert row.number in text(finance.get(f"/misuses/?view={view.public_id}&state=open"))


# the same over REST


def test_views_over_rest_are_made_changed_and_deleted(people, mate):
    mine, other = machine(people.finance), machine(mate)
    body = {"list": "misuses", "name": "接口", "query": "state=open&tab=open"}
    made = mine.post(f"{API}saved-views/", body, format="json")
    assert made.status_code == 201
    id_ = made.json()["id"]
    assert made.json()["actions"] == ["amend", "delete"]
    assert other.get(f"{API}saved-views/{id_}/").status_code == 404
    changed = mine.post(f"{API}saved-views/{id_}/amend/", {"shared": True}, format="json")
    assert (changed.json()["state"], changed.json()["name"]) == ("shared", "接口")
    seen = other.get(f"{API}saved-views/{id_}/").json()
    assert (seen["mine"], seen["actions"]) == (False, [])
    assert_refusal(other.post(f"{API}saved-views/{id_}/delete/"), 403)
    assert_refusal(mine.post(f"{API}saved-views/", body, format="json"), 422)
    assert_refusal(mine.post(f"{API}saved-views/", body | {"list": "zzz", "name": "y"}, format="json"), 422)
    assert mine.post(f"{API}saved-views/{id_}/delete/").status_code == 204


def test_a_list_over_rest_takes_the_conditions_and_the_tab_of_a_view(people, row):
    caller = machine(people.finance)
    settled = keep(people, query="state=settled", name="a")
    in_tab = keep(people, query="tab=open&region=柳溪镇", name="b")

    def numbers(path):
        return [one["number"] for one in caller.get(f"{API}misuses/{path}").json()["results"]]

    assert numbers(f"?view={settled.public_id}") == []
    assert numbers(f"?view={settled.public_id}&state=open") == [row.number]
    assert numbers(f"?view={in_tab.public_id}") == [row.number]
    for odd in ("zzz", "%00", keep(people, query="tab=open", name="c").public_id[::-1]):
        assert_refusal(caller.get(f"{API}misuses/?view={odd}"), 400)
    assert_refusal(machine(people.secretary).get(f"{API}misuses/?view={settled.public_id}"), 400)
    assert_refusal(caller.get(f"{API}leads/?view={settled.public_id}"), 400)


def test_over_rest_a_condition_outside_ones_scope_is_refused_without_its_name(people, mate, row):
    Post.objects.filter(user=mate).update(region=factories.TOWN)
    view = keep(people, query="region=白杨乡", shared=True)
    answer = machine(mate).get(f"{API}misuses/?view={view.public_id}")
    assert_refusal(answer, 422)
    assert "白杨" not in text(answer)


def test_tabs_of_views_cost_one_query_whatever_their_number(finance, people, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(40) as counted:
            finance.get("/misuses/")
        return len(counted)

    none = cost()
    for n in range(12):
        keep(people, name=f"视图{n}")
    assert cost() == none
