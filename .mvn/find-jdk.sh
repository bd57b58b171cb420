# Sourced by csc and mvnw: finds a JDK 25 or newer and exports JAVA_HOME, or leaves JAVA_HOME alone and returns 1.
# Only the release file of each candidate is read; no JVM is started.

# Prints the feature version of the JDK in $1; fails where there is no compiler.
csc_jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  csc_found=$(sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release")
  [ -n "$csc_found" ] && printf '%s\n' "$csc_found"
}

csc_is_new_enough() {
  csc_version=$(csc_jdk_version "$1") && [ "$csc_version" -ge 25 ]
}

# The JDK that a java command on the PATH belongs to, through links and macOS's stub.
csc_home_of_path_java() {
  csc_java=$(command -v java) || return 1
  while [ -L "$csc_java" ]; do
    csc_target=$(readlink "$csc_java")
    case "$csc_target" in
      /*) csc_java=$csc_target ;;
      *) csc_java=$(dirname "$csc_java")/$csc_target ;;
    esac
  done
  (cd "$(dirname "$csc_java")/.." && pwd -P)
}

# Prints the home of the JDK to use. A JDK that the user points to wins; elsewhere the oldest that will do, since that is
# the version csc is tested with.
csc_find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && csc_is_new_enough "$JAVA_HOME"; then
    printf '%s\n' "$JAVA_HOME"
    return 0
  fi
  csc_candidate=$(csc_home_of_path_java) || csc_candidate=
  if [ -n "$csc_candidate" ] && csc_is_new_enough "$csc_candidate"; then
    printf '%s\n' "$csc_candidate"
    return 0
  fi
  csc_best=
  csc_best_version=
  # /usr/lib/jvm: Debian, Fedora, Arch; /usr/lib64/jvm: openSUSE; the rest by hand, by tools, by editors, and macOS.
  for csc_candidate in \
    "${JDK_HOME:-}" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/jdk* \
    /opt/*jdk* /opt/java/* /opt/*java* \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* \
    "${HOME:-}"/.jdks/* "${HOME:-}"/.local/share/mise/installs/java/* "${HOME:-}"/.asdf/installs/java/* "${HOME:-}"/.jbang/cache/jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$csc_candidate" ] && csc_is_new_enough "$csc_candidate"; then
      if [ -z "$csc_best" ] || [ "$csc_version" -lt "$csc_best_version" ]; then
        csc_best=$csc_candidate
        csc_best_version=$csc_version
      fi
    fi
  done
  if [ -z "$csc_best" ] && [ -x /usr/libexec/java_home ]; then
    csc_candidate=$(/usr/libexec/java_home -v 25+ 2>/dev/null) || csc_candidate=
    if [ -n "$csc_candidate" ] && csc_is_new_enough "$csc_candidate"; then
      csc_best=$csc_candidate
    fi
  fi
  [ -n "$csc_best" ] && printf '%s\n' "$csc_best"
}

csc_use_jdk() {
  csc_home=$(csc_find_jdk) || return 1
  JAVA_HOME=$csc_home
  export JAVA_HOME
}
