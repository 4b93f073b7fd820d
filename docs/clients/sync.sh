#!/bin/sh
# Collect the changes of one ledger, one JSON page a line: TOKEN=… sh sync.sh https://ledger.example leads folder
# The cursor is moved into place only after its page is on the disk: killed anywhere, a page may come twice, none is lost.
set -eu
base=$1 things=$2 folder=$3
mkdir -p "$folder"
while :; do
  since=$(cat "$folder/cursor" 2>/dev/null || true)
  code=$(curl -sS -o "$folder/page" -w '%{http_code}' --retry 5 -G --data-urlencode "since=$since" \
    -H "Authorization: Bearer $TOKEN" "$base/api/v1/$things/changes/")
  case $code in
    200) ;;
    410) rm -f "$folder/cursor" "$folder/pages.ndjson"; continue ;;
    *) cat "$folder/page" >&2; exit 1 ;;
  esac
  next=$(sed -n 's/^{"next":"\([^"]*\)".*/\1/p' "$folder/page")
  [ "$next" = "$since" ] && exit 0
  { cat "$folder/page"; echo; } >> "$folder/pages.ndjson"
  printf %s "$next" > "$folder/cursor.new"
  mv "$folder/cursor.new" "$folder/cursor"
done
