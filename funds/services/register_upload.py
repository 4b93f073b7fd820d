"""An uploaded register: looked at, sealed into the store, handed to the loading."""

import hashlib
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from funds.models import Register, RegisterKind
from funds.register_file import spool
from funds.services import registers
from funds.workflow.registers import LOADERS
from povertyaudit.core import file_types
from povertyaudit.core.errors import NotAllowed, RuleBroken
from povertyaudit.core.list_file import BOMS
from povertyaudit.core.models import Unit, User

MB = 1024 * 1024
MOST = 50 * MB  # of a CSV; an xlsx as everywhere
MARKS = tuple(mark for mark, _ in BOMS)


@transaction.atomic
def upload(
    *, by: User, file: UploadedFile, kind: RegisterKind, as_of: date, part: str = "", source_unit: Unit | None = None,
    note: str = "",
) -> Register:  # fmt: skip
    """载入名册 from a file sent by page or API: as `registers.load`, in the county of the sender. Raises RuleBroken."""
    if by.post_as(LOADERS) is None:
        raise NotAllowed("register.role", "名册由案管室、监督检查室或者财政部门载入。")
    content = _checked(file)
    digest = hashlib.sha256(content).hexdigest()
    return registers.load(
        by=by, kind=kind, as_of=as_of, file_name=_name(file.name or ""), file_digest=digest, part=part,
        source_unit=source_unit, spool_sha256=spool.kept(content, digest), note=note,
    )  # fmt: skip


def _checked(file: UploadedFile) -> bytes:
    """The bytes of a CSV or of an xlsx that was looked at."""
    if (file.size or 0) > MOST:
        text = f"名册文件不能超过 {MOST // MB} MB，请按乡镇分册，或者请运维人员在服务器上载入。"
        raise RuleBroken("register.too_large", text, field="file")
    file.seek(0)
    content: bytes = file.read()
    if content.startswith(b"PK\x03\x04"):
        if file_types.check(content, file.name or "").extension != "xlsx":
            raise RuleBroken("register.type", "名册只能是 CSV 或者 xlsx 文件，请另存后再上传。", field="file")
    elif b"\0" in content[:4096] and not content.startswith(MARKS):
        raise RuleBroken("register.type", "名册只能是 CSV 或者 xlsx 文件，请另存后再上传。", field="file")
    return content


def _name(given: str) -> str:
    """A file name that means what it looks like."""
    return "".join(char for char in given if char.isprintable())[:200] or "名册"
