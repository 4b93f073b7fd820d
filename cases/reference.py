"""Reference data of leads: the categories a new installation starts with (domain §11, §12). Dated rows; add, never rename."""

CATEGORIES = (
    ("corruption", "false_claim", "虚报冒领"),
    ("corruption", "cheat_out", "套取骗取"),
    ("corruption", "intercept", "截留挪用"),
    ("corruption", "embezzle", "贪污侵占"),
    ("corruption", "favouritism", "优亲厚友"),
    ("corruption", "extortion", "吃拿卡要"),
    ("corruption", "bribery", "行贿受贿"),
    ("corruption", "fees", "违规收费摊派"),
    ("corruption", "private_gain", "违规插手工程项目"),
    ("corruption", "dereliction", "失职渎职"),
    ("corruption", "other_corruption", "其他违纪违法问题"),
    ("style", "formalism", "形式主义"),
    ("style", "bureaucratism", "官僚主义"),
    ("style", "inaction", "不作为"),
    ("style", "misconduct", "乱作为"),
)
