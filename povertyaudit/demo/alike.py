"""Leads that are alike: a repeat in another hand, the same matter from another side, and one of the same name only."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cases import services
from cases.models import Channel, Lead, ManagedBy
from povertyaudit.core import moment
from povertyaudit.demo.intake import came
from povertyaudit.demo.leads import CATEGORIES
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

FIRST = (
    "{v}申报油茶新种 120 亩，实际只种了三十来亩，其余是荒坡，领走产业奖补 2.6 万元，验收表上的照片是邻村的地，"
    "村支书谢长庚签的字。"
)
REPEAT = (
    "{v}申報油茶新種一百二十畝，實際只種了三十來畝，其餘是荒坡，領走產業獎補二萬六千元；驗收表上的照片是鄰村的地，"
    "村支書謝長庚簽的字。"
)
ASIDE = "{v}产业路硬化由谢长庚的妻弟承包，没有比选，也没有公示，路面不到一年就开裂。"
NAMESAKE = "民政办谢长庚办理临时救助时暗示要请客，送去土特产后第三天才批。"
PERSON: dict[str, Any] = {
    "name": "谢长庚", "post_text": "村党支部书记", "kind": "village_cadre", "number_one": True, "gender": "male",
    "birth_month": "1971-08", "political_status": "member", "party_entry_month": "1996-07",
    "rank_kind": "village", "education": "secondary",
}  # fmt: skip


def stories(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Registered over three weeks by 案管, as hand-overs come in; what is alike still waits to be decided."""
    village, town = cast.places.villages[7], cast.places.towns[-3]
    person = PERSON | {
        "unit_text": f"{village.name}村民委员会",
        "managed_by": ManagedBy.objects.get(code="township"),
    }
    yield diary.ago(18)
    first = _register(
        cast, village, "反映{v}虚报种植面积领取产业奖补", FIRST, person, Channel.HANDOVER, 26_000
    )
    first = services.dispatch(
        first, by=cast.casemgr, handling_unit=cast.units["第一监督检查室"], leader=cast.leader,
        instruction="请第一监督检查室核实，重点核对验收表和现场面积。",
    )  # fmt: skip
    yield diary.ago(16)
    services.sign_for(first, by=cast.inspector1)
    yield diary.ago(5)
    _register(
        cast, village, "反映{v}虛報種植面積套取獎補", REPEAT, {"name": "謝長庚"}, Channel.INSTRUCTION, 26_000
    )
    yield diary.ago(4)
    aside = _register(cast, village, "反映{v}产业路指定亲戚施工", ASIDE, person, Channel.DATA_MATCH, 0)
    services.link(aside, by=cast.casemgr, other=first, note="同一名村干部的另一个项目，请一并研判。")
    early = (
        Lead.objects.visible_to(cast.casemgr).filter(number=f"990101-XF-{moment.today().year}-0001").first()
    )
    if early is not None:
        services.keep_apart(aside, by=cast.casemgr, other=early, note="同属产业项目，人和地点都不同。")
    yield diary.ago(3)
    namesake = {
        "name": "谢长庚",
        "unit_text": f"{town.name}民政办",
        "post_text": "工作人员",
        "kind": "official",
    }
    _register(cast, town, "反映{v}办理临时救助请客送礼", NAMESAKE, namesake, Channel.MEDIA, 0)


def _register(
    cast: Cast, place: Any, title: str, text: str, person: dict[str, Any], channel: str, yuan: int
) -> Any:
    values = {"v": place.name}
    return services.register(
        by=cast.casemgr, channel=channel, received_on=moment.today(), region=place, title=title.format(**values),
        text=text.format(**values), category=CATEGORIES["false_claim"], amount_fen=yuan * 100 or None,
        subjects=[person], intake=came(channel, place.name),
    )  # fmt: skip
