"""The browser's door: every form of an item, and what it says when something is missing or wrong."""

from datetime import timedelta

import pytest

from rectification.models import Item, State
from tests.rectification.makers import again, at, finding, paper, photo

ROWS = {"measures-TOTAL_FORMS": "1", "measures-INITIAL_FORMS": "0"}


def page(client, account, address, data=None):
    client.force_login(account)
    return client.post(address, data) if data is not None else client.get(address)


def go(client, account, item, verb, **data):
    """Press a verb on its page; the record as it is then."""
    answer = page(client, account, f"{item.get_absolute_url()}{verb}/", data)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return again(item)


def new(cast, **change):
    return {
        "source": "audit", "paper": paper(cast).number, "problem_class": "资金使用", "aspect": "拨付", "problem": "资金滞留",
        "main_unit": "柳溪镇人民政府", "lead_unit": "县农业农村局", "due_on": "2027-06-30", "measures-0-text": "逐户兑付",
        **ROWS, **change,
    }  # fmt: skip


def test_the_whole_way_over_pages(cast, client):
    answer = page(client, cast.inspector1, "/items/new/", new(cast))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    item = Item.objects.get()
    assert item.measures.get().text == "逐户兑付"
    go(client, cast.inspector1, item, "issue")
    go(client, cast.official, item, "accept")
    measure = item.measures.get()
    go(client, cast.official, item, "report", measure=measure.public_id, text="已兑付", measure_done="on", kind="receipt",
       photos=photo())  # fmt: skip
    assert (
        "您将对以下内容签署"
        in page(client, cast.unithead, f"{item.get_absolute_url()}apply/").content.decode()
    )
    go(client, cast.unithead, item, "apply", note="请予销号")
    go(client, cast.sector, item, "review", note="属实")
    item = go(client, cast.inspector2, item, "verify", note="通过", documents_found="名单一致")
    assert item.state == State.CLOSED
    shown = page(client, cast.official, item.get_absolute_url()).content.decode()
    for word in ("逐户兑付", "已兑付", "签署有效", "复核验收", "1/1（100%）", "?thumb=1"):
        assert word in shown, word


@pytest.mark.parametrize(
    ("state", "who", "verb", "data"),
    [
        ("accepted", "official", "request_extension", {"until": "2028-01-01", "reason": "汛期"}),
        ("accepted", "inspector1", "mark_long_term", {"stage_goal": "每季度宣讲"}),
        ("accepted", "casemgr", "press", {"note": "请抓紧"}),
        ("sector_reviewed", "inspector2", "send_back", {"note": "照片角度不同"}),
        ("closed", "leader", "reopen", {"note": "反弹", "due_on": "2028-01-01"}),
        ("accepted", "official", "add_measure", {"text": "再加一条"}),
        ("accepted", "official", "add_result", {"text": "举一反三"}),
        ("accepted", "inspector1", "edit", {
            "problem_class": "资金", "aspect": "拨付", "problem": "改", "main_unit": "柳溪镇人民政府",
            "lead_unit": "县农业农村局",
        }),
    ],
)  # fmt: skip
def test_every_verb_has_a_page_that_opens_and_works(cast, client, state, who, verb, data):
    item = at(cast, state)
    address = f"{item.get_absolute_url()}{verb.replace('_', '-')}/"
    assert page(client, getattr(cast, who), address).status_code == 200
    before = item.version
    assert go(client, getattr(cast, who), item, verb, **data).version > before


