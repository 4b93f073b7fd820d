"""What stands beside every record whatever its kind: its comments, following it, and why one sees it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.generic import DetailView, View
from django.views.generic.detail import SingleObjectMixin

from povertyaudit.core import comments, favourites, once, sight
from povertyaudit.core.errors import DomainError
from povertyaudit.core.forms.base import PageForm
from povertyaudit.core.forms.comments import CommentForm
from povertyaudit.core.models import Comment, Dossier, User
from povertyaudit.core.scope import ScopedMixin
from povertyaudit.core.views.acts import ActPage, OnRecord
from povertyaudit.core.views.base import Page
from povertyaudit.core.views.choose import listed, typed
from povertyaudit.core.views.parts import Fact, Facts


def beside(root: Dossier, user: User, request: HttpRequest) -> dict[str, Any]:
    """Context of a record page: the thread with the form below it, and whether the user follows the record."""
    return {
        "thread": comments.thread(root, user),
        "comment_form": CommentForm(mention=f"{root.get_absolute_url()}mention/")  # type: ignore[attr-defined]
        if root.takes_comments and comments.may_write(user)
        else None,
        "followed": favourites.follows(root, user),
        "once": once.token(request),
    }


class WhyPage(Page, DetailView):
    """为什么我能看到: the posts and rules by which this person reaches this record. The same rules are the scope."""

    template_name = "core/why.html"
    slug_field, slug_url_kwarg = "public_id", "id"
    title = "为什么我能看到"

    def get_parent(self) -> tuple[str, str] | None:
        return str(self.object), self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(ways=sight.why(self.object, self.user), **kwargs)


class CommentPage(OnRecord):
    """写批注: the form below the thread posts here; refused, it stands here with what was typed."""

    form_class, label = CommentForm, "写批注"
    mentions: comments.Mentions

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"mention": f"{self.object.get_absolute_url()}mention/"}

    def call(self, **values: Any) -> Any:
        _, self.mentions = comments.write(self.object, by=self.user, **values)
        return self.object

    def success_address(self, record: Any) -> str:
        return f"{record.get_absolute_url()}#comments"

    def done_sentence(self, record: Any) -> str:
        """What was done, who was told, and which @ told nobody."""
        told = "、".join(user.display_name for user in self.mentions.people)
        return "".join([f"批注已写上，已通知{told}。" if told else "批注已写上。", *self.mentions.not_told])


class WithdrawPage(ActPage):
    """撤回批注: one's own."""

    queryset = Comment.objects.for_thread()
    form_class, perform, label = PageForm, staticmethod(comments.withdraw), "撤回批注"
    intro = "撤回后不再显示内容，只留下谁在何时撤回；操作记录仍能证明原来的内容。"
    destructive = True

    def get_parent(self) -> tuple[str, str] | None:
        return str(self.object.dossier), self.object.get_absolute_url()

    def not_offered(self) -> DomainError | None:
        try:
            comments.check_withdraw(self.object, self.user)
        except DomainError as refusal:
            return refusal
        return None

    def shows(self, comment: Any) -> list[Facts]:
        return [Facts("要撤回的批注", [Fact("内容", comment.text, wide=True)])]


class ChooseMention(ScopedMixin, SingleObjectMixin, View):
    """`?q=` → the people who see this very record, for the list under an @ in a comment."""

    slug_field, slug_url_kwarg = "public_id", "id"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        return listed(
            [line(user) for user in comments.suggested(self.get_object(), typed(request), by=self.user)]
        )


def line(user: User) -> dict[str, str]:
    """A person in the list under an @."""
    posts = list(user.posts.all())
    return {
        "value": user.display_name,
        "text": user.display_name,
        "hint": "；".join(map(str, posts)),
        "unit": posts[0].unit.name if posts else "",
    }


class FollowView(ScopedMixin, SingleObjectMixin, View):
    """关注, 取消关注: a button; the address alone leads to the record."""

    slug_field, slug_url_kwarg = "public_id", "id"
    unfollow = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.get_object().get_absolute_url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.get_object()
        try:
            (favourites.unfollow if self.unfollow else favourites.follow)(row, by=self.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(row.get_absolute_url())
