"""工作批注: said beside a record, to those who see it and nobody else; never edited, withdrawn in the open, proven."""

import json

import pytest
from django.test import Client
from rest_framework.test import APIClient

from povertyaudit.core import comments
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import AuditEntry, AuditValue, Change, Comment, Notification
from povertyaudit.core.verify import verify
from tests import factories
from tests.cases.conftest import Maker
from tests.core.machines import machine
from tests.inspections import makers as rounds
from tests.rectification import makers as items

pytestmark = pytest.mark.django_db
SAID = "请核对补助发放花名册"


@pytest.fixture
def lead(people):
    return Maker(people)("dispatched")


def door(user):
    web = Client()
    web.force_login(user)
    return web


def page(user, row):
    return door(user).get(row.get_absolute_url()).content.decode()


def told(user):
    return list(Notification.objects.filter(user=user, kind="comment.mention"))


def test_a_comment_stands_on_the_record_for_those_who_see_it_at_both_doors(people, lead):
    answer = door(people.inspector1).post(f"{lead.get_absolute_url()}comment/", {"text": SAID})
    assert answer.headers["Location"] == f"{lead.get_absolute_url()}#comments"
    assert SAID in page(people.casemgr, lead)
    thread = machine(people.leader).get(f"/api/v1/leads/{lead.public_id}/comments/").json()
    assert [(one["text"], one["author"], one["state"]) for one in thread] == [
        (SAID, "inspector1某", "written")
    ]
    made = machine(people.leader).post(
        f"/api/v1/leads/{lead.public_id}/comments/", {"text": "同意"}, format="json"
    )
    assert made.status_code == 201
    assert "同意" in page(people.inspector1, lead)


def test_outside_the_record_nothing_of_it_is_to_be_had(people, lead):
    comment, _ = comments.write(lead, by=people.inspector1, text=SAID)
    for name in ("neighbour", "investigator", "official", "sysadmin", "auditor"):
        user = getattr(people, name)
        for address in ("comments/", "mention/?q=某"):
            assert machine(user).get(f"/api/v1/leads/{lead.public_id}/{address}").status_code == 404
        assert door(user).get(f"{lead.get_absolute_url()}mention/?q=某").status_code == 404
        assert door(user).post(f"{lead.get_absolute_url()}comment/", {"text": "x"}).status_code == 404
        assert door(user).post(f"/comments/{comment.public_id}/withdraw/").status_code == 404
        assert machine(user).post(f"/api/v1/comments/{comment.public_id}/withdraw/").status_code == 404
        assert not Comment.objects.visible_to(factories.fresh(user)).exists()


def test_it_changes_nothing_of_the_record_and_leaves_one_entry_and_one_change(people):
    item = items.at(items.people(), "closure_applied")
    etag = machine(people.sector).get(f"/api/v1/items/{item.public_id}/").headers["ETag"]
    entries, changes = AuditEntry.objects.of(item).count(), Change.objects.count()
    comment, _ = comments.write(item, by=people.official, text=SAID)
    assert AuditEntry.objects.of(item).count() == entries + 1
    assert Change.objects.count() == changes + 1
    assert Change.objects.latest("pk").row_id == comment.public_id
    answer = machine(people.sector).get(f"/api/v1/items/{item.public_id}/")
    assert answer.headers["ETag"] == etag
    assert all(one["valid"] for one in answer.json()["signatures"])
    kept = machine(people.sector).post(
        f"/api/v1/items/{item.public_id}/review/",
        {"note": "审核属实"},
        format="json",
        headers={"If-Match": etag},
    )
    assert kept.status_code == 200, kept.json()


