"""Addresses of the boards of rectification."""

from django.urls import path

from rectification.views import boards

urlpatterns = [
    path("item-boards/", boards.Boards.as_view(), name="item_boards"),
    path("item-boards/units/", boards.UnitsBoard.as_view(), name="item_board_units"),
    path("item-boards/matrix/", boards.MatrixBoard.as_view(), name="item_board_matrix"),
    path("item-boards/week/", boards.WeekBoard.as_view(), name="item_board_week"),
]
