"""账号管理: the accounts of the officers' own region. 系统管理员 keeps them, 安全保密管理员 grants posts; see account_flow."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from povertyaudit.core import administering, granting, handing_over, sessions
from povertyaudit.core.account_flow import ACCOUNT, pending_reset
from povertyaudit.core.expiring import WARN_DAYS
from povertyaudit.core.filters import AccountFilter
from povertyaudit.core.forms import accounts as forms
from povertyaudit.core.models import KEEPERS, Role, User
from povertyaudit.core.views.acts import ActPage, CreatePage, EditPage
from povertyaudit.core.views.lists import ListPage
from povertyaudit.core.views.parts import Column, Fact, Facts, Missing, Tab, Table
from povertyaudit.core.views.records import RecordPage, Step

ACCOUNTS = ("账号管理", "/accounts/")
SIGN_INS = (
    "account.sign_in",
    "account.sign_out",
    "account.token",
)  # too many to read among the acts of officers
SHOWN_STEPS = 50


def posts_in_words(account: User) -> str:
    """The posts of today and later."""
    return "；".join(str(post) for post in account.open_posts())


class AccountList(ListPage):
    queryset = User.administered.for_list()
    section, title = "accounts", "账号管理"
    filterset_class = AccountFilter
    order = "username"
    columns = (
        Column("username", "账号", kind="link", order="username"),
        Column("person.name", "姓名", phone="main"),
        Column("posts", "任职", value=posts_in_words, phone="sub"),
        Column("region", "所属地区", phone="hide"),
        Column("last_login", "上次登录", kind="moment", phone="hide"),
        Column("state", "状态", kind="state"),
    )
    tabs = (
        Tab("", "全部"),
        Tab("waiting", "待任职", lambda rows, user: rows.without_post()),
        Tab("locked", "锁定过", lambda rows, user: rows.locked()),
        Tab("ending", "任期将满", lambda rows, user: rows.ending(WARN_DAYS)),
        Tab("resets", "待确认重置", lambda rows, user: rows.reset_waiting()),
        Tab("inactive", "已停用", lambda rows, user: rows.filter(is_active=False)),
    )
    create_url, create_label = "/accounts/new/", "开设账号"
    import_kind = "users"
    empty, unit_word = "没有符合条件的账号。", "个"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.user.roles & KEEPERS:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may_create(self) -> bool:
        return Role.SYSADMIN in self.user.roles


class AccountPage(RecordPage):
    queryset = User.administered.for_list()
    section, workflow, parent = "accounts", ACCOUNT, ACCOUNTS

    def get_title(self) -> str:
        return f"账号 {self.object.username}"

    def get_heading(self) -> str:
        return str(self.object.display_name)

    def clocks(self) -> list[Any]:
        """An account has no clock; its terms stand in the table."""
        return []

    def facts(self) -> Sequence[Facts]:
        account = self.object
        return [
            Facts(
                "账号",
                [
                    Fact("账号", account.username),
                    Fact("姓名", account.display_name),
                    Fact("联系电话", account.person.phone),
                    Fact("邮箱", account.email),
                    Fact("所属地区", account.region),
                    Fact("开设时间", account.created_at, "moment"),
                    Fact("上次登录", account.last_login, "moment"),
                    Fact("须改初始密码", account.must_change_password),
                ],
            )
        ]

    def tables(self) -> Sequence[Table]:
        posts = self.object.posts.select_related("unit", "region", "area", "granted_by__person").order_by(
            "-pk"
        )
        columns = (
            Column("unit", "单位", phone="main"), Column("get_role_display", "岗位", phone="first"),
            Column("region.path_name", "管辖地区", phone="sub"), Column("starts_on", "任职日期", kind="date"),
            Column("ends_on", "任期截止", kind="date"), Column("standing", "情况", phone="last"),
            Column("granted_by.display_name", "授予人"),
        )  # fmt: skip
        found = [Table("任职", columns, posts, empty="还没有任职，登录后什么也不能办理。", key="posts")]
        if Role.SYSADMIN in self.user.roles:
            places = (
                Column("device", "设备", phone="main"), Column("kind", "方式", phone="first"),
                Column("since", "登录时间", kind="moment"), Column("seen", "最近使用", kind="moment"),
            )  # fmt: skip
            opened = sessions.opened(self.object)
            found.append(
                Table(
                    f"登录（现有 {len(opened)} 处）", places, opened, empty="现在没有登录。", key="sign-ins"
                )
            )
        return found

    def missing(self) -> Sequence[Missing]:
        account, rights = self.object, Role.SECADMIN in self.user.roles
        found = []
        if account.is_active and not account.open_posts():
            found.append(
                Missing("还没有任职，请授予任职。", f"{account.get_absolute_url()}grant/")
                if rights
                else Missing("还没有任职，本人暂时不能登录；任职由安全保密管理员授予。")
            )
        if pending_reset(account):
            found.append(Missing("有一次密码重置待安全保密管理员确认，确认前原密码不变。"))
        return found

    def timeline(self) -> list[Step]:
        """Acts on the account; the sign-ins stand under 登录 and in the record."""
        entries = self.history().exclude(verb__in=SIGN_INS)[:SHOWN_STEPS]
        return [self.step(entry) for entry in entries]


class NewPassword:
    """Shows a one-time password in the answer itself, once: it never stands in a session, an address or the record."""

    request: Any
    made: Any

    def success_address(self, record: Any) -> str:
        return str(record.account.get_absolute_url())

    def arrive(self, url: str) -> HttpResponse:
        if self.made is None:
            return super().arrive(url)  # type: ignore[misc,no-any-return]
        context = {
            "title": "一次性密码", "section": "accounts", "account": self.made.account, "password": self.made.password,
            "waits": pending_reset(self.made.account), "parent": ACCOUNTS,
        }  # fmt: skip
        answer = render(self.request, "core/one_time_password.html", context)
        answer["Cache-Control"] = "no-store"
        return answer


class NewAccount(NewPassword, CreatePage):
    section, title, label, parent = "accounts", "开设账号", "开设账号", ACCOUNTS
    queryset = User.administered.all()
    form_class, perform = forms.NewAccountForm, staticmethod(administering.create_account)
    intro = "开设后账号还不能办理任何事项，须由安全保密管理员授予任职。一次性密码只显示一次。"

    def may_open(self) -> bool:
        return Role.SYSADMIN in self.user.roles


class AccountAct(ActPage):
    queryset = User.administered.for_list()
    section, workflow = "accounts", ACCOUNT

    def get_parent(self) -> tuple[str, str]:
        return self.object.username, self.object.get_absolute_url()


class ResetPassword(NewPassword, AccountAct):
    verb, perform = "reset_password", staticmethod(administering.reset_password)
    intro = "重置后原密码失效、已登录的全部退出。管理人员的密码须经安全保密管理员确认后才生效。"


class DecideReset(AccountAct):
    """确认重置密码 / 不同意重置: shows whose it is and who asked."""

    @staticmethod
    def shows(account: Any) -> Sequence[Facts]:
        """What the second officer looks at before he agrees."""
        reset = pending_reset(account)
        asked = (
            [Fact("申请人", reset.requester), Fact("申请时间", reset.requested_at, "moment")] if reset else []
        )
        who = [Fact("账号", account.username), Fact("姓名", account.display_name)]
        return [Facts("待确认的重置", [*who, Fact("任职", posts_in_words(account), wide=True), *asked])]


class Amend(AccountAct, EditPage):
    verb, form_class, perform = "amend", forms.ContactForm, staticmethod(administering.amend)

    def get_initial(self) -> dict[str, Any]:
        return {"phone": self.object.person.phone, "email": self.object.email}


class Grant(AccountAct):
    verb, form_class, perform = "grant", forms.GrantForm, staticmethod(granting.grant)


class OnPost(AccountAct):
    """An act on one of the account's posts that have not ended."""

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        form.fields["post"].queryset = self.object.posts.open()  # type: ignore[attr-defined]
        return form


