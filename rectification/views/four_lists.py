"""四张清单 (问题、任务、责任、时限): four sets of columns over the same rows of items and measures."""

from typing import Any

from povertyaudit.core.views import Column, ListPage
from rectification.filters import ItemFilter, MeasureListFilter
from rectification.models import UNCOUNTED, Item, Measure, MeasureState, State
from rectification.views.items import PARENT

LISTS = (("problems", "问题清单"), ("tasks", "任务清单"), ("duties", "责任清单"), ("dates", "时限清单"))
COMMON = ("round", "paper", "unit", "q", "region")  # conditions that mean the same in all four


def results_of(measure: Measure) -> str:
    """What came of it, in one line."""
    return "；".join(f"{r.text}（{r.figures}）" if r.figures else r.text for r in measure.results.all())


def open_day(measure: Measure) -> Any:
    """The day with its light while there is something to do; a measure carried out has none."""
    over = measure.state == MeasureState.DONE or measure.item.state in {
        State.CLOSED,
        State.LONG_TERM,
        *UNCOUNTED,
    }
    return None if over else measure.day


NUMBER = Column("number", "编号", kind="link")
MEASURE = Column("text", "整改措施", phone="main")
STATE = Column("state", "落实情况", kind="state")


class FourList(ListPage):
    """One of the four, with the way to the others under the same conditions."""

    section, parent, template_name = "items", PARENT, "rectification/four_list.html"
    here = ""

    def ways(self) -> list[tuple[str, str, bool]]:
        """(label, address, whether it is this one); conditions common to all go along."""
        others = {name: "" for name in self.asked if name not in COMMON}
        query = self.url_with(**others)
        return [(label, f"/four-lists/{key}/{query}", key == self.here) for key, label in LISTS]


class ProblemList(FourList):
    queryset = Item.objects.for_list().with_progress()
    title, here = "问题清单", "problems"
    filterset_class = ItemFilter
    main_filters: Any = ("q", "round", "paper", "unit")
    order = "pk"
    columns: Any = (
        NUMBER,
        Column("problem_class", "大类", phone="hide"),
        Column("aspect", "方面", phone="hide"),
        Column("problem", "具体问题", phone="main"),
        Column("get_source_display", "问题来源", phone="hide"),
        Column("main_unit", "主责单位", phone="sub"),
        Column("get_completion_display", "完成情况", phone="hide"),
        Column("state", "状态", kind="state"),
    )
    empty = "没有符合条件的整改事项。"


class MeasureList(FourList):
    queryset = Measure.objects.standing().for_lists()
    filterset_class = MeasureListFilter
    main_filters: Any = ("q", "round", "paper", "unit")
    order = "pk"
    empty = "没有符合条件的整改措施。"


class TaskList(MeasureList):
    title, here = "任务清单", "tasks"
    columns: Any = (
        NUMBER,
        Column("item.title", "具体问题", phone="hide"),
        MEASURE,
        Column("results", "整改成效", value=results_of, phone="hide"),
        Column("answering", "责任单位", phone="sub"),
        STATE,
    )


class DutyList(MeasureList):
    title, here = "责任清单", "duties"
    columns: Any = (
        NUMBER,
        MEASURE,
        Column("item.leading_leader.display_name", "牵头县领导", phone="hide"),
        Column("item.lead_unit", "牵头单位", phone="hide"),
        Column("answering", "责任单位", phone="sub"),
        Column("answering_person", "责任人", phone="side"),
        STATE,
    )


class DateList(MeasureList):
    title, here = "时限清单", "dates"
    columns: Any = (
        NUMBER,
        MEASURE,
        Column("answering", "责任单位", phone="sub"),
        Column("item.issued_on", "下发日期", kind="date", phone="hide"),
        Column("due_on", "措施时限", kind="date", order="due_on", phone="hide"),
        Column("item.due_on", "事项时限", kind="date", phone="hide"),
        Column("item.original_due_on", "原定时限", kind="date", shown=False),
        Column("light", "到期", kind="clock", value=open_day),
        STATE,
    )
