"""问题线索: what came in, what became of it, what is open, and whether the clocks were kept."""

from datetime import date

from django.db.models import Q

from cases.models import Axis, Category, Channel, Lead, LeadStep
from cases.querysets import NOT_LEADS
from povertyaudit.core.models import Post, Role
from povertyaudit.reporting.indicators import ways
from povertyaudit.reporting.indicators.base import Indicator
from povertyaudit.reporting.indicators.days import Between, at_end, from_to, up_to

LEADS = "咨询求助和意见建议不是问题线索，不计；误登作废的不计。"
STANDING = ~Q(state="voided")  # entered by mistake
LOCAL = "本地决定"
RULES = "监督执纪工作规则第二十条"
WAYS = (
    ways.chosen("channel", "按来源", Channel.choices),
    ways.town(),
    ways.termed("category", "按问题类别", lambda: Category.objects.of_axis(Axis.CORRUPTION).codes()),
    ways.termed("style", "按作风问题", lambda: Category.objects.of_axis(Axis.STYLE).codes()),
)


def counted() -> Q:
    return ~Q(kind__in=NOT_LEADS) & STANDING


def petitions() -> Q:
    """Registered by a petition office: questions and suggestions too."""
    return STANDING & Q(registering_unit__in=Post.objects.filter(role=Role.PETITION).values("unit"))


def open_on(day: date | None) -> Q:
    """As the list of a meeting says it (`cases.worklists.open_on`)."""
    ended = Q(state="merged")
    if day is None:
        return ~Q(state__in=("concluded", "forwarded", "merged", "returned", "voided"))
    for name in ("concluded_on", "forwarded_on", "returned_on"):
        ended |= Q(**{f"{name}__lte": day})
    return Q(received_on__lte=day) & ~ended


def ever_late() -> Q:
    """By the few steps that were late, gathered once: not by looking up the steps of each lead."""
    late = LeadStep._base_manager.filter(Q(approval_late_days__gt=0) | Q(late_days__gt=0))
    return Q(pk__in=late.values("lead"))


def _lead(code: str, name: str, counts: str, by: str, filters: str, period: str, **more: object) -> Indicator:
    """Leads by one of their days."""
    made: dict[str, object] = {
        "narrow": counted, "asked": {"counted": "yes"}, "source": LOCAL, "ways": WAYS, **more,
    }  # fmt: skip
    return Indicator(
        code=code, name=name, unit="件", counts=counts, period=period, model=Lead, path="leads",
        during=Between(by), days=from_to(filters), **made,  # type: ignore[arg-type]
    )  # fmt: skip


RECEIVED = _lead(
    "leads_received", "受理问题线索", f"登记的问题线索件数，不论来源和现在的状态。{LEADS}", "received_on", "received",
    "按受理日期", source=RULES,
)  # fmt: skip
DISPATCHED = _lead(
    "leads_dispatched", "分办问题线索", f"已经分办到承办部门的问题线索件数。{LEADS}", "dispatched_on", "dispatched",
    "按分办日期",
)  # fmt: skip
CONCLUDED = _lead(
    "leads_concluded", "办结问题线索", f"办结的问题线索件数。重新启动的，按最近一次办结算一次。{LEADS}", "concluded_on",
    "concluded", "按办结日期",
)  # fmt: skip
ON_TIME = _lead(
    "leads_on_time", "期限内办结的问题线索", f"办结的问题线索中，审批和办理各步都没有超期的件数。{LEADS}", "concluded_on",
    "concluded", "按办结日期", source="各步期限的依据见期限规则", narrow=lambda: counted() & ~ever_late(),
    asked={"counted": "yes", "ever_late": "false"},
)  # fmt: skip
PETITIONS = _lead(
    "petitions", "信访举报", "信访部门登记的群众来信、来访、来电、网络等全部件数，咨询求助和意见建议也计。", "received_on",
    "received", "按受理日期", narrow=petitions, asked={"by_petition": "true", "standing": "true"}, source="信访工作条例第十八条",
)  # fmt: skip
PETITIONS_DONE = _lead(
    "petitions_done", "其中已办结的信访举报", "期间内受理的信访举报中，现在已经办结的件数。", "received_on", "received",
    "按受理日期，办结与否按现在", narrow=lambda: petitions() & Q(state="concluded"),
    asked={"by_petition": "true", "state": "concluded"}, source="信访工作条例第十八条",
)  # fmt: skip
OPEN = Indicator(
    code="leads_open", name="未办结问题线索", unit="件", source=LOCAL, model=Lead, path="leads/meeting",
    counts=f"期末那一天受理而没有办结、转出、退回或者合并的问题线索件数。{LEADS}", period="期末那一天", narrow=counted,
    during=at_end(open_on), days=up_to("open_on"), standing=True,
)  # fmt: skip
STYLE = _lead(
    "leads_style", "作风问题线索", "问题线索中分类为作风问题的件数，按形式主义、官僚主义、不作为、乱作为等小类分列。",
    "received_on", "received", "按受理日期", narrow=lambda: counted() & Q(style__isnull=False),
    asked={"counted": "yes", "styled": "true"}, ways=(WAYS[3],),
)  # fmt: skip
INDICATORS = (RECEIVED, DISPATCHED, CONCLUDED, ON_TIME, OPEN, PETITIONS, PETITIONS_DONE, STYLE)
