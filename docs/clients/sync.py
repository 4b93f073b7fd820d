"""Keep a copy of one ledger in an SQLite file: python3 sync.py https://ledger.example things copy.db

TOKEN holds the token. Each page and the cursor after it are written in one transaction: killed anywhere, it goes on
where it was. Exit 0: the copy is up to date; its count and digest are printed and equal `ledger.digest`.
"""

import hashlib
import json
import os
import sqlite3
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


def ask(url: str) -> dict:
    """One answer as JSON; waits when told to, tries again when the network fails."""
    for attempt in range(8):
        request = urllib.request.Request(url, headers={"Authorization": f"Bearer {os.environ['TOKEN']}"})
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                found: dict = json.load(answer)
                return found
        except urllib.error.HTTPError as refused:
            if refused.code == 410:
                return {"resync": True}
            if refused.code not in (429, 502, 503, 504):
                raise SystemExit(f"{refused.code}: {refused.read().decode()}") from None
            time.sleep(int(refused.headers.get("Retry-After", 2**attempt)))
        except OSError:
            time.sleep(2**attempt)
    raise SystemExit("no answer, try again later")


def sync(base: str, things: str, copy: sqlite3.Connection) -> None:
    """Page by page until nothing is new."""
    copy.execute("CREATE TABLE IF NOT EXISTS rows (id TEXT PRIMARY KEY, version INTEGER, record TEXT)")
    copy.execute("CREATE TABLE IF NOT EXISTS cursor (since TEXT)")
    while True:
        since = (copy.execute("SELECT since FROM cursor").fetchone() or [""])[0]
        page = ask(f"{base}/api/v1/{things}/changes/?since={urllib.parse.quote(since)}")
        with copy:  # one transaction
            if page.get("resync"):
                copy.execute("DELETE FROM rows")
            for one in page.get("results", ()):
                copy.execute("DELETE FROM rows WHERE id = ?", [one["id"]])
                if one["op"] == "upsert":
                    row = [one["id"], one["version"], json.dumps(one["record"], ensure_ascii=False)]
                    copy.execute("INSERT INTO rows VALUES (?, ?, ?)", row)
            copy.execute("DELETE FROM cursor")
            copy.execute("INSERT INTO cursor VALUES (?)", [page.get("next", "")])
        if page.get("next") == since:
            return


if __name__ == "__main__":
    base, things, path = sys.argv[1:]
    connection = sqlite3.connect(path)
    sync(base.rstrip("/"), things, connection)
    held = connection.execute("SELECT id, version FROM rows ORDER BY id").fetchall()
    digest = hashlib.sha256("".join(f"{id}\t{version}\n" for id, version in held).encode()).hexdigest()
    print(json.dumps({"count": len(held), "digest": digest}))
