"""A form sent four times at the same moment is carried out once, on both databases."""

import threading

import pytest
from django.db import connection
from django.test import Client

from funds.models import Misuse, MisuseKind
from povertyaudit.core.models import IdempotencyRecord
from tests import factories


@pytest.mark.django_db(transaction=True)
def test_four_presses_of_one_form_make_one_row():
    people = factories.cast()
    kind = MisuseKind.objects.first()
    data = {
        "once": "pressed-four-times", "title": "饮水工程款被挪用", "kind": kind.pk, "amount_fen": "1.5万",
        "description": "借给镇里周转。", "responsible_unit": "柳溪镇人民政府", "found_on": "2026-03-02", "how_found": "audit",
    }  # fmt: skip
    gate, answers = threading.Barrier(4), []

    def press():
        client = Client()
        client.force_login(people.finance)
        try:
            gate.wait(timeout=20)
            answers.append(client.post("/misuses/new/", data))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [answer.status_code for answer in answers] == [302] * 4, answers[0].content.decode()[:3000]
    assert Misuse.objects.count() == 1
    assert {answer.url for answer in answers} == {Misuse.objects.get().get_absolute_url()}
    assert IdempotencyRecord.objects.count() == 1
