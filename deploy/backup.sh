#!/bin/sh
# Backs the database up into BACKUP_ROOT, keeps 14 days and 12 months, and proves that the dump reads.
# Restore: pg_restore --clean --if-exists --no-owner -d "$DATABASE_URL" FILE, then publish_snapshot.
set -eu
umask 077
root=${BACKUP_ROOT:-/var/lib/idlibmap/backups}
mkdir -p "$root"
day=$(date +%F)
file="$root/idlibmap-$day.dump"
pg_dump --format=custom --compress=6 --file="$file.part" "$DATABASE_URL"
pg_restore --list "$file.part" >/dev/null
mv "$file.part" "$file"
case $day in *-01) cp "$file" "$root/monthly-$day.dump" ;; esac
find "$root" -name 'idlibmap-*.dump' -mtime +14 -delete
find "$root" -name 'monthly-*.dump' -mtime +366 -delete
