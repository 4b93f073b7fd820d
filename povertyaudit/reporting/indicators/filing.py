"""立案、处分、问责、通报: cases, decisions on persons, the four forms, who answered, what was made public."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q

from cases.asking_querysets import NO_SANCTION
from cases.filing_querysets import DECIDED, SANCTIONS
from cases.models import (
    Bulletin,
    BulletinCase,
    BulletinPerson,
    Case,
    Form,
    Measure,
    Outcome,
    Responsible,
)
from povertyaudit.reporting.indicators import ways
from povertyaudit.reporting.indicators.base import Indicator
from povertyaudit.reporting.indicators.days import Between, from_to

PARTY_LAW = "纪律处分条例、公职人员政务处分法第七条"
FORMS_LAW = "监督执纪“四种形态”统计口径（本地决定：跨线索一人一次，取最重的一项）"
DUTY = "问责条例第八条"
PUBLIC = "本地决定（典型案例一月一通报）"
BY_MEASURE = ways.chosen("measure", "按处理", Measure.choices)


def decided() -> Q:
    """Decisions that stand: not suggested only, not replaced."""
    return Q(state__in=DECIDED)


def persons(among: Q) -> Any:
    return Count("subject", distinct=True, filter=among)


def _outcome(code: str, name: str, unit: str, counts: str, narrow: Callable[[], Q], **more: Any) -> Indicator:
    return Indicator(
        code=code, name=name, unit=unit, counts=counts, period="按决定日期", source=more.pop("source", PARTY_LAW),
        model=Outcome, path="outcomes", narrow=narrow, during=Between("decided_on"), days=from_to("decided"), **more,
    )  # fmt: skip


def _form(form: int) -> Indicator:
    name = str(Form(form).label)
    counts = f"处理结果属于{name}的人数：期间内每人只计一次，取最重的一项；建议、不予处分和已被更正的不计。"
    asked = {"once": "true", "form": str(form)}
    return _outcome(f"form_{form}", name, "人", counts, decided, asked=asked, once=form, source=FORMS_LAW)


CASES = Indicator(
    code="cases_filed", name="立案", unit="件", counts="立案的件数，一件线索立一案；人数另计。", period="按立案日期",
    source="监督执纪工作规则第三十七条", model=Case, path="cases", during=Between("filed_on"), days=from_to("filed"),
    region="lead__region_id",
)  # fmt: skip
SANCTIONED = _outcome(
    "persons_sanctioned", "党纪政务处分", "人",
    "受党纪或者政务处分的人数：同一线索中一人有几项处分只计一次。列表按处分决定逐项列出，行数可以多于人数。",
    lambda: decided() & Q(kind__in=SANCTIONS), asked={"tab": "sanctions"}, total=persons,
)  # fmt: skip
SANCTIONS_GIVEN = _outcome(
    "sanctions", "党纪政务处分决定", "项", "作出的党纪、政务处分决定项数；一人受两项处分计两项。",
    lambda: decided() & Q(kind__in=SANCTIONS), asked={"tab": "sanctions"}, ways=(BY_MEASURE,),
)  # fmt: skip
TRANSFERRED = _outcome(
    "transferred", "移送检察机关", "项", "决定移送检察机关审查起诉的项数，每人每件一项。",
    lambda: decided() & Q(kind="transfer"), asked={"kind": "transfer", "decided": "true"}, source="监察法第五十二条",
)  # fmt: skip
FORMS = tuple(_form(form) for form in (1, 2, 3, 4))


def _answering(code: str, name: str, kind: str, counts: str, *, held: bool) -> Indicator:
    def narrow() -> Q:
        stands = ~Q(accountability__state="open") & Q(kind=kind)
        return stands & (~Q(measure__in=NO_SANCTION) if held else Q(measure="talk"))

    return Indicator(
        code=code, name=name, unit="人" if kind == "person" else "个", counts=counts, period="按问责决定日期", source=DUTY,
        model=Responsible, path="responsibles", narrow=narrow, during=Between("accountability__decided_on"),
        days=from_to("decided"), asked={"kind": kind, "standing": "held" if held else "talked"},
        region="accountability__region_id",
    )  # fmt: skip


HELD = _answering(
    "persons_held", "问责", "person", "决定问责的人数；约谈不是问责，不计；不予问责的不计。", held=True
)
UNITS_HELD = _answering("units_held", "问责单位", "unit", "决定问责的单位数；约谈不计。", held=True)
UNITS_TALKED = _answering(
    "units_talked", "问责中约谈的单位", "unit", "问责决定中以约谈处理的单位数，不计入问责。", held=False
)


def _published(
    code: str, name: str, unit: str, counts: str, model: Any, path: str, through: str, **more: Any
) -> Indicator:
    """Of bulletins that were issued and not corrected since; lists of parts hold these alone."""
    return Indicator(
        code=code, name=name, unit=unit, counts=counts, period="按印发日期", source=PUBLIC, model=model, path=path,
        narrow=lambda: Q(**{f"{through}state": "issued"}), during=Between(f"{through}issued_on"), days=from_to("issued"),
        region=f"{through}region_id", **more,
    )  # fmt: skip


BULLETINS = _published(
    "bulletins", "典型案例通报", "期", "印发的通报期数；后来被更正的不计。", Bulletin, "bulletins", "",
    asked={"state": "issued"},
)  # fmt: skip
BULLETIN_CASES = _published(
    "bulletin_cases",
    "通报典型案例",
    "起",
    "印发的通报中的案例起数。",
    BulletinCase,
    "bulletins/cases",
    "bulletin__",
)
BULLETIN_PERSONS = _published(
    "bulletin_persons", "通报典型案例涉及", "人次", "印发的通报中点到的人次；同一人在两起中计两次。", BulletinPerson,
    "bulletins/persons", "case__bulletin__",
)  # fmt: skip
INDICATORS = (
    CASES, SANCTIONED, SANCTIONS_GIVEN, TRANSFERRED, *FORMS, HELD, UNITS_HELD, UNITS_TALKED, BULLETINS, BULLETIN_CASES,
    BULLETIN_PERSONS,
)  # fmt: skip