class ChangeTerm(OnPost):
    verb, form_class, perform = "change_term", forms.TermForm, staticmethod(granting.change_term)


class EndPost(OnPost):
    verb, form_class, perform = "end_post", forms.EndPostForm, staticmethod(granting.end_post)
    intro = "立即生效，已登录的随即退出。要在以后某天结束，请用“调整任期”。"
    destructive = True

    @staticmethod
    def missing(account: Any, user: Any) -> Sequence[Missing]:
        """What is still in this person's name is handed over first."""
        total = sum(pile.total for pile in handing_over.preview(account))
        url = f"{account.get_absolute_url()}hand_over/"
        return [Missing(f"此人名下还有 {total} 件未办结的工作，请先移交。", url)] if total else []


class HandOver(AccountAct):
    verb, form_class, perform = "hand_over", forms.HandOverForm, staticmethod(handing_over.hand_over)
    intro = "此人名下的工作一次移交给同单位同岗位的人员，任职同时结束。以单位名义办理的事项不必移交，接任人本来就能看到。"
    destructive = True

    @cached_property
    def piles(self) -> list[handing_over.Pile]:
        return handing_over.preview(self.object)

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        for pile in self.piles:
            if pile.candidates:
                choices = [(user.username, words_of(user, pile.recused[user.pk])) for user in pile.candidates]
                form.add_post(f"post_{pile.post.public_id}", f"接任人：{pile.post}", choices)  # type: ignore[attr-defined]
        return form

    def cleaned(self, form: BaseForm) -> dict[str, Any]:
        """The service takes pairs of post and successor."""
        data = dict(form.cleaned_data)
        pairs = []
        for pile in self.piles:
            chosen = data.pop(f"post_{pile.post.public_id}", "")
            pairs += [{"post": pile.post, "successor": u} for u in pile.candidates if u.username == chosen]
        return {**data, "successors": pairs}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"shown": [self.what(pile) for pile in self.piles]}

    def what(self, pile: handing_over.Pile) -> Facts:
        """The work of one post, in numbers."""
        counts = [Fact(label, f"{n} 件") for label, n in pile.counts.items()]
        return Facts(str(pile.post), counts or [Fact("个人名下的工作", "没有")])

    def done_sentence(self, record: Any) -> str:
        moved = sum(n for counts in record.handed.values() for n in counts.values())
        kept = sum(record.kept.values())
        stays = f"{kept} 件因接任人应当回避没有移交，已通知有关部门另行指定。" if kept else ""
        return f"已移交 {moved} 件工作，任职已按期结束。{stays}"


def words_of(user: User, recused: int) -> str:
    """A candidate and how much he would have to leave."""
    return f"{user.display_name}（{user.username}）" + (f"，其中 {recused} 件应当回避" if recused else "")
