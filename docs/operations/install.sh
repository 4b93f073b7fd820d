#!/bin/sh
# Put this version beside the others, without a network:  sh install.sh [PREFIX]   (default /opt/povertyaudit)
# It starts nothing and switches nothing over: that is done by hand, after a backup (docs/operations.md).
set -eu
cd "$(dirname "$0")"
prefix=${1:-/opt/povertyaudit} version=$(cat VERSION) home=${1:-/opt/povertyaudit}/$(cat VERSION)
stop() { echo "install.sh: $1" >&2; exit 1; }

sha256sum --quiet -c SHA256SUMS || stop "安装包不完整或被改动，请重新拷贝。"
python3 -c 'import venv, ensurepip' 2>/dev/null || stop "缺少 python3-venv，请先安装系统软件包。"
made_for=$(cat PYTHON) here=$(python3 -c 'import platform, sys; print(f"{sys.version_info[0]}.{sys.version_info[1]} {platform.machine()}")')
[ "$here" = "$made_for" ] || stop "安装包适用于 Python $made_for，本机是 $here，请在同样的系统上重新制作。"
[ ! -e "$home" ] || stop "$home 已存在。要重装请先删除它。"

half="$home.half" # moved into place at the end: what is there is whole
rm -rf "$half"
mkdir -p "$prefix"
cp -R app "$half"
python3 -m venv "$half/.venv"
PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS='' "$half/.venv/bin/python" -m pip install -q --disable-pip-version-check --no-index \
    --find-links wheels --require-hashes --no-deps -r "$half/requirements/base.txt" || stop "装不上程序包，见上面的输出。"
# A venv knows its folder by name; before it moves, it is told the new one.
grep -rlI "$half" "$half/.venv/bin" | xargs sed -i "s|$half|$home|g"
"$half/.venv/bin/python" -m compileall -q -x "/\.venv/" "$half"
DATA_DIR=$(mktemp -d) && export DATA_DIR
STATIC_DIR="$half/collected" "$half/.venv/bin/python" "$half/manage.py" check --fail-level WARNING || stop "自检没有通过，见上面的输出。"
rm -rf "$DATA_DIR"
chmod -R go-w,a+rX "$half"
mv "$half" "$home"
echo "$version 已装入 $home。"
