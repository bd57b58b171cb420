// Float32 numbers as bfloat16, two in a word.
KERNEL packBfloat16(const int n, B(values), B(packed)) {
  AT(values) AT(packed)
  EACH((n + 1) / 2)
  const uint first = bfloat16(values[2 * i]), second = 2 * i + 1 < n ? bfloat16(values[2 * i + 1]) : 0;
  ((__global uint*)packed)[i] = first | second << 16;
}

KERNEL unpackBfloat16(const int n, B(packed), B(values)) {
  AT(packed) AT(values)
  EACH((n + 1) / 2)
  const uint both = ((__global const uint*)packed)[i];
  values[2 * i] = as_float(both << 16);
  if (2 * i + 1 < n) values[2 * i + 1] = as_float(both & 0xFFFF0000);
}
