"""A known informant is planted; then every page, every answer of the API, every row of the database, every file and
every line of the log is searched for him. Only the desk's and the approved reader's own look may show him."""

import io
import json
import logging
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import URLPattern, get_resolver
from PIL import Image

from cases.models import Lead
from cases.services import identity
from cases.workflow import LEAD
from povertyaudit.core import comments, favourites, store
from povertyaudit.core.models import Notification
from tests.cases.conftest import services
from tests.core.machines import API, PDF, machine

WHO = {"name": "尉迟怀素", "phone": "13977665544", "id_number": "990101197508113026",
       "address": "青禾县柳溪镇石桥坳村响水坪9组36号", "remark": "常住女儿家，来电要先响两声。"}  # fmt: skip
TRACES = (WHO["name"], WHO["phone"], WHO["id_number"], "响水坪9组36号", "先响两声", "7766-5544")
# The lead's own pages are opened by everybody, its forms by those who have a hand in it, every page by the first two.
WALKERS, HANDS = ("petition", "casemgr"), ("petition", "casemgr", "inspector1", "leader")
ELSE = (
    "auditor", "secretary", "inspector1", "inspector2", "investigator", "adjudicator", "leader", "patroloffice", "official", "unithead", "sector",
    "finance", "countyleader", "neighbour", "sysadmin", "secadmin", "ledgerclient",
)  # fmt: skip


def traces_in(content):
    """The traces that stand in bytes or text, written out, escaped or as bytes in hexadecimal."""
    data = content if isinstance(content, bytes) else content.encode()
    found = set()
    for trace in TRACES:
        shapes = {trace.encode(), json.dumps(trace)[1:-1].encode(), trace.encode().hex().encode()}
        if any(shape in data for shape in shapes):
            found.add(trace)
    return found


def scan():
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(picture, "PNG")
    return SimpleUploadedFile(
        f"{WHO['name']}来信{WHO['phone']}.png", picture.getvalue(), content_type="image/png"
    )


def letter():
    """His own letter as a PDF, which is kept byte for byte: name, number and address stand in it."""
    told = " ".join((*WHO.values(), *TRACES)).encode()
    content = PDF.replace(b"%%EOF", b"%" + told + b"\n%%EOF")
    assert traces_in(content) == set(TRACES)
    return SimpleUploadedFile(f"{WHO['name']}.pdf", content, content_type="application/pdf")


@pytest.fixture
def planted(make, people):
    """A lead that went its whole way, with all that may stand beside one."""
    lead = make.register(identity_status="claimed", complainant=WHO, petition_scans=[scan(), letter()])
    services.acknowledge(lead, by=people.petition, note="电话告知。")
    make.handle(lead, "proposed", "close", "")
    row = Lead.objects.get(pk=lead.pk)
    comments.write(row, by=people.inspector1, text="材料已核对。")
    favourites.follow(row, by=people.casemgr)
    asked = services.request_identity(row, by=people.inspector1, reason="核对票据。")
    identity.approve(asked, by=people.leader)
    assert identity.read(asked, by=people.inspector1) == WHO
    assert services.reveal_complainant(row, by=people.petition, reason="核实") == WHO
    services.approve(row, by=people.leader)
    services.conclude(row, by=people.inspector1, close_kind="direct", result_text="反映内容笼统。")
    services.feedback(row, by=people.petition, note="已反馈。")
    return Lead.objects.get(pk=row.pk)


def plain_addresses():
    """Every address without a parameter, pages and API."""

    def walk(patterns, prefix=""):
        for one in patterns:
            here = prefix + str(one.pattern)
            if isinstance(one, URLPattern):
                yield here
            else:
                yield from walk(one.url_patterns, here)

    found = {re.sub(r"[\^$]|\\Z", "", one).replace(r"\.", ".") for one in walk(get_resolver().url_patterns)}
    skipped = ("sign-out", "<", "(", "static", "schema", "docs")  # the schema holds no data
    return sorted(one for one in found if not any(word in one for word in skipped))


