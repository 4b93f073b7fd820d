#!/bin/sh
# Make the keys of one installation, one value per file:  sh make-keys.sh FOLDER [DATABASE-HOST] [OWNER]
# Never overwrites a key: losing VAULT_KEY loses the complainants' identities for good.
set -eu
folder=${1:?"usage: make-keys.sh FOLDER [DATABASE-HOST] [OWNER]"} host=${2:-127.0.0.1} owner=${3:-10001}
umask 077
mkdir -p "$folder"
random() { head -c 32 /dev/urandom | base64 | tr '+/' '-_'; } # 32 bytes, URL-safe: no sign that an address would need escaped
for name in secret_key vault_key id_match_key; do
    [ -s "$folder/$name" ] || random > "$folder/$name"
done
[ -e "$folder/vault_old_keys" ] || : > "$folder/vault_old_keys" # keys of the past, one a line, while they are needed
[ -s "$folder/database_password" ] || random | tr -d '=' > "$folder/database_password"
[ -s "$folder/database_url" ] \
    || printf 'postgresql://ledger:%s@%s/ledger\n' "$(cat "$folder/database_password")" "$host" > "$folder/database_url"
chmod 750 "$folder"
chmod 440 "$folder"/*
[ "$(id -u)" != 0 ] || chown -R "$owner" "$folder" # the container and the service read them as this account
echo "keys in $folder: copy vault_key and id_match_key to two places apart from the database's backups, today"
