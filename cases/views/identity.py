"""Requests to see who complained: the list, one request, and its verbs."""

from typing import Any

from django.db.models import Q
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from cases import forms, pages, services
from cases.filters import IdentityRequestFilter
from cases.models import IdentityRequest
from cases.services import identity
from cases.views.acts import LeadAct
from cases.views.revealing import RevealingPage
from cases.workflow import IDENTITY_REQUEST
from povertyaudit.core import audit
from povertyaudit.core.forms import OpinionForm, RequiredOpinionForm
from povertyaudit.core.views import ActPage, ListPage, RecordPage, Tab

PARENT = ("查看反映人申请", "/identity-requests/")


class RequestIdentity(LeadAct):
    verb, perform, form_class = (
        "request_identity",
        staticmethod(services.request_identity),
        forms.RequestIdentityForm,
    )
    done = "申请已提交，批准后只有您本人可以在限定时间内查看，每次查看都有记录。"
    intro = "反映人信息由登记单位保管。批准以后只有您本人可以看，到时自动停止；登记单位会知道您看过。"

    def success_address(self, record: Any) -> str:
        return str(record.get_absolute_url())


class IdentityRequestList(ListPage):
    queryset = IdentityRequest.objects.for_list()
    section, title = "leads", "查看反映人申请"
    filterset_class = IdentityRequestFilter
    main_filters = ("q", "state")
    columns = pages.IDENTITY_COLUMNS
    order = "-created_at"
    tabs = (Tab("", "全部"), Tab("mine", "待我审批", lambda rows, user: rows.waiting_for(user)))
    empty = "没有查看反映人的申请。"
    empty_hint = "需要知道反映人是谁时，在线索页面的“其他办理”里申请。"


class IdentityRequestPage(RecordPage):
    queryset = IdentityRequest.objects.for_list()
    section, workflow, parent = "leads", IDENTITY_REQUEST, PARENT

    def facts(self) -> Any:
        return pages.identity_facts(self.object)

    def clocks(self) -> Any:
        return []

    def history(self) -> Any:
        """What the lead's record keeps of this request: its steps, and every look."""
        key = f"cases.identityrequest:{self.object.public_id}"
        steps = Q(verb__startswith="identityrequest.", state__has_key=key)
        return audit.history(self.object.lead).filter(steps | Q(changes__request=self.object.public_id))


class IdentityAct(ActPage):
    queryset = IdentityRequest.objects.for_list()
    section, workflow = "leads", IDENTITY_REQUEST
    perform: Any = None

    def shows(self, request: Any) -> Any:
        return pages.identity_facts(request)


@method_decorator([never_cache], name="dispatch")
class ReadIdentity(RevealingPage, IdentityAct):
    """查看反映人: the answer stands on this page only, and every press is one look."""

    verb, form_class = "read", forms.NothingForm
    intro = "每按一次都记为一次查看，登记单位会收到提醒。"

    def reveal(self, form: Any) -> dict[str, str]:
        return identity.read(self.object, by=self.user)


ACTS = {
    "approve": (identity.approve, OpinionForm),
    "refuse": (identity.refuse, RequiredOpinionForm),
    "withdraw": (identity.withdraw, OpinionForm),
    "end": (identity.end, OpinionForm),
}
