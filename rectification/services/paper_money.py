"""登记违规资金 out of a 反馈文件: the misuse names the paper it came of."""

from typing import Any

from django.db import transaction

from funds import services as funds
from funds.models import Misuse
from povertyaudit.core.models import User
from rectification.models import PaperMisuse, SourcePaper
from rectification.workflow.source_papers import SOURCE_PAPER


@transaction.atomic
def register_misuse(
    paper: SourcePaper, *, by: User, note: str = "", expected_version: int | None = None, **values: Any
) -> Misuse:
    """登记违规资金 told of in the paper; `values` as `funds.services.register_misuse`. Gives the misuse. Raises what that
    raises; the paper is locked, so that nobody discards it meanwhile."""
    row = SOURCE_PAPER.begin(paper, "register_misuse", by=by, note=note, expected_version=expected_version)
    made = funds.register_misuse(by=by, note=note, beside=[PaperMisuse(paper=row)], **values)
    SOURCE_PAPER.finish(row, "register_misuse", by=by, note=note)
    return made
