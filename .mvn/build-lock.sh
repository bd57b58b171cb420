# Sourced by csc: lets one process at a time build, on every system that has mkdir (macOS has no flock).
# The lock is a folder, because making one either succeeds or fails, whoever tries at the same time; in it stands who
# holds it. A holder that was killed is noticed, and its lock is taken away.

csc_lock=

# Whether the folder $1 is a lock that nobody holds any more.
csc_lock_is_stale() {
  holder=$(cat "$1/holder" 2>/dev/null) || holder=
  case "$holder" in
    "")
      # Just made, and not yet signed; or its maker was killed in between.
      [ -n "$(find "$1" -prune -mmin +1 2>/dev/null)" ]
      ;;
    *" $(uname -n)")
      ! csc_is_running "${holder%% *}" || csc_lock_is_old "$1"
      ;;
    *)
      csc_lock_is_old "$1"
      ;;
  esac
}

# Of another machine that shares these files, or of a number that another process has now: a build takes a minute or two.
csc_lock_is_old() {
  [ -n "$(find "$1" -prune -mmin +30 2>/dev/null)" ]
}

# Whether the process $1 lives; kill says no for processes of others.
csc_is_running() {
  kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ] || ps -p "$1" >/dev/null 2>&1
}

# Waits for the lock, the folder $1, and holds it until csc_unlock_build or the end of the script.
csc_lock_build() {
  csc_told=
  until mkdir "$1" 2>/dev/null; do
    if [ ! -d "$1" ]; then
      if [ ! -w "$(dirname "$1")" ]; then
        echo "csc: $(dirname "$1") cannot be written, so csc cannot be built there; copy the project to a folder of your own." >&2
        exit 1
      fi
    elif csc_lock_is_stale "$1"; then
      # One at a time takes it away, and looks again: what was stale may be another's fresh lock by now.
      if mkdir "$1.check" 2>/dev/null; then
        if csc_lock_is_stale "$1"; then
          rm -rf "$1"
        fi
        rmdir "$1.check"
      elif [ -n "$(find "$1.check" -prune -mmin +1 2>/dev/null)" ]; then
        rmdir "$1.check" 2>/dev/null || true
      fi
    elif [ -z "$csc_told" ]; then
      echo "csc: another csc is building; waiting for it (its lock is $1) ..." >&2
      csc_told=yes
    fi
    sleep 1
  done
  csc_lock=$1
  trap csc_unlock_build EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
  echo "$$ $(uname -n)" >"$1/holder"
}

csc_unlock_build() {
  if [ -n "$csc_lock" ]; then
    rm -rf "$csc_lock"
    csc_lock=
  fi
  trap - EXIT INT TERM HUP
}
