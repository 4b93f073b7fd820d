"""保密密钥: for 安全保密管理员 — what is sealed under which key, and sealing anew after the key was changed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.functional import cached_property

from povertyaudit.core import originals, rotation
from povertyaudit.core.forms.base import PageForm
from povertyaudit.core.models import Job, Role
from povertyaudit.core.models.jobs import JobState
from povertyaudit.core.views.acts import CreatePage
from povertyaudit.core.views.lists import ListPage
from povertyaudit.core.views.parts import Column, Fact, Facts

STALE = "后台进程还没有用现在的密钥启动，请运维人员重新启动后台进程，办理会自动继续。"


def counted(name: str) -> Any:
    """A column value out of the counts of a rotation."""
    return lambda job: job.result.get(name)


def standing_words(key: rotation.Standing) -> str:
    listed = "、".join(f"{kind.label} {key.counts[kind.name]} 条" for kind in rotation.kinds())
    return listed if key.at_hand else f"{listed}，服务器上没有这把密钥，打不开"


def key_label(key: rotation.Standing) -> str:
    if key.present:
        return f"现用密钥 {key.short}"
    return f"旧密钥 {key.short}" if key.at_hand else f"▲ 缺少的密钥 {key.short}"


def progress(job: Job) -> str:
    """How far the newest rotation is, in words."""
    if job.state not in (JobState.QUEUED, JobState.RUNNING):
        return ""
    if job.error == "KeyMissing":
        return STALE
    done = sum(job.result.get(kind.name, 0) for kind in rotation.kinds())
    return f"{job.get_state_display()}，已完成 {done} 条，共 {job.payload['total']} 条；刷新页面看最新进度"


class VaultKeys(ListPage):
    queryset = Job.objects.rotations()
    template_name = "core/list_with_facts.html"
    section, title = "vault_keys", "保密密钥"
    order = "-created_at"
    columns = (
        Column("created_at", "办理时间", kind="moment", order="created_at", phone="first"),
        Column("by", "办理人", value=lambda job: job.payload["name"], phone="main"),
        *(
            Column(kind.name, f"重新加密{kind.label}", value=counted(kind.name), kind="number")
            for kind in rotation.kinds()
        ),
        Column("damaged", "已损坏", value=counted("damaged"), kind="number"),
        Column("left", "未用现用密钥", value=counted("left"), kind="number"),
        Column("finished_at", "完成时间", kind="moment", phone="side"),
        Column("state", "状态", kind="state"),
    )
    create_url, create_label = "/vault-keys/rotate/", "更换后重新加密"
    empty = "还没有办理过更换密钥后的重新加密。"
    empty_hint = "运维人员按运维手册第 6 节换上新密钥、留下旧密钥并重新启动后，在这里办理。"
    unit_word = "次"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and Role.SECADMIN not in self.user.roles:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def standing(self) -> list[rotation.Standing]:
        return rotation.standing()

    @cached_property
    def under_way(self) -> str:
        job = rotation.last()
        return progress(job) if job else ""

    def may_create(self) -> bool:
        return bool(rotation.waiting(self.standing)) and not self.under_way

    def base_context(self) -> dict[str, Any]:
        return super().base_context() | {"groups": [self.keys()]}

    def keys(self) -> Facts:
        """Rows by key, what is to be done about them, and how far it is."""
        keys = self.standing
        facts = [Fact(key_label(key), standing_words(key), wide=True) for key in keys]
        waiting = rotation.waiting(keys)
        facts.append(Fact("等待重新加密", f"{waiting} 条" if waiting else "没有", wide=True))
        if plain := originals.unsealed().count():
            facts.append(
                Fact(
                    "尚未加密的原件", f"{plain} 件（升级以前上传的，当夜自动加密，也可以现在办理）", wide=True
                )
            )
        if sentence := rotation.missing(keys):
            facts.append(Fact("要处理的", sentence, wide=True))
        if self.under_way:
            facts.append(Fact("正在办理", self.under_way, wide=True))
        return Facts("用哪把密钥加密", facts)


class Rotate(CreatePage):
    """更换后重新加密: a press; the work is a job."""

    queryset = Job.objects.rotations()
    section, title, label = "vault_keys", "更换后重新加密", "开始重新加密"
    parent = ("保密密钥", "/vault-keys/")
    form_class, perform = PageForm, staticmethod(rotation.ask)
    intro = (
        "把用旧密钥加密的举报人信息、外发渠道地址和来信来访原件的密钥，改用现用密钥重新加密；升级以前没有加密的原件一并加密。"
        "在后台分批进行，中断后自动接着办；"
        "内容不会显示给任何人。全部完成前请保留旧密钥。"
    )
    done = "已开始重新加密，可在这里看到进度。"

    def may_open(self) -> bool:
        return Role.SECADMIN in self.user.roles

    def success_address(self, record: Any) -> str:
        return "/vault-keys/"
