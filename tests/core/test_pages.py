"""The page kinds: list, record, and the frame around them. Every page is complete without JavaScript."""

import re
from datetime import timedelta

import pytest

from povertyaudit.core import moment
from povertyaudit.core.models import Notification
from tests import factories
from tests.core.pages import text
from tests.core.test_record import misuse

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.pages_story")]


# lists


def test_a_list_pages_forward_and_back_without_losing_or_repeating_a_row(finance, people, row):
    with moment.pretend(moment.now() - timedelta(days=3)):
        for _ in range(119):
            misuse(people.finance)
    seen, url = [], "/misuses/"
    while url:
        page = finance.get(url)
        seen += re.findall(r"990101-\w*-?2026-\d{4}", re.sub(r"<thead.*?</thead>", "", text(page)))
        following = re.search(r'rel="next"\s+href="([^"]+)"', text(page))
        url, last = ("/misuses/" + following.group(1).replace("&amp;", "&") if following else ""), url
    assert len(seen) == len(set(seen)) == 120
    assert "共 120 条" in text(page)
    back = re.search(r'rel="prev"\s+href="([^"]+)"', text(page)).group(1).replace("&amp;", "&")
    before = finance.get("/misuses/" + back)
    assert re.findall(r"990101-\w*-?2026-\d{4}", text(before)) == seen[50:100]
    assert last


@pytest.mark.parametrize("cursor", ["x", "%00", "W10", "eyJhIjoxfQ", "WyJuIixudWxsLCJ4Il0", "a" * 3000])
def test_a_cursor_of_somebody_elses_making_gives_the_first_page(finance, row, cursor):
    answer = finance.get(f"/misuses/?cursor={cursor}")
    assert answer.status_code == 200
    assert row.number in text(answer)


@pytest.mark.parametrize(
    "query",
    ["ordering=password", "ordering=-", "ordering=person__name", "tab=zzz", "q=%00", "state=nowhere", "q=" + "长" * 500,
     "kind=999999999999999999999", "region=zz", "page=-1"],
)  # fmt: skip
def test_nonsense_in_the_address_never_breaks_a_list(finance, row, query):
    assert finance.get(f"/misuses/?{query}").status_code == 200


def test_active_filters_are_chips_that_can_be_taken_away(finance, row):
    page = text(finance.get("/misuses/?state=open&q=饮水&tab=open"))
    assert "去掉条件" in page
    assert "未追缴到位" in page
    assert 'href="?state=open&amp;tab=open"' in page


def test_an_empty_list_says_why_and_what_to_do(finance, row):
    page = text(finance.get("/misuses/?q=没有这样的词"))
    assert "没有符合条件的" in page
    assert "清除全部条件" in page


def test_htmx_gets_the_table_alone_and_a_restored_page_whole(finance, row):
    part = finance.get("/misuses/", headers={"HX-Request": "true", "HX-Target": "list"})
    assert "<html" not in text(part)
    assert row.number in text(part)
    assert "HX-Request" in part.headers["Vary"]
    whole = finance.get("/misuses/", headers={"HX-Target": "list", "HX-History-Restore-Request": "true"})
    assert "<html" in text(whole)


def test_a_neighbour_sees_an_empty_list_and_404_elsewhere(client, people, row):
    client.force_login(people.neighbour)
    assert row.number not in text(client.get("/misuses/"))
    for path in (
        f"/story/{row.public_id}/",
        f"/story/{row.public_id}/do_it/",
        f"/story/{row.public_id}/amend/",
    ):
        mine, none = client.get(path), client.get(path.replace(row.public_id, "nowhere"))
        assert mine.status_code == none.status_code == 404
        assert re.sub(r"csrf\w+.*?>", "", text(mine)) == re.sub(r"csrf\w+.*?>", "", text(none))
    assert client.post(f"/story/{row.public_id}/do_it/", {"title": "x"}).status_code == 404


