"""How a suspicion ends: 排除 with an excuse, 纠正 of what was paid, or 转办 as a lead. Money is in 分."""

from typing import Any

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from cases import services as cases
from cases.models import Category
from funds.models import Excuse, Fix, Misuse, Suspicion
from funds.services.match_rows import no_number
from funds.workflow.suspicions import SUSPICION
from povertyaudit.core import clocks, id_seals, moment
from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import User


@transaction.atomic
def clear(
    suspicion: Suspicion, *, by: User, excuse: Excuse, decision: str = "", note: str = "",
    expected_version: int | None = None,
) -> Suspicion:  # fmt: skip
    """排除: by another than who checked the papers, after a visit unless the excuse needs none. Raises RuleBroken."""
    row: Suspicion = SUSPICION.begin(suspicion, "clear", by=by, note=note, expected_version=expected_version)
    no_number(decision, "处理说明", "decision")
    then: Excuse | None = Excuse.objects.of_day(excuse, moment.today())
    if then is None:
        raise RuleBroken("clear.excuse", "这个排除理由已经停用，请重新选择。", field="excuse")
    if row.visited_on is None and not then.waives_visit:
        text = f"“{then.name}”须入户核查后才能排除，请先由乡镇入户。"
        raise RuleBroken("clear.visit", text, field="excuse")
    changes = {"excuse": then, "visit_waived": then.waives_visit}
    return _end(row, "clear", by, note, decision, changes)


@transaction.atomic
def correct(
    suspicion: Suspicion, *, by: User, fix: str, fix_fen: int | None = None, decision: str = "",
    misuse: Misuse | None = None, note: str = "", expected_version: int | None = None,
) -> Suspicion:  # fmt: skip
    """纠正: stopped, removed, refunded (`fix_fen` 分) or granted. Raises RuleBroken."""
    row: Suspicion = SUSPICION.begin(
        suspicion, "correct", by=by, note=note, expected_version=expected_version
    )
    no_number(decision, "处理说明", "decision")
    if fix == Fix.REFUNDED and not fix_fen:
        raise RuleBroken("correct.sum", "退款的请填写金额。", field="fix_fen")
    if misuse is not None and not Misuse.objects.visible_to(by).standing().filter(pk=misuse.pk).exists():
        raise RuleBroken("correct.misuse", "没有这条违规资金，请核对编号。", field="misuse")
    changes = {"fix": fix, "fix_fen": fix_fen or None, "misuse": misuse}
    return _end(row, "correct", by, note, decision, changes)


@sensitive_variables("number")
@transaction.atomic
def hand_on(
    suspicion: Suspicion, *, by: User, category: Category, decision: str, subject_kind: str = "unknown",
    note: str = "", expected_version: int | None = None,
) -> Suspicion:  # fmt: skip
    """转办: a lead by 大数据比对 with this person; the number goes from seal to key and is shown to nobody.

    Those outside the lead's scope see that the suspicion was handed on, and nothing of the lead. Raises RuleBroken.
    """
    row: Suspicion = SUSPICION.begin(
        suspicion, "hand_on", by=by, note=note, expected_version=expected_version
    )
    no_number(decision, "反映问题", "decision")
    number = id_seals.unseal(bytes(row.id_sealed), row.id_key_id, bytes(row.id_key))
    found = row.match_list
    lead = cases.register(
        by=by, channel="data_match", received_on=moment.today(), title=f"{row.region.name}疑似{found.rule.name}",
        region=row.region, text=decision, category=category, amount_fen=row.amount_fen or None,
        subjects=[{"name": row.person_name, "kind": subject_kind, "id_number": number}],
        intake={"source_number": found.number, "source_topic": found.rule.name},
    )  # fmt: skip
    return _end(row, "hand_on", by, note, "", {"lead": lead})


def _end(row: Suspicion, verb: str, by: User, note: str, decision: str, changes: dict[str, Any]) -> Suspicion:
    said = {"decided_by": by, "decided_on": moment.today(), "decision": decision, **changes}
    done: Suspicion = SUSPICION.finish(row, verb, by=by, note=note, changes=said)
    clocks.stop_all(done, moment.today(), f"suspicion.{verb}")
    return done
