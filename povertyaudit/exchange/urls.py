"""Pages about programs."""

from django.urls import path

from povertyaudit.core.views import verb_paths
from povertyaudit.exchange.views import files, hooks, token_scopes

urlpatterns = [
    path("files/", files.Files.as_view(), name="files"),
    path("files/<str:id>/", files.FilePage.as_view(), name="file"),
    path("files/<str:id>/content/", files.FileContent.as_view(), name="file_content"),
    path("token-scopes/", token_scopes.ScopeList.as_view(), name="token_scopes"),
    path("token-scopes/new/", token_scopes.NewScope.as_view(), name="token_scope_new"),
    path("token-scopes/<str:id>/", token_scopes.ScopePage.as_view(), name="token_scope"),
    *verb_paths("token-scopes", "revoke", token_scopes.RevokeScope.as_view()),
    path("hooks/", hooks.HookList.as_view(), name="hooks"),
    path("hooks/new/", hooks.NewHook.as_view(), name="hook_new"),
    path("hooks/<str:id>/", hooks.HookPage.as_view(), name="hook"),
    *verb_paths("hooks", "end", hooks.EndHook.as_view()),
    path("hook-deliveries/", hooks.DeliveryList.as_view(), name="hook_deliveries"),
    path("hook-deliveries/<str:id>/", hooks.DeliveryPage.as_view(), name="hook_delivery"),
    *verb_paths("hook-deliveries", "resend", hooks.Resend.as_view()),
]
