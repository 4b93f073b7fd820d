"""复核验收: how the verifier found out, one section a way, and his opinion."""

from django import forms

from povertyaudit.core.forms import CleanLineField, CleanTextField, DateField, OpinionForm


class VerifyForm(OpinionForm):
    sections = (
        ("查阅资料", ("documents_found", "documents_on")),
        ("实地查看", ("site_on", "site_place", "site_found")),
        ("询问群众", ("asked_on", "asked_place", "asked_whom", "asked_found")),
        ("意见", ("note",)),
    )

    documents_found = CleanTextField(
        label="查阅了哪些资料，发现什么情况", required=False, rows=2, max_length=5000,
        help_text="查阅资料、实地查看、询问群众至少填写一种，一并签署，签署后不能修改。",
    )  # fmt: skip
    documents_on = DateField(label="查阅日期", required=False, latest_today=True)
    site_on = DateField(label="查看日期", required=False, latest_today=True)
    site_place = CleanLineField(label="查看地点", required=False, max_length=200)
    site_found = CleanTextField(label="看到的情况", required=False, rows=2, max_length=5000)
    asked_on = DateField(label="询问日期", required=False, latest_today=True)
    asked_place = CleanLineField(label="询问地点", required=False, max_length=200)
    asked_whom = CleanLineField(
        label="询问对象", required=False, max_length=200, help_text="只有复核部门和分管领导、主要负责人看得到，不进列表和导出。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    asked_found = CleanTextField(
        label="了解到的情况", required=False, rows=2, max_length=5000, help_text="责任单位看得到，请不要写被询问人的姓名和住处。"
    )  # fmt: skip
