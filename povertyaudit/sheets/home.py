"""What imports hand to the rail."""

from povertyaudit.core.home import RailEntry
from povertyaudit.sheets.querysets import IMPORTERS

RAIL = RailEntry("imports", "表格导入", "/imports/", IMPORTERS)
