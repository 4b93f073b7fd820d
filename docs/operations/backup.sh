#!/bin/sh
# One backup of database and data folder:  sh backup.sh FOLDER [HOW-MANY-TO-KEEP]
# Without the keys: whoever has both a backup and the keys has the complainants' names. Copy those apart, once.
# Reads DATA_DIR and DATABASE_URL or DATABASE_URL_FILE, as the program does.
set -eu
umask 077
folder=${1:?"usage: backup.sh FOLDER [HOW-MANY-TO-KEEP]"} keep=${2:-14}
half="$folder/.half" done="$folder/$(date +%Y%m%d-%H%M%S)"
rm -rf "$half"
mkdir -p "$half"
# The database first: every file it speaks of is there by then, and no file is ever changed.
pg_dump --format=custom --file="$half/ledger.dump" "${DATABASE_URL:-$(cat "${DATABASE_URL_FILE:-/dev/null}")}"
tar -C "$DATA_DIR" --exclude=./static --exclude=./tmp --exclude=./broker --exclude=./clock -czf "$half/data.tar.gz" .
(cd "$half" && sha256sum ledger.dump data.tar.gz > SHA256SUMS)
mv -T "$half" "$done"
ls -d "$folder"/[0-9]* | head -n "-$keep" | xargs -r rm -r
du -sh "$done"
