"""What 佐证材料清单 still asks of an item of the demonstration: the paper of its kind, or the two photographs of a place."""

from collections.abc import Iterable
from typing import Any

from povertyaudit.core.models import User
from povertyaudit.demo import papers
from rectification import services
from rectification.models import Evidence
from rectification.workflow.evidence import lacking

SPOTS = ("村口水池东侧", "通村路第二个弯道", "安置点东门", "产业园入口", "村委会公示栏前")


def complete(item: Any, *, by: User, seed: int) -> Any:
    """The item with all that is asked for."""
    for number, lack in enumerate(lacking(item)):
        if lack.kind == "pair":
            item = pair(item, by=by, seed=seed + number)
        else:
            lines = [f"No. {item.number}-{lack.kind}", lack.kind.upper(), "Demonstration only"]
            item = services.add_evidence(
                item, by=by, files=[papers.voucher(lack.name, lines)], kind=lack.kind
            )
    return item


def pair(item: Any, *, by: User, seed: int, measure: Any = None) -> Any:
    """The same place before and after."""
    spot = SPOTS[seed % len(SPOTS)]
    item = services.add_evidence(
        item,
        by=by,
        files=[papers.photo("整改前", seed, after=False)],
        kind="photo_before",
        measure=measure,
        caption=spot,
    )
    return services.add_evidence(
        item, by=by, files=[papers.photo("整改后", seed, after=True)], kind="photo_after", before=newest(item)
    )


def renew(item: Any, *, by: User, seed: int) -> Any:
    """The first paper once more, as the reviewer asked; the earlier version stays."""
    old = item.evidence.exclude(kind__startswith="photo").first() or item.evidence.first()
    name = old.attachment.original_name.rsplit(".", 1)[0]
    lines = [f"No. {item.number}", "WITH SIGNATURES", "Demonstration only"]
    file = (
        papers.voucher(name, lines)
        if old.attachment.extension == "pdf"
        else papers.photo(name, seed + 7, after=True)
    )
    return services.replace_evidence(
        item, by=by, evidence=old, file=file, note="按退回意见补齐群众签字后重新上传。"
    )


def newest(item: Any) -> Evidence:
    """The piece uploaded last."""
    found: Evidence = item.evidence.latest("pk")
    return found


def kind_for(problem_class: str, otherwise: str) -> str:
    """The paper that this class of problems needs."""
    asked: Iterable[tuple[str, str]] = (
        ("责任落实", "minutes"),
        ("资金使用", "receipt"),
        ("廉洁自律", "execution"),
    )
    return dict(asked).get(problem_class, otherwise)
