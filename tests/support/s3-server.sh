#!/usr/bin/env bash
# A real S3 server for tests: the Ceph RADOS gateway with one monitor and one in-memory OSD, on loopback.
# It comes from Debian packages that are unpacked into a cache folder: no root, nothing installed in the system.
#
#   s3-server.sh install CACHE             download and unpack once (safe to call from many processes at a time)
#   s3-server.sh serve CACHE RUN PORT      serve S3 on PORT (PORT+1 … PORT+20 are used inside) until standard input ends
#
# `serve` prints one line "ready" on standard output. It owns its daemons: they end when it ends, however it ends.
# Lines on its standard input act on the gateway alone, so that the objects stay: "stop" (connections are then refused),
# "start", "pause" (it accepts and does not answer), "resume". Each is answered with one line "done".
# From the environment: S3_TEST_ACCESS_KEY_ID, S3_TEST_SECRET_ACCESS_KEY, S3_TEST_DEBIAN_SUITES (order of trial).
# Debian 13 and older are no fallback: their gateway stores a body whose SHA-256 differs from the one that was signed.
set -euo pipefail

SUITES=${S3_TEST_DEBIAN_SUITES:-sid testing}
PROGRAMS=(ceph-mon ceph-osd radosgw radosgw-admin monmaptool osdmaptool)

# shellcheck source=unpack-debian.sh
source "$(dirname "${BASH_SOURCE[0]}")/unpack-debian.sh"

# --- install -----------------------------------------------------------------------------------------------------

# Removes what the server does not need, most of it Python; harmless beside another that does the same, or serves.
keep_programs() { # CACHE
  local root=$1/root program keep=()
  for program in "${PROGRAMS[@]}"; do
    [ -x "$root/usr/bin/$program" ] || refuse "the Debian packages do not hold $program"
    keep+=(! -name "$program")
  done
  [ -d "$root/usr/share" ] || return 0
  find "$root/usr/bin" -mindepth 1 "${keep[@]}" -exec rm -f {} +
  rm -rf "$root/usr/sbin" "$root/usr/lib/python3" "$root/usr/lib/systemd" "$root/var" "$root/etc" "$root/usr/share"
}

# --- serve -------------------------------------------------------------------------------------------------------

write_configuration() { # RUN PORT LIBRARIES CLUSTER
  local run=$1 port=$2 libraries=$3 cluster=$4
  cat >"$run/ceph.conf" <<CONF
[global]
fsid = $cluster
run_dir = $run
admin_socket =
log_file = $run/\$name.log
mon_cluster_log_file = $run/cluster.log
plugin_dir = $libraries/ceph
erasure_code_dir = $libraries/ceph/erasure-code
osd_class_dir = $libraries/rados-classes

# loopback only, the old wire protocol only, no keys between the daemons
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
mon_host = v1:127.0.0.1:$((port + 1))
ms_bind_msgr2 = false
ms_bind_port_min = $((port + 2))
ms_bind_port_max = $((port + 20))
auth_cluster_required = none
auth_service_required = none
auth_client_required = none

# a monitor that neither waits for others nor for a roomy disk
mon_data = $run/mon
mon_data_avail_warn = 1
mon_data_avail_crit = 0
mon_allow_pool_size_one = true
mon_max_pg_per_osd = 5000
paxos_propose_interval = 0.05

# one OSD in memory (4 GiB at most), each pool one placement group without copies
osd_data = $run/osd
osd_objectstore = memstore
memstore_device_bytes = 4294967296
osd_class_update_on_start = false
osd_crush_update_on_start = false
osd_crush_chooseleaf_type = 0
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
osd_pool_default_pg_autoscale_mode = off

rgw_rados_pool_pg_num_min = 1
rgw_frontends = beast endpoint=127.0.0.1:$port
CONF
}

fail_with_logs() { # RUN WHAT
  printf 'the S3 test server failed at: %s\n' "$2" >&2
  tail -n 15 "$1/out.log" >&2
  exit 1
}

listening() { # PORT
  (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# outlive `serve`, for the exit trap
daemons=() # process ids
run=

serve() { # CACHE RUN PORT
  local port=$3 root=$1/root libraries loader cluster guard=()
  libraries=$(libraries_of "$1")
  loader=$(loader_of "$libraries")
  run=$2
  mkdir -p "$run"/{mon,osd,rgw}
  cluster=$(cat /proc/sys/kernel/random/uuid)
  write_configuration "$run" "$port" "$libraries" "$cluster"
  export CEPH_CONF=$run/ceph.conf
  # the kernel ends the daemons when this script is killed and cannot do it itself
  if command -v setpriv >/dev/null; then guard=(setpriv --pdeathsig KILL); fi

  step() { timeout 60 "$loader" --library-path "$libraries:$libraries/ceph" "$root/usr/bin/$1" "${@:2}" \
    </dev/null >>"$run/out.log" 2>&1 || fail_with_logs "$run" "$1"; }
  daemon() {
    "${guard[@]}" "$loader" --library-path "$libraries:$libraries/ceph" "$root/usr/bin/$1" -f "${@:2}" \
      </dev/null >>"$run/out.log" 2>&1 &
    daemons+=($!)
  }
  end_daemons() {
    [ ${#daemons[@]} -eq 0 ] || kill -KILL "${daemons[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$run"
  }
  start_gateway() { # always the last of the daemons
    daemon radosgw -n client.rgw --rgw-data="$run/rgw"
    local tries=0 pid
    until listening "$port"; do
      for pid in "${daemons[@]}"; do kill -0 "$pid" 2>/dev/null || fail_with_logs "$run" "a daemon ended"; done
      [ $((tries += 1)) -lt 300 ] || fail_with_logs "$run" "the gateway does not listen after 30 s"
      sleep 0.1
    done
  }
  stop_gateway() {
    kill -KILL "${daemons[-1]}"
    wait "${daemons[-1]}" 2>/dev/null || true
    unset 'daemons[-1]'
  }
  trap end_daemons EXIT
  trap 'exit 0' TERM INT HUP

  step monmaptool --create --fsid "$cluster" --addv a "v1:127.0.0.1:$((port + 1))" "$run/monmap"
  step osdmaptool --createsimple 1 "$run/osdmap"
  step ceph-mon -i a --mkfs --monmap "$run/monmap" --osdmap "$run/osdmap"
  daemon ceph-mon -i a
  step ceph-osd -i 0 --mkfs --osd-uuid "$cluster"
  daemon ceph-osd -i 0
  step radosgw-admin user create --uid=test --display-name=test \
    --access-key="$S3_TEST_ACCESS_KEY_ID" --secret-key="$S3_TEST_SECRET_ACCESS_KEY"
  start_gateway
  echo ready

  local order
  while read -r order; do # until whoever started this closes the pipe, or dies
    case $order in
      stop) stop_gateway ;;
      start) start_gateway ;;
      pause) kill -STOP "${daemons[-1]}" ;;
      resume) kill -CONT "${daemons[-1]}" ;;
      *) continue ;;
    esac
    echo done
  done
}

case ${1:-} in
  install)
    install "$2" usr/bin/radosgw "$SUITES" ceph-mon ceph-osd radosgw
    keep_programs "$2"
    ;;
  serve) serve "$2" "$3" "$4" ;;
  *) refuse "usage: s3-server.sh install CACHE | serve CACHE RUN PORT" ;;
esac
