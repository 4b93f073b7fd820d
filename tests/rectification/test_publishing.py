"""公示、异议、归档、反弹: what lies between the verification and the closing, and what comes after."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Clock, Notification
from rectification import services
from rectification.models import Closing, Item, Objection, Publication, VerificationWay
from rectification.standing import conditions
from tests.factories import fresh
from tests.rectification.makers import SEEN, again, api, at, draft

WORDS = "老张说补助款没发到户"


def objection(cast, item):
    services.register_objection(
        again(item), by=fresh(cast.inspector1), received_on=moment.today(), by_whom="张某", text=WORDS
    )
    return item.objections.last()


def test_a_published_item_is_closed_when_the_days_are_up_and_no_objection_is_open(
    cast, client, time_machine_at
):
    item = at(cast, "sector_reviewed", days=3)
    office, path = api(client, cast.inspector1), f"items/{item.public_id}"
    assert office.post(f"{path}/set_publication/", {"note": "x", "days": 5}).json()["field"] == "place"
    said = {"note": "群众关注", "days": 5, "place": "村务公开栏"}
    bulk = office.post("items/bulk/set_publication/", said | {"ids": [item.number]}).json()
    assert bulk["results"][0]["ok"]
    row = services.verify(again(item), by=cast.inspector2, note="通过", **SEEN)
    assert (row.state, row.closed_on, item.closings.count()) == ("public_notice", None, 0)
    assert Clock.objects.of(item).open().get().code == "item.publication"
    told = office.post(f"{path}/close/", {}).json()
    assert (told["code"], told["mend"][-13:]) == ("close.period", "#publications")
    with time_machine_at(days=2):
        one = objection(cast, item)
    with time_machine_at(days=7):  # past the date of the item: the days of the publication are not the unit's
        assert not Item.objects.overdue(moment.today()).exists()
        assert not Item.objects.filter(conditions()["late"]).exists()
        client.force_login(fresh(cast.inspector1))
        for where in ("/items/", item.get_absolute_url(), "/"):
            shown = client.get(where).content.decode()
            assert "公示期满，有异议" in shown, where
            assert "超期 2 天" not in shown, where
        assert Item.objects.waiting_for(fresh(cast.inspector1)).get() == item
        with pytest.raises(RuleBroken, match="还没有答复"):
            services.close(again(item), by=fresh(cast.inspector1))
        with pytest.raises(NotAllowed, match="其他人员"):
            services.dismiss_objection(again(item), by=fresh(cast.inspector2), objection=one, note="x")
        with pytest.raises(RuleBroken, match="理由"):
            services.dismiss_objection(again(item), by=fresh(cast.leader), objection=one, note=" ")
        # who objected, and what he said, is for few
        for who, knows in ((cast.inspector1, True), (cast.unithead, False), (cast.sector, False)):
            client.force_login(who)
            texts = (
                client.get(item.get_absolute_url()).content.decode()
                + client.get(f"/api/v1/{path}/").content.decode()
            )
            assert (WORDS in texts, "张某" in texts) == (knows, knows)
        assert not Notification.objects.filter(text__contains="张某").exists()
        services.dismiss_objection(again(item), by=fresh(cast.leader), objection=one, note="已发到户，有回单")
        VerificationWay.objects.update(found="偷改")
        with pytest.raises(RuleBroken, match="签署已失效"):
            services.close(again(item), by=fresh(cast.inspector1))
        VerificationWay.objects.update(found=SEEN["documents_found"])
        assert "公示期满，待销号" in client.get("/items/").content.decode()
        closed = services.close(again(item), by=fresh(cast.inspector1), note="期满无异议")
    assert (closed.state, closed.closed_late) == ("closed", False)
    standing = item.closings.get()
    assert (standing.verified_on, standing.closed_on) == (moment.today(), moment.today() + timedelta(days=7))
    assert not Clock.objects.of(item).open().exists()


def test_an_upheld_objection_sends_it_back_and_nothing_unchanged_comes_again(cast, client, time_machine_at):
    item = at(cast, "public_notice")
    one, due = objection(cast, item), moment.today() + timedelta(days=40)
    leader = api(client, cast.leader)
    said = {"objection": one.public_id, "note": "属实，补发到户", "due_on": str(moment.today())}
    assert leader.post(f"items/{item.public_id}/uphold_objection/", said).json()["field"] == "due_on"
    done = leader.post(f"items/{item.public_id}/uphold_objection/", said | {"due_on": str(due)}).json()
    assert (done["state"], done["due_on"], [s["valid"] for s in done["signatures"]]) == (
        "rectifying", str(due), [False] * 3
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="完全相同"):
        services.apply(again(item), by=cast.unithead)
    services.add_result(again(item), by=cast.official, text="已补发", figures="3 户")
    services.apply(again(item), by=cast.unithead)
    services.review(again(item), by=cast.sector)
    services.verify(again(item), by=cast.inspector2, **SEEN)
    assert [(p.no, p.upheld) for p in item.publications.all()] == [(1, True), (2, False)]


def test_what_is_filed_is_only_opened_again_and_a_recurrence_cites_it(cast, client):
    item = at(cast, "closed", measures=1)
    with pytest.raises(RuleBroken) as refused:
        services.archive(again(item), by=cast.inspector1, pages=0, place="档案室")
    assert refused.value.field == "pages"
    client.force_login(cast.inspector1)
    page = f"{item.get_absolute_url()}archive/"
    assert client.post(page, {"pages": "36", "place": "档案室 3 柜"}).status_code == 302
    with pytest.raises(WrongState, match="已经归档"):
        services.archive(again(item), by=cast.inspector1, pages=3, place="别处")
    due = moment.today() + timedelta(days=30)
    services.reopen(again(item), by=cast.leader, note="反弹", due_on=due)
    old = item.closings.get()
    assert (again(item).archived_on, old.pages, old.place) == (None, 36, "档案室 3 柜")
    services.apply(again(item), by=cast.unithead)
    services.review(again(item), by=cast.sector)
    services.verify(again(item), by=cast.inspector2, **SEEN)
    assert (Item.objects.closed().count(), Closing.objects.count()) == (1, 2)
    # a new item for the same trouble cites the old one; both count as one 反弹
    other = at(cast, "accepted")
    with pytest.raises(RuleBroken, match="没有销过号"):
        draft(cast, recurrence_of=other)
    away = cast.otherhead.current_posts()[0].unit
    with pytest.raises(RuleBroken, match="同一主责单位"):
        draft(cast, recurrence_of=again(item), main_unit=away)
    again_so = draft(cast, recurrence_of=again(item))
    assert Item.objects.relapsed().get() == item
    assert len(api(client, cast.inspector1).get("items/", relapsed="true").json()["results"]) == 1
    assert again_so.number in client.get(item.get_absolute_url()).content.decode()
    assert item.number in client.get(again_so.get_absolute_url()).content.decode()
    told = api(client, cast.unithead).get(f"items/{item.public_id}/").json()
    assert told["recurrences"] == []  # a draft is not theirs to know of


BROKEN = {
    "publication_no_once": lambda p: Publication.objects.create(
        item=p.item, no=p.no, place="x", verified_on=p.verified_on, starts_on=p.starts_on, ends_on=p.ends_on,
        ended_on=p.ends_on + timedelta(days=1),
    ),
    "one_running_publication": lambda p: Publication.objects.create(
        item=p.item, no=9, place="x", verified_on=p.verified_on, starts_on=p.starts_on, ends_on=p.ends_on
    ),
    "publication_in_order": lambda p: Publication.objects.update(ends_on=p.starts_on),
    "publication_ends_after_its_days": lambda p: Publication.objects.update(ended_on=p.ends_on),
    "objection_no_once": lambda p: Objection.objects.create(
        item=p.item, publication=p, no=1, received_on=p.starts_on, text="x", registered_by_id=p.item.opened_by_id
    ),
    "objection_answered_iff_decided": lambda p: Objection.objects.update(state="dismissed"),
    "closing_verified_before_closed": lambda p: Closing.objects.update(verified_on=date(2100, 1, 1)),
    "closing_filed_whole": lambda p: Closing.objects.update(pages=3),
    "item_archived_after_closed": lambda p: Item.objects.filter(pk=p.item_id).update(archived_on=moment.today()),
    "item_publication_says_where": lambda p: Item.objects.filter(pk=p.item_id).update(publication_place=""),
    "item_recurs_from_another": lambda p: Item.objects.filter(pk=p.item_id).update(recurrence_of=p.item_id),
    "item_closed_iff_dated_and_signed": lambda p: Item.objects.filter(pk=p.item_id).update(verifier=None),
}  # fmt: skip


def test_the_database_refuses_what_no_verb_would_write(cast):
    item = at(cast, "public_notice")
    at(cast, "closed")
    objection(cast, item)
    names = {c.name for model in (Publication, Objection) for c in model._meta.constraints}
    assert names <= set(BROKEN)
    period = item.publications.get()
    for name, harm in BROKEN.items():
        with pytest.raises(IntegrityError) as found, transaction.atomic():
            harm(period)
        assert name in str(found.value) or "UNIQUE" in str(found.value), name
