// Norms over the numbers of a group of rows in one part of the columns, and dropout. Sums: one double for each chunk of a group's rows,
// added up in the order of the chunks.
#define FROM(g) (size < 0 ? offsets[g] : (g) * size)
#define TO(g) (size < 0 ? offsets[(g) + 1] : ((g) + 1) * size)

// Group of a row: the last that does not begin behind it.
static int groupOf(const int row, const int size, const int count, __global const int* offsets) {
  if (size >= 0) return row / size;
  int low = 0, high = count - 1;
  while (low < high) {
    const int middle = (low + high + 1) / 2;
    if (offsets[middle] <= row) low = middle; else high = middle - 1;
  }
  return low;
}

// Goes through the numbers of chunk z of group x in part y; `at` is the place of each, j its column.
#define THROUGH(work) { \
  const int g = GROUP_X, p = GROUP_Y, width = columns / parts, first = FROM(g), all = TO(g) - first; \
  const int begin = first + (int)((long)all * GROUP_Z / chunks), end = first + (int)((long)all * (GROUP_Z + 1) / chunks); \
  for (int e = LANE; e < (end - begin) * width; e += GROUP) { \
    const int j = p * width + e % width, at = (begin + e / width) * columns + j; \
    work \
  } }
#define KEEP(a, b) \
  if (LANE == 0) { \
    __global double* kept = part + 2 * ((GROUP_X * parts + GROUP_Y) * chunks + GROUP_Z); \
    kept[0] = a[0]; kept[1] = b[0]; \
  }

KERNEL normSums(const int columns, const int parts, const int chunks, const int size, I(offsets), B(x), D(part)) {
  __local double sums[GROUP];
  __local double squares[GROUP];
  AT(x) AS_DOUBLES(part)
  double sum = 0, square = 0;
  THROUGH(const double v = x[at]; sum += v; square += v * v;)
  sums[LANE] = sum;
  squares[LANE] = square;
  TREES(sums, squares)
  KEEP(sums, squares)
}

KERNEL normMoments(const int n, const int columns, const int parts, const int chunks, const int size, I(offsets), const double epsilon, D(part), B(mean), B(inverseStd)) {
  AT(mean) AT(inverseStd) AS_DOUBLES(part) EACH(n)
  const int g = i / parts;
  double sum = 0, squares = 0;
  for (int c = 0; c < chunks; c++) { sum += part[2 * (i * chunks + c)]; squares += part[2 * (i * chunks + c) + 1]; }
  const double count = (double)(TO(g) - FROM(g)) * (columns / parts), m = sum / count, spread = squares / count - m * m;
  mean[i] = (float)m;
  inverseStd[i] = (float)(1 / sqrt((spread < 0 ? 0 : spread) + epsilon));
}

KERNEL normalized(const int n, const int columns, const int parts, const int size, const int count, I(offsets), B(x), B(gamma), const int scales, B(beta), const int shifts, B(mean), B(inverseStd), B(out)) {
  AT(x) AT(gamma) AT(beta) AT(mean) AT(inverseStd) AT(out) EACH(n)
  const int j = i % columns, of = groupOf(i / columns, size, count, offsets) * parts + j / (columns / parts);
  float v = (x[i] - mean[of]) * inverseStd[of];
  if (scales) v *= gamma[j];
  if (shifts) v += beta[j];
  out[i] = v;
}

// Of each group and part: sums of gamma g, and of that times the normalised number.
KERNEL normSlopes(const int columns, const int parts, const int chunks, const int size, I(offsets), B(x), B(gradOut), B(mean), B(inverseStd), B(gamma), const int scales, D(part)) {
  __local double plains[GROUP];
  __local double alongs[GROUP];
  AT(x) AT(gradOut) AT(mean) AT(inverseStd) AT(gamma) AS_DOUBLES(part)
  const float m = mean[GROUP_X * parts + GROUP_Y], s = inverseStd[GROUP_X * parts + GROUP_Y];
  double plain = 0, along = 0;
  THROUGH(
    const double scaled = scales ? (double)gradOut[at] * gamma[j] : gradOut[at];
    plain += scaled;
    along += scaled * (double)((x[at] - m) * s);)
  plains[LANE] = plain;
  alongs[LANE] = along;
  TREES(plains, alongs)
  KEEP(plains, alongs)
}

