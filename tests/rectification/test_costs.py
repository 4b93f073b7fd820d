"""A list costs the same with one row and with ten; `actions`, validity and progress included."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from povertyaudit.core.models import LadderStep, LightScheme
from rectification.models import Escalation
from tests.rectification.makers import api, at, paper
from tests.rectification.test_escalation import BEGIN, at_day, nov, run

PATHS = (
    "/items/",
    "/items/?tab=mine",
    "/api/v1/items/",
    "/api/v1/measures/",
    "/api/v1/items/ledger.csv",
    "/",
)


def cost(client, path):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert answer.status_code == 200
    return len(queries)


def test_a_list_of_ten_costs_what_a_list_of_one_costs(cast, client):
    client.force_login(cast.inspector2)
    at(cast, "sector_reviewed")
    for path in PATHS:
        cost(client, path)
    one = {path: cost(client, path) for path in PATHS}
    for _ in range(9):
        at(cast, "closure_applied", measures=1)
    assert {path: ten for path in PATHS if (ten := cost(client, path)) > one[path]} == {}


def test_a_record_of_many_measures_costs_what_one_measure_costs(cast, client):
    client.force_login(cast.sector)
    small, big = at(cast, "closure_applied", measures=1), at(cast, "closure_applied", measures=6)
    cost(client, small.get_absolute_url())
    assert cost(client, small.get_absolute_url()) == cost(client, big.get_absolute_url())
    assert cost(client, f"/api/v1/items/{small.public_id}/") == cost(
        client, f"/api/v1/items/{big.public_id}/"
    )


def test_the_actions_of_a_row_are_what_the_page_offers(cast, client):
    item = at(cast, "closure_applied")
    listed = api(client, cast.sector).get("items/").json()["results"][0]
    assert listed["actions"] == api(client, cast.sector).get(f"items/{item.public_id}/").json()["actions"]
    assert listed["actions"][0] == "review"
    assert listed["signatures"][0]["valid"] is True


LISTS = (
    "/escalations/", "/api/v1/escalations/", "/ladder-steps/", "/light-schemes/", "/source-papers/",
    "/api/v1/source-papers/", "/four-lists/problems/", "/four-lists/tasks/", "/four-lists/duties/", "/four-lists/dates/",
    "/long-term/",
)  # fmt: skip


def test_letters_rules_papers_and_the_lists_of_duties_cost_the_same(cast, client):
    with at_day(BEGIN):
        at(cast, "long_term", source="superior")
        at(cast, "accepted", days=10)
    run(nov(15))
    with at_day(nov(17)):
        client.force_login(cast.casemgr)
        for path in LISTS:
            cost(client, path)
        ones = {path: cost(client, path) for path in LISTS}
        for _ in range(2):
            at(cast, "long_term", source="assessment")
            paper(cast, title="又一份反馈意见")
        for n in range(5):
            copy(Escalation, n, number=f"x{n}", turn=n + 2)
            copy(LadderStep, n)
            copy(LightScheme, n)
        tens = {path: cost(client, path) for path in LISTS}
        assert not {path: (ones[path], tens[path]) for path in LISTS if tens[path] > ones[path]}
        assert len(client.get("/api/v1/escalations/").json()["results"]) == 6


def copy(model, n, **values):
    """One more row like the first."""
    row = model.objects.order_by("pk").first()
    row.pk, row.public_id = None, f"{n:x>22}"
    for name, value in values.items():
        setattr(row, name, value)
    model.objects.bulk_create([row])
