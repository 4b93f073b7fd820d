"""The fund desk before the pages of pages_story, and what an answer says: shared by the stories of pages."""

import re

import pytest

from tests.core import pages_story
from tests.core.test_record import misuse


@pytest.fixture
def row(people):
    pages_story.CALLS.clear()
    return misuse(people.finance)


@pytest.fixture
def finance(client, people):
    client.force_login(people.finance)
    return client


def text(answer):
    return answer.content.decode()


def field(answer, name):
    return re.search(rf'name="{name}" value="([^"]*)"', text(answer)).group(1)
