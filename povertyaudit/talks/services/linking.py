"""关联问责: a talk that an accountability decided on (measure 约谈). A link, so that nobody counts the two as two."""

from django.db import transaction

from cases.models import Accountability
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User
from povertyaudit.talks.models import Talk
from povertyaudit.talks.workflow import TALK


def check_link(found: Accountability | None) -> None:
    """Raises RuleBroken unless the accountability decided on a talk."""
    if found is None:
        return
    if not found.objects_of.filter(measure="talk").exists():
        text = "这件问责没有“约谈”的问责方式，不能关联。"
        raise RuleBroken("talk.accountability", text, field="accountability")


@transaction.atomic
def link(
    talk: Talk, *, by: User, accountability: Accountability, note: str = "", expected_version: int | None = None
) -> Talk:  # fmt: skip
    """关联问责. Raises RuleBroken where it decided on no talk, or is linked already."""
    row = TALK.begin(talk, "link", by=by, note=note, expected_version=expected_version)
    check_link(accountability)
    if row.accountability_id == accountability.pk:
        raise RuleBroken("talk.linked", "这件问责已经关联。", field="accountability")
    changes = {"accountability": accountability}
    done: Talk = TALK.finish(row, "link", by=by, note=note, changes=changes)
    return done
