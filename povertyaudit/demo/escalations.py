"""督办 at every step: a letter to sign, one to answer, one answered and paused, a summons to decide, one decided."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from povertyaudit.core import moment
from povertyaudit.core.models import Unit
from povertyaudit.demo import papers
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import COUNTY_TIME
from rectification import services
from rectification.models import Escalation, Item, Pursuit, SourcePaper
from rectification.services import escalating
from rectification.services import escalation_letters as letters

# town, days late, problem, the step it comes to, what happens to the last one
STORIES = (
    (1, 5, "两个村的光伏收益未按季度公示。", "hint", "draft"),
    (2, 9, "易地搬迁后续产业用房闲置四间。", "hint", "sent"),
    (3, 16, "村级公益岗位人员名单未及时更新。", "hint", "answered"),
    (4, 34, "小型水利设施管护责任没有落实到人。", "talk", "proposed"),
    (5, 44, "扶贫资产台账登记不全，缺少三处厂房。", "talk", "agreed"),
)  # fmt: skip
GIVEN = 25  # days the unit was given


def make(cast: Cast) -> None:
    """Five items of five stories, made and pressed on their own days."""
    for town, late, problem, step, end in STORIES:
        item = accepted(cast, cast.town_unit(town), late, problem)
        _climb(cast, item, step)
        _end(cast, item, end)


def accepted(cast: Cast, unit: Unit, late: int, problem: str) -> Item:
    """An item of the assessment in the hands of `unit`, `late` days past its date (before it, where negative)."""
    today = moment.today()
    with _on(today - timedelta(days=late + GIVEN)):
        made = services.create_item(
            by=cast.inspector1, source="assessment", paper=_paper(unit), problem_class="产业发展", aspect="项目和资产管护", problem=problem,
            goal="整改到位，责任落实到人。", main_unit=unit, lead_unit=cast.units["县农业农村局"],
            due_on=today - timedelta(days=late), measures=[{"text": "逐项核对，公示结果。"}, {"text": "明确专人负责。"}],
        )  # fmt: skip
        services.issue(made, by=cast.inspector1)
    with _on(today - timedelta(days=late + GIVEN - 2)):
        services.accept(made, by=cast.holding("liaison", unit))
    return Item.objects.get(pk=made.pk)


def _paper(unit: Unit) -> SourcePaper:
    """The assessment they were found by, whatever its date: a story."""
    county = unit.region_id[:6]
    found: SourcePaper = SourcePaper.objects.filter(
        kind="assessment", region__code__startswith=county
    ).earliest("pk")
    return found


def _climb(cast: Cast, item: Item, step: str) -> None:
    """As the clock goes up the ladder, morning by morning; every letter before the last step is sent."""
    day = item.due_on + timedelta(days=3) if item.due_on else moment.today()
    today = moment.today()
    while day <= today:
        with _on(day):
            escalating.take_batch([item.pk], day)
            latest = _latest(item)
            if latest.step == step:
                return
            if latest.state == "drafted":
                letters.send(latest, by=cast.inspector1, note="已核对。")
        day = Pursuit.objects.get(item=item).next_on


def _end(cast: Cast, item: Item, end: str) -> None:
    latest = _latest(item)
    if end == "draft":
        return
    with _on(latest.taken_on, hour=15):
        if end in ("sent", "answered"):
            letters.send(latest, by=cast.inspector1, note="已核对。")
        elif end == "agreed":
            letters.decide(latest, by=cast.leader, note="同意，请主要负责人约谈。")
    if end == "answered":
        with _on(latest.taken_on + timedelta(days=1)):
            who = cast.holding("liaison", item.main_unit) if item.main_unit else cast.official
            letters.reply(
                _latest(item), by=who, text="名单已核对 21 人，余下 6 人十日内完成；所涉道路施工，进村困难。",
                files=[papers.photo("进村道路", item.pk, after=False)],
            )  # fmt: skip
            until = moment.today() + timedelta(days=60)
            services.pause_pressing(
                item, by=cast.leader, until=until, note="进村道路施工，县委同意通车后再督办。"
            )


def _latest(item: Item) -> Escalation:
    latest: Escalation = Escalation.objects.filter(item=item).latest("pk")
    return latest


@contextmanager
def _on(day: date, hour: int = 9) -> Iterator[None]:
    with moment.pretend(datetime.combine(day, time(hour, 30), COUNTY_TIME)):
        yield