def test_a_list_costs_the_same_for_one_row_and_for_thirty(
    finance, people, row, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(40) as counted:
            finance.get("/misuses/")
        return len(counted)

    one = cost()
    for _ in range(30):
        misuse(people.finance)
    assert cost() == one


# records


def test_a_record_shows_its_verbs_what_is_missing_and_its_history(finance, row):
    page = text(finance.get(f"/story/{row.public_id}/"))
    assert row.number in page
    assert "还没有上传佐证材料。" in page
    assert f"/misuses/{row.public_id}/record_recovery/" in page
    assert "年度检查发现" in page
    assert "财政资金管理" in page


def test_a_reader_is_offered_no_verb(client, people, row):
    client.force_login(people.secretary)
    page = text(client.get(f"/story/{row.public_id}/"))
    assert "record_recovery" not in page


# frame, home, inbox, choosers


def test_the_frame_shows_only_what_the_person_can_use(client, people, row):
    client.force_login(people.finance)
    assert 'href="/misuses/"' in text(client.get("/"))
    client.force_login(people.petition)
    assert 'href="/misuses/"' not in text(client.get("/"))


def test_no_page_carries_inline_script_or_style(finance, row):
    for path in (
        "/",
        "/misuses/",
        f"/story/{row.public_id}/",
        "/story/new/",
        "/account/",
        "/notifications/",
        "/search/",
    ):
        page = finance.get(path)
        assert page.status_code == 200, path
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text(page)), path
        assert "unsafe" not in page.headers["Content-Security-Policy"]


def test_the_inbox_shows_ones_own_messages_and_marks_them_read(finance, people, row):
    note = Notification.objects.create(
        user=people.finance, key="a", kind="due", text="还有 3 天到期。", url="/misuses/"
    )
    other = Notification.objects.create(
        user=people.neighbour, key="b", kind="due", text="别人的消息。", url="/"
    )
    page = text(finance.get("/notifications/"))
    assert "还有 3 天到期。" in page
    assert "别人的消息" not in page
    assert finance.post(f"/notifications/{note.public_id}/open/").url == "/misuses/"
    note.refresh_from_db()
    assert note.read_at
    assert finance.post(f"/notifications/{other.public_id}/open/").status_code == 404
    assert "没有未读消息" in text(finance.get("/notifications/"))
    assert "还有 3 天到期。" in text(finance.get("/notifications/?tab=all"))


def test_a_message_never_leads_out_of_this_site(finance, people):
    note = Notification.objects.create(
        user=people.finance, key="a", kind="x", text="x", url="https://example.org/"
    )
    assert finance.post(f"/notifications/{note.public_id}/open/").url == "/notifications/"


def test_all_messages_are_read_at_once(finance, people):
    for n in range(3):
        Notification.objects.create(user=people.finance, key=str(n), kind="x", text="x", url="/")
    finance.post("/notifications/read-all/")
    assert not Notification.objects.filter(user=people.finance, read_at=None).exists()


def test_a_region_is_found_by_any_syllable_and_only_in_ones_scope(finance, people):
    found = finance.get("/choose/regions/?q=石桥").json()["results"]
    assert [one["value"] for one in found] == [factories.VILLAGE]
    assert found[0]["text"].endswith("柳溪镇 / 石桥坳村")
    assert finance.get("/choose/regions/?q=柳溪 坳").json()["results"] == found
    assert finance.get("/choose/regions/?q=松涛").json()["results"] == []
    for odd in ("", "%00", "x" * 3000, "' OR 1=1 --", "％"):
        assert finance.get(f"/choose/regions/?q={odd}").status_code == 200


def test_units_are_found_by_name_within_scope(finance, people):
    names = [one["text"] for one in finance.get("/choose/units/?q=农业").json()["results"]]
    assert names == ["县农业农村局"]
    assert finance.get("/choose/units/?q=松涛").json()["results"] == []
    assert finance.get("/choose/units/?q=监督&kinds=answering").json()["results"] == []


def test_the_search_passes_through_scope(client, people, row):
    client.force_login(people.finance)
    found = text(client.get(f"/search/?q={row.number[-6:]}"))
    assert f"/misuses/{row.public_id}/" in found
    assert f"<mark>{row.number[-6:]}</mark>" in found
    client.force_login(people.neighbour)
    assert f"/misuses/{row.public_id}/" not in text(client.get(f"/search/?q={row.number[-6:]}"))
    assert client.get("/search/?q=%00").status_code == 200


def test_an_unknown_address_says_nothing_of_what_exists(finance):
    answer = finance.get("/no/such/page/")
    assert answer.status_code == 404
    assert "没有找到" in text(answer)


def test_a_refusal_counts_nothing(client, people, django_assert_max_num_queries):
    """Whoever tries addresses in a row costs no counting: the sections stand there without their numbers."""
    client.force_login(people.casemgr)
    home = client.get("/").content.decode()
    with django_assert_max_num_queries(8):
        answer = client.get("/leads/nothing-of-the-kind/")
    assert answer.status_code == 404
    sections = [re.findall(r'<a href="(/[a-z-]+/)"', page.split('class="rail"')[1].split("</nav>")[0])
                for page in (home, answer.content.decode())]  # fmt: skip
    assert sections[0] == sections[1] != []
