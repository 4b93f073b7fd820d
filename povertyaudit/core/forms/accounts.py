"""Forms of 账号管理: a new account, contact data, posts and their terms, handing over."""

from typing import Any

from django import forms

from povertyaudit.core.forms.base import OpinionForm, PageForm
from povertyaudit.core.forms.choosers import RegionField, UnitField, UserField
from povertyaudit.core.forms.fields import CleanCodeField, CleanLineField, DateField
from povertyaudit.core.models import Area, Post, Role, Unit, User


def _email(**kwargs: Any) -> forms.EmailField:
    wrong = {"invalid": "邮箱格式不对，请核对，例如 name@example.cn。"}
    return forms.EmailField(label="邮箱", required=False, max_length=254, error_messages=wrong, **kwargs)


class NewAccountForm(PageForm):
    sections = (("人员", ("name", "phone", "email", "same_as")), ("账号", ("username",)))
    name = CleanLineField(label="姓名", max_length=50, required=False)
    phone = CleanLineField(label="联系电话", max_length=30, required=False)
    email = _email()
    same_as = UserField(
        label="此人已有的账号", queryset=User.administered.all(), required=False, empty_label="没有，是新登记的人员",
        help_text="同一个人的几个账号按一个人计算；选了这里，姓名和电话不必再填。",
    )  # fmt: skip
    username = CleanCodeField(
        label="账号", max_length=60, help_text="3 个以上小写字母、数字，用于登录，不能更改。"
    )


class ContactForm(PageForm):
    phone = CleanLineField(label="联系电话", max_length=30, required=False)
    email = _email()


class GrantForm(PageForm):
    sections = (
        ("任职", ("unit", "role")),
        ("管辖范围", ("region", "area")),
        ("任期", ("starts_on", "ends_on")),
    )
    unit = UnitField(label="单位", queryset=Unit.objects.current())
    role = forms.ChoiceField(label="岗位", choices=[("", "请选择"), *Role.choices])
    region = RegionField(label="管辖地区", required=False, help_text="不填即单位所在地区。")
    area = forms.ModelChoiceField(
        Area.objects.all(), label="片区", required=False, empty_label="不限片区", to_field_name="public_id"
    )
    starts_on = DateField(label="任职日期", required=False, help_text="不填即今天。")
    ends_on = DateField(label="任期截止", required=False, help_text="任职的最后一天；不填即不限期。")
    note = OpinionForm.base_fields["note"]


class PostForm(PageForm):
    """One of the posts of the account; the page narrows the choice to it."""

    post = forms.ModelChoiceField(
        Post.objects.none(), label="任职", to_field_name="public_id", empty_label=None
    )


class TermForm(PostForm):
    ends_on = DateField(label="任期截止", required=False, help_text="任职的最后一天；不填即不限期。")
    note = OpinionForm.base_fields["note"]


class EndPostForm(PostForm):
    note = OpinionForm.base_fields["note"]


class HandOverForm(PageForm):
    """A successor for each post: the page adds a choice per post."""

    until = DateField(label="离任日期", required=False, help_text="任职的最后一天；不填即今天办完立即离任。")
    note = OpinionForm.base_fields["note"]

    def add_post(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        """A choice of those who could take over one post."""
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[("", "请选择接任人"), *choices], required=False,
            error_messages={"invalid_choice": "没有这个选项，请重新选择。"},
        )  # fmt: skip
        self.order_fields([*[f for f in self.fields if f.startswith("post_")], "until", "note"])
