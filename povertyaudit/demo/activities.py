"""工作纪实 of the demo county: trainings, lessons of the warning month, meetings; a few planned, one with a list of names."""

from datetime import date, timedelta
from typing import Any

from povertyaudit.activities.models import Activity, ActivityKind, Regulation
from povertyaudit.activities.services import activities as services
from povertyaudit.activities.services import commendations, decisions, people, regulations, sheets
from povertyaudit.core import moment
from povertyaudit.core.models import User
from povertyaudit.demo.papers import photo
from povertyaudit.demo.people import Cast
from rectification.models import Item

# days ago, who, kind, title, place, sessions, ((category, 人次, 人), …)
HELD: tuple[Any, ...] = (
    (300, "sector4", "BUSINESS", "乡镇分管领导和驻村干部业务培训（第一期）", "县委党校", 1, (("section", 23, 23), ("village_team", 64, 64))),
    (288, "sector4", "BUSINESS", "乡镇分管领导和驻村干部业务培训（第二期）", "县委党校", 1, (("section", 21, 21), ("village_team", 70, 70))),
    (120, "official", "POLICY", "帮扶政策培训班", "镇政府三楼会议室", 2, (("village", 92, 48), ("village_team", 30, 16))),
    (95, "casemgr", "QUARTERLY", "监督检查季碰头会", "县纪委监委会议室", 1, (("discipline", 26, 26),)),
    (60, "official", "SCHOOL", "村讲习所政策宣讲", "各村讲习所", 12, (("people", 460, 380),)),
    (33, "inspector1", "DISPATCH", "整改工作调度会", "县纪委监委会议室", 1, (("section", 31, 31), ("discipline", 12, 12))),
    (20, "sector", "ROTATION", "农业项目管理人员轮训", "县农业农村局", 1, (("staff", 45, 45),)),
)  # fmt: skip
LESSONS = (("official", "WARN_FILM", 46), ("sector", "WARN_BASE", 38), ("sector4", "WARN_MEETING", 27))


def make(cast: Cast) -> None:
    """After everything else: who came stands in the books of the units."""
    today = moment.today()
    made = [_held(cast, today - timedelta(days=ago), *rest) for ago, *rest in HELD]
    may = date(today.year - (today.month < 6), 5, 16)
    for name, kind, came in LESSONS:
        _held(cast, may, name, kind, "警示教育月集中警示教育", "", 1, (("staff", came, came),))
    _fulfilled(cast, made[2], today)
    kept = services.attach(made[0], by=cast.sector4, files=[photo("签到表", 7, after=True)], title="签到表")
    services.archive(kept, by=cast.sector4, note="材料齐全。")
    services.attach(made[1], by=cast.sector4, files=[photo("培训现场", 8, after=True)], title="现场照片")
    named = people.set_people(
        made[3], by=cast.casemgr, people=[{"user": cast.inspector1}, {"user": cast.petition}]
    )
    people.sign_in(named, by=cast.casemgr, people=[])
    _planned(cast, today)
    _decided(cast, made[5], made[3])
    _papers(cast, today)
    line = {
        "kind": "政策宣讲",
        "title": "惠农政策进村宣讲",
        "starts_on": f"{today - timedelta(days=8)}",
        "times": "60",
    }
    sheets.take_in(by=cast.official, lines=[line])


def _kind(code: str, day: date) -> ActivityKind:
    found: ActivityKind = ActivityKind.objects.on(day).get(code=code)
    return found


def _held(
    cast: Cast, day: date, name: str, kind: str, title: str, place: str, sessions: int, came: Any
) -> Activity:
    by: User = getattr(cast, name)
    rows = [{"category": category, "times": times, "persons": persons} for category, times, persons in came]
    return services.register(
        by=by, kind=_kind(kind, day), title=title, starts_on=day, place=place, sessions=sessions, attended=rows,
        topics="学习有关政策和纪律要求，通报典型问题，部署下一步工作。",
    )  # fmt: skip


def _fulfilled(cast: Cast, row: Activity, today: date) -> None:
    """The training carries out a measure of this year's first item."""
    county = cast.places.county.prefix
    items = Item.objects.filter(number__startswith=f"{county}-ZG-{today.year}-", measures__no=1)
    item = items.order_by("number").first()
    if item is not None:
        people.fulfil(row, by=cast.casemgr, item=item, measure=1)


def _planned(cast: Cast, today: date) -> None:
    for name, kind, title, days in (
        ("official", "POLICY", "冬季帮扶政策培训班", 6),
        ("casemgr", "QUARTERLY", "第四季度监督检查碰头会", 12),
        ("sector", "LECTURE", "惠农政策进村宣讲", 20),
    ):
        day = today + timedelta(days=days)
        by: User = getattr(cast, name)
        row = services.plan(by=by, kind=_kind(kind, day), title=title, starts_on=day, place="待定")
        if name == "casemgr":
            people.set_people(
                row,
                by=by,
                people=[{"user": cast.inspector1}, {"name": "陶有禾", "post_title": "石桥坳村会计"}],
            )


def _decided(cast: Cast, dispatch: Activity, quarterly: Activity) -> None:
    """One decision is an item, one is noted; of the other meeting two wait."""
    town, bureau = cast.town_unit(2), cast.units["县农业农村局"]
    due = moment.today() + timedelta(days=45)
    first = {
        "text": "奖补资金滞留的村，年底前全部兑付到户。",
        "unit": town,
        "lead_unit": bureau,
        "due_on": due,
    }
    held = decisions.decide(
        dispatch, by=cast.inspector1, decisions=[first, {"text": "各单位组织学习有关通报。"}]
    )
    second = held.decisions.get(no=2)
    held = decisions.note_decision(
        held, by=cast.inspector1, decision=second, note="属于学习要求，不另立事项。"
    )
    decisions.issue_decisions(held, by=cast.inspector1)
    two = [first | {"text": text} for text in ("核对公示牌内容，缺项的补齐。", "逐村核对台账，差错的更正。")]
    decisions.decide(quarterly, by=cast.casemgr, decisions=two)


def _papers(cast: Cast, today: date) -> None:
    """Honours, and the plans of the county with their parts; one replaced, one that was built by rectification."""
    for kind, name, honour in (
        ("unit", "", "先进集体"),
        ("person", "陶望舒", "先进个人"),
        ("person", "禾砚秋", "先进个人"),
    ):
        commendations.record(
            by=cast.official, kind=kind, unit=cast.town_unit(2), person_name=name, honour=f"巩固拓展脱贫攻坚成果{honour}",
            body="县委、县政府", awarded_on=today - timedelta(days=140), document=f"青发〔{today.year}〕12号",
        )  # fmt: skip
    plan = _laid(cast.sector4, "master", "巩固拓展脱贫攻坚成果实施意见", today - timedelta(days=700))
    for title in ("产业发展", "安全饮水", "住房安全", "资金监管"):
        _laid(cast.sector4, "part", f"{title}专项实施方案", today - timedelta(days=650), parent=plan)
    old = _laid(cast.sector, "rules", "产业奖补资金管理办法", today - timedelta(days=900))
    _laid(cast.sector, "rules", "产业奖补资金管理办法（修订）", today - timedelta(days=80), replaces=old)
    _laid(
        cast.official,
        "system",
        "村务监督月例会制度",
        today - timedelta(days=200),
        valid_to=today + timedelta(days=40),
    )


def _laid(by: User, kind: str, title: str, day: date, **more: Any) -> Regulation:
    return regulations.record(
        by=by, kind=kind, title=title, issuer=str(by.current_posts()[0].unit), valid_from=day, **more
    )
