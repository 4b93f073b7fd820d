"""What must be true of a registration, and what is doubtful in it (domain §1.3): an error, or to be confirmed with a reason."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.views.decorators.debug import sensitive_variables

from cases.models import ASKED, Axis, Category, IdentityStatus, IntakeDetail, Lead, LeadSubject, SubjectKind
from povertyaudit.core import idnumbers, moment
from povertyaudit.core.cleaning import to_halfwidth
from povertyaudit.core.errors import DomainError, RuleBroken

OLDEST = date(2000, 1, 1)
MANY_SUBJECTS = 100
AXES = (("category", Axis.CORRUPTION), ("style", Axis.STYLE))
CONFIRM = "确属如此的，请在“核对说明”中写明理由。"
_ID_LIKE = re.compile(r"[0-9]{14,20}[0-9Xx]?")


@dataclass(frozen=True)
class Doubt:
    """Not wrong in itself, and probably a slip: where, and what to look at."""

    field: str
    message: str


def check_day(
    day: date | None, field: str, *, code: str, what: str = "日期", since: date = OLDEST, since_what: str = ""
) -> None:
    """`day` lies between `since` (in words `since_what`, e.g. “受理日期”) and today. Raises RuleBroken."""
    if day is None or not since <= day <= moment.today():
        first = f" {since.year} 年" if since == OLDEST else f"{since_what} {since} "
        raise RuleBroken(code, f"{what}应在{first}和今天之间，请核对。", field=field)


@sensitive_variables("identity")
def broken_rules(
    lead: Lead, persons: int, identity: Mapping[str, str], of_day: Callable[..., Any] | None = None
) -> list[DomainError]:
    """Every broken rule; sets the categories in the words of the day (`of_day`: where many are judged, read once)."""
    today = moment.today()
    found: list[DomainError] = []

    def broken(code: str, text: str, field: str) -> None:
        found.append(RuleBroken(f"register.{code}", text, field=field))

    if lead.received_on > today:
        broken("future", "受理日期不能晚于今天，请核对。", "received_on")
    elif lead.received_on < OLDEST:
        broken("absurd", f"受理日期早于 {OLDEST.year} 年，请核对年份。", "received_on")
    if lead.result_due_on and lead.result_due_on < lead.received_on:
        broken("due", "报结果日期不能早于受理日期，请核对。", "result_due_on")
    for code, text, field in misclassed(lead, lead.received_on, of_day):
        broken(code, text, field)
    if lead.counts and lead.category is None and lead.style is None:
        broken("category", "请选择问题类别或作风问题，至少一项。", "category")
    if lead.counts and not lead.text.strip() and not persons:
        broken("empty", "请写明反映的主要问题，或者登记被反映人。", "text")
    if persons > MANY_SUBJECTS:
        broken("subjects", f"一件线索最多登记 {MANY_SUBJECTS} 名被反映人，请分件登记。", "subjects")
    if identity and lead.identity_status == IdentityStatus.ANONYMOUS:
        broken("anonymous", "匿名件不登记反映人信息；已知反映人的，请把署名情况改为实名。", "identity_status")
    if (wrong := misread_id(identity)) is not None:
        found.append(wrong)
    return found


def misclassed(
    row: Lead | LeadSubject, day: date, of_day: Callable[..., Any] | None = None
) -> Iterator[tuple[str, str, str]]:
    """(code, sentence, field) of a category off its axis or not in use; the others get the words of the day."""
    for name, axis in AXES:
        category = getattr(row, name)
        if category is None:
            continue
        if category.axis != axis:
            yield "axis", f"“{category.name}”不属于{axis.label}，请在对应的一栏选择。", name
        elif (then := (of_day or Category.objects.of_day)(category, day)) is not None:
            setattr(row, name, then)
        else:
            yield "category_ended", f"类别“{category.name}”在受理时没有启用，请改选。", name


@sensitive_variables()
def misread_id(identity: Mapping[str, str]) -> DomainError | None:
    """A complainant's number that looks like an ID number and is none; other papers (passport) are taken as they are."""
    number = to_halfwidth(identity.get("id_number", "")).replace(" ", "")
    if len(number) == 15 or not _ID_LIKE.fullmatch(number):  # fifteen digits: the old kind, without a check
        return None
    try:
        idnumbers.clean_id_number(number)
    except ValidationError as refused:
        text = f"{refused.messages[0]}原件如此的，请改记在“其他需要保密的情况”中。"
        return RuleBroken("register.id_number", text, field="id_number")
    return None


def details(lead: Lead, given: Mapping[str, Any] | None, found: list[DomainError]) -> IntakeDetail | None:
    """来件情况 as the channel asks it, or None where nothing is said. A program that sends none is not asked for any."""
    if given is None:
        return None
    said = {name: value for name, value in given.items() if value not in (None, "")}
    asked = {one.column: one for one in ASKED.get(lead.channel, ())}

    def broken(code: str, text: str, field: str) -> None:
        found.append(RuleBroken(f"intake.{code}", text, field=field))

    for name in set(said) - set(asked):
        broken("not_asked", f"来源渠道“{lead.get_channel_display()}”没有这一项，请清空或改选来源渠道。", name)
    for name, one in asked.items():
        if one.must and name not in said:
            broken("missing", f"请填写“{one.label}”。{one.help}", name)
    if (day := said.get("source_on")) and day > lead.received_on:
        label = asked["source_on"].label if "source_on" in asked else "来件日期"
        broken("after_receipt", f"{label}不能晚于受理日期 {lead.received_on}，请核对。", "source_on")
    if said.get("result_wanted") is False and lead.result_due_on:
        broken("no_result", "不要结果的件不填要求报结果日期，请核对。", "result_wanted")
    return IntakeDetail(**said) if said else None


