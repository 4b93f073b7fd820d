"""回避申报: taken back by whom it concerns or by the registry."""

from cases.models import Declaration
from povertyaudit.core.errors import NotAllowed
from povertyaudit.core.models import Role, User
from povertyaudit.core.workflow import Transition, Workflow

DECLARERS = frozenset(
    {
        Role.PETITION, Role.CASE_MANAGER, Role.SUPERVISION, Role.INVESTIGATION, Role.ADJUDICATION, Role.DEPUTY,
        Role.SECRETARY, Role.PATROL_OFFICE, Role.PATROL_TEAM,
    }
)  # fmt: skip


def own_or_registry(row: Declaration, by: User) -> None:
    if row.person_id != by.person_id and Role.CASE_MANAGER not in by.roles:
        raise NotAllowed("declaration.own", "回避申报由本人或案管室撤销。")


DECLARATION = Workflow(
    "declaration",
    "回避申报",
    (
        Transition(
            name="end", label="撤销申报", sources=frozenset({"standing"}), target="ended", roles=DECLARERS,
            who=(own_or_registry,), note_required=True,
        ),
    ),
    others={"declare": "申报"},
)  # fmt: skip
