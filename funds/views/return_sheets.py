"""Pages of a table of households: uploaded, looked at, booked or dropped."""

from typing import Any

from funds import forms, services
from funds.pages import return_sheets as shown
from funds.views.recoveries import MisuseAct
from povertyaudit.core import moment
from povertyaudit.core.views import Facts, Table


class StageReturns(MisuseAct):
    verb, perform, form_class = "stage_returns", staticmethod(services.stage_returns), forms.SheetForm
    intro = "先核对：有错的行一次全部指出，什么也不保存；没有错的，看过户数和合计后再登记。"
    done = "发放表已经读完，请核对后登记。"

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": moment.today()}


class BookReturns(MisuseAct):
    verb, perform = "book_returns", staticmethod(services.book_returns)
    intro = "全部登记或者一户也不登记。户数多的在后台登记，完成后通知您。"
    done = "已提交登记，结果见“发放表”。"

    def money(self) -> list[Facts | Table]:
        return shown.look(self.object)


class DropReturns(MisuseAct):
    verb, perform = "drop_returns", staticmethod(services.drop_returns)
    destructive, done = True, "已放弃，没有记账。"

    def money(self) -> list[Facts | Table]:
        return shown.look(self.object)
