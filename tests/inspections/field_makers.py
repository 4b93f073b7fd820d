"""Field work made through the verbs."""

import io
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from inspections.services import attendance, plans, visits, worksheets
from povertyaudit.core import moment
from povertyaudit.core.models import Region
from tests import factories
from tests.core.machines import PDF

DAY = date(2026, 3, 4)


def plan(people, upto="ordered", title="柳溪镇项目暗访", **more):
    """A plan in the state `upto`, by 巡察办, approved by the secretary, patrol1 leading inspector1."""
    values = {
        "by": people.patroloffice, "region": Region.objects.get(code=factories.QINGHE), "starts_on": DAY, "ends_on": DAY,
        "approver": people.secretary, "purpose": "看产业项目进度。",
        "members": [
            {"user": people.patrol1, "role": "leader"}, {"user": people.inspector1, "role": "member"},
        ],
        "places": [{"region": Region.objects.get(code=factories.VILLAGE)}], **more,
    }  # fmt: skip
    row = plans.order(title=title, **values)
    steps = {"approved": plans.approve, "under_way": plans.start, "finished": plans.finish}
    for state, step in steps.items():
        if upto not in list(steps)[list(steps).index(state) :]:
            break
        row = step(row, by=values["approver"] if state == "approved" else people.patrol1)
    return row


def visit(people, within=None, **more):
    """A visit by patrol1, under the plan `within` where one is given."""
    values = {
        "by": people.patrol1, "region": Region.objects.get(code=factories.VILLAGE), "visited_on": DAY, "plan": within,
        "households": 3, "talks": 4, "talked_to": "村组干部", "notes": "补助已到账。", **more,
    }  # fmt: skip
    if within is not None and "visited_on" not in more:
        values["visited_on"] = moment.today()
    for name in {"latitude", "longitude"} & set(values):
        values[name] = Decimal(str(values[name]))
    return visits.record(**values)


def jpeg(shade=90, *, taken=None, position=None, name="现场.jpg"):
    """A real photo with what a phone writes into it: `taken` a day, `position` degrees north and east."""
    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = f"{taken:%Y:%m:%d} 09:30:00"
    if position:
        north, east = ((int(x), int(x % 1 * 60), 0.0) for x in position)
        exif.get_ifd(0x8825).update({1: "N", 2: north, 3: "E", 4: east})
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (shade, shade, shade)).save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def worksheet(people, **more):
    """A worksheet by patrol1 with one paper."""
    values = {
        "by": people.patrol1, "problem_class": "资金使用", "text": "补助重复发放。", "found_on": DAY,
        "unit": factories.unit("柳溪镇人民政府", region=factories.TOWN),
        "evidence": [SimpleUploadedFile("凭证.pdf", PDF)], **more,
    }  # fmt: skip
    if more.get("plan") is not None and "found_on" not in more:
        values["found_on"] = moment.today()
    return worksheets.draft(**values)


def villager(people, name="周驻村", **more):
    """A first secretary in the village, sent by the bureau of agriculture."""
    values = {
        "by": people.patroloffice, "region": Region.objects.get(code=factories.VILLAGE),
        "unit": factories.unit("县农业农村局"), "starts_on": date(2025, 7, 1), "role": "first_secretary", **more,
    }  # fmt: skip
    return attendance.register(name=name, **values)


def month(people, person=None, of="2026-03", present=12, **more):
    """A month of that person, too short unless said otherwise."""
    values = {
        "by": people.patroloffice,
        "person": person or villager(people),
        "days_present": present,
        **more,
    }
    return attendance.record(month=of, **values)
