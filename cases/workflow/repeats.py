"""重复件 and 关联: what is said of two leads side by side. Merging stands with the other endings in `verbs`."""

from cases.models import State
from cases.roles import REGISTRARS
from cases.workflow.who import links
from povertyaudit.core.workflow import Transition

EVER = frozenset(State) - {
    State.MERGED,
    State.RETURNED,
    State.VOIDED,
}  # a merged lead speaks through the one it went into
REPEATS = (
    Transition(name="link", label="关联其他线索", sources=EVER, target=None, roles=REGISTRARS, who=(links,)),
    Transition(name="keep_apart", label="不是重复件", sources=EVER, target=None, roles=REGISTRARS, who=(links,)),
    Transition(
        name="unlink", label="取消关联", sources=EVER, target=None, roles=REGISTRARS, who=(links,), note_required=True,
    ),
)  # fmt: skip
