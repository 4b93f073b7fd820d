"""Photos of a visit are known by content; what looks odd is confirmed, never silent."""

from datetime import date

import pytest

from inspections.services import positions, visits
from povertyaudit.core import moment, store
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Attachment, Region
from tests import factories
from tests.inspections import field_makers as makers
from tests.inspections.test_visits import api, web

pytestmark = pytest.mark.django_db


def test_one_content_is_one_photo(people):
    row = makers.visit(people, photos=[makers.jpeg(1), makers.jpeg(1), makers.jpeg(2)], submission="a")
    assert Attachment.objects.of(row).count() == 2
    visits.add_photos(row, by=people.patrol1, photos=[makers.jpeg(2)])
    assert Attachment.objects.of(row).count() == 2


def test_what_goes_out_holds_pixels_alone_and_the_time_stands_beside(people):
    sent = makers.jpeg(taken=date(2026, 3, 4), position=(29.5, 110.5))
    raw = sent.read()
    sent.seek(0)
    row = makers.visit(people, photos=[sent], confirmed=True)
    photo = Attachment.objects.of(row).get()
    answer = web(people.patrol1).get(f"/attachments/{photo.public_id}/")
    content = b"".join(answer.streaming_content)
    assert b"Exif" in raw
    assert b"Exif" not in content
    assert moment.day_of(photo.taken_at) == date(2026, 3, 4)
    assert photo.original_sha256 != photo.sha256
    assert store.path_of(photo.sha256).exists()


ODD = (
    ({"latitude": 0, "longitude": 0}, "不在国内"),
    ({"latitude": 48.85, "longitude": 2.35}, "不在国内"),
    ({"latitude": 23.1, "longitude": 113.3}, "距当地以往走访"),
    ({"photos": "another day"}, "拍摄于 2026-02-01"),
    ({"photos": "far", "latitude": 29.5, "longitude": 110.5}, "拍摄地点相距"),
    ({"photos": "far"}, "拍摄地点相距"),
    ({"photos": "used"}, "已用于其他走访记录"),
)


@pytest.mark.parametrize(("odd", "words"), ODD)
def test_what_looks_odd_must_be_confirmed_and_is_kept_in_words(people, odd, words):
    makers.visit(people, latitude=29.5, longitude=110.5, photos=[makers.jpeg(200)])
    pictures = {
        "another day": lambda: makers.jpeg(taken=date(2026, 2, 1)), "far": lambda: makers.jpeg(position=(23.1, 113.3)),
        "used": lambda: makers.jpeg(200),
    }  # fmt: skip

    def said():
        return odd | ({"photos": [pictures[odd["photos"]]()]} if "photos" in odd else {})

    with pytest.raises(RuleBroken) as refused:
        makers.visit(people, **said())
    assert refused.value.field == "confirmed"
    assert words in refused.value.message
    assert words in makers.visit(people, **said(), confirmed=True).doubts


def test_a_photo_from_elsewhere_is_said_where_nothing_near_is_known(people):
    far = {"photos": lambda position: [makers.jpeg(position=position)]}["photos"]
    with pytest.raises(RuleBroken, match="第 1 张照片带有拍摄地点，本县还没有可以比对的走访"):
        makers.visit(people, photos=far((23.1, 113.3)))
    with pytest.raises(RuleBroken, match="第 1 张照片的拍摄地点不在国内"):
        makers.visit(people, photos=far((48.85, 2.35)))
    makers.visit(people, latitude=29.5, longitude=110.5)
    elsewhere = Region.objects.get(code=factories.OTHER_TOWN)  # of the same county: nobody was there yet
    with pytest.raises(RuleBroken, match="拍摄地点距本县以往走访"):
        makers.visit(people, region=elsewhere, photos=far((23.1, 113.3)))
    with pytest.raises(RuleBroken, match="定位距本县以往走访"):
        makers.visit(people, region=elsewhere, latitude=23.1, longitude=113.3)
    assert makers.visit(people, region=elsewhere, photos=far((29.6, 110.6))).doubts == ""
    kept = makers.visit(people, region=elsewhere, photos=far((23.1, 113.3)), confirmed=True)
    office = web(people.patroloffice)
    assert "拍摄地点距本县以往走访" in office.get(kept.get_absolute_url()).content.decode()
    odd = office.get("/visits/?doubtful=yes&columns=number,doubts").content.decode()
    assert (kept.number in odd, "共 1 条" in odd) == (True, True)
    assert api(people.patroloffice).get("/api/v1/visits/?doubtful=no").data["results"][0]["doubts"] == ""


def test_a_usual_place_raises_no_doubt(people):
    makers.visit(people, latitude=29.5, longitude=110.5)
    near = makers.visit(
        people,
        latitude=29.51,
        longitude=110.52,
        photos=[makers.jpeg(taken=makers.DAY, position=(29.5, 110.5))],
    )
    assert near.doubts == ""
    assert positions.apart((29.5, 110.5), (29.5, 111.5)) == pytest.approx(96.8, abs=1)
