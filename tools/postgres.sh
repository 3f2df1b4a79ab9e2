#!/usr/bin/env bash
# Starts a PostgreSQL cluster of its own in a folder and prints its connection string; `stop` stops it.
# usage: tools/postgres.sh start FOLDER PORT | stop FOLDER
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
run() { if [ "$(id -u)" = 0 ]; then runuser -u "${PGRUNAS:-postgres}" -- "$@"; else "$@"; fi; }
case "$1" in
  start)
    folder=$2 port=$3
    mkdir -p "$folder"
    if [ "$(id -u)" = 0 ]; then chown "${PGRUNAS:-postgres}" "$folder"; fi
    [ -f "$folder/PG_VERSION" ] || run "$bin/initdb" -D "$folder" -E UTF8 --locale=C.UTF-8 -A trust -U hengjian >/dev/null
    run "$bin/pg_ctl" -D "$folder" -w -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c shared_buffers=1GB -c max_wal_size=4GB ${PGOPTIONS_EXTRA:-}" -l "$folder/log" start >/dev/null
    echo "postgres://hengjian@127.0.0.1:$port/postgres"
    ;;
  stop) run "$bin/pg_ctl" -D "$2" -m fast stop >/dev/null ;;
esac
