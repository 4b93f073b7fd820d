"""An account, or a name with its unit: said in one way wherever somebody is named."""

from collections.abc import Mapping
from typing import Any

from povertyaudit.core.errors import DomainError, RuleBroken


def account_or_named(said: Mapping[str, Any], at: str = "") -> list[DomainError]:
    """What is wrong with `user`, or `name`, `home_unit` and `post_title`: exactly one of the two. `at` leads to the fields."""
    name = (said.get("name") or "").strip()
    if said.get("user") and (name or said.get("post_title")):
        text = "已经选择账号的，不再填写姓名和职务；没有账号的，请不要选择账号。"
        return [RuleBroken("named.both", text, field=f"{at}name")]
    if said.get("user"):
        return []
    if not name:
        text = "请选择人员；没有账号的，填写姓名、单位和职务。"
        return [RuleBroken("named.neither", text, field=f"{at}user")]
    if not said.get("home_unit"):
        text = "没有账号的人员，请选择他所在的单位；单位没有登记的，先由案管室设立，单位不必有账号。"
        return [RuleBroken("named.unit", text, field=f"{at}home_unit")]
    return []
