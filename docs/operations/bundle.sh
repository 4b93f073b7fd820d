#!/bin/sh
# Pack what a server without internet needs into var/bundle-VERSION.tar.gz, then install it once with the network cut off.
# Run by `make bundle` on a machine of the same Debian release and processor as the server. Packs what is committed.
set -eu
version=$(sed -n 's/^version = "\([^"]*\)".*/\1/p' pyproject.toml)
name=bundle-$version work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
box="$work/$name"
mkdir -p "$box/wheels" "$box/app" var

[ -z "$(git status --porcelain)" ] || echo "bundle: what is not committed is left out" >&2
git archive HEAD | tar -x -C "$box/app" --exclude=tests --exclude=.ci
ln -s "$PWD/node_modules" "$box/app/node_modules"
(cd "$box/app" && DATA_DIR="$work/data" STATIC_DIR="$box/app/collected" "$OLDPWD/.venv/bin/python" manage.py collectstatic -v 0 --noinput)
rm "$box/app/node_modules"
find "$box/app" -name __pycache__ -prune -exec rm -rf {} +

# Without the markers: what this Python has built in, the server's older 3.11 may need as a package.
sed 's/ ; [^\\]*/ /' requirements/base.txt > "$work/all.txt"
.venv/bin/python -m pip download -qq --disable-pip-version-check --require-hashes --no-deps --only-binary :all: \
    -r "$work/all.txt" -d "$box/wheels"
python3 -c 'import platform, sys; print(f"{sys.version_info[0]}.{sys.version_info[1]} {platform.machine()}")' > "$box/PYTHON"
echo "$version" > "$box/VERSION"
git rev-parse HEAD > "$box/COMMIT"
cp docs/operations/install.sh docs/operations/prepare.sh docs/operations/make-keys.sh "$box"
cp -R docs/operations/systemd "$box/systemd"
(cd "$box" && find . -type f ! -name SHA256SUMS -print0 | sort -z | xargs -0 sha256sum > SHA256SUMS)
tar -C "$work" -czf "var/$name.tar.gz" "$name"

mkdir "$work/server"
tar -C "$work/server" -xzf "var/$name.tar.gz"
cut_off="unshare --map-root-user --net"
$cut_off true 2>/dev/null || { echo "bundle: no network namespace here; installing without an index only" >&2; cut_off=; }
PIP_NO_INDEX=1 $cut_off sh "$work/server/$name/install.sh" "$work/server/opt"
du -h "var/$name.tar.gz"
