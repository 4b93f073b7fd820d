"""What happens around the closing of an item in the demonstration: checking, publication, an objection, filing."""

from typing import Any

from povertyaudit.core import moment
from povertyaudit.core.models import Role, Unit, User
from povertyaudit.demo import papers, proofs
from povertyaudit.demo import words_items as words
from rectification import services
from rectification.models import Item


class ClosingActs:
    """Part of ItemStory."""

    item: Any
    matter: Any
    seed: int

    @property
    def registrar(self) -> User:
        raise NotImplementedError

    def unit(self, where: str) -> Unit:
        raise NotImplementedError

    def holder(self, role: str, where: str) -> User:
        raise NotImplementedError

    def seen(self) -> dict[str, Any]:
        """How the verifier found out: documents always, every other time on the spot, about money by asking."""
        here = self.unit(self.matter.main).name
        stated: dict[str, Any] = {"documents_found": "查阅了整改台账、会议记录和佐证材料，与成效一致。"}
        if self.seed % 20 == 0:
            stated |= {"site_on": moment.today(), "site_place": here, "site_found": "现场与整改后照片一致。"}
        if self.matter.misuses or self.seed % 20 == 10:
            stated |= {
                "asked_on": moment.today(), "asked_place": "村委会会议室", "asked_whom": "脱贫户两户",
                "asked_found": "群众表示款项已收到，对整改结果满意。",
            }  # fmt: skip
        return stated

    def do_publication(self) -> Item:
        return services.set_publication(
            self.item, by=self.registrar, days=7, place="村务公开栏、乡镇政务公开栏", note="涉及群众切身利益，销号前公示。"
        )  # fmt: skip

    def do_objection(self) -> Item:
        return services.register_objection(
            self.item,
            by=self.registrar,
            received_on=moment.today(),
            text="还有两户没有收到到期提醒，请再核实。",
        )

    def do_archive(self) -> Item:
        return services.archive(self.item, by=self.registrar, pages=42, place="综合档案室 3 柜 12 盒")

    def do_mend(self) -> Item:
        """After it was sent back: what the reviewer had asked for."""
        by, files = (
            self.holder(Role.LIAISON, self.matter.main),
            [papers.photo("群众签字表", self.seed + 7, after=True)],
        )
        return services.add_evidence(
            self.item, by=by, files=files, measure=self.item.measures.first(), kind="survey", caption="群众签字确认表"
        )  # fmt: skip

    def do_apply(self) -> Item:
        by = self.holder(Role.LIAISON, self.matter.main)
        self.item = proofs.complete(self.item, by=by, seed=self.seed)
        if self.item.signatures.exclude(voided_at=None).exists():  # sent back before
            self.item = proofs.renew(self.item, by=by, seed=self.seed)
        return services.apply(
            self.item, by=self.holder(Role.UNIT_HEAD, self.matter.main), note="措施均已落实，申请销号。"
        )

    def do_review(self) -> Item:
        return services.review(self.item, by=self.holder(Role.SECTOR, self.matter.lead), note=words.GOOD[0])

    def do_send_back(self) -> Item:
        by = self.holder(Role.SECTOR, self.matter.lead)
        return services.send_back(
            self.item, by=by, reason_code="sb_evidence",
            note="佐证材料缺少群众签字，数据前后不一致，请补充后重新申请。",
        )  # fmt: skip
