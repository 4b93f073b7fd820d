"""The county's hotline: a fortnight of calls in every state, three digests, and what the leaders wrote on them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cases.models import CallCategory, CallDigest, Category, HotlineCall
from cases.services import calling, digesting
from povertyaudit.demo.people import Cast
from povertyaudit.demo.timeline import Diary

# category, urgent, caller left a name, title, text. {v} village, {t} township.
EARLY = (
    ("policy_question", False, False, "咨询{v}低保申请需要哪些材料", "来电人家中老人重病，问低保怎样申请、找谁办。"),
    ("subsidy_unpaid", False, True, "反映{v}产业奖补验收后没有到账", "去年养蜂 20 箱，五月验收合格，奖补至今没有到账，问镇里说已上报。"),
    ("project_quality", True, True, "反映{v}新修便道塌陷危及行人", "便道雨后塌了约三米，边上就是陡坡，学生每天经过，没有设围挡。"),
    ("favour_kin", False, True, "反映{v}公益岗位安排给村干部亲属", "村里三个护林岗位都是村干部家里人，脱贫户一个也没有。"),
    ("household_relief", False, False, "{v}一户火灾后无处居住求助", "前天晚上柴房失火连带正房，一家四口借住邻居家，盼有临时安置。"),
)  # fmt: skip
LATE = (
    ("subsidy_unpaid", False, True, "反映{t}危房改造补助少发", "补助公示 1.5 万元，实际到账 1.2 万元，经办人没有解释。"),
    ("project_quality", False, False, "反映{v}饮水管道常年漏水", "主管道漏水，一周只供两天水，报过三次没有人来修。"),
    ("fund_violation", False, True, "反映{v}集体林租金没有进账", "林子租出去两年，租金没有公布，也没有分到户。"),
    ("suggestion_call", False, False, "建议{t}赶集日设政策咨询点", "上了年纪的人不会上网，希望赶集日有人当面讲政策。"),
    ("policy_question", False, False, "咨询{v}易地搬迁户宅基地复垦补偿", "旧房已拆，问复垦补偿标准和发放时间。"),
)  # fmt: skip


class Desk:
    """The hotline's desk and those who answer to it."""

    def __init__(self, cast: Cast, diary: Diary) -> None:
        self.cast, self.diary = cast, diary

    def ring(self, told: Any, *, town: int) -> HotlineCall:
        """A call about a village of the n-th township."""
        code, urgent, named, title, text = told
        village: Any = [
            v for v in self.cast.places.villages if v.parent_id == self.cast.places.towns[town - 1].code
        ][0]
        words = {"v": village.name, "t": village.parent.name}
        number = self.diary.random.randrange(10**6)
        caller = {"name": f"来电人{number % 97:02}", "phone": f"0990-6{number:06}"} if named else None
        return calling.register(
            by=self.cast.petition, category=CallCategory.objects.get(code=code), urgent=urgent, region=village,
            title=title.format(**words), text=text, caller=caller,
        )  # fmt: skip

    def hand_on(self, call: HotlineCall, unit: Any, note: str = "请核实办理，按期报告。") -> HotlineCall:
        return calling.transfer(call, by=self.cast.petition, unit=unit, note=note)

    def digest(self) -> CallDigest:
        return digesting.assemble_now(by=self.cast.petition)

    def tell(self, call: HotlineCall, text: str, way: str = "phone") -> HotlineCall:
        return calling.answer(call, by=self.cast.petition, answer_way=way, answer_text=text)


def stories(cast: Cast, diary: Diary) -> Iterator[datetime]:
    """Two weeks of calls, in the order they came."""
    desk, town = Desk(cast, diary), cast.town_unit(2)
    yield diary.ago(13)
    question = desk.ring(EARLY[0], town=2)
    unpaid = desk.ring(EARLY[1], town=2)
    road = desk.ring(EARLY[2], town=2)
    desk.tell(question, "已说明申请材料和办理流程，告知村便民服务点电话。", "at_once")
    yield diary.ago(13)
    road, unpaid = desk.hand_on(road, town, "请今天到现场设围挡。"), desk.hand_on(unpaid, town)
    first = desk.digest()
    yield diary.ago(12)
    road, unpaid = calling.sign_for(road, by=cast.official), calling.sign_for(unpaid, by=cast.official)
    first = digesting.instruct(
        first, by=cast.secretary, text="便道问题不能过夜，请信访室今天跟到底。", call=road
    )
    yield diary.ago(11)
    road = calling.reply(road, by=cast.official, reply_text="已设围挡和警示牌，塌陷处用片石回填，次日通行。")
    road = desk.tell(road, "已告知处置结果，来电人表示满意。")
    instruction = first.instructions.get()
    digesting.report(
        first,
        by=cast.petition,
        instruction=instruction,
        answer_text="镇里当天设围挡，次日修复，已回访来电人。",
    )
    calling.close(road, by=cast.petition)
    yield diary.ago(8)
    kin, fire = desk.ring(EARLY[3], town=3), desk.ring(EARLY[4], town=4)
    fire = desk.hand_on(fire, cast.units["县民政局"])
    calling.make_lead(
        kin, by=cast.petition, category=Category.objects.on().get(code="favouritism"),
        subjects=[{"name": "吴某某", "unit_text": kin.region.name, "post_text": "村委会主任", "kind": "village_cadre"}],
    )  # fmt: skip
    desk.digest()
    yield from this_week(desk, unpaid, fire)


def this_week(desk: Desk, unpaid: HotlineCall, fire: HotlineCall) -> Iterator[datetime]:
    """What still waits for somebody."""
    cast, diary = desk.cast, desk.diary
    yield diary.ago(5)
    fire = calling.sign_for(fire, by=cast.holding("liaison", cast.units["县民政局"]))
    calling.reply(unpaid, by=cast.official, reply_text="因账号有误退回，已更正，本周内重新发放。")
    short, water = desk.ring(LATE[0], town=2), desk.ring(LATE[1], town=2)
    yield diary.ago(4)
    desk.hand_on(short, cast.town_unit(2))
    calling.sign_for(desk.hand_on(water, cast.town_unit(2)), by=cast.official)
    rent = desk.ring(LATE[2], town=5)
    calling.reply(
        fire, by=cast.holding("liaison", cast.units["县民政局"]), reply_text="已临时安置并发放救助金。"
    )
    desk.tell(fire, "已登门告知安置和救助安排。", "visit")
    yield diary.ago(3)
    latest = desk.digest()
    yield diary.ago(2)
    latest = digesting.instruct(
        latest, by=cast.leader, text="补助少发要查清原因，请信访室督促答复。", call=short
    )
    digesting.instruct(
        latest, by=cast.leader, text="集体林租金一件，请第一监督检查室研判。", call=rent,
        unit=cast.units["第一监督检查室"],
    )  # fmt: skip
    yield diary.ago(1)
    desk.ring(LATE[3], town=6)
    desk.ring(LATE[4], town=7)
