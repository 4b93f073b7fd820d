"""Addresses of 反馈文件 and of the trees of a paper and a round."""

from django.urls import path

from povertyaudit.core.forms import RequiredOpinionForm
from povertyaudit.core.views import record_paths, verb_paths
from rectification.models import SourcePaper
from rectification.services import source_papers as services
from rectification.views import four_lists as lists
from rectification.views import source_papers as views
from rectification.views.files import FilePage
from rectification.views.paper_money import RegisterMisuse

urlpatterns = [
    path("source-papers/", views.SourcePaperList.as_view(), name="source_papers"),
    path("source-papers/new/", views.NewSourcePaper.as_view(), name="source_paper_new"),
    *record_paths("source-papers", "source_paper", views.SourcePaperPage),
    path("source-papers/<str:id>/tree/", views.SourcePaperTree.as_view(), name="source_paper_tree"),
    path(
        "source-papers/<str:id>/files/<str:file>/",
        FilePage.as_view(queryset=SourcePaper.objects.for_list(), section="items"),
        name="source_paper_file",
    ),
    path("four-lists/problems/", lists.ProblemList.as_view(), name="problem_list"),
    path("four-lists/tasks/", lists.TaskList.as_view(), name="task_list"),
    path("four-lists/duties/", lists.DutyList.as_view(), name="duty_list"),
    path("four-lists/dates/", lists.DateList.as_view(), name="date_list"),
    path("rounds/<str:id>/tree/", views.RoundTree.as_view(), name="round_tree"),
    *verb_paths("source-papers", "edit", views.EditSourcePaper.as_view()),
    *verb_paths("source-papers", "attach", views.AttachScan.as_view()),
    *verb_paths("source-papers", "register_misuse", RegisterMisuse.as_view()),
    *verb_paths(
        "source-papers",
        "discard",
        views.SourcePaperAct.as_view(
            verb="discard", perform=services.discard_paper, form_class=RequiredOpinionForm
        ),
    ),
]
