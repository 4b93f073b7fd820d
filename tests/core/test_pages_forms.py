"""The page kind form: what is signed, what is refused and kept, what was changed meanwhile, sent twice, new rows."""

import pytest
from django.test import Client

from funds.models import Misuse
from tests import factories
from tests.core import pages_story
from tests.core.pages import field, text

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.pages_story")]


# verbs


def test_a_verb_shows_what_is_signed_and_carries_the_version(finance, row):
    page = finance.get(f"/story/{row.public_id}/do-it/")
    assert "您将对以下内容签署" in text(page)
    assert row.title in text(page)
    answer = finance.post(
        f"/story/{row.public_id}/do_it/",
        {
            "title": "新的名称",
            "once": field(page, "once"),
            "expected_version": field(page, "expected_version"),
        },
    )
    assert answer.url == f"/misuses/{row.public_id}/"
    assert pages_story.CALLS[-1]["version"] == 1
    assert Misuse.objects.get(pk=row.pk).title == "新的名称"
    assert f'data-done="done /story/{row.public_id}/do_it/"' in text(finance.get("/"))


@pytest.mark.parametrize(
    ("title", "status", "sentences"),
    [
        ("403", 403, ["这一步不由您办理。"]),
        ("409", 409, ["当前状态不能办理。"]),
        ("422", 422, ["请先上传佐证材料。"]),
        ("several", 422, ["第一处错了。", "第二处错了。", "有 2 处需要修改"]),
    ],
)
def test_a_refusal_stands_in_the_form_with_its_status_and_the_input_kept(
    finance, row, title, status, sentences
):
    answer = finance.post(f"/story/{row.public_id}/do_it/", {"title": title, "amount_fen": "12.5"})
    assert answer.status_code == status
    for sentence in sentences:
        assert sentence in text(answer)
    assert 'value="12.5"' in text(answer)


def test_a_stale_form_shows_both_values_and_goes_through_when_sent_again(finance, row):
    answer = finance.post(f"/story/{row.public_id}/do_it/", {"title": "412", "expected_version": "1"})
    assert answer.status_code == 412
    assert "您填写的" in text(answer)
    assert "别人写的" in text(answer)
    assert field(answer, "expected_version") == "9"


def test_a_real_race_is_stale(finance, people, row):
    page = finance.get(f"/story/{row.public_id}/amend/")
    finance.post(f"/story/{row.public_id}/amend/", {"title": "别人先改"})
    late = finance.post(
        f"/story/{row.public_id}/amend/",
        {"title": "我后改", "expected_version": field(page, "expected_version")},
    )
    assert late.status_code == 412
    assert "别人先改" in text(late)
    again = finance.post(
        f"/story/{row.public_id}/amend/",
        {"title": "我后改", "expected_version": field(late, "expected_version")},
    )
    assert again.status_code == 302
    assert Misuse.objects.get(pk=row.pk).title == "我后改"


@pytest.mark.parametrize("version", ["", "abc", "-1", "９", "9" * 50, "1\x00"])
def test_a_version_that_is_none_is_no_version(finance, row, version):
    answer = finance.post(f"/story/{row.public_id}/do_it/", {"title": "好", "expected_version": version})
    assert answer.status_code == 302
    assert pages_story.CALLS[-1]["version"] is None


def test_a_double_click_acts_once_and_leads_to_the_same_place(finance, row):
    data = {"title": "一次", "once": "token-1"}
    first = finance.post(f"/story/{row.public_id}/do_it/", data)
    second = finance.post(f"/story/{row.public_id}/do_it/", data)
    assert first.url == second.url
    assert len(pages_story.CALLS) == 1


def test_a_refused_form_may_be_sent_again_with_the_same_token(finance, row):
    refused = finance.post(f"/story/{row.public_id}/do_it/", {"title": "422", "once": "token-2"})
    assert field(refused, "once") == "token-2"
    good = finance.post(f"/story/{row.public_id}/do_it/", {"title": "好", "once": "token-2"})
    assert good.status_code == 302
    assert Misuse.objects.get(pk=row.pk).title == "好"


def test_another_persons_token_is_not_mine(finance, people, row):
    finance.post(f"/story/{row.public_id}/do_it/", {"title": "一", "once": "same"})
    other = Client()
    other.force_login(factories.user("finance", unit=people.finance.home.unit))
    other.post(f"/story/{row.public_id}/do_it/", {"title": "二", "once": "same"})
    assert len(pages_story.CALLS) == 2


def test_a_verb_that_is_not_offered_answers_with_the_reason(client, people, row):
    client.force_login(people.secretary)
    answer = client.get(f"/story/{row.public_id}/do_it/")
    assert answer.status_code == 403
    assert "不能办理" in text(answer)
    assert '<form class="form"' not in text(answer)


def test_protected_input_is_never_sent_back(finance, row):
    answer = finance.post(f"/story/{row.public_id}/do_it/", {"title": "422", "secret": "张三丰"})
    assert "张三丰" not in text(answer)
    assert "受保护的信息没有保留" in text(answer)


# new rows


def rows_of(*names):
    data = {"people-TOTAL_FORMS": str(len(names)), "people-INITIAL_FORMS": "0"}
    return data | {f"people-{n}-name": name for n, name in enumerate(names)}


def test_child_rows_arrive_cleaned_and_empty_ones_are_left_out(finance, row):
    answer = finance.post("/story/new/", {"title": "好", **rows_of("张某", "", " 李某 ")})
    assert answer.status_code == 302
    assert [one["name"] for one in pages_story.CALLS[-1]["people"]] == ["张某", "李某"]


def test_one_more_row_without_javascript(finance, row):
    answer = finance.post("/story/new/", {"title": "", "_more": "people", **rows_of("张某")})
    assert answer.status_code == 200
    assert 'name="people-1-name"' in text(answer)
    assert 'value="张某"' in text(answer)
    assert not pages_story.CALLS


def test_a_wrong_child_row_is_named_in_the_summary(finance, row):
    answer = finance.post("/story/new/", {"title": "", **rows_of("a\x00b")})
    assert answer.status_code == 400
    assert "被反映人 1 姓名" in text(answer)
    assert "有 2 处需要修改" in text(answer)


@pytest.mark.parametrize("total", ["", "abc", "99999999999", "-1"])
def test_a_spoilt_row_counter_is_refused_and_does_not_break(finance, row, total):
    data = {"title": "好", "people-TOTAL_FORMS": total, "people-INITIAL_FORMS": "0", "people-0-name": "张"}
    assert finance.post("/story/new/", data).status_code == 400
    assert finance.post("/story/new/", data | {"_more": "people"}).status_code in {200, 400}


def test_who_may_not_create_gets_403(client, people, row):
    client.force_login(people.secretary)
    assert client.get("/story/new/").status_code == 403
    assert client.post("/story/new/", {}).status_code == 403


def test_a_form_without_its_rows_is_drawn_again_with_one_sentence(people, client):
    """A post by hand has no counts of child rows: nothing of Django's own is on the page, and rows can be added again."""
    client.force_login(people.petition)
    answer = client.post("/leads/new/", {"title": "反映公益岗位虚设"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "提交的表单不完整，请刷新页面后重新填写。" in text
    assert "ManagementForm" not in text
    assert "隐藏字段" not in text
    assert 'name="subjects-TOTAL_FORMS" value="0"' in text
