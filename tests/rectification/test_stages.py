"""Items kept up for good run by stages: each reported on and signed, none closed by time, the list says how many were met."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from povertyaudit.core import moment, rows
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Clock
from rectification import services
from rectification.models import Stage, State
from tests import factories
from tests.rectification import makers
from tests.rectification.makers import again, api, at

pytestmark = pytest.mark.django_db


def test_stage_by_stage_through_both_doors(cast, client, time_machine_at):
    item = at(cast, "long_term")
    first = item.stages.get()
    assert (first.no, first.goal, first.due_on, first.outcome) == (
        1,
        "每季度宣讲一次",
        item.next_stage_on,
        "",
    )
    door = api(client, cast.official)
    assert door.post(f"items/{item.public_id}/report_stage/", {"result": "x", "met": True}).status_code == 403
    with time_machine_at(days=120):
        head = factories.fresh(cast.unithead)
        client.force_login(head)
        assert item.number in client.get("/items/?tab=mine").content.decode()
        address = f"{item.get_absolute_url()}report_stage/"
        assert "每季度宣讲一次" in client.get(address).content.decode()
        assert client.post(address, {"result": " ", "met": "yes"}).status_code == 400
        with pytest.raises(RuleBroken) as refused:
            services.report_stage(item, by=head, result=" ", met=True)
        assert refused.value.field == "result"
        assert client.post(address, {"result": "宣讲 20 场", "met": "yes"}).status_code == 302
        told = api(client, head).post(
            f"items/{item.public_id}/report_stage/", {"result": "停了一季", "met": False}
        )
        assert told.status_code == 200, told.content
        assert [one["outcome"] for one in told.json()["stages"]] == ["met", "not_met", ""]
        page = client.get(item.get_absolute_url()).content.decode()
        assert all(words in page for words in ("（超期）", "没有达到", "宣讲 20 场"))
        assert [one["valid"] for one in told.json()["stages"]] == [True, True, None]
        assert "签署已失效" not in page
        reported = item.stages.get(no=1)
        Stage.objects.filter(pk=reported.pk).update(result="宣讲 200 场")  # past every verb
        assert client.get(item.get_absolute_url()).content.decode().count("签署已失效") == 1
        shown = api(client, head).get(f"items/{item.public_id}/").json()["stages"]
        assert [one["valid"] for one in shown] == [False, True, None]
        reported.refresh_from_db()
        with transaction.atomic():  # a verb that changed it would leave its name
            rows.write(rows.lock(again(item)), verb="item.set_stage", by=head, saved=[reported])
        assert reported.signature.voided_verb == "item.set_stage"
        body = {
            "stage_goal": "每月宣讲一次",
            "next_stage_on": (moment.today() + timedelta(days=30)).isoformat(),
            "note": "加密",
        }
        inspector = factories.fresh(cast.inspector1)
        assert api(client, inspector).post(f"items/{item.public_id}/set_stage/", body).status_code == 200
        late = body | {"next_stage_on": moment.today().isoformat()}
        refused = api(client, inspector).post(f"items/{item.public_id}/set_stage/", late)
        assert (refused.status_code, refused.json()["field"]) == (422, "next_stage_on")
        row = again(item)
        running = Clock.objects.of(row).running().get()
        assert (running.code, running.due_on, row.stage_goal) == (
            "item.stage",
            row.next_stage_on,
            "每月宣讲一次",
        )
        assert row.state == State.LONG_TERM
        at(cast, "issued")
        shown = client.get("/long-term/").content.decode()
        assert all(
            words in shown for words in (item.number, "第 3 阶段：每月宣讲一次", "1/2（50%）", "共 1 条")
        )


def test_a_stage_ends_unasked_when_the_item_is_applied_for_or_taken_back(cast, time_machine_at):
    item = makers.shown(cast, at(cast, "accepted", days=30))
    services.mark_long_term(item, by=cast.inspector1, stage_goal="管护到位")
    with time_machine_at(days=60):
        who = {name: factories.fresh(getattr(cast, name)) for name in ("unithead", "sector", "inspector2")}
        services.apply(item, by=who["unithead"])
        services.review(item, by=who["sector"])
        closed = services.verify(item, by=who["inspector2"], **makers.SEEN)
    assert [one.outcome for one in item.stages.all()] == ["dropped"]
    # Put to long-term care in time: its rectification date ended then, so the closing is not late.
    assert (closed.closed_late, closed.closings.get().late) == (False, False)
    old = at(cast, "long_term")
    old.stages.all().delete()  # as it was marked before stages were rows
    row = services.report_stage(again(old), by=cast.unithead, result="照旧", met=True)
    assert [(one.no, one.outcome) for one in row.stages.all()] == [(1, "met"), (2, "")]
    services.reopen(row, by=cast.inspector1, note="改为限期", due_on=moment.today() + timedelta(days=40))
    again_kept = services.mark_long_term(again(old), by=cast.inspector1, stage_goal="再来")
    assert [(one.no, one.outcome) for one in again_kept.stages.all()] == [(1, "met"), (2, "dropped"), (3, "")]


def test_what_the_database_refuses_of_stages(cast):
    item = at(cast, "long_term")
    services.report_stage(item, by=cast.unithead, result="照旧", met=True)
    signature = item.stages.get(no=1).signature
    with pytest.raises(IntegrityError, match="stage"), transaction.atomic():
        _copy(signature)  # one_standing_stage_signature
    stage = item.stages.get(no=2)
    second = Stage(item=item, no=2, goal="x", set_on=stage.set_on, due_on=stage.due_on)
    broken = {
        "stage_no_once": lambda: _copy(second, no=1, outcome="dropped", ended_on=stage.set_on),
        "one_running_stage": lambda: _copy(second),
        "stage_is_numbered_and_said": lambda: _change(stage, goal=""),
        "stage_due_after_set": lambda: _change(stage, due_on=stage.set_on),
        "stage_report_is_whole": lambda: _change(stage, outcome="met", ended_on=stage.set_on),
        "stage_ended_after_set": lambda: _change(
            stage, outcome="dropped", ended_on=stage.set_on - timedelta(days=1)
        ),
    }
    assert set(broken) == {one.name for one in Stage._meta.constraints}
    for name, act in broken.items():
        with pytest.raises(IntegrityError, match="stage"), transaction.atomic():
            act()
        assert stage.pk, name


def _change(stage, **values):
    Stage.objects.filter(pk=stage.pk).update(**values)


def _copy(stage, **values):
    for name, value in values.items():
        setattr(stage, name, value)
    stage.pk = None
    type(stage).objects.bulk_create([stage])
