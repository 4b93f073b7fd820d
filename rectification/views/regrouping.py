"""Forms of 拆分、合并."""

from django.forms import BaseFormSet

from rectification import regrouping_pages, services
from rectification.forms import regrouping as forms
from rectification.views.acts import ItemAct


class AskSplit(ItemAct):
    verb, form_class, perform = "request_split", forms.SplitForm, staticmethod(services.request_split)
    formset_classes = {"parts": forms.PartRows}  # noqa: RUF012 — as the base class has it
    shows = staticmethod(regrouping_pages.standing)
    intro = (
        "写明拆分成哪几个事项。每条措施归入其中一个；不属于措施的成效和材料、没有选定去向的违规资金归入第一个。"
        "批准以后，本事项只供查阅，时限、延期次数、佐证材料随措施转到拆分出的事项。"
    )
    done = "已提出拆分，等待批复。"

    def get_formsets(self) -> dict[str, BaseFormSet]:
        """Rows that offer the measures and the money of this item; built again, because rows are built once."""
        found = super().get_formsets()
        rows = found["parts"]
        rows.form_kwargs = {"item": self.object, "user": self.user}
        del rows.forms
        return found


class AskMerge(ItemAct):
    verb, form_class, perform = "request_merge", forms.MergeForm, staticmethod(services.request_merge)
    intro = (
        "批准以后，本事项的措施、成效、佐证材料、违规资金接在该事项之后继续办理，较早的时限保留为措施的时限；"
        "本事项只供查阅，不再计数。"
    )
    done = "已提出合并，等待批复。"


class DecideRegrouping(ItemAct):
    verb, form_class, perform = (
        "decide_regrouping",
        forms.RegroupingDecisionForm,
        staticmethod(services.decide_regrouping),
    )
    shows = staticmethod(regrouping_pages.asked)
    done = "拆分合并已批复。"
