#!/bin/sh
# Once on a new server, as root, after install.sh: account, folders, keys, database, units. Safe to run again; starts nothing.
set -eu
cd "$(dirname "$0")"
prefix=${1:-/opt/povertyaudit}
id -u ledger >/dev/null 2>&1 || useradd --system --home-dir /var/lib/povertyaudit --shell /usr/sbin/nologin ledger
install -d -m 700 -o ledger -g ledger /var/lib/povertyaudit /var/backups/povertyaudit
install -d -m 755 /etc/povertyaudit
sh make-keys.sh /etc/povertyaudit/keys 127.0.0.1 root:ledger
[ -e "$prefix/current" ] || ln -s "$(cat VERSION)" "$prefix/current"

if [ ! -e /etc/povertyaudit/environment ]; then
    cat > /etc/povertyaudit/environment <<END
POVERTYAUDIT_ENV=production
ALLOWED_HOSTS=${ALLOWED_HOSTS:-ledger.example.gov}
BEHIND_PROXY=yes
REDIS_URL=redis://127.0.0.1:6379/0
DATA_DIR=/var/lib/povertyaudit
STATIC_DIR=$prefix/current/collected
DATABASE_URL_FILE=/etc/povertyaudit/keys/database_url
SECRET_KEY_FILE=/etc/povertyaudit/keys/secret_key
VAULT_KEY_FILE=/etc/povertyaudit/keys/vault_key
VAULT_OLD_KEYS_FILE=/etc/povertyaudit/keys/vault_old_keys
ID_MATCH_KEY_FILE=/etc/povertyaudit/keys/id_match_key
END
fi
# `ledger COMMAND` is manage.py as the program's own account, with the program's own settings.
cat > /usr/local/sbin/ledger <<END
#!/bin/sh
set -a && . /etc/povertyaudit/environment && set +a
cd $prefix/current && exec runuser -u ledger -- .venv/bin/python manage.py "\$@"
END
chmod 755 /usr/local/sbin/ledger

postgres() { (cd / && runuser -u postgres -- "$@"); }
if postgres psql -qc 'SELECT 1' >/dev/null 2>&1; then
    postgres psql -qtAc "SELECT 1 FROM pg_roles WHERE rolname = 'ledger'" | grep -q 1 \
        || echo "CREATE ROLE ledger LOGIN PASSWORD '$(cat /etc/povertyaudit/keys/database_password)'" | postgres psql -q
    postgres psql -qtAc "SELECT 1 FROM pg_database WHERE datname = 'ledger'" | grep -q 1 \
        || postgres createdb -O ledger -T template0 -E UTF8 -l C.UTF-8 ledger
else
    echo "prepare.sh: PostgreSQL 没有应答，请启动后再运行一次。" >&2
    exit 1
fi
if [ -d /etc/systemd/system ]; then
    cp -R systemd/. /etc/systemd/system/
    sed -i "s|/opt/povertyaudit|$prefix|g" /etc/systemd/system/povertyaudit*.service /etc/systemd/system/povertyaudit-.service.d/*
    ! command -v systemctl >/dev/null || systemctl daemon-reload 2>/dev/null || true
fi
echo "准备好了。请核对 /etc/povertyaudit/environment 里的 ALLOWED_HOSTS，再执行：systemctl enable --now povertyaudit.target povertyaudit-backup.timer"
