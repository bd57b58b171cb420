// Float32 numbers as bfloat16, two in a word: the upper half of their bits, rounded to the nearest, halves to the even one.
static uint bfloat16(const float value) {
  const uint bits = as_uint(value);
  if ((bits & 0x7FFFFFFF) > 0x7F800000) return bits >> 16 | 0x40; // what is not a number stays so
  return (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
}

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
