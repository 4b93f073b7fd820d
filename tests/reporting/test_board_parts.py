"""监督看板 does not wait for all its charts: the rest follow, are there by hand too, and none comes twice."""

import re
from datetime import date

from tests.reporting.makers import leads

KEYS = re.compile(r'id="chart-(\w+)"')
FRAGMENT = {"headers": {"HX-Request": "true"}}


def keys(client, address, **more):
    return KEYS.findall(client.get(address, **more).content.decode())


def test_the_rest_of_the_board_follows_the_page(people, client):
    leads(people, 3, day=date(2018, 5, 1))
    client.force_login(people.casemgr)
    page = client.get("/reports/board/?period=2018").content.decode()
    address = re.search(r'href="(\?[^"]*part=rest)"', page)[1].replace("&amp;", "&")
    assert address == "?period=2018&part=rest"
    first = KEYS.findall(page)
    rest = keys(client, f"/reports/board/{address}", **FRAGMENT)
    assert (first[0], rest[0]) == ("funnel", "ages")
    assert not set(first) & set(rest)
    assert keys(client, f"/reports/board/{address}") == first + rest
    assert "charts-rest" not in client.get(f"/reports/board/{address}").content.decode()
    for chart in (*first, *rest):
        taken = client.get(f"/reports/board/?period=2018&format=csv&chart={chart}")
        assert b"".join(taken.streaming_content), chart


def test_a_board_whose_first_charts_are_empty_shows_the_rest_at_once(people, client):
    """Of 2017 nothing came in; what is open now is open now."""
    leads(people, 3, day=date(2018, 5, 1))
    client.force_login(people.casemgr)
    assert keys(client, "/reports/board/?period=2015") == ["ages"]
