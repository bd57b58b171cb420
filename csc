#!/bin/sh
# csc: builds on first use, then runs. Environment: JAVA_HOME, CSC_JAVA_OPTS (options for the JVM),
# CSC_PLUGINS (folder of drop-in plugins, default plugins/ beside this script).
set -eu

self=$0
while [ -L "$self" ]; do
  target=$(readlink "$self")
  case "$target" in
    /*) self=$target ;;
    *) self=$(dirname "$self")/$target ;;
  esac
done
root=$(cd "$(dirname "$self")" && pwd -P)
dist=$root/cli/target/dist

. "$root/.mvn/find-jdk.sh"
if ! csc_use_jdk; then
  echo "csc: no JDK 25 or newer found (JAVA_HOME, PATH, the usual folders): install one, for example Temurin 25 from https://adoptium.net, or set JAVA_HOME to it." >&2
  exit 1
fi

# Prints something where the distribution is missing or older than a source, a folder of sources, or a pom.
stale() {
  if [ ! -f "$dist/stamp" ]; then
    echo missing
    return
  fi
  find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main -newer "$dist/stamp" -print | head -n 1
}

. "$root/.mvn/build-lock.sh"
if [ -n "$(stale)" ]; then
  csc_lock_build "$root/.csc-building"
  # Another csc may have built it while this one waited.
  if [ -n "$(stale)" ]; then
    echo "csc: building (once, and again when a source changes) ..." >&2
    (cd "$root" && ./mvnw -q -B -ntp -Dmaven.test.skip=true -Djacoco.skip=true -pl cli -am package >&2) || {
      echo "csc: the build failed; ./mvnw package shows all of it." >&2
      exit 1
    }
  fi
  csc_unlock_build
fi

# A cache of loaded classes for each command, which needs others: written when the command ends the first time, remade by
# the JVM when it no longer fits.
case "${1:-}" in
  run | validate | evaluate | predict | plugins | weights | info) cache=csc-$1 ;;
  *) cache=csc ;;
esac
set -- "-XX:SharedArchiveFile=$dist/$cache.jsa" -XX:+AutoCreateSharedArchive -Xlog:cds=off -Xlog:cds+dynamic=off \
  "-Dcsc.home=$dist" "-Dcsc.plugins=${CSC_PLUGINS:-$root/plugins}" \
  -cp "$dist/lib/*" org.scenecontexts.cli.Main "$@"

# CSC_JAVA_OPTS is split at spaces on purpose.
# shellcheck disable=SC2086
exec "$JAVA_HOME/bin/java" "@$dist/jvm.options" ${CSC_JAVA_OPTS:-} "$@"
