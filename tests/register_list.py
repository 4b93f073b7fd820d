"""A register of any length on standard output: python -m tests.register_list 500000 [village code …] > /tmp/r.csv

Fictional: numbers begin with 99, names are put together by chance. One line in 33 is rubbish when --rubbish is given.
"""

import random
import sys

WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
HEAD = "村代码,户编号,姓名,与户主关系,身份证号,账号,金额,备注\n"
SURNAMES, GIVEN = "陶邓万雷孟康莫倪滕牧", "有田水生大柱金凤满仓木兰春苗"


def number(place, born, run):
    """A whole number with the right check character."""
    text = f"{place}{born}{run:03}"
    return text + CHECKS[sum(int(digit) * weight for digit, weight in zip(text, WEIGHTS, strict=True)) % 11]


def people(count, villages, seed=1):
    """`(village, household, name, relation, number)` of `count` persons, nobody twice."""
    chance = random.Random(seed)
    per = 999  # of one day of birth
    for at in range(count):
        day = at // per
        born = f"{1940 + day // 336}{1 + day // 28 % 12:02}{1 + day % 28:02}"
        village = villages[at * len(villages) // count]
        name = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
        relation = "户主" if at % 3 == 0 else "成员"
        yield village, f"{village}{at // 3:07}", name, relation, number("990101", born, at % per)


def lines(count, villages, rubbish=False):
    for at, (village, household, name, relation, id_number) in enumerate(people(count, villages)):
        if rubbish and at % 33 == 7:
            id_number = id_number[:-1] + ("0" if id_number[-1] != "0" else "1")
        yield f"{village},{household},{name},{relation},{id_number},6299{at:012},{at % 900 + 100}.50,\n"


if __name__ == "__main__":
    count, *villages = [one for one in sys.argv[1:] if one != "--rubbish"] or ["1000"]
    sys.stdout.write(HEAD)
    sys.stdout.writelines(lines(int(count), villages or ["990101101201"], "--rubbish" in sys.argv))
