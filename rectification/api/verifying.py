"""What machines send when they verify."""

from povertyaudit.core.api.fields import DayField, LineField, ProseField
from povertyaudit.core.api.serializers import NoteShape

VERIFIED = {
    "note": "情况属实，同意销号。", "documents_found": "兑付名单、银行回单齐全，金额一致。", "site_on": "2026-11-20",
    "site_place": "镇便民服务中心", "site_found": "公示栏已张贴兑付名单。",
}  # fmt: skip


class VerifyShape(NoteShape):
    """At least one way: documents, on site, asking people. A way that is begun is told whole."""

    documents_on = DayField(required=False, allow_null=True, help_text="查阅资料的日期")
    documents_found = ProseField(
        required=False, allow_blank=True, max_length=5000, help_text="查阅了哪些资料，发现什么"
    )
    site_on = DayField(required=False, allow_null=True, help_text="实地查看的日期")
    site_place = LineField(required=False, allow_blank=True, max_length=200, help_text="实地查看的地点")
    site_found = ProseField(required=False, allow_blank=True, max_length=5000, help_text="实地看到的情况")
    asked_on = DayField(required=False, allow_null=True, help_text="询问群众的日期")
    asked_place = LineField(required=False, allow_blank=True, max_length=200, help_text="询问的地点")
    asked_whom = LineField(required=False, allow_blank=True, max_length=200, help_text="询问对象（保密）")
    asked_found = ProseField(required=False, allow_blank=True, max_length=5000, help_text="了解到的情况")
