"""Words and turns of the projects of the demonstration: papers of money, plans, how far each comes."""

# title, 文号, level, kind of money, 万元, days before today. Together little more than what the projects need.
GIVEN = (
    ("中央财政衔接补助资金（第一批）", "岚财农〔{year}〕11号", "central", "LINKAGE", 1000, 292),
    ("省级财政衔接补助资金", "岚财农〔{year}〕26号", "province", "PROVINCE", 480, 288),
    ("市级配套资金", "澜财农〔{year}〕7号", "city", "CITY", 160, 284),
    ("县级预算安排资金", "青财预〔{year}〕3号", "county", "COUNTY", 260, 281),
    ("东西部协作资金", "岚协作〔{year}〕2号", "other", "EAST_WEST", 120, 270),
    ("中央财政衔接补助资金（第二批）", "岚财农〔{year}〕58号", "central", "LINKAGE", 150, 120),
    ("省级彩票公益金", "岚财社〔{year}〕19号", "province", "LOTTERY", 90, 6),
)
# kind, title, content, 万元, who watches it; the village stands before the title
PLANS = (
    ("ROADS", "通组路硬化", "硬化通组路 1.9 公里，宽 3.5 米。", 76, "sector2"),
    ("INDUSTRY", "油茶低产林改造", "改造低产油茶林 420 亩，配套作业道。", 38, "sector"),
    ("VILLAGE", "村庄环境整治", "铺设污水管网 860 米，新建垃圾投放点 6 处。", 45, "sector4"),
    ("WATER", "饮水管道改造", "更换主管道 2.3 公里，新建蓄水池 2 座。", 52, "sector4"),
    ("INDUSTRY", "肉牛养殖小区", "新建牛舍 900 平方米，配套青贮窖。", 88, "sector"),
    ("POWER", "低压电网改造", "改造低压线路 3.1 公里，更换变压器 1 台。", 34, "sector2"),
    ("HOUSEHOLD", "到户产业奖补", "按标准奖补种养产业，一户一档。", 12, "sector4"),
    ("INDUSTRY", "食用菌大棚", "新建钢架大棚 24 座，配套烘干房。", 63, "sector"),
    ("ROADS", "产业路修缮", "修缮产业路 1.2 公里，加固涵洞 4 处。", 29, "sector2"),
)
# How far each comes, in turn, and for how many days before today it has been under way.
ENDS = (
    ("published", 286), ("accepted", 268), ("completed", 232), ("started", 196), ("stored", 30), ("review", 44),
    ("approved", 118), ("stalled", 170), ("published", 274), ("started", 150), ("accepted", 262), ("started", 178),
    ("published", 280), ("completed", 226), ("approved", 96),
)  # fmt: skip
STEPS = ("stored", "review", "approved", "started", "completed", "accepted", "published")
# plan, end, how far its payment came, begun: in the township whose people everybody knows
OURS = (
    (1, "completed", "endorsed", 206), (5, "completed", "draft", 202), (8, "completed", "held", 198),
    (6, "completed", "reviewed", 195), (4, "stored", "", 22), (7, "accepted", "", 240),
    (2, "completed", "begun", 188),
)  # fmt: skip
OBJECTED = {206: "asked", 202: "answered", 240: "published"}  # by when the project began
PAID = (100, 96, 100, 88, 92)  # per cent of what might be asked for
PAYING = ("paid", "", "held", "paid", "", "submitted", "", "paid", "", "reviewed", "paid", "endorsed", "")
AFTER = {
    "review": 9,
    "approved": 21,
    "award": 34,
    "started": 42,
    "completed": 138,
    "accepted": 160,
    "published": 178,
}
