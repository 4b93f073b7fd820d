"""Frozen reports (报表): figures as they stood when they were counted, with the rows behind them; calendar links."""

from povertyaudit.reporting.models.calendar_links import CalendarLink
from povertyaudit.reporting.models.reports import Report, ReportFigure, ReportKind, ReportState

__all__ = ["CalendarLink", "Report", "ReportFigure", "ReportKind", "ReportState"]
