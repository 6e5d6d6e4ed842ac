# For .ci/run and .ci/nightly: a Postgres of the system and a PgBouncer before it, in a temporary folder `$work` that goes at the end.
# shellcheck shell=bash
work=$(mktemp -d)
chmod 755 "$work"

# The oldest Postgres from 15 on that the system has, or nothing.
system_postgres() {
  local bin
  for bin in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V); do
    if [[ -x $bin/initdb && $(basename "$(dirname "$bin")") -ge 15 ]]; then
      echo "$bin"
      return
    fi
  done
}

# Installs packages of the system where that is possible.
apt_install() {
  command -v apt-get >/dev/null || return
  local sudo=()
  if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null || return
    sudo=(sudo -n)
  fi
  export DEBIAN_FRONTEND=noninteractive
  "${sudo[@]}" apt-get install -qy --no-install-recommends "$@" ||
    { "${sudo[@]}" apt-get update -q && "${sudo[@]}" apt-get install -qy --no-install-recommends "$@"; }
}

# Debian keeps it out of the path of other users than root.
pgbouncer_program() {
  PATH=$PATH:/usr/sbin command -v pgbouncer || true
}

# Postgres and PgBouncer refuse to run as root.
as_postgres() {
  if [[ $(id -u) == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_postgres() {
  mkdir "$work/postgres"
  [[ $(id -u) != 0 ]] || chown postgres "$work/postgres"
  as_postgres "$1/initdb" -D "$work/postgres/data" -U tests -A trust -E UTF8 --locale=C >"$work/initdb.log" || {
    cat "$work/initdb.log"
    return 1
  }
  as_postgres "$1/pg_ctl" -D "$work/postgres/data" -l "$work/postgres/log" -w start \
    -o "-k $work/postgres -c listen_addresses='' -c fsync=off" >/dev/null
}

# A PgBouncer before the server of start_postgres. Each transaction gets another connection, without anything that was
# set on it before, so that what needs a session fails every time and not just sometimes.
start_pgbouncer() {
  local folder=$work/pgbouncer
  mkdir "$folder"
  [[ $(id -u) != 0 ]] || chown postgres "$folder"
  cat >"$folder/pgbouncer.ini" <<INI
[databases]
* = host=$work/postgres

[pgbouncer]
listen_addr =
listen_port = 5432
unix_socket_dir = $folder
auth_type = trust
auth_user = tests
auth_file = $folder/users
pool_mode = transaction
; What README.md asks for.
default_pool_size = 44
max_client_conn = 300
server_round_robin = 1
server_reset_query_always = 1
logfile = $folder/log
pidfile = $folder/pid
INI
  echo '"tests" ""' >"$folder/users"
  as_postgres "$(pgbouncer_program)" --daemon "$folder/pgbouncer.ini"
  for _ in {1..50}; do
    "$1/pg_isready" -q -h "$folder" -U tests -d postgres && return
    sleep 0.2
  done
  cat "$folder/log"
  return 1
}

# shellcheck disable=SC2317 # called by the trap
clean_up() {
  local bin
  if [[ -f $work/pgbouncer/pid ]]; then kill "$(<"$work/pgbouncer/pid")" || true; fi
  bin=$(system_postgres)
  if [[ -f $work/postgres/data/postmaster.pid ]]; then
    as_postgres "$bin/pg_ctl" -D "$work/postgres/data" -m immediate stop >/dev/null || true
  fi
  rm -rf "$work"
}
trap clean_up EXIT
