"""报告项目进度 (形象进度) by the unit that builds, between 开工 and 完工."""

from datetime import date

from django.db import transaction

from funds.models import ProgressReport, Project
from funds.services.days import in_order
from funds.workflow.projects import PROJECT
from povertyaudit.core import moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User


@transaction.atomic
def report_progress(
    project: Project, *, by: User, percent: int, text: str, problem: str = "", reported_on: date | None = None,
    note: str = "", expected_version: int | None = None,
) -> Project:  # fmt: skip
    """报告进度: `percent` (0-100) of what is to be built. Less than the report before needs a word why. Raises RuleBroken."""
    row: Project = PROJECT.begin(
        project, "report_progress", by=by, note=note, expected_version=expected_version
    )
    day = reported_on or moment.today()
    last = row.reports.order_by("-reported_on").first()
    in_order("reported_on", day, "截至日期", row.started_on, "开工日期")
    if percent > 100:  # noqa: PLR2004 — per cent
        raise RuleBroken("progress.percent", "形象进度应在 0 到 100 之间，请核对。", field="percent")
    if last is not None and day <= last.reported_on:
        text_ = f"截至日期应晚于上一次报告（{last.reported_on}）；当天有变化的，以后一次报告为准。"
        raise RuleBroken("progress.day", text_, field="reported_on")
    if last is not None and percent < last.percent and not problem.strip():
        text_ = f"形象进度比上一次（{last.percent} %）少，请在“存在问题”写明原因。"
        raise RuleBroken("progress.less", text_, field="problem")
    report = ProgressReport(
        project=row, reported_on=day, percent=percent, text=text, problem=problem, reported_by=by
    )
    facts = {"percent": [last.percent if last else None, percent]}
    done: Project = PROJECT.finish(row, "report_progress", by=by, note=note, saved=[report], facts=facts)
    return done
