"""The laws and party rules that periods rest on, each with the day it came into force, and the shape of a row."""

from dataclasses import dataclass
from datetime import date, timedelta

WD, D, M = "working_days", "days", "months"


@dataclass(frozen=True, kw_only=True)
class Law:
    """A document and the day it came into force."""

    name: str
    since: date


PETITION = Law(name="纪检监察机关处理检举控告工作规则（2020）", since=date(2020, 1, 21))
DISCIPLINE = Law(name="中国共产党纪律检查机关监督执纪工作规则（2019）", since=date(2019, 1, 1))
TRIAL = Law(name="中国共产党纪律检查机关监督执纪工作规则（试行）（2017）", since=date(2017, 1, 8))
SUPERVISION_2018 = Law(name="中华人民共和国监察法（2018）", since=date(2018, 3, 20))
SUPERVISION = Law(name="中华人民共和国监察法（2024 年修正）", since=date(2025, 6, 1))
SUPERVISION_RULES = Law(name="中华人民共和国监察法实施条例（2021）", since=date(2021, 9, 20))
SANCTIONS = Law(name="中国共产党纪律处分条例", since=date(2018, 10, 1))
SANCTIONS_2016 = Law(name="中国共产党纪律处分条例（2016）", since=date(2016, 1, 1))
ADMONITION = Law(name="关于组织人事部门对领导干部进行提醒、函询和诫勉的实施细则", since=date(2015, 6, 26))
OFFICIALS = Law(name="中华人民共和国公职人员政务处分法（2020）", since=date(2020, 7, 1))
LETTERS = Law(name="信访工作条例（2022）", since=date(2022, 5, 1))
INSPECTION_2015 = Law(name="中国共产党巡视工作条例（2015/2017）", since=date(2015, 8, 3))
INSPECTION = Law(name="中国共产党巡视工作条例（2024 年修订）", since=date(2024, 2, 8))
LOCAL = Law(name="地方做法，未见上级规定", since=date(2017, 1, 1))


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row of the table; `amount` in `unit`; `extra_*` is the extension the rule itself allows, if it says so."""

    number: str
    code: str
    name: str
    amount: int
    unit: str
    law: Law
    starts: str
    article: str = ""
    confidence: str = "S"
    until: Law | None = None
    roll_over: bool = True
    extra_amount: int | None = None
    extra_unit: str = ""
    extra_times: int | None = None
    extra_note: str = ""
    extra_by: str = ""
    note: str = ""

    def fields(self) -> dict[str, object]:
        """Return the values of the ClockRule row."""
        return {
            "number": self.number,
            "code": self.code,
            "name": self.name,
            "amount": self.amount,
            "unit": self.unit,
            "roll_over": self.roll_over,
            "start_event": self.starts,
            "source": self.law.name,
            "article": self.article,
            "confidence": self.confidence,
            "valid_from": self.law.since,
            "valid_to": self.until.since - timedelta(days=1) if self.until else None,
            "extension_amount": self.extra_amount,
            "extension_unit": self.extra_unit,
            "extension_times": self.extra_times,
            "extension_note": self.extra_note,
            "extension_by": self.extra_by,
            "note": self.note,
            "state": "confirmed",
        }
