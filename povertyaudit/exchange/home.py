"""What the exchange with programs hands to the rail."""

from povertyaudit.core.home import RailEntry
from povertyaudit.core.models import OFFICERS, Role

KEEPERS = frozenset({Role.SYSADMIN, Role.AUDITOR})
RAIL = (
    RailEntry("files", "导出的文件", "/files/", frozenset(Role) - {Role.SERVICE}),
    RailEntry("token-scopes", "接口授权", "/token-scopes/", OFFICERS),
    RailEntry("hooks", "变动推送", "/hooks/", KEEPERS),
    RailEntry("hook-deliveries", "推送记录", "/hook-deliveries/", KEEPERS),
)
