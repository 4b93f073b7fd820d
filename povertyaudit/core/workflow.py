"""Transition tables as data: the same table enforces, draws buttons, fills `actions`, writes docs/states.md and is tested."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import transaction

from povertyaudit.core import rows
from povertyaudit.core.errors import DomainError, NotAllowed, RuleBroken, WrongState, raise_all
from povertyaudit.core.models import User

Check = Callable[[Any, User], None]


def always(_obj: Any) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One verb. `target` None leaves the state; `who` raise NotAllowed, `guards` RuleBroken, `when` false means WrongState."""

    name: str
    label: str
    sources: frozenset[str]
    target: str | None
    instead: frozenset[str] = frozenset()  # states the service may choose instead of `target`
    roles: frozenset[str]
    who: tuple[Check, ...] = ()
    guards: tuple[Check, ...] = ()
    when: Callable[[Any], bool] = always
    unless: str = ""  # what is said in a right state where `when` is false
    note_required: bool = False
    primary: bool = False
    bulk: bool = (
        False  # may be done to many rows at once: asks and shows nothing of the single row (docs/decisions)
    )

    def check_person(self, obj: Any, by: User) -> None:
        """Raise NotAllowed unless `by` holds a role for this verb and stands in the right relation to `obj`."""
        if not self.roles & by.roles:
            raise NotAllowed(f"{self.name}.role", f"您的岗位不能办理“{self.label}”。")
        for check in self.who:
            check(obj, by)

    def check_state(self, obj: Any) -> None:
        if obj.state not in self.sources or not self.when(obj):
            usual = f"当前状态为“{obj.get_state_display()}”，不能{self.label}。请刷新页面查看最新情况。"
            text = self.unless if obj.state in self.sources and self.unless else usual
            raise WrongState(f"{self.name}.state", text)

    def offered(self, obj: Any, by: User) -> bool:
        """Right role, relation and state; guards speak when pressed."""
        if obj.state not in self.sources or not self.when(obj):
            return False
        try:
            self.check_person(obj, by)
        except NotAllowed:
            return False
        return True


def broken(guards: Iterable[Check], row: Any, by: User) -> list[DomainError]:
    """Every rule the guards find broken, in their order. What is no broken rule (not this person's) is raised at once."""
    found: list[DomainError] = []
    for guard in guards:
        try:
            guard(row, by)
        except RuleBroken as refused:
            found += getattr(refused, "errors", [refused])
    return found


class Workflow:
    """The verbs of one kind of dossier. `others` names, in Chinese, the recorded acts that are no transitions."""

    known: ClassVar[dict[str, "Workflow"]] = {}

    def __init__(
        self,
        name: str,
        label: str,
        transitions: Iterable[Transition],
        others: Mapping[str, str] | None = None,
    ) -> None:
        self.name, self.label = name, label
        self.transitions = {step.name: step for step in transitions}
        self.others = dict(others or {})
        self.known[name] = self

    def offered(self, obj: Any, by: User) -> list[Transition]:
        """The verbs to show, primary first. Makes no query beyond the related rows the list has fetched."""
        found = [step for step in self.transitions.values() if step.offered(obj, by)]
        return sorted(found, key=lambda step: not step.primary)

    def begin(
        self, obj: Any, name: str, *, by: User, note: str = "", expected_version: int | None = None,
        also: Iterable[DomainError] = (),
    ) -> Any:  # fmt: skip
        """The row locked and checked for the verb. Call inside a transaction, then `finish`.

        Every broken rule is raised at once (Several), so that a person mends them in one go; `also` are those that
        the service has found in what was sent.
        """
        step = self.transitions[name]
        step.check_person(obj, by)
        row = rows.lock(obj, expected_version)
        step.check_person(row, by)
        step.check_state(row)
        found: list[DomainError] = []
        if step.note_required and not note.strip():
            found.append(RuleBroken(f"{name}.note", f"请写明{step.label}的理由或意见。", field="note"))
        raise_all([*found, *broken(step.guards, row, by), *also])
        return row

    def finish(self, row: Any, name: str, *, by: User, note: str = "", **parts: Any) -> Any:
        """Write the verb begun: `changes`, `saved`, `removed`, `facts`, `personal` as in `rows.write`; the state follows the table."""
        step = self.transitions[name]
        changes = dict(parts.pop("changes", {}))
        if step.target is not None and changes.get("state") not in step.instead:
            changes["state"] = step.target
        return rows.write(row, verb=f"{self.name}.{name}", by=by, note=note, changes=changes, **parts)

    @transaction.atomic
    def apply(
        self,
        obj: Any,
        name: str,
        *,
        by: User,
        note: str = "",
        expected_version: int | None = None,
        **changes: Any,
    ) -> Any:
        """Lock, check, change, save and record — all or nothing — for a verb that changes only the row itself."""
        row = self.begin(obj, name, by=by, note=note, expected_version=expected_version)
        return self.finish(row, name, by=by, note=note, changes=changes)

    def acting_role(self, name: str, by: User) -> str:
        """The post by which `by` does this verb, in words, for signatures."""
        post = by.post_as(self.transitions[name].roles)
        return str(post) if post else ""


def verb_label(verb: str) -> str:
    """The Chinese word for a recorded verb such as `item.apply`; the verb itself if nobody named it."""
    name, _, act = verb.partition(".")
    flow = Workflow.known.get(name)
    if flow is None:
        return verb
    step = flow.transitions.get(act)
    return step.label if step else flow.others.get(act, verb)


EXPORT = Workflow(
    "export",
    "导出",
    (),
    others={
        "ledger": "导出台账",
        "list": "导出列表",
        "working_sheet": "导出工作表",
        "board": "导出看板数据表",
        "proof": "导出离线证明包",
    },
)
ATTACHMENT = Workflow(
    "attachment", "附件", (), others={"open": "打开来信来访原件", "seal": "加密来信来访原件"}
)
VAULT = Workflow("vault", "举报人信息", (), others={
    "put": "登记反映人信息", "update": "更新反映人信息", "reveal": "查看反映人", "rotate": "换新密钥后重新加密",
    "move": "随件移交反映人信息",
})  # fmt: skip
