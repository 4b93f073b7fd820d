"""The database goes away under people who are signed in: they read what to do, not a server's own English."""

import pytest
from django.db import OperationalError, connection

pytestmark = pytest.mark.django_db


def away(*arguments):
    raise OperationalError("connection refused")


@pytest.mark.parametrize("path", ["/", "/leads/", "/leads/nothing/", "/sign-in/"])
def test_a_page_says_when_to_come_again(client, people, path):
    client.force_login(people.casemgr)
    client.raise_request_exception = False
    with connection.execute_wrapper(away):
        answer = client.get(path)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "请稍等几秒" in answer.content.decode()


def test_who_watches_is_told_what_to_look_at(client):
    with connection.execute_wrapper(away):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "数据库连接不上，请检查数据库服务和 DATABASE_URL。"