def doubts(lead: Lead, persons: Iterable[LeadSubject]) -> list[Doubt]:
    """What looks like a slip in a lead as it stands."""
    people = list(persons)
    return [*_of_amount(lead), *_of_names(lead, people), *_of_persons(lead, people)]


# 2.6 万元, 3万余元, 1,500元, 三万元
_SUM = re.compile(
    r"(\d[\d,]{0,17}(?:\.\d{1,6})?|[一二两三四五六七八九十百千]+)\s*(亿|万|千|百)?\s*[余多几]?\s*元"
)
_SIZE = {None: 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def _of_amount(lead: Lead) -> Iterator[Doubt]:
    """Sums named in the text and not entered, or entered in the wrong unit."""
    sums = list(_SUM.finditer(to_halfwidth(f"{lead.title}\n{lead.text}")))
    if not sums:
        return
    if lead.amount_fen is None:
        yield Doubt("amount_fen", f"反映内容提到“{sums[0][0]}”，涉及金额没有填写，请核对。")
        return
    named = {
        round(float(found[1].replace(",", "")) * _SIZE[found[2]] * 100)
        for found in sums
        if found[1][0].isdigit()
    }
    if lead.amount_fen not in named and any(
        lead.amount_fen * 10_000 == one or lead.amount_fen == one * 10_000 for one in named
    ):
        yield Doubt("amount_fen", "涉及金额与反映内容中的金额相差一万倍，请核对单位是元还是万元。")


_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭林何罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易武贺龚文向覃"
)
_POST = "支书|书记|主任|镇长|乡长|县长|局长|所长|站长|村长|会计|文书|组长|校长|院长|经理|委员|队长|干部"
# What follows a name in a summary; without such a mark nobody can tell where a name ends.
_AFTER = "等在以为将违虚冒套截挪贪侵优吃拿卡要收利用私多涉不乱擅强伙与和的、，,：:"
_MASKED = re.compile(f"[{_FAMILY}]某某?")
_NAMED = re.compile(f"(?:{_POST})([{_FAMILY}][一-鿿]{{1,2}}?)(?=[{_AFTER}]|$)")


def _of_names(lead: Lead, people: list[LeadSubject]) -> Iterator[Doubt]:
    """A person the summary names and nobody registered."""
    named = [found[0] for found in _MASKED.finditer(lead.title)]
    named += [found[1] for found in _NAMED.finditer(lead.title) if "某" not in found[1]]
    for name in dict.fromkeys(named):
        if not any(_same(name, person.name) for person in people):
            yield Doubt("title", f"摘要提到“{name}”，但没有登记为被反映人，请补登或修改摘要。")


def _same(named: str, registered: str) -> bool:
    """A masked name fits everybody of the family name."""
    if "某" in named or "某" in registered:
        return named[0] == registered[:1]
    return named == registered


def _of_persons(lead: Lead, people: list[LeadSubject]) -> Iterator[Doubt]:
    """Persons against each other and against the kind."""
    if people and not lead.counts:
        yield Doubt("kind", f"{lead.get_kind_display()}一般没有被反映人；属检举控告的，请修改类型。")
    keys = [(person.name, person.unit_text, person.post_text) for person in people]
    twice = next((key[0] for key in keys if keys.count(key) > 1), None)
    if twice:
        yield Doubt("subjects", f"被反映人“{twice}”登记了不止一次，请核对。")
    for person in people:
        if person.principal and person.kind in (SubjectKind.VILLAGE_CADRE, SubjectKind.OTHER):
            kind = person.get_kind_display()
            yield Doubt("subjects", f"“{person.name}”的身份是{kind}，又标为下一级党委主要负责人，请核对。")


def open_doubts(lead: Lead) -> list[Doubt]:
    """Doubts nobody has explained, of a lead with its persons at hand."""
    return [] if lead.check_note else doubts(lead, lead.subjects.all())


def nameless(lead: Lead, identity: Mapping[str, str]) -> list[Doubt]:
    """实名 means a name and a way to reach him (检举控告规则)."""
    reachable = identity.get("name") and (identity.get("phone") or identity.get("address"))
    text = "署名为实名，但没有填写反映人姓名和联系方式。"
    return [Doubt("name", text)] if lead.is_named and lead.counts and not reachable else []


def unexplained(found: Iterable[Doubt], check_note: str | None) -> list[DomainError]:
    """The doubts as refusals, where the caller can explain (`check_note` is not None) and did not."""
    if check_note is None or check_note.strip():
        return []
    return [RuleBroken("register.doubt", f"{doubt.message}{CONFIRM}", field=doubt.field) for doubt in found]
