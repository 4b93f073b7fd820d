"""报告进展: from the reminder to done on a phone — the measure chosen already, a photo, two sentences, send."""

from typing import Any

from rectification import asked, forms, services
from rectification.views.acts import ItemAct


class ReportPage(ItemAct):
    verb, form_class, perform = "report", forms.ReportForm, staticmethod(services.report)
    template_name = "rectification/report_form.html"
    intro = "选措施、拍照、写几句话，按“报告进展”就送出了。"

    def get_initial(self) -> dict[str, Any]:
        """The measure named in the address, else the one that is due or the only one open."""
        initial = super().get_initial()
        due = asked.measure_due(self.object)
        return initial if "measure" in initial or due is None else initial | {"measure": due.public_id}

    def done_sentence(self, record: Any) -> str:
        return f"进展已报送。{asked.what_is_left(record, self.user)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(wanted=asked.wanted(self.object, self.user), **kwargs)