def test_the_chain_holds_a_salted_digest_and_proves_text_and_withdrawal(people, lead):
    comment, _ = comments.write(lead, by=people.inspector1, text=SAID)
    entry = AuditEntry.objects.of(lead).latest("seq")
    assert SAID not in json.dumps([entry.changes, entry.sealed_values, entry.state], ensure_ascii=False)
    assert list(entry.sealed_values) == [f"comment:{comment.public_id}"]
    comments.withdraw(comment, by=people.inspector1)
    assert verify().broken == []
    AuditValue.objects.filter(field__startswith="comment:").update(value="别的话")
    assert any("内容被改动" in line for line in verify().broken)
    AuditValue.objects.filter(field__startswith="comment:").update(value=SAID)
    Comment.objects.update(withdrawn_at=None)
    assert any("工作批注" in line and "被改动" in line for line in verify().broken)


def test_withdrawn_it_stays_without_its_text_and_only_its_author_can(people, lead):
    comment, _ = comments.write(lead, by=people.inspector1, text=SAID)
    address = f"/comments/{comment.public_id}/withdraw/"
    assert door(people.casemgr).get(address).status_code == 403
    assert door(people.casemgr).post(address).status_code == 403
    assert SAID in door(people.inspector1).get(address).content.decode()
    assert door(people.inspector1).post(address).status_code == 302
    seen = page(people.casemgr, lead)
    assert SAID not in seen
    assert "已由本人于" in seen
    one = machine(people.casemgr).get(f"/api/v1/leads/{lead.public_id}/comments/").json()[0]
    assert (one["text"], one["state"], one["actions"]) == (None, "withdrawn", [])
    assert door(people.inspector1).get(address).status_code == 409
    again = machine(people.inspector1).post(f"/api/v1{address}")
    assert (again.status_code, again.json()["code"]) == (409, "comment.withdrawn")
    with pytest.raises(WrongState):
        comments.withdraw(comment, by=people.inspector1)


def test_the_record_of_acts_names_the_act_and_never_tells_the_text(people, lead):
    comments.write(lead, by=people.inspector1, text=SAID)
    assert page(people.casemgr, lead).count(SAID) == 1  # in the thread, not among the acts
    for name in ("casemgr", "auditor"):
        listed = machine(getattr(people, name)).get("/api/v1/audit/?limit=5000").content.decode()
        assert "comment.write" in listed
        assert SAID not in listed
    assert SAID not in door(people.auditor).get("/audit/").content.decode()
    assert "写工作批注" in door(people.auditor).get("/audit/").content.decode()


def test_it_is_in_no_ledger_no_search_and_no_list(people, lead):
    comments.write(lead, by=people.inspector1, text=SAID)
    api, web = machine(people.casemgr), door(people.casemgr)
    for kind in ("csv", "ndjson"):
        assert SAID not in b"".join(api.get(f"/api/v1/leads/ledger.{kind}").streaming_content).decode()
    assert api.get(f"/api/v1/leads/?q={SAID}").json()["results"] == []
    assert SAID not in web.get("/leads/").content.decode()
    assert lead.number not in web.get(f"/search/?q={SAID}").content.decode()


def test_a_comment_for_ones_own_unit_is_seen_there_only(people):
    item = items.at(items.people(), "accepted")
    post = {"text": SAID, "own_unit_only": "on"}
    assert door(people.inspector1).post(f"{item.get_absolute_url()}comment/", post).status_code == 302
    assert "仅第一监督检查室可见" in page(people.inspector2, item)
    for name in ("casemgr", "official", "sector", "secretary"):
        assert SAID not in page(getattr(people, name), item), name
        assert machine(getattr(people, name)).get(f"/api/v1/items/{item.public_id}/comments/").json() == []
    comment = Comment.objects.get()
    for name, sees in (("inspector2", True), ("casemgr", False), ("official", False)):
        rows = Comment.objects.visible_to(factories.fresh(getattr(people, name)))
        assert rows.filter(pk=comment.pk).exists() == sees