// The means of both: two numbers for each group and part.
KERNEL normSlopeMeans(const int n, const int columns, const int parts, const int chunks, const int size, I(offsets), D(part), B(slopes)) {
  AT(slopes) AS_DOUBLES(part) EACH(n)
  const int g = i / parts;
  double plain = 0, along = 0;
  for (int c = 0; c < chunks; c++) { plain += part[2 * (i * chunks + c)]; along += part[2 * (i * chunks + c) + 1]; }
  const double count = (double)(TO(g) - FROM(g)) * (columns / parts);
  slopes[2 * i] = (float)(plain / count);
  slopes[2 * i + 1] = (float)(along / count);
}

// Of each column and chunk of rows: sums of g times the normalised number, and of g.
KERNEL normColumns(const int items, const int rows, const int columns, const int parts, const int chunk, const int size, const int count, I(offsets), B(x), B(gradOut), B(mean), B(inverseStd), D(part)) {
  AT(x) AT(gradOut) AT(mean) AT(inverseStd) AS_DOUBLES(part) EACH(items)
  const int j = i % columns, from = i / columns * chunk, to = min(rows - from, chunk) + from;
  int g = groupOf(from, size, count, offsets);
  double along = 0, plain = 0;
  for (int r = from; r < to; r++) {
    while (r >= TO(g)) g++;
    const int of = g * parts + j / (columns / parts);
    const double slope = gradOut[r * columns + j];
    along += slope * (double)((x[r * columns + j] - mean[of]) * inverseStd[of]);
    plain += slope;
  }
  part[2 * i] = along;
  part[2 * i + 1] = plain;
}

KERNEL normColumnTotals(const int columns, const int chunks, D(part), B(gradGamma), const int ofGamma, B(gradBeta), const int ofBeta) {
  AT(gradGamma) AT(gradBeta) AS_DOUBLES(part) EACH(columns)
  double along = 0, plain = 0;
  for (int c = 0; c < chunks; c++) { along += part[2 * (c * columns + i)]; plain += part[2 * (c * columns + i) + 1]; }
  if (ofGamma) gradGamma[i] = (float)along;
  if (ofBeta) gradBeta[i] = (float)plain;
}

KERNEL normGradient(const int n, const int columns, const int parts, const int size, const int count, I(offsets), B(x), B(gradOut), B(mean), B(inverseStd), B(gamma), const int scales, B(slopes), B(gradIn)) {
  AT(x) AT(gradOut) AT(mean) AT(inverseStd) AT(gamma) AT(slopes) AT(gradIn) EACH(n)
  const int j = i % columns, of = groupOf(i / columns, size, count, offsets) * parts + j / (columns / parts);
  const float v = (x[i] - mean[of]) * inverseStd[of], scaled = scales ? gradOut[i] * gamma[j] : gradOut[i];
  gradIn[i] = inverseStd[of] * (scaled - slopes[2 * of] - v * slopes[2 * of + 1]);
}

// Philox4x32-10: an item draws for four elements.
KERNEL dropout(const int n, const long limit, const float factor, B(draw), const int operator_, B(x), B(out)) {
  AT(draw) AT(x) AT(out) EACH((n + 3) / 4)
#define DIGITS(at) ((uint)draw[at] | (uint)draw[(at) + 1] << 16)
  uint k0 = DIGITS(0), k1 = DIGITS(2), c0 = i, c1 = operator_, c2 = DIGITS(4), c3 = DIGITS(6);
  for (int round = 0; round < 10; round++) {
    const ulong p0 = (ulong)0xD2511F53u * c0, p1 = (ulong)0xCD9E8D57u * c2;
    c0 = (uint)(p1 >> 32) ^ c1 ^ k0;
    c1 = (uint)p1;
    c2 = (uint)(p0 >> 32) ^ c3 ^ k1;
    c3 = (uint)p0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  const uint chance[4] = {c0, c1, c2, c3};
  for (int j = 0; j < 4; j++) if (4 * i + j < n) out[4 * i + j] = (long)chance[j] < limit ? 0 : x[4 * i + j] * factor;
}