def test_parts_are_changed_on_their_pages(cast, client):
    item = at(cast, "rectifying")
    measure, result, evidence = item.measures.first(), item.results.first(), item.evidence.first()
    opened = page(
        client, cast.official, f"{item.get_absolute_url()}edit_measure/?measure={measure.public_id}"
    )
    assert measure.text in opened.content.decode()
    go(
        client,
        cast.official,
        item,
        "edit_measure",
        measure=measure.public_id,
        text="改了的措施",
        state="done",
    )
    go(client, cast.official, item, "edit_result", result=result.public_id, text="改了的成效")
    go(
        client,
        cast.official,
        item,
        "add_evidence",
        measure=measure.public_id,
        kind="rule",
        papers=photo(colour=(4, 4, 4)),
    )
    go(client, cast.official, item, "remove_evidence", evidence=evidence.public_id, note="重复")
    shown = page(client, cast.official, item.get_absolute_url()).content.decode()
    for word in ("改了的措施", "改了的成效", "原为：第1条措施", "新建制度"):
        assert word in shown, word


def test_the_request_for_more_time_is_decided_on_its_page(cast, client):
    item = at(cast, "accepted")
    until = (item.due_on + timedelta(days=20)).isoformat()
    go(client, cast.official, item, "request_extension", until=until, reason="汛期停工")
    opened = page(client, cast.inspector1, f"{item.get_absolute_url()}decide_extension/").content.decode()
    assert "汛期停工" in opened
    assert (
        go(client, cast.inspector1, item, "decide_extension", granted="yes", note="同意").due_on > item.due_on
    )


def test_the_record_says_what_is_missing_with_links(cast, client):
    item = at(cast, "accepted")
    shown = page(client, cast.official, item.get_absolute_url()).content.decode()
    assert "第 1 条措施还没有成效和佐证材料。" in shown
    assert f"{item.get_absolute_url()}report/?measure={item.measures.first().public_id}" in shown
    assert "0/2（0%）" in shown
    refused = page(client, cast.unithead, f"{item.get_absolute_url()}apply/", {"note": "x"})
    assert refused.status_code == 422
    assert "还没有报过进展" in refused.content.decode()


def test_a_verb_out_of_its_time_or_hands_says_why(cast, client):
    item = at(cast, "accepted")
    assert page(client, cast.sector, f"{item.get_absolute_url()}review/").status_code == 409
    assert page(client, cast.official, f"{item.get_absolute_url()}apply/").status_code == 403
    assert page(client, cast.official, f"{item.get_absolute_url()}apply/", {"note": ""}).status_code == 403


def test_a_stale_edit_shows_both_values(cast, client):
    item = at(cast, "accepted")
    data = {
        "problem_class": "资金", "aspect": "拨付", "problem": "我的说法", "main_unit": "柳溪镇人民政府",
        "lead_unit": "县农业农村局", "expected_version": item.version,
    }  # fmt: skip
    go(client, cast.casemgr, item, "edit", **(data | {"problem": "他的说法", "expected_version": ""}))
    refused = page(client, cast.inspector1, f"{item.get_absolute_url()}edit/", data)
    assert refused.status_code == 412
    body = refused.content.decode()
    assert "我的说法" in body
    assert "他的说法" in body


def test_a_double_click_reports_once(cast, client):
    item = at(cast, "accepted")
    data = {"text": "进展", "kind": "photo_after", "once": "abcdefghijkl"}
    for _ in range(2):
        go(client, cast.official, item, "report", **data)
    assert item.reports.count() == 1