@pytest.mark.parametrize("text", [
    "身份证 52010119800101123X 已核", "电话13800138000", "电话１３８ ００１３ ８０００", "打 138-0013-8000 联系",
])  # fmt: skip
def test_an_identity_or_telephone_number_is_refused_and_nothing_is_lost(people, lead, text):
    answer = door(people.inspector1).post(f"{lead.get_absolute_url()}comment/", {"text": text})
    assert answer.status_code == 422
    assert "批注里不能写身份证号或手机号" in answer.content.decode()
    assert text in answer.content.decode()
    api = machine(people.inspector1).post(
        f"/api/v1/leads/{lead.public_id}/comments/", {"text": text}, format="json"
    )
    assert (api.status_code, api.json()["field"]) == (422, "text")
    assert not Comment.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "长" * 2001, "\u202e反", "@" * 50, "@某" * 21])
def test_what_is_no_comment_is_refused_with_a_sentence(people, lead, text):
    web = door(people.inspector1).post(f"{lead.get_absolute_url()}comment/", {"text": text})
    api = machine(people.inspector1).post(
        f"/api/v1/leads/{lead.public_id}/comments/", {"text": text}, format="json"
    )
    assert {web.status_code, api.status_code} <= {400, 422}
    assert api.json()["field"] == "text"


def test_programs_and_officers_only_read(people, lead):
    comments.write(lead, by=people.inspector1, text=SAID)
    api = machine(people.ledgerclient)
    assert api.get(f"/api/v1/leads/{lead.public_id}/comments/").json()[0]["text"] == SAID
    assert (
        api.post(f"/api/v1/leads/{lead.public_id}/comments/", {"text": "x"}, format="json").status_code == 403
    )
    with pytest.raises(NotAllowed):
        comments.write(lead, by=people.auditor, text="x")


def test_comments_on_a_secret_round_leave_no_trace_outside_the_team(people):
    secret = rounds.round_(people, secret=True)
    found = rounds.finding(people, secret)
    for row in (secret, found):
        comment, said = comments.write(row, by=people.patrol1, text=f"{SAID} @casemgr某 @secretary某")
        assert [user.username for user in said.people] == ["secretary"]
        assert SAID in page(people.patroloffice, row)
        for name in ("casemgr", "leader", "patrol2", "ledgerclient"):
            user = getattr(people, name)
            assert not told(user)
            assert not Comment.objects.visible_to(factories.fresh(user)).exists()
            assert machine(user).post(f"/api/v1/comments/{comment.public_id}/withdraw/").status_code == 404
    assert "comment.write" not in machine(people.auditor).get("/api/v1/audit/?limit=5000").content.decode()
    assert all(SAID not in one.text and secret.name not in one.text for one in told(people.secretary))


def test_every_kind_of_dossier_takes_comments(people):
    cast = items.people()
    rows = [rounds.round_(people), items.misuse(cast), items.at(cast, "issued")]
    rows.append(rounds.finding(people, rows[0]))
    for row in rows:
        comments.write(row, by=people.leader, text=SAID)
        assert SAID in page(people.leader, row)


def test_a_thread_of_ten_costs_what_a_thread_of_one_costs(people, lead, django_assert_max_num_queries):
    for number in range(10):
        comments.write(lead, by=people.inspector1, text=f"第 {number} 条 @casemgr某")
    with django_assert_max_num_queries(1):
        thread = comments.thread(lead, people.inspector1)
        assert [render_of(one) for one in thread][0] == "第 0 条 @casemgr某"


def render_of(comment):
    return comment.text if comment.author.display_name else ""


def test_two_presses_are_one_comment(people, lead):
    web = door(people.inspector1)
    for _ in range(2):
        web.post(f"{lead.get_absolute_url()}comment/", {"text": SAID, "once": "one-press"})
    assert Comment.objects.count() == 1


def test_a_repeated_key_is_one_comment(people, lead):
    api = APIClient()
    api.force_authenticate(people.inspector1)
    for _ in range(2):
        api.post(
            f"/api/v1/leads/{lead.public_id}/comments/", {"text": SAID}, format="json",
            headers={"Idempotency-Key": "k1"},
        )  # fmt: skip
    assert Comment.objects.count() == 1


def test_an_empty_comment_is_refused_by_the_service_too(people, lead):
    with pytest.raises(RuleBroken):
        comments.write(lead, by=people.inspector1, text=" ")
