"""四张清单: views of the same items and measures; who carries a measure out, and by when, within the item's days."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from rectification import services
from tests.rectification import makers
from tests.rectification.makers import api, at

pytestmark = pytest.mark.django_db
LISTS = ("problems", "tasks", "duties", "dates")


def test_the_four_lists_show_the_same_rows_under_the_same_conditions(cast, client):
    other = cast.otherhead.current_posts()[0].unit
    day = moment.today() + timedelta(days=20)
    measures = [{"text": "甲措施", "due_on": day, "person": "王某"}, {"text": "乙措施", "unit": other}]
    mine = at(cast, "issued", measures=measures, other_units=[other], responsible_person="李镇长")
    found = makers.finding(cast)
    of_round = at(cast, "issued", source="finding", finding=found, by=cast.patroloffice)
    client.force_login(cast.leader)
    for which in LISTS:
        address = f"/four-lists/{which}/"
        first = cost(client, address)
        shown = client.get(f"{address}?paper={mine.paper.public_id}&due_from=2020-01-01").content.decode()
        assert mine.number in shown
        assert of_round.number not in shown
        assert f"/four-lists/tasks/?paper={mine.paper.public_id}" in shown
        assert of_round.number in client.get(f"{address}?round={found.round.public_id}").content.decode()
        for n in range(3):
            at(cast, "issued", measures=[{"text": f"更多{n}"}])
        assert cost(client, address) == first
    duties = client.get(f"/four-lists/duties/?unit={other.public_id}").content.decode()
    assert "乙措施" in duties
    assert "甲措施" not in duties
    duties = client.get(f"/four-lists/duties/?unit={cast.town.public_id}").content.decode()
    assert all(word in duties for word in ("甲措施", "王某"))
    assert "乙措施" not in duties
    assert "李镇长" in client.get(f"/four-lists/duties/?unit={other.public_id}").content.decode()
    with moment.pretend(moment.now() + timedelta(days=30)):
        late = api(client, cast.leader).get("measures/", light="overdue").json()["results"]
        assert [(row["text"], row["unit_name"]) for row in late] == [("甲措施", cast.town.name)]
    client.force_login(cast.neighbour)
    assert mine.number not in client.get("/four-lists/tasks/").content.decode()


def cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_measure_keeps_within_the_days_and_the_units_of_its_item(cast, client):
    today, stranger = moment.today(), cast.otherhead.current_posts()[0].unit
    for change, words in (({"due_on": today - timedelta(days=1)}, "不能早于今天"),
                          ({"due_on": today + timedelta(days=61)}, "不能晚于整改时限"),
                          ({"unit": stranger}, "不是该事项的责任单位")):  # fmt: skip
        with pytest.raises(RuleBroken, match=words):
            makers.draft(cast, measures=[{"text": "x", **change}])
    draft = makers.draft(
        cast, measures=[{"text": "x", "due_on": today + timedelta(days=40)}], other_units=[stranger]
    )
    with pytest.raises(RuleBroken, match="第 1 条措施的完成时限不能晚于"):
        services.edit(draft, by=cast.inspector1, due_on=today + timedelta(days=30))
    with moment.pretend(moment.now() + timedelta(days=41)), pytest.raises(RuleBroken, match="不能早于今天"):
        services.issue(draft, by=cast.inspector1)
    item = services.issue(draft, by=cast.inspector1)
    measure = item.measures.get()
    address = f"{item.get_absolute_url()}edit_measure/?measure={measure.public_id}"
    client.force_login(cast.inspector1)
    data = {"measure": measure.public_id, "text": "x", "state": "ongoing", "person": "张某"}
    refused = client.post(address, data | {"due_on": item.due_on + timedelta(days=1)})
    assert refused.status_code == 422
    assert f"不能晚于整改时限 {item.due_on}" in refused.content.decode()
    assert client.post(address, data | {"unit": stranger.public_id}).status_code == 302
    answer = api(client, cast.inspector1).post(
        f"measures/{measure.public_id}/edit/", {"unit": cast.bureau.public_id}
    )
    assert (answer.status_code, answer.json()["field"]) == (422, "unit")
    measure.refresh_from_db()
    assert (measure.unit, measure.person) == (stranger, "张某")
    services.edit(item, by=cast.inspector1, other_units=[])
    measure.refresh_from_db()
    assert measure.unit is None
    told = api(client, cast.inspector1).get(f"measures/{measure.public_id}/").json()
    assert (told["unit_name"], told["person"]) == (cast.town.name, "张某")
