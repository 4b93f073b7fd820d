"""Two spreadsheets of the IT officer in the demo county: accounts that came in by one, and one that waits."""

from django.core.files.uploadedfile import SimpleUploadedFile

from povertyaudit.demo.people import Cast
from povertyaudit.sheets import services
from povertyaudit.sheets.models import SheetImport

HEAD = "姓名,用户名,联系电话"


def make(cast: Cast) -> None:
    services.bring_in(
        _taken(cast, "新录用人员账号", ("柏小禾", "qinghe61"), ("石小渠", "qinghe62")), by=cast.sysadmin
    )
    _taken(cast, "借调人员账号", ("罗小舟", "qinghe63"), ("冯小荷", "qinghe64"))


def _taken(cast: Cast, name: str, *people: tuple[str, str]) -> SheetImport:
    lines = [HEAD, *(f"{person},{username}," for person, username in people)]
    file = SimpleUploadedFile(f"{name}.csv", "\r\n".join(lines).encode())
    return services.take_in(by=cast.sysadmin, kind="users", file=file)