def body(answer):
    if getattr(answer, "streaming", False):
        return b"".join(answer.streaming_content)
    return answer.content + str(dict(answer.headers)).encode()


@pytest.mark.servers
def test_every_page_and_answer_is_clean(client, planted, people, caplog):
    caplog.set_level(logging.DEBUG)
    asked = planted.identity_requests.get()
    here, beside = planted.get_absolute_url(), asked.get_absolute_url()
    verbs = (*LEAD.transitions, "why", "comment", "note_complainant", "reveal_complainant")
    forms = {*(f"{here}{verb}/" for verb in verbs), f"{beside}read/"}
    own = [here, beside, "/", "/notifications/", f"/search/?q={WHO['name'][:1]}"]
    records = [
        f"{API}leads/{planted.public_id}/",
        f"{API}identity-requests/",
        f"{API}audit/",
        f"{API}leads/changes/",
    ]
    records += [f"{API}leads/ledger.{kind}" for kind in ("csv", "ndjson")]
    records += [f"{API}{one}/" for one in ("leads", "attachments", "notifications")]
    records.append(f"{API}leads/{planted.public_id}/comments/")
    everywhere, seen = plain_addresses(), 0
    walked = {name: set(everywhere[number::2]) for number, name in enumerate(WALKERS)}
    for name in (*WALKERS, *ELSE):
        user, caller = getattr(people, name), machine(getattr(people, name))
        client.force_login(user)
        pages = {
            *own,
            *(forms if name in HANDS else ()),
            *(f"/{one}" for one in walked.get(name, ()) if not one.startswith("api")),
        }
        lists = {*records, *(f"/{one}" for one in walked.get(name, ()) if one.startswith("api"))}
        for door, addresses in ((client, pages), (caller, lists)):
            for address in addresses:
                answer = door.get(address)
                seen += answer.status_code == 200
                # /readyz says 503 where no clock of the installation has beaten: there is none in a test.
                assert answer.status_code < 500 or address == "/readyz", address
                assert not traces_in(body(answer).replace(WHO["name"][:1].encode(), b"")), (name, address)
    assert seen > 150
    assert not traces_in(caplog.text)


def test_refusals_do_not_hand_him_on(client, planted, people, caplog):
    caplog.set_level(logging.DEBUG)
    caller = machine(people.inspector1)
    wrong = [
        caller.post(f"{API}leads/{planted.public_id}/reopen/", {"note": WHO["name"]}, format="json"),
        caller.post(f"{API}leads/{planted.public_id}/comments/", {"text": f"问{WHO['name']}"}, format="json"),
        caller.post(f"{API}leads/", {"complainant": WHO, "title": WHO["name"]}, format="json"),
        machine(people.petition).post(
            f"{API}leads/{planted.public_id}/note_complainant/",
            {"complainant": WHO | {"x": WHO["name"]}},
            format="json",
        ),
    ]
    client.force_login(people.inspector1)
    wrong.append(client.post(f"{planted.get_absolute_url()}reveal_complainant/", {"reason": WHO["phone"]}))
    assert {answer.status_code for answer in wrong} <= {400, 403, 404, 409, 422}
    assert not any(traces_in(body(answer)) for answer in wrong)
    assert not traces_in(caplog.text)


def test_no_row_of_the_database_and_no_file_holds_him(planted, people):
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 — a name the database gave
            for row in cursor.fetchall():
                kept = b"|".join(
                    bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row
                )
                assert not traces_in(kept), table
    if connection.vendor == "sqlite":
        assert not traces_in("\n".join(connection.connection.iterdump()))
    kept = [path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file()]
    assert (
        len([path for path in kept if store.root() in path.parents]) >= 3
    )  # the picture, its thumbnail, the letter
    assert not [path for path in kept if traces_in(path.read_bytes()) or traces_in(str(path))]
    assert not any(traces_in(one) for one in Notification.objects.values_list("text", flat=True))
