"""Addresses of the boards of rectification."""

from django.urls import path

from rectification.views import boards, meetings

urlpatterns = [
    path("item-boards/", boards.Boards.as_view(), name="item_boards"),
    path("item-boards/units/", boards.UnitsBoard.as_view(), name="item_board_units"),
    path("item-boards/matrix/", boards.MatrixBoard.as_view(), name="item_board_matrix"),
    path("item-boards/week/", boards.WeekBoard.as_view(), name="item_board_week"),
    path("item-boards/ranking/", meetings.RankingBoard.as_view(), name="item_board_ranking"),
    path("item-boards/still/", meetings.StillList.as_view(), name="item_board_still"),
    path("item-boards/pack/", meetings.PackPage.as_view(), name="item_board_pack"),
]
