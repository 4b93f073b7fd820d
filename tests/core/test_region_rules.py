"""督办阶梯 and 期限灯颜色: changed for a place by one person, confirmed by another, the nearest place first."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import IntegrityError, transaction

from povertyaudit.core import ladder, moment, region_rules
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import AuditEntry, LadderStep, LightScheme, Region
from tests import factories
from tests.core.test_clock_pages import post
from tests.factories import QINGHE, YUNPING

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return factories.cast()


def letter(code=QINGHE):
    found = ladder.of_place(ladder.in_force(moment.today()), code)
    return next(step for step in found if step.step == "letter")


def filled(**changes):
    return {
        "region": QINGHE, "valid_from": str(moment.today()), "days_late": "5", "told": ["person", "unit_head"],
        "channel": "letter", "repeat_days": "3", "reply_days": "2", "reply_at": "17:30", "source": "县纪委督办办法",
        "note": "本县从快督办。",
    } | changes  # fmt: skip


def test_a_county_has_a_ladder_of_its_own(client, people):
    general = letter()
    client.force_login(people.casemgr)
    assert "修改规则" in client.get(general.get_absolute_url()).content.decode()
    url = f"{general.get_absolute_url()}propose/"
    for wrong, said in (
        ({"reply_at": ""}, "函件"), ({"days_late": "0"}, "请填写 1 至"), ({"told": []}, "告知哪些人"),
        ({"reply_days": "0"}, "请填写 1 至"), ({"region": YUNPING}, "请"), ({"valid_from": "2020-01-01"}, "不能早于今天"),
        ({"channel": "phone"}, "函件"), ({"repeat_days": "9" * 19}, "请填写 1 至"),
    ):  # fmt: skip
        answer = post(client, url, filled(**wrong))
        assert 400 <= answer.status_code < 500, wrong
        assert said in answer.content.decode(), wrong
    assert post(client, url, filled()).status_code == 302
    draft = LadderStep.objects.get(state="draft")
    assert (draft.step, draft.days_left, letter()) == ("letter", -5, general)
    with pytest.raises(NotAllowed):
        region_rules.confirm(draft, by=people.casemgr)
    client.force_login(people.secadmin)
    assert "待确认的督办阶梯" in client.get("/").content.decode()
    assert "17:30" in client.get(f"{draft.get_absolute_url()}confirm/").content.decode()
    assert post(client, f"{draft.get_absolute_url()}confirm/", {"note": ""}).status_code == 302
    assert (letter().pk, letter(YUNPING)) == (draft.pk, general)
    assert "督办函" in client.get("/ladder-steps/").content.decode()
    assert [e.verb for e in AuditEntry.objects.of(draft)] == ["regionrule.create", "regionrule.confirm"]
    later = region_rules.propose(
        letter(), by=people.casemgr, unused=True, valid_from=moment.today(), source="县纪委督办办法"
    )
    region_rules.confirm(later, by=people.secadmin)
    assert [step.step for step in ladder.of_place(ladder.in_force(moment.today()), QINGHE)] == [
        "hint", "talk", "circular", "account",
    ]  # fmt: skip


def test_when_people_are_reminded_is_changed_the_same_way(client, people):
    reminder = LadderStep.objects.reminders().get(audience="leader")
    client.force_login(people.casemgr)
    values = {key: filled()[key] for key in ("region", "valid_from", "source", "note")}
    url = f"{reminder.get_absolute_url()}propose/"
    assert post(client, url, values | {"days_left": "9"}).status_code == 400
    assert post(client, url, values | {"days_left": "3"}).status_code == 302
    made = LadderStep.objects.get(state="draft")
    assert (made.step, made.audience, made.days_left) == ("remind", "leader", 3)
    with pytest.raises(RuleBroken, match="依据"):
        region_rules.propose(reminder, by=people.casemgr, region=Region.objects.get(pk=QINGHE), source=" ",
                             valid_from=moment.today())  # fmt: skip


def test_the_colours_of_a_county(client, people):
    general = LightScheme.objects.get()
    client.force_login(people.casemgr)
    values = {key: filled()[key] for key in ("region", "valid_from", "source", "note")}
    colours = {"first": "green", "second": "yellow", "third": "red", "done": "blue"}
    url = f"{general.get_absolute_url()}propose/"
    assert "不同" in post(client, url, values | colours | {"done": "red"}).content.decode()
    assert post(client, url, values | colours).status_code == 302
    draft = LightScheme.objects.get(state="draft")
    region_rules.confirm(draft, by=people.secadmin)
    cache.clear()
    page = client.get("/light-schemes/").content.decode()
    assert "一级绿、二级黄、三级红，办结蓝" in page
    assert "lights-first-green lights-second-yellow lights-third-red lights-done-blue" in page
    client.force_login(people.neighbour)  # another county keeps its own
    assert "lights-first-yellow" in client.get("/").content.decode()
    cache.clear()


def _of_rules(model):
    today = moment.today()
    return {
        "two_pairs_of_eyes": lambda user: model.objects.update(
            changed_by=user, confirmed_by=user, state="refused"
        ),
        "changed_ends_confirmed": lambda user: model.objects.update(changed_by=user),
        "ends_after_start": lambda user: model.objects.update(
            valid_from=today, valid_to=today - timedelta(days=1)
        ),
    }


BROKEN = {
    "ladder_days_in_range": lambda user: LadderStep.objects.filter(step="remind").update(days_left=8),
    "ladder_reminder_names_audience": lambda user: LadderStep.objects.filter(step="remind").update(
        audience=""
    ),
    "ladder_letter_asks_for_reply": lambda user: LadderStep.objects.filter(step="talk").update(reply_days=3),
    "ladder_repeats_within_a_year": lambda user: LadderStep.objects.update(repeat_days=0),
    "light_overdue_has_its_colour": lambda user: LightScheme.objects.update(done="red"),
} | {
    f"{model._meta.model_name}_{name}": breaking
    for model in (LadderStep, LightScheme)
    for name, breaking in _of_rules(model).items()
}


def test_the_database_refuses_what_makes_no_sense(people):
    models = (apps.get_model("core", name) for name in ("ladderstep", "lightscheme"))
    assert {one.name for model in models for one in model._meta.constraints} == set(BROKEN)
    for name, breaking in BROKEN.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            breaking(people.casemgr)