def test_the_form_of_a_finding_is_filled(cast, client):
    found = finding(cast)
    opened = page(client, cast.patroloffice, f"/items/new/?finding={found.public_id}").content.decode()
    assert found.number in opened
    assert found.text in opened
    data = new(cast, source="finding", finding=found.number, paper="")
    assert page(client, cast.patroloffice, "/items/new/", data).status_code == 302
    assert Item.objects.get().finding == found
    assert page(client, cast.patroloffice, "/items/new/", new(cast)).status_code == 400


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"problem": ""}, "请填写"),
        ({"problem": "坏\x00字"}, "控制字符"),
        ({"aspect": "长" * 201}, "最多 200 字"),
        ({"main_unit": "没有这个单位"}, "没有找到"),
        ({"main_unit": "松涛镇人民政府"}, "没有找到"),
        ({"due_on": "2026-02-30"}, "没有这一天"),
        ({"due_on": "1066-01-01"}, "1949"),
        ({"due_on": "2020-01-01"}, "不能早于今天"),
        ({"source": "nonsense"}, "选"),
        ({"source": "lead", "paper": ""}, "请选择问题线索"),
        ({"paper": ""}, "请选择反馈文件"),
        ({"source": "superior"}, "与问题来源不一致"),
        ({"source": "misuse", "paper": ""}, "请选择违规资金"),
        ({"source": "lead", "lead": "没有的编号"}, "没有找到这个编号"),
        ({"misuses": "990101-ZJ-9999、x\x00"}, "没有找到这个编号"),
        ({"measures-0-text": "x\x01"}, "控制字符"),
    ],
)
def test_bad_input_is_refused_in_words_and_kept(cast, client, change, words):
    answer = page(client, cast.inspector1, "/items/new/", new(cast) | change)
    assert answer.status_code in (400, 422), answer.status_code
    body = answer.content.decode()
    assert words in body
    assert "资金滞留" in body or "problem" in change
    assert not Item.objects.exists()


def test_full_width_dates_emoji_and_long_texts_are_taken(cast, client):
    text = "🌾整改" * 40_000
    answer = page(
        client, cast.inspector1, "/items/new/", new(cast, due_on="２０２７年６月３０日", problem=text)
    )
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    item = Item.objects.get()
    assert (item.due_on.isoformat(), item.problem) == ("2027-06-30", text)
    assert page(client, cast.inspector1, item.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("photo.jpg", b"MZ not a photo", "JPG"), ("a.jpg", b"", "空"), ("b.pdf", b"\xff\xd8\xff\x00", "损坏")],
)
def test_lying_files_are_refused_and_nothing_is_kept(cast, client, name, content, words):
    from django.core.files.uploadedfile import SimpleUploadedFile

    item = at(cast, "accepted")
    said = {"text": "x", "kind": "photo_after", "photos": SimpleUploadedFile(name, content)}
    answer = page(client, cast.official, f"{item.get_absolute_url()}report/", said)
    assert answer.status_code in (400, 422)
    assert words in answer.content.decode()
    assert not item.reports.exists()


BAD_BODIES = [
    {}, {"text": None}, {"text": 5}, {"text": ["x"]}, {"text": "x", "measure": 7}, {"text": "x", "measure": "nope"},
    {"text": "x", "completion": "closed"}, {"text": "x", "unknown": 1}, {"text": "x", "measure_done": "maybe"},
    {"text": "x" * 20_001}, {"text": "坏\x00"}, {"text": "x", "period": "p" * 41}, [], "x",
]  # fmt: skip


@pytest.mark.parametrize("body", BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_bad_bodies_are_400_over_rest(cast, client, body):
    item = at(cast, "accepted")
    client.force_login(cast.official)
    answer = client.post(f"/api/v1/items/{item.public_id}/report/", body, content_type="application/json")
    assert answer.status_code == 400, answer.content
    assert {"code", "message", "field"} <= set(answer.json())


def test_the_home_page_and_the_phone_list_lead_to_the_work(cast, client):
    item = at(cast, "accepted")
    home = page(client, cast.official, "/").content.decode()
    assert item.number in home
    assert "整改并报告进展" in home
    assert (
        f"{item.get_absolute_url()}report/" in page(client, cast.official, "/items/report/").content.decode()
    )
    assert item.number not in page(client, cast.neighbour, "/").content.decode()
    found = page(client, cast.official, "/search/?q=" + item.number).content.decode()
    assert item.get_absolute_url() in found


def test_signed_out_people_are_sent_to_the_door(cast, client):
    item = at(cast, "accepted")
    for path in ("", "report/"):
        answer = client.post(f"{item.get_absolute_url()}{path}", {"text": "x"})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")
    assert client.get(f"/api/v1/items/{item.public_id}/").status_code == 401
