"""The statements that compare a staged list of regions with the table and carry the difference over: no row passes Python.

`loaded_region` holds the file, `top_region` what it covers, `gone_region` what vanished. Both databases run the same text.
"""

from typing import Any

from django.apps import apps
from django.db import connection

from povertyaudit.core.models import Region, RegionAttribute, RegionChange, RegionLoad, RegionName

STAGED = ("loaded_region", "top_region", "gone_region", "renamed_region")
COLUMNS = "(place, code, name, level, parent, refused)"
OWN = (Region, RegionName, RegionAttribute, RegionChange, RegionLoad)
CURRENT = "(r.ends_on IS NULL OR r.ends_on >= %(day)s)"
IN_SCOPE = (
    "EXISTS (SELECT 1 FROM top_region t WHERE t.code <> r.code AND t.prefix IN "
    "(substr(r.code, 1, 2), substr(r.code, 1, 4), substr(r.code, 1, 6), substr(r.code, 1, 9)))"
)
GOOD = "l.refused = ''"

MAKE = (
    "CREATE TEMPORARY TABLE loaded_region (place integer, code varchar(12), name text, level smallint, "
    "parent varchar(12), refused text)"
)
COPY = f"COPY loaded_region {COLUMNS} FROM STDIN"
ADD = f"INSERT INTO loaded_region {COLUMNS} VALUES (%s, %s, %s, %s, %s, %s)"
INDEX = "CREATE INDEX loaded_code ON loaded_region (code)"
UNREADABLE = "SELECT 1 FROM loaded_region WHERE code = '' LIMIT 1"
REFUSALS = "SELECT '第 ' || place || ' 行：' || refused FROM loaded_region WHERE refused <> '' ORDER BY place LIMIT %(most)s"
TOP_CODES = "SELECT code FROM top_region LIMIT 2"
GONE_CODES = "SELECT code FROM gone_region"
NAME_SUCCESSOR = "UPDATE gone_region SET successor = %(new)s WHERE code = %(old)s"
STANDS = (
    f"SELECT 1 FROM loaded_region l WHERE l.code = %(code)s AND {GOOD} "
    f"UNION ALL SELECT 1 FROM core_region r WHERE r.code = %(code)s AND {CURRENT}"
)
# A line that repeats an earlier one.
REPEATED = (
    "UPDATE loaded_region SET refused = '区划代码 ' || code || ' 在文件中重复，请只留一行。' "
    "WHERE refused = '' AND code IN (SELECT code FROM loaded_region GROUP BY code HAVING count(*) > 1) "
    "AND place > (SELECT min(o.place) FROM loaded_region o WHERE o.code = loaded_region.code)"
)
# Some lists leave out the city between province and county.
WITHOUT_CITY = (
    "UPDATE loaded_region SET parent = substr(code, 1, 2) || '0000000000' WHERE level = 3 AND refused = '' "
    "AND NOT EXISTS (SELECT 1 FROM loaded_region o WHERE o.code = loaded_region.parent) "
    "AND NOT EXISTS (SELECT 1 FROM core_region r WHERE r.code = loaded_region.parent)"
)
# What the file covers: below the given region, or below each of its rows that has none of its ancestors in the file.
TOPS_WITHIN = (
    "CREATE TEMPORARY TABLE top_region AS SELECT CAST(%(within)s AS varchar(12)) AS code, "
    "CAST(%(prefix)s AS varchar(12)) AS prefix"
)
TOPS = (
    "CREATE TEMPORARY TABLE top_region AS SELECT l.code, "
    "substr(l.code, 1, CASE l.level WHEN 1 THEN 2 WHEN 2 THEN 4 WHEN 3 THEN 6 ELSE 9 END) AS prefix "
    "FROM loaded_region l WHERE l.code <> '' AND l.level < 5 AND NOT EXISTS (SELECT 1 FROM loaded_region o WHERE "
    "o.code <> l.code AND o.code IN (substr(l.code, 1, 2) || '0000000000', substr(l.code, 1, 4) || '00000000', "
    "substr(l.code, 1, 6) || '000000'))"
)
INDEX_TOPS = "CREATE INDEX top_prefix ON top_region (prefix)"
# No parent in the file, nor outside of what it covers. From the top down: whoever hangs below a refused line is refused.
ORPHANS = (
    "UPDATE loaded_region SET refused = '上级地区 ' || parent || ' 不在文件中，也不在系统中，请补上这一行。' "
    "WHERE level = %(level)s AND refused = '' "
    "AND NOT EXISTS (SELECT 1 FROM loaded_region l WHERE l.code = loaded_region.parent AND " + GOOD + ") "
    "AND NOT EXISTS (SELECT 1 FROM core_region r WHERE r.code = loaded_region.parent "
    f"AND {CURRENT} AND NOT {IN_SCOPE})"
)
GONE = (
    "CREATE TEMPORARY TABLE gone_region AS SELECT r.code, CAST(NULL AS varchar(12)) AS successor FROM core_region r "
    f"WHERE {CURRENT} AND r.level <= (SELECT max(level) FROM loaded_region) AND %(complete)s = 1 "
    f"AND NOT EXISTS (SELECT 1 FROM loaded_region l WHERE l.code = r.code) AND {IN_SCOPE}"
)
# With a region go those below it, however deep the list reaches.
GONE_BELOW = (
    "INSERT INTO gone_region (code) SELECT r.code FROM core_region r JOIN gone_region g ON g.code = r.parent_id "
    f"WHERE r.level = %(level)s AND {CURRENT} AND NOT EXISTS (SELECT 1 FROM gone_region o WHERE o.code = r.code)"
)
RENAMED = (
    "CREATE TEMPORARY TABLE renamed_region AS SELECT r.code, r.name AS old_name, l.name AS new_name "
    f"FROM core_region r JOIN loaded_region l ON l.code = r.code WHERE {GOOD} AND l.name <> r.name"
)
NEW = (
    "FROM loaded_region l WHERE "
    + GOOD
    + " AND NOT EXISTS (SELECT 1 FROM core_region r WHERE r.code = l.code)"
)
BACK = "FROM core_region r JOIN loaded_region l ON l.code = r.code WHERE " + GOOD + f" AND NOT {CURRENT}"
COUNTS = {
    "lines": "SELECT count(*) FROM loaded_region",
    "new": f"SELECT count(*) {NEW}",
    "renamed": "SELECT count(*) FROM renamed_region",
    "restored": f"SELECT count(*) {BACK}",
    "abolished": "SELECT count(*) FROM gone_region",
    "merged": "SELECT count(*) FROM gone_region WHERE successor IS NOT NULL",
    "refused": "SELECT count(*) FROM loaded_region WHERE refused <> ''",
    "unchanged": "SELECT count(*) FROM loaded_region l JOIN core_region r ON r.code = l.code "
    f"WHERE {GOOD} AND l.name = r.name AND {CURRENT}",
}
SAMPLES = {
    "new": f"SELECT l.code || ' ' || l.name {NEW} ORDER BY l.code",
    "renamed": "SELECT code || ' ' || old_name || ' → ' || new_name FROM renamed_region ORDER BY code",
    "restored": f"SELECT l.code || ' ' || l.name {BACK} ORDER BY l.code",
    "abolished": "SELECT g.code || ' ' || r.path_name || CASE WHEN g.successor IS NULL THEN '' "
    "ELSE '，并入 ' || g.successor || ' ' || s.name END FROM gone_region g JOIN core_region r ON r.code = g.code "
    "LEFT JOIN core_region s ON s.code = g.successor ORDER BY g.code",
}
FORMER_NAMES = (
    "INSERT INTO core_regionname (region_id, name, valid_from, valid_to) "
    "SELECT n.code, n.old_name, (SELECT {next_day} FROM core_regionname h WHERE h.region_id = n.code), "
    "%(last)s FROM renamed_region n "
    "WHERE NOT EXISTS (SELECT 1 FROM core_regionname h WHERE h.region_id = n.code AND h.valid_to >= %(last)s)"
)
RENAME = (
    "UPDATE core_region SET name = n.new_name, "
    "path_name = CASE WHEN core_region.level <= 3 THEN n.new_name ELSE core_region.path_name END "
    "FROM renamed_region n WHERE n.code = core_region.code"
)
RESTORE = (
    "UPDATE core_region SET ends_on = NULL, successor_id = NULL "
    "WHERE ends_on < %(day)s AND EXISTS (SELECT 1 FROM loaded_region l WHERE l.code = core_region.code AND "
    + GOOD
    + ")"
)
INSERT = (
    "INSERT INTO core_region (code, name, path_name, level, parent_id, starts_on) "
    "SELECT l.code, l.name, CASE WHEN l.level <= 3 THEN l.name ELSE p.path_name || ' / ' || l.name END, l.level, "
    "p.code, CASE WHEN %(first)s = 1 THEN NULL ELSE %(day)s END "
    "FROM loaded_region l LEFT JOIN core_region p ON p.code = l.parent "
    "WHERE l.level = %(level)s AND "
    + GOOD
    + " AND NOT EXISTS (SELECT 1 FROM core_region r WHERE r.code = l.code)"
)
PATHS = (
    "UPDATE core_region SET path_name = p.path_name || ' / ' || core_region.name FROM core_region p "
    "WHERE p.code = core_region.parent_id AND core_region.level = %(level)s "
    "AND core_region.path_name <> p.path_name || ' / ' || core_region.name"
)
END = (
    "UPDATE core_region SET ends_on = %(last)s, successor_id = g.successor "
    "FROM gone_region g WHERE g.code = core_region.code"
)


NEXT_DAY = {"postgresql": "max(h.valid_to) + 1", "sqlite": "date(max(h.valid_to), '+1 day')"}


def run(statement: str, values: dict[str, Any] | None = None) -> None:
    """Execute one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def column(statement: str, values: dict[str, Any] | None = None) -> list[Any]:
    """The first column of the answer."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def forget() -> None:
    """Take the temporary tables away (they live as long as the connection)."""
    for table in STAGED:
        run(f"DROP TABLE IF EXISTS {table}")


def referring() -> list[tuple[str, str]]:
    """(table, column) of every column of business and people that names a region."""
    return [
        (model._meta.db_table, str(field.column))
        for model in apps.get_models(include_auto_created=True)
        if model not in OWN and not model._meta.proxy
        for field in model._meta.concrete_fields
        if field.related_model is Region
    ]


def referred_without_successor() -> list[str]:
    """Codes that vanished without a successor while rows name them."""
    named = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} x WHERE x.{name} = g.code)" for table, name in referring()
    )
    return column(f"SELECT g.code FROM gone_region g WHERE g.successor IS NULL AND ({named}) ORDER BY g.code")
