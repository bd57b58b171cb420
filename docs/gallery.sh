#!/usr/bin/env bash
# Renews the pictures of docs/gallery.md and of the README: runs the examples that are not run yet, writes their pages with
# csc view, and has Chromium draw them, without a window and without a graphics card.
#   docs/gallery.sh [RUNS [EXAMPLE]]     RUNS: folder of run folders, default runs; 20 minutes on two cores where nothing is run yet
#                                        EXAMPLE: office, quickstart, instances or detection; its pictures alone
# Needs chromium (CHROMIUM names another browser of its kind). Fails where a picture is empty or larger than 150 KB.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
runs=$(realpath -m "${1:-$root/runs}")
only=${2:-}
case $only in '' | office | quickstart | instances | detection) ;; *) echo "gallery: no example '$only': office, quickstart, instances or detection" >&2; exit 1 ;; esac
csc=${CSC:-$root/csc}
browser=${CHROMIUM:-chromium}
images=$root/docs/images
command -v "$browser" >/dev/null || { echo "gallery: no $browser found; install Chromium, or name a browser in CHROMIUM" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# picture NAME PAGE HASH [WIDTH HEIGHT]: what the page shows, as docs/images/NAME.png.
picture() {
  local file=$images/$1.png
  "$browser" --headless=new --no-sandbox --no-first-run --disable-extensions --use-angle=swiftshader \
    --enable-unsafe-swiftshader --hide-scrollbars --force-device-scale-factor=1 "--user-data-dir=$work/profile" \
    "--window-size=${4:-800},${5:-450}" --virtual-time-budget=8000 "--screenshot=$work/$1.png" "file://$2#$3" 2>"$work/$1.log" ||
    { cat "$work/$1.log" >&2; exit 1; }
  local size
  size=$(stat -c %s "$work/$1.png")
  # A page without a cloud is 10 KB; a picture above 150 KB is too much for a page of many.
  if [ "$size" -lt 15000 ] || [ "$size" -gt 150000 ]; then
    echo "gallery: $1.png has $size bytes, expected 15,000 to 150,000; look at $2#$3" >&2
    exit 1
  fi
  mv "$work/$1.png" "$file"
  echo "gallery: $1.png, $size bytes"
}

# example NAME: runs examples/NAME.yaml unless that is done, and writes its page.
example() {
  [ -d "$runs/$1/eval/exports" ] || "$csc" run "$root/examples/$1.yaml" --runs "$runs"
  "$csc" view "$runs/$1" --out "$work/$1.html"
}

wanted() { [ -z "$only" ] || [ "$only" = "$1" ]; }

# Pages name the files that they were made of as they were given: no folder of this machine is to be seen.
if wanted office; then
  (cd "$root" && "$csc" view examples/clouds/office.pcd --up minus-y --out "$work/office.html")
  picture office "$work/office.html" "left=0:photo&camera=0.5,-1.6,0.6,-0.3,3.6,-0.1" 900 400
  "$csc" predict --model rooms "$root/examples/clouds/office.pcd" --up minus-y --out "$work/rooms.ply"
  (cd "$work" && "$csc" view rooms.ply --up minus-y --out rooms.html)
  picture rooms "$work/rooms.html" "left=0:photo&right=0:prediction&camera=0.5,-1.6,0.6,-0.3,3.6,-0.1" 900 370
fi

room=scene=room-val-0-00000
if wanted quickstart; then
  example quickstart
  picture view "$work/quickstart.html" "$room&left=0:label&right=0:prediction" 1000 500
  picture error "$work/quickstart.html" "$room&left=0:error&right=0:confidence" 1000 500
fi
if wanted instances; then
  example instances
  picture instances "$work/instances.html" "$room&left=0:photo&right=0:instance" 960 440
fi
if wanted detection; then
  example detection
  picture detection "$work/detection.html" "$room&left=0:photo" 900 440
fi
