"""核验脚本：核对扶贫监督台账的离线证明包。只用 Python 标准库，3.8 以上。

    python3 check.py                                  脚本所在文件夹即解开的证明包
    python3 check.py 证明包.zip --anchor seals.ndjson --digest leads=<hex> --manifest <hex>

Checks a proof bundle on any machine. The hashing below is the very code the system itself seals with (core/hashing.py).
全部相符时退出码为 0，有不符时为 1，并说出最先发现的一处。
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

FORMAT = 1
ENTRY = (
    "target_label", "target_id", "target_public_id", "target_number", "seq", "region_code", "verb",
    "actor_id", "actor_name", "actor_role", "at", "request_id", "changes", "sealed_values", "state", "previous",
)  # fmt: skip
SEAL = ("seq", "at", "count", "root", "previous")
CLOCK_MAY_STEP_BACK = timedelta(minutes=10)
NO_SUCH_HASH = "本机的 Python 不支持包内所用的摘要算法（如 SM3），请换 OpenSSL 支持 SM3 的机器核对"


class Broken(Exception):
    """Something is not as it was written; the text names it."""


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON value: sorted keys, no white space, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(data: bytes, algorithm: str) -> str:
    """Hex digest of bytes."""
    return hashlib.new(algorithm, data).hexdigest()


def leaf_digest(label: str, target_id: Any, seq: Any, entry_hash: str, algorithm: str) -> str:
    """The leaf of one chain as it stood when it was sealed."""
    return digest(f"{label}\t{target_id}\t{seq}\t{entry_hash}".encode(), algorithm)


class Merkle:
    """A root over hex leaves as they come; an odd one out moves up unpaired. Keeps one node a level."""

    def __init__(self, algorithm: str) -> None:
        self.algorithm, self.count = algorithm, 0
        self.nodes: list[tuple[int, str]] = []

    def add(self, leaf: str) -> None:
        height, self.count = 0, self.count + 1
        while self.nodes and self.nodes[-1][0] == height:
            leaf, height = self.pair(self.nodes.pop()[1], leaf), height + 1
        self.nodes.append((height, leaf))

    def pair(self, left: str, right: str) -> str:
        return digest((left + right).encode(), self.algorithm)

    def root(self) -> str:
        """The root so far; of nothing: the digest of nothing."""
        nodes = [leaf for _, leaf in self.nodes] or [digest(b"", self.algorithm)]
        found = nodes.pop()
        while nodes:
            found = self.pair(nodes.pop(), found)
        return found


class Bundle:
    """A bundle as a zip file or as the folder it was unpacked into."""

    def __init__(self, path: Path) -> None:
        self.folder = path
        self.zip = zipfile.ZipFile(path) if path.is_file() else None

    def open(self, name: str) -> IO[bytes]:
        try:
            return self.zip.open(name) if self.zip else (self.folder / name).open("rb")
        except (KeyError, OSError):
            raise Broken(f"缺少文件 {name}") from None

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        with self.open(name) as member:
            for number, line in enumerate(member, 1):
                try:
                    value = json.loads(line)
                except ValueError:
                    value = None
                if not isinstance(value, dict):
                    raise Broken(f"{name} 第 {number} 行无法读取")
                yield value

    def sha256(self, name: str) -> tuple[str, int]:
        seen, lines = hashlib.sha256(), 0
        with self.open(name) as member:
            for part in iter(lambda: member.read(1 << 20), b""):
                seen.update(part)
                lines += part.count(b"\n")
        return seen.hexdigest(), lines


class Check:
    """One run over a bundle. Each step raises Broken at the first thing that does not fit."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        try:
            with bundle.open("manifest.json") as member:
                self.manifest = json.loads(member.read())
            self.first, self.last = self.manifest["seals_with_leaves"]
            self.counts, self.members = dict(self.manifest["counts"]), dict(self.manifest["members"])
        except (ValueError, KeyError, TypeError):
            raise Broken("清单 manifest.json 无法读取") from None
        if self.manifest.get("format") != FORMAT:
            raise Broken("清单 manifest.json 的格式版本不是这个脚本能核对的，请用包内的 check.py")
        self.seals: dict[int, dict[str, Any]] = {}
        self.points: dict[tuple[Any, Any], list[Any]] = {}
        self.seen = {"entries": 0, "chains": 0, "rows": 0, "seals": 0, "leaves": 0}
        self.unsealed = 0

    def run(self) -> None:
        self.check_seals()
        self.check_leaves()
        self.check_chains()
        for name, number in self.seen.items():
            if self.counts.get(name) != number:
                raise Broken(f"清单上的数目不符：{name} 应为 {self.counts.get(name)}，包内为 {number}")

    def check_members(self) -> None:
        for name, said in sorted(self.members.items()):
            if list(self.bundle.sha256(name)) != [said.get("sha256"), said.get("lines")]:
                raise Broken(f"文件 {name} 与清单不符")

    def check_seals(self) -> None:
        previous = ""
        for number, seal in enumerate(self.bundle.lines("seals.ndjson"), 1):
            try:
                value = digest(canonical({name: seal[name] for name in SEAL}), seal["algorithm"])
                if (seal["seq"], seal["previous"], seal["hash"]) != (number, previous, value):
                    raise Broken(f"封印被改动或缺失：第 {number} 枚")
            except (KeyError, TypeError):
                raise Broken(f"封印被改动：第 {number} 枚") from None
            self.seals[number], previous = seal, seal["hash"]
            self.seen["seals"] += 1

    def check_leaves(self) -> None:
        """The Merkle root of every seal whose leaves are here; remembers where our chains were sealed."""
        trees: dict[int, Merkle] = {}
        for leaf in self.bundle.lines("leaves.ndjson"):
            seal = self.seals.get(leaf.get("seal", 0))
            if seal is None:
                raise Broken("封印的叶子不属于任何封印")
            tree = trees.setdefault(seal["seq"], Merkle(seal["algorithm"]))
            if "digest" not in leaf:
                label, key, seq, value = (leaf.get(name) for name in ("label", "id", "seq", "hash"))
                self.points.setdefault((label, key), []).append((seq, value, seal["seq"]))
                leaf["digest"] = leaf_digest(str(label), key, seq, str(value), seal["algorithm"])
            tree.add(leaf["digest"])
            self.seen["leaves"] += 1
        for number in range(self.first, self.last + 1):
            found, seal = trees.get(number), self.seals.get(number)
            if found is None or seal is None or (found.count, found.root()) != (seal["count"], seal["root"]):
                raise Broken(f"封印的根不符：第 {number} 枚封印的叶子被改动")

    def check_chains(self) -> None:
        entries = self.bundle.lines("entries.ndjson")
        for chain in self.bundle.lines("chains.ndjson"):
            self.seen["chains"] += 1
            try:
                self.check_rows(chain, self.check_chain(chain, entries))
            except (KeyError, TypeError, AttributeError):
                raise Broken(f"记录链无法核对：{chain.get('label')} {chain.get('id')}") from None
        for entry in entries:
            raise Broken(f"多出操作记录：{where(entry)}")

    def check_chain(self, chain: dict[str, Any], entries: Iterator[dict[str, Any]]) -> dict[str, Any]:
        """Links, hashes and seals of one chain; gives the digest each of its rows should have now."""
        previous: str | None = None
        expected: dict[str, Any] = {}
        sealed = {
            seq: (value, seal) for seq, value, seal in self.points.get((chain["label"], chain["id"]), ())
        }
        cover = max(sealed, default=0)
        for number in range(chain["first"], chain["last"] + 1):
            entry = next(entries, None) or {}
            if (entry.get("target_label"), entry.get("target_id"), entry.get("seq")) != (
                chain["label"], chain["id"], number,
            ):  # fmt: skip
                raise Broken(f"操作记录缺失或次序不符：{chain['label']} {chain['number']} 第 {number} 条")
            if entry["previous"] != (
                entry["previous"] if previous is None and number > 1 else previous or ""
            ):
                raise Broken(f"操作记录前后不衔接：{where(entry)}")
            if digest(canonical({name: entry[name] for name in ENTRY}), entry["algorithm"]) != entry["hash"]:
                raise Broken(f"操作记录被改动：{where(entry)}")
            if number in sealed and sealed[number][0] != entry["hash"]:
                raise Broken(f"封印后的操作记录被改动：{where(entry)}，与第 {sealed[number][1]} 枚封印不符")
            if number > cover:
                self.not_sealed(entry)
            previous = entry["hash"]
            expected.update(entry["state"])
            self.seen["entries"] += 1
        return expected

    def not_sealed(self, entry: dict[str, Any]) -> None:
        """An entry no seal covers must be younger than the last seal."""
        last = self.seals.get(self.last)
        read = datetime.fromisoformat
        if last and read(entry["at"]) < read(last["at"]) - CLOCK_MAY_STEP_BACK:
            raise Broken(f"操作记录早于第 {self.last} 枚封印却不在封印内：{where(entry)}")
        self.unsealed += 1

    def check_rows(self, chain: dict[str, Any], expected: dict[str, Any]) -> None:
        """What the database held at the export against what the chain says, for chains that are here to their end."""
        if not chain["whole"]:
            return
        rows = chain["rows"]
        self.seen["rows"] += len(rows)
        for key in sorted(set(expected) | set(rows)):
            if expected.get(key) != rows.get(key):
                raise Broken(f"业务数据与操作记录不符：{key}（{chain['label']} {chain['number']}）")

    def check_anchor(self, path: Path) -> None:
        for line in path.read_text("utf-8").splitlines():
            kept = json.loads(line or "{}")
            younger = kept.get("at", "") > self.manifest["made_at"]  # sealed after the bundle was made
            if kept and not younger and self.seals.get(kept["seq"], {}).get("hash") != kept["hash"]:
                raise Broken(f"封印与外部留存不符：第 {kept['seq']} 枚")

    def check_digest(self, said: str) -> None:
        """A digest as GET <things>/ledger.digest?region=<county> gives it."""
        things, _, value = said.partition("=")
        seen = hashlib.sha256()
        for row in self.bundle.lines("versions.ndjson"):
            if row.get("things") == things:
                seen.update(f"{row.get('id')}\t{row.get('version')}\n".encode())
        if seen.hexdigest() != value.strip().lower():
            raise Broken(f"台账摘要不符：{things}，包内为 {seen.hexdigest()}")


