# Reads Surefire and Failsafe reports (TEST-*.xml); prints a line "class TAB method TAB reason" for each skipped test. The method is
# empty where a whole class was skipped, or where a test has a name of its own, as dynamic tests have.
function attribute(line, name,   from, rest) {
  from = index(line, " " name "=\"")
  if (!from) return ""
  rest = substr(line, from + length(name) + 3)
  return substr(rest, 1, index(rest, "\"") - 1)
}

/<testcase / {
  class = attribute($0, "classname")
  method = attribute($0, "name")
  sub(/[[({].*/, "", method)
  if (method !~ /^[A-Za-z_][A-Za-z0-9_]*$/) method = ""
}

/<skipped/ {
  reason = attribute($0, "message")
  if (reason == "") {
    reason = $0
    sub(/.*<skipped[^>]*>/, "", reason)
    sub(/^<!\[CDATA\[/, "", reason)
    sub(/\]\]>.*/, "", reason)
    sub(/^[A-Za-z0-9.$]*Exception: /, "", reason)
  }
  print class "\t" method "\t" (reason == "" ? "no reason given" : reason)
}
