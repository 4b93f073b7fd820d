"""通报到村: every village in one act, what was told in a village without an account, the board, and the date that runs."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.models import BulletinChannel, BulletinCopy
from cases.services import bulletins, publishing, village_copies
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.models import Attachment, Clock, Notification, Region, Role, UnitKind
from povertyaudit.core.verify import verify
from tests import factories
from tests.cases.test_bulletins import add, again, bulletin, channel, issued, lead  # noqa: F401 — fixtures
from tests.core.machines import API, PDF, machine
from tests.factories import fresh
from tests.rectification.makers import photo

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<a href="/bulletin-copies/[A-Za-z0-9]{22}/">')


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def village(number, town=factories.TOWN):
    code = f"{town[:9]}{number:03}"
    return Region.objects.get_or_create(
        code=code,
        defaults={"name": f"第{number}村", "level": 5, "parent_id": town, "path_name": f"第{number}村"},
    )[0]


def sent(row, people, region=factories.TOWN, code="village_board"):
    place = Region.objects.get(code=region)
    return village_copies.send_to_villages(
        again(row), by=fresh(people.casemgr), channel=channel(code), region=place
    )


def cost(row, people, code):
    with CaptureQueriesContext(connection) as queries:
        sent(row, people, code=code)
    return len(queries)


def test_all_villages_in_one_act_and_a_handful_of_queries(people, bulletin):  # noqa: F811
    row = issued(bulletin, people)
    for number in (301, 302):
        village(number)
    few = cost(row, people, "village_board")
    for number in range(310, 340):
        village(number)
    assert cost(row, people, "training") == few
    assert row.copies.filter(channel__code="training").count() == 33
    with pytest.raises(RuleBroken, match="都已经发送过"):
        sent(row, people, code="training")
    assert sent(row, people).copies.filter(channel__code="village_board").count() == 33
    copy = row.copies.get(region=factories.VILLAGE, channel__code="village_board")
    assert Attachment.objects.of(copy).get().kind == "bulletin"
    assert Clock.objects.of(copy).running().get().code == "bulletin.read"
    told = Notification.objects.filter(user=people.official, kind="bulletin")
    assert [re.findall(r"\d+", one.text) for one in told.order_by("pk")] == [["3"], ["33"], ["30"]]
    assert verify().broken == []


def test_a_village_is_told_at_a_meeting_or_on_its_board(people, client, bulletin):  # noqa: F811
    """Read by the township it has not come to the village; read by the village's own account it has."""
    row = issued(bulletin, people)
    own = village(301)
    hall = factories.unit("第301村民委员会", UnitKind.VILLAGE, own.code)
    clerk = factories.user(Role.LIAISON, unit=hall, region=own.code, username="clerk301")
    sent(row, people, factories.TOWN)
    mine, through = (row.copies.get(region=code) for code in (own.code, factories.VILLAGE))
    assert (mine.unit, through.unit.name) == (hall, "柳溪镇人民政府")
    publishing.read(again(mine), by=clerk)
    publishing.read(again(through), by=fresh(people.official))
    running = Clock.objects.running().filter(code="bulletin.read")
    assert set(running.values_list("target_id", flat=True)) == {through.pk}
    client.force_login(people.official)
    assert "没有自己的账号" in client.get(through.get_absolute_url()).content.decode()
    said = {"way": "meeting", "photo": photo()}
    for field, wrong in (
        ("posted_on", {"posted_on": moment.today() + timedelta(days=1)}), ("way", {"way": "shout"}),
        ("photo", {"photo": SimpleUploadedFile("a.pdf", PDF)}),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as refused:
            village_copies.post_up(again(through), by=fresh(people.official), **(said | wrong))
        assert refused.value.field == field
    at = f"{API}bulletin-copies/{through.public_id}/post_up/"
    assert machine(people.otherofficial).post(at, {"way": "board"}, format="multipart").status_code == 404
    done = machine(people.official).post(at, {"way": "board", "photo": photo()}, format="multipart")
    assert (done.status_code, done.json()["posted_way"]) == (200, "board"), done.json()
    assert not running.all().exists()
    with pytest.raises(WrongState, match="已经登记"):
        village_copies.post_up(again(through), by=fresh(people.official), **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        BulletinCopy.objects.filter(pk=mine.pk).update(posted_on=moment.today())


def test_figures_by_township_open_their_rows_and_a_correction_follows(people, client, bulletin, lead):  # noqa: F811
    row = issued(bulletin, people)
    village(301)
    sent(row, people)
    read = row.copies.get(region=factories.VILLAGE)
    publishing.read(again(read), by=fresh(people.official))
    with moment.pretend(moment.now() + timedelta(days=20)):
        client.force_login(people.casemgr)
        page = client.get("/bulletin-copies/villages/").content.decode()
        assert "送达 2 村次，已到村 0，未读 1，已收待传达 1，超期 2。" in page
        found = re.findall(r'<a[^>]*href="(/bulletin-copies/\?[^"]+)"[^>]*>\s*(\d+)\s*</a>', page)
        assert len(found) >= 5
        for url, number in found:
            rows = ROW.findall(client.get(url.replace("&amp;", "&")).content.decode())
            assert len(set(rows)) == int(number), url
        assert row.number in client.get("/bulletin-copies/villages/?by=bulletin").content.decode()
        client.force_login(people.official)
        assert client.get("/bulletin-copies/villages/").status_code == 403
    new = bulletins.correct(again(row), by=people.casemgr, note="时间有误。")
    issued(new, people)
    assert set(row.copies.values_list("state", flat=True)) == {"withdrawn"}
    assert not Clock.objects.running().filter(code="bulletin.read").exists()


def test_what_is_wrong_with_the_place_is_said(people, bulletin):  # noqa: F811
    row = issued(bulletin, people)
    for code in (factories.VILLAGE, factories.YUNPING):
        with pytest.raises(RuleBroken, match="本县"):
            sent(row, people, code)
    lonely = Region.objects.create(
        code="990101103000", name="独山乡", level=4, parent_id=factories.QINGHE, path_name="独山乡"
    )
    village(201, lonely.code)
    with pytest.raises(RuleBroken, match="第201村.*没有可以接收的人员"):
        sent(row, people, lonely.code)
    said = {"channel": channel("training"), "region": Region.objects.get(code=factories.TOWN)}
    with pytest.raises(NotAllowed, match="本机关"):
        village_copies.send_to_villages(again(row), by=people.neighbour, **said)
    sent(row, people)
    copy = row.copies.get(region=factories.VILLAGE)
    with pytest.raises(NotAllowed, match="送达单位的人员"):
        village_copies.post_up(again(copy), by=people.otherofficial, way="board", photo=photo())
    channels = BulletinChannel.objects.filter(code="training")
    channels.update(valid_from=None, valid_to=moment.today() - timedelta(days=1))
    with pytest.raises(RuleBroken, match="已经停用"):
        village_copies.send_to_villages(again(row), by=fresh(people.casemgr), **said)
