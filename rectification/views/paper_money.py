"""登记违规资金 out of a 反馈文件."""

from typing import Any

from funds.forms import MisuseForm
from funds.models import Misuse
from povertyaudit.core import moment
from rectification.models import PaperKind
from rectification.services import paper_money as services
from rectification.views.source_papers import SourcePaperAct


class RegisterMisuse(SourcePaperAct):
    verb, form_class, perform = "register_misuse", MisuseForm, staticmethod(services.register_misuse)
    done = "已登记违规资金。"

    def get_initial(self) -> dict[str, Any]:
        audit = self.object.kind == PaperKind.AUDIT
        how = Misuse.Source.AUDIT if audit else Misuse.Source.OTHER
        return {"found_on": min(self.object.received_on, moment.today()), "how_found": how}
