"""County reimbursement: stages by the rule, papers, days in order, money never above what was given or contracted."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import Sum

from funds.models import FundingLine, FundRule, Payment, Spending
from funds.services import building, paying, projects, reviewing, spending
from funds.workflow.payments import PAYMENT
from povertyaudit.core import moment
from povertyaudit.core.errors import NotAllowed, RuleBroken, WrongState
from povertyaudit.core.verify import verify
from tests import factories
from tests.funds import payment_makers as makers
from tests.funds.project_makers import WAN, allocation, project
from tests.funds.test_projects import refused

pytestmark = pytest.mark.django_db


def totals(row):
    """(拨付, 支出) of the project as kept, checked against its rows."""
    row.refresh_from_db()
    paid = Payment.objects.filter(project=row, state="paid").aggregate(n=Sum("amount_fen"))["n"] or 0
    spent = Spending.objects.standing().filter(payment__project=row).aggregate(n=Sum("amount_fen"))["n"] or 0
    lines = row.lines.aggregate(n=Sum("paid_fen"))["n"]
    assert (row.paid_fen, row.spent_fen) == (paid, spent)
    assert lines == paid
    return paid, spent


def test_forty_fifty_ten_and_what_is_held_back_for_a_year(people, notices_only_warn, time_machine):
    row = makers.built(people)
    refused("stage", makers.opened, people, row, WAN, "completion")
    refused("amount_fen", makers.opened, people, row, 31_200_001)  # 40 % of 78 万
    refused("amount_fen", makers.opened, people, row, 3_120)  # 万元 typed as 元
    makers.paid(people, row, 31_200_000)
    assert totals(row) == (31_200_000, 31_200_000)
    row = building.complete(row, by=people.unithead)
    refused("amount_fen", makers.opened, people, row, 39 * WAN + 1, "completion")
    makers.paid(people, row, 39 * WAN, "completion", "BK-2")
    row.refresh_from_db()
    row = building.accept(row, by=people.sector, accepted_text="1.9 公里", settled_fen=78 * WAN)
    refused("amount_fen", makers.opened, people, row, 78 * WAN // 10, "final")  # 7 万 of it are held back
    makers.paid(people, row, 800_000, "final", "BK-3")
    assert totals(row)[0] == 71 * WAN
    refused("stage", makers.opened, people, row, 7 * WAN, "retention")
    FundRule.objects.filter(code="retention_months").update(amount="6")
    time_machine.move_to(f"{moment.today() + timedelta(days=190)}T09:00:00+08:00")
    refused("amount_fen", makers.opened, people, row, 7 * WAN + 1, "retention")
    makers.paid(people, row, 7 * WAN, "retention", "BK-4")
    assert totals(row)[0] == 78 * WAN
    assert verify().broken == []


def test_papers_and_days_stand_in_order_and_four_people_sign(people):
    row = makers.opened(people, makers.built(people), 10 * WAN)
    with pytest.raises(RuleBroken, match="报账申请书"):
        paying.submit(row, by=people.official)
    row = makers.with_papers(people, row)
    yesterday = moment.today() - timedelta(days=1)
    refused("applied_on", paying.submit, row, by=people.official, applied_on=date(2020, 1, 1))
    row = paying.submit(row, by=people.unithead)
    with pytest.raises(NotAllowed, match="申请人"):
        paying.endorse(row, by=people.unithead, text="属实")
    row = paying.send_back(row, by=people.unithead, note="发票抬头不符")
    row = paying.submit(row, by=people.official)
    refused("endorsed_on", paying.endorse, row, by=people.unithead, text="属实", endorsed_on=yesterday)
    row = paying.endorse(row, by=people.unithead, text="属实")
    refused("reviewed_on", paying.review, row, by=people.sector, text="同意", reviewed_on=yesterday)
    row = paying.review(row, by=people.sector, text="同意")
    refused("paid_on", paying.pay, row, by=people.finance, voucher_no="1", paid_on=yesterday)
    with pytest.raises(RuleBroken, match="还没有办完"):
        makers.opened(people, row.project, WAN)
    back = paying.send_back(row, by=people.finance, note="账号有误")
    again = paying.submit(back, by=people.official)
    assert (again.endorsed_by, again.reviewed_on) == (None, None)


def test_a_voucher_counts_once_and_what_lies_in_an_account_is_spent_or_taken_back(people):
    row = makers.built(people)
    first = makers.paid(people, row, 10 * WAN, to_unit=True, voucher="ＢＫ 1")
    assert totals(row) == (10 * WAN, 0)
    assert list(Payment.objects.held()) == [first]
    waiting = makers.reviewed(people, row, 5 * WAN)
    refused("voucher_no", paying.pay, waiting, by=people.finance, voucher_no="bk1")
    said = {"by": people.official, "payee": "务工组"}
    refused("amount_fen", spending.spend, first, **said, amount_fen=10 * WAN + 1, voucher_no="1")
    refused(
        "spent_on", spending.spend, first, **said, amount_fen=1, voucher_no="1", spent_on=date(2020, 1, 1)
    )
    first = spending.spend(first, **said, amount_fen=4 * WAN, voucher_no="ZC-1")
    refused("voucher_no", spending.spend, first, **said, amount_fen=1, voucher_no="zc-1")
    first = spending.spend(first, **said, amount_fen=6 * WAN, voucher_no="ZC-2")
    assert totals(row) == (10 * WAN, 10 * WAN)
    with pytest.raises(WrongState):
        spending.spend(first, **said, amount_fen=1, voucher_no="3")
    with pytest.raises(RuleBroken, match="先作废支出"):
        paying.reverse(first, by=people.finance, note="退票")
    for one in first.spendings.all():
        first = spending.void_spending(first, by=people.official, spending=one, note="重录")
    first = paying.reverse(first, by=people.finance, note="退票")
    assert (first.state, totals(row)) == ("reversed", (0, 0))
    assert paying.pay(waiting, by=people.finance, voucher_no="bk1").state == "paid"
    assert totals(row) == (5 * WAN, 5 * WAN)


def test_money_comes_from_the_sources_of_the_project_and_no_plan_no_payment(people):
    small, large = allocation(people, 30 * WAN), allocation(people, 90 * WAN, "县财农〔2026〕2号")
    row = project(people, "started", source=large)
    lines = [{"allocation": small, "amount_fen": 30 * WAN}, {"allocation": large, "amount_fen": 50 * WAN}]
    row = projects.set_lines(row, by=people.finance, lines=lines)
    waiting = makers.reviewed(people, row, 32 * WAN)
    of_small, of_large = row.lines.get(allocation=small), row.lines.get(allocation=large)
    pay = {"by": people.finance, "voucher_no": "1"}
    parts = [{"line": of_small, "amount_fen": 30 * WAN}, {"line": of_large, "amount_fen": 2 * WAN}]
    refused("parts", paying.pay, waiting, **pay, parts=parts[:1])
    refused("parts", paying.pay, waiting, **pay, parts=[{"line": of_small, "amount_fen": 32 * WAN}])
    row.refresh_from_db()
    projects.change_plan(row, by=people.unithead, planned_fen=120 * WAN, note="延长")
    with pytest.raises(RuleBroken, match="会审中"):
        paying.pay(waiting, **pay, parts=parts)
    row.refresh_from_db()
    reviewing.return_to_store(row, by=people.finance, note="不同意")
    paying.pay(waiting, **pay, parts=parts)
    assert set(FundingLine.objects.values_list("paid_fen", flat=True)) == {30 * WAN, 2 * WAN}
    row.refresh_from_db()
    less = [{"allocation": small, "amount_fen": 29 * WAN}, {"allocation": large, "amount_fen": 51 * WAN}]
    refused("lines", projects.set_lines, row, by=people.finance, lines=less)
    with pytest.raises(RuleBroken, match="批复并开工"):
        makers.opened(people, project(people, "approved", place="五组"), WAN)


WHO = {
    "amend": ("draft returned", "official unithead"), "add_paper": ("draft returned", "official unithead"),
    "submit": ("draft returned", "official unithead"), "drop": ("draft returned", "official unithead"),
    "endorse": ("submitted", "unithead"), "review": ("endorsed", "sector"), "pay": ("reviewed", "finance"),
    "spend": ("", ""), "void_spending": ("", ""), "reverse": ("paid", "finance"),
}  # fmt: skip
BACK = {"submitted": "unithead", "endorsed": "sector", "reviewed": "finance"}


def test_who_sees_it_and_who_may_do_what(people):
    row = makers.opened(people, makers.built(people), WAN)
    assert set(PAYMENT.transitions) == {*WHO, "send_back"}
    for name, *_ in factories.PEOPLE:
        who = factories.fresh(getattr(people, name))
        seen = {project_.pk for project_ in type(row.project).objects.visible_to(who)}
        assert Payment.objects.visible_to(who).exists() == bool(seen), name
    for state, (name, *_) in product(Payment.State.values, factories.PEOPLE):
        row.state = state
        offered = {step.name for step in PAYMENT.offered(row, factories.fresh(getattr(people, name)))}
        wanted = {
            verb for verb, (states, names) in WHO.items() if state in states.split() and name in names.split()
        }
        wanted |= {"send_back"} if BACK.get(state) == name else set()
        assert offered == wanted, (state, name)
