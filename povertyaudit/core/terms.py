"""分类目录: lists of dated terms. 案管 proposes a new term, a new name or an end; 安全保密 confirms it; words of old rows stay."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, cast

from django.apps import apps
from django.db import transaction

from povertyaudit.core import moment, rows
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.models import Listed, Role, Term, TermAct, TermState, User
from povertyaudit.core.workflow import Transition, Workflow

A_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,29}")


def models() -> list[type[Any]]:
    """Every table of terms, those of the kernel last."""
    found = [model for model in apps.get_models() if issubclass(model, Term)]
    return sorted(found, key=lambda model: model._meta.app_label == "core")


def lists() -> Iterator[tuple[type[Any], Listed]]:
    """Every list people know by name, with its table."""
    return ((model, listed) for model in models() for listed in model.lists)


def rows_of(key: str) -> Any:
    """The terms of the list `key`; of the first list where there is none of this name."""
    known = list(lists())
    model, listed = next((one for one in known if one[1].key == key), known[0])
    return model._default_manager.filter(**listed.fixed).for_list()


def rows_with(public_id: str) -> Any:
    """The table that holds the term of this id (no more is asked of it here than that); of the first where none does."""
    for model in models():
        if model._default_manager.filter(public_id=public_id).exists():
            return model._default_manager.for_list()
    return models()[0]._default_manager.for_list()


def _another_person(term: Term, by: User) -> None:
    if term.changed_by is None or term.changed_by.person_id == by.person_id:
        raise NotAllowed("term.same_person", "提出人和确认人不能是同一个人，请由另一人确认。")


def _stands(term: Term) -> bool:
    return term.act != TermAct.END and term.valid_to is None


def _has_a_name(term: Term) -> bool:
    return _stands(term) and not term.decided


def _decides_something(term: Term) -> bool:
    return _stands(term) and bool(term.decided)


def _changes(name: str, label: str, when: Any = _stands) -> Transition:
    return Transition(
        name=name,
        label=label,
        sources=frozenset({TermState.CONFIRMED}),
        target=None,
        roles=frozenset({Role.CASE_MANAGER}),
        when=when,
    )


def _decides(name: str, label: str, target: str, **more: Any) -> Transition:
    return Transition(
        name=name,
        label=label,
        sources=frozenset({TermState.DRAFT}),
        target=target,
        roles=frozenset({Role.SECADMIN}),
        who=(_another_person,),
        **more,
    )


TERM = Workflow(
    "term",
    "分类目录",
    (
        _changes("rename", "更名", _has_a_name),
        _changes("change", "改变", _decides_something),
        _changes("end", "停用"),
        _decides("confirm", "确认", TermState.CONFIRMED, primary=True),
        _decides("refuse", "不予确认", TermState.REFUSED, note_required=True),
    ),
    others={
        "propose_add": "提出新增",
        "propose_rename": "提出更名",
        "propose_change": "提出改变",
        "propose_end": "提出停用",
        "succeeded": "到期停用",
    },
)


def may_propose(by: User) -> bool:
    return Role.CASE_MANAGER in by.roles


@transaction.atomic
def add(
    *, by: User, terms: str, code: str, name: str, valid_from: date, anchor: str = "", note: str = ""
) -> Term:
    """提出新增 a term of the list `terms`. Raises NotAllowed unless `by` serves in 案管室; RuleBroken."""
    if not may_propose(by):
        raise NotAllowed("term.role", "分类目录的变更由案管室提出。")
    found = next((one for one in lists() if one[1].key == terms), None)
    if found is None:
        raise RuleBroken("term.list", "没有这个分类目录，请重新选择。", field="terms")
    model, listed = found
    if listed.closed or listed.add_at:
        text = f"“{listed.label}”的各项由产品提供，不能新增；请打开要改的一项办理“改变”。"
        own = f"“{listed.label}”有专门的新增页面，请从该目录的“新增一项”进入。"
        raise RuleBroken("term.closed", own if listed.add_at else text, field="terms")
    return propose(
        model(code=code, name=name, anchor=anchor, **listed.fixed), by=by, valid_from=valid_from, note=note
    )


@transaction.atomic
def propose(term: Term, *, by: User, valid_from: date, note: str = "") -> Term:
    """提出新增 of a term that is made but not saved, of whatever list. Raises as `add` does."""
    if not may_propose(by):
        raise NotAllowed("term.role", "分类目录的变更由案管室提出。")
    code, model = term.code, type(term)
    if not A_CODE.fullmatch(code):
        text = "代码由 2 至 30 个英文字母、数字和下划线组成，以字母开头。"
        raise RuleBroken("term.code", text, field="code")
    taken = model._default_manager.named().filter(code=code).exclude(valid_to__lt=valid_from)  # type: ignore[attr-defined]
    if taken.exists():
        raise RuleBroken("term.taken", f"代码“{code}”已在使用，请换一个。", field="code")
    last = model._default_manager.filter(**term.listed.fixed).order_by("-order").first()
    term.order = last.order + 1 if last else 1
    return _lay(term, TermAct.ADD, by, valid_from, note)


def rename(
    term: Term, *, by: User, name: str, valid_from: date, anchor: str = "", note: str = "",
    expected_version: int | None = None,
) -> Term:  # fmt: skip
    """提出更名 from a day on: a new row; rows classed before keep the old name."""
    if name == term.name:
        raise RuleBroken("term.same_name", "新名称与现在的名称相同，请修改。", field="name")
    return _follow(
        term, "rename", by, valid_from, note, expected_version, name=name, anchor=anchor or term.anchor
    )


def change(
    term: Term, *, by: User, to: str, valid_from: date, anchor: str = "", note: str = "",
    expected_version: int | None = None,
) -> Term:  # fmt: skip
    """提出改变 what a term decides (审批权限: the approver) from a day on: a new row of the same code."""
    if to not in choices(term):
        raise RuleBroken("term.to", "请从可选的内容中选择。", field="to")
    if to == getattr(term, term.decided):
        raise RuleBroken("term.same", "选择的与现在的相同，请改选。", field="to")
    new = type(term)(**{name: getattr(term, name) for name in term.carried} | {term.decided: to})
    return _follow(
        term, "change", by, valid_from, note, expected_version, anchor=anchor or term.anchor, name=new.own_name,
        **{term.decided: to},
    )  # fmt: skip


def choices(term: Term) -> dict[str, str]:
    """What a term may decide: code → words; empty for a term that only has a name."""
    field: Any = term._meta.get_field(term.decided) if term.decided else None
    return dict(field.flatchoices) if field else {}


def end(
    term: Term, *, by: User, valid_from: date, note: str = "", expected_version: int | None = None
) -> Term:
    """提出停用: from `valid_from` on the term is no longer offered."""
    return _follow(term, "end", by, valid_from, note, expected_version, name=term.name, anchor=term.anchor)


@transaction.atomic
def replace(old: Term, new: Term, *, by: User, valid_from: date, note: str = "") -> Term:
    """提出改变 of a term that says more than its name: `new`, not saved, follows `old` under its code. Raises as `add` does."""
    if not may_propose(by):
        raise NotAllowed("term.role", "分类目录的变更由案管室提出。")
    _check_day(old, valid_from)
    new.code, new.order = old.code, old.order
    return _lay(new, TermAct.RENAME, by, valid_from, note)


def _check_day(old: Term, day: date) -> None:
    if old.valid_from is not None and day <= old.valid_from:
        text = f"日期应晚于现在这一项的启用日期 {old.valid_from}。"
        raise RuleBroken("term.before", text, field="valid_from")


@transaction.atomic
def _follow(term: Term, verb: str, by: User, day: date, note: str, version: int | None, **words: str) -> Term:
    old = TERM.begin(term, verb, by=by, note=note, expected_version=version)
    _check_day(old, day)
    own = {name: getattr(old, name) for name in old.carried}
    new = type(old)(code=old.code, order=old.order, **{**old.listed.fixed, **own, **words})
    return _lay(new, TermAct.RENAME if verb == "change" else TermAct(verb), by, day, note)


def _lay(term: Term, act: TermAct, by: User, day: date, note: str) -> Term:
    if day < moment.today():
        raise RuleBroken("term.past", "日期不能早于今天：已经登记的内容保持原来的说法。", field="valid_from")
    waiting = type(term)._default_manager.waiting().filter(code=term.code)  # type: ignore[attr-defined]
    if waiting.exists():
        raise RuleBroken("term.waiting", "这一项已有一个变更等待确认，请先处理。")
    term.act, term.state, term.valid_from, term.changed_by = act, TermState.DRAFT, day, by
    word = "change" if term.decided and act == TermAct.RENAME else act
    made: Term = rows.create(cast(Any, term), verb=f"term.propose_{word}", by=by, note=note)
    return made


@transaction.atomic
def confirm(term: Term, *, by: User, note: str = "", expected_version: int | None = None) -> Term:
    """确认: 安全保密管理员, another person than the one who proposed. The earlier row ends on the day before."""
    row = TERM.begin(term, "confirm", by=by, note=note, expected_version=expected_version)
    if row.act != TermAct.ADD:
        earlier = type(row)._default_manager.named().filter(code=row.code, valid_to=None).first()
        if earlier is None:
            raise RuleBroken("term.gone", "原来的这一项已经停用，请不予确认。")
        ended = rows.lock(earlier)
        rows.write(
            ended, verb="term.succeeded", by=by, changes={"valid_to": row.valid_from - timedelta(days=1)}
        )
    return _decide(row, "confirm", by, note)


@transaction.atomic
def refuse(term: Term, *, by: User, note: str = "", expected_version: int | None = None) -> Term:
    """不予确认: the row stays, refused, with the reason."""
    row = TERM.begin(term, "refuse", by=by, note=note, expected_version=expected_version)
    return _decide(row, "refuse", by, note)


def _decide(row: Term, verb: str, by: User, note: str) -> Term:
    decided = {"confirmed_by": by, "confirmed_at": moment.now()}
    done: Term = TERM.finish(row, verb, by=by, note=note, changes=decided)
    return done


def waiting_for(user: User) -> list[Term]:
    """Proposals that `user` may confirm: somebody else's."""
    if Role.SECADMIN not in user.roles:
        return []
    return [
        term
        for model in models()
        for term in model._default_manager.visible_to(user)
        .waiting()
        .exclude(changed_by__person_id=user.person_id)
        .for_list()
    ]
