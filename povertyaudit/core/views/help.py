"""键盘操作: what the keys of keys.js do, as a page and as the dialog behind "?"."""

from django.views.generic import TemplateView

from povertyaudit.core.views.base import Page


class Keys(Page, TemplateView):
    title = "键盘操作"
    parent = ("我的账号", "/account/")

    def get_template_names(self) -> list[str]:
        asked_by_script = "HX-Request" in self.request.headers
        return ["components/keys.html" if asked_by_script else "core/keys.html"]
