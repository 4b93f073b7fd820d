"""变更单位 twice: one waits for the decision, one for the unit that is to take over."""

from povertyaudit.demo import escalations
from povertyaudit.demo.people import Cast
from rectification import services
from rectification.models import Arranging

NOT_YET_DUE, TOWNS = -20, (1, 5)
REASON = "项目所在的村已划归该乡镇管理，由其整改更为适宜。"
PROBLEMS = ("产业道路养护责任没有衔接。", "合作社分红台账没有随村移交。")


def make(cast: Cast) -> None:
    """Both are to go to the town of the official who signs in to the demonstration."""
    heir = next(iter(cast.official.current_posts())).unit
    for town, problem in zip(TOWNS, PROBLEMS, strict=True):
        unit = cast.town_unit(town)
        item = escalations.accepted(cast, unit, NOT_YET_DUE, problem)
        by = cast.holding("liaison", unit)
        item = services.request_transfer(item, by=by, kind=Arranging.MAIN, new_unit=heir, reason=REASON)
        if problem == PROBLEMS[-1]:
            services.decide_transfer(item, by=cast.leader, granted=True, note="同意变更。")
