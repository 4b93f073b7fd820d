"""Pages of an office's sheet: what waits, the grid, and handing it in."""

from typing import Any

from django.forms import BaseForm

from povertyaudit.assessment import pages
from povertyaudit.assessment.filters import ScoreSheetFilter
from povertyaudit.assessment.forms.assessments import ScoreForm
from povertyaudit.assessment.models import ScoreSheet
from povertyaudit.assessment.services import scoring
from povertyaudit.assessment.workflow.assessments import SCORE_SHEET
from povertyaudit.core.views import ActPage, Column, Facts, ListPage, RecordPage, Tab, Table

SCORES = ("考核评分", "/score-sheets/")


class ScoreSheetList(ListPage):
    queryset = ScoreSheet.objects.for_list()
    section, title = "score_sheets", "考核评分"
    filterset_class = ScoreSheetFilter
    main_filters = ("q", "state")
    columns = (
        Column("number", "编号", kind="link", order="number"),
        Column("title", "评分表", phone="main"),
        Column("unit.name", "评分单位", phone="sub"),
        Column("light", "时限", kind="clock", order="due_on"),
        Column("state", "状态", kind="state"),
        Column("submitted_by.display_name", "提交人", shown=False),
        Column("submitted_on", "提交日期", kind="date", shown=False),
    )
    order = "-due_on"
    tabs = (Tab("", "全部"), Tab("mine", "待我评分", lambda rows, user: rows.waiting_for(user)))
    empty = "没有要您所在单位评分的考核。"


class ScoreSheetPage(RecordPage):
    queryset = ScoreSheet.objects.for_list()
    section, workflow, parent = "score_sheets", SCORE_SHEET, SCORES

    def facts(self) -> list[Facts]:
        return pages.score_facts(self.object)

    def tables(self) -> list[Table]:
        return [pages.score_table(self.object, scoring.grid(self.object))]


class ScoreSheetAct(ActPage):
    queryset, section, workflow = ScoreSheet.objects.for_list(), "score_sheets", SCORE_SHEET

    def shows(self, row: Any) -> list[Facts | Table]:
        return [*pages.score_facts(row), pages.score_table(row, scoring.grid(row))]


class FillIn(ActPage):
    """The grid: one line a unit, one column an indicator; Tab goes on to the next cell, on a phone each unit is a card."""

    queryset, section, workflow = ScoreSheet.objects.for_list(), "score_sheets", SCORE_SHEET
    verb, form_class, template_name = "score", ScoreForm, "assessment/score_form.html"
    label, done = "保存评分", "已保存。全部评完后请提交。"
    intro = "每项 100 分，按权重折算。可以分几次填，保存以后再提交。"

    def get_title(self) -> str:
        return "评分"

    def get_form_kwargs(self) -> dict[str, Any]:
        given = {(one.unit_sheet_id, one.key): one.points for one in self.object.scores.all()}
        return {**super().get_form_kwargs(), "asked": scoring.grid(self.object), "given": given}

    def cleaned(self, form: BaseForm) -> dict[str, Any]:
        return {"scores": form.scores()}  # type: ignore[attr-defined]

    def perform(self, row: Any, **values: Any) -> Any:
        return scoring.score(row, **values)