def where(entry: dict[str, Any]) -> str:
    return f"{entry.get('target_label')} {entry.get('target_number')} 第 {entry.get('seq')} 条（{entry.get('verb')}）"


def problems(check: Check, options: argparse.Namespace) -> tuple[list[str], str]:
    """The first thing each part of the check finds."""
    steps: list[tuple[Any, tuple[Any, ...]]] = [(check.run, ()), (check.check_members, ())]
    steps += [(check.check_anchor, (options.anchor,))] if options.anchor else []
    steps += [(check.check_digest, (said,)) for said in options.digest]
    found = []
    for step, arguments in steps:
        try:
            step(*arguments)
        except Broken as broken:
            found.append(str(broken))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            unknown = "unsupported hash type" in str(error)
            found.append(NO_SUCH_HASH if unknown else f"无法读取：{type(error).__name__} {error}")
    value = check.bundle.sha256("manifest.json")[0]
    if options.manifest and options.manifest.strip().lower() != value:
        found.append("清单与导出时登记的校验值不符")
    return found, value


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="核对离线证明包 / check a proof bundle")
    here = Path(__file__).resolve().parent
    parser.add_argument("bundle", nargs="?", type=Path, default=here, help="zip 或解开的文件夹")
    parser.add_argument("--anchor", type=Path, help="外部留存的封印 seals.ndjson")
    parser.add_argument("--digest", action="append", default=[], metavar="leads=HEX", help="台账摘要，可多次")
    parser.add_argument("--manifest", help="导出时登记的清单校验值")
    options = parser.parse_args(arguments)
    try:
        check = Check(Bundle(options.bundle))
        found, value = problems(check, options)
    except (Broken, OSError, zipfile.BadZipFile) as broken:
        found, value = [str(broken)], ""
    if found:
        sys.stdout.write(f"不相符。{'；'.join(found)}。\n")
        return 1
    seen, about = check.seen, check.manifest
    sys.stdout.write(
        f"全部相符。{about['region']} {about['region_name']}，{about['from'] or '开始'}至{about['to'] or '导出时'}："
        f"操作记录 {seen['entries']} 条、记录链 {seen['chains']} 条、业务数据 {seen['rows']} 行、封印 {seen['seals']} 枚"
        f"（核对到叶子的第 {check.first} 至 {check.last} 枚），尚未封印的记录 {check.unsealed} 条。清单校验值 {value}。\n"
    )
    return 0


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main())
