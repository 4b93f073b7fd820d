"""原因代码 at work: what may be chosen today, and what the record keeps of a choice."""

from povertyaudit.core.errors import RuleBroken
from povertyaudit.core.models import Purpose, ReasonCode


def choices(purpose: Purpose) -> list[tuple[str, str]]:
    """(code, words) in force today for the act, in the order of the list."""
    return list(ReasonCode.objects.on().filter(purpose=purpose).values_list("code", "name"))


def facts(purpose: Purpose, code: str) -> dict[str, str]:
    """What the record entry says of the reason: code and today's word; nothing where none was chosen.

    Raises RuleBroken for a code that is not in force today for this act.
    """
    if not code:
        return {}
    name = dict(choices(purpose)).get(code)
    if name is None:
        text = f"没有这个{purpose.label}原因，或者已经停用，请从分类目录现有的各项中选择。"
        raise RuleBroken("reason.unknown", text, field="reason_code")
    return {"reason_code": code, "reason_name": name}
