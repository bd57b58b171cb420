// Cells along curves: the code of each point's cell, and what follows from points that lie in the order of their codes.
#pragma OPENCL FP_CONTRACT OFF

// Lowest and highest coordinates of each scene, a group each: x, y, z low, then high.
KERNEL extents(I(offsets), B(xyz), B(out)) {
  __local float low[3 * GROUP];
  __local float high[3 * GROUP];
  AT(xyz) AT(out)
  for (int a = 0; a < 3; a++) {
    float l = INFINITY, h = -INFINITY;
    for (int k = offsets[GROUP_X] + LANE; k < offsets[GROUP_X + 1]; k += GROUP) {
      l = fmin(l, xyz[3 * k + a]);
      h = fmax(h, xyz[3 * k + a]);
    }
    low[a * GROUP + LANE] = l;
    high[a * GROUP + LANE] = h;
  }
  BARRIER;
  if (LANE < 3) {
    float l = INFINITY, h = -INFINITY;
    for (int p = LANE * GROUP; p < (LANE + 1) * GROUP; p++) { l = fmin(l, low[p]); h = fmax(h, high[p]); }
    out[6 * GROUP_X + LANE] = l;
    out[6 * GROUP_X + 3 + LANE] = h;
  }
}

static long interleaved(const int x, const int y, const int z, const int bits) {
  long code = 0;
  for (int b = 0; b < bits; b++) {
    code |= (long)(x >> b & 1) << 3 * b | (long)(y >> b & 1) << (3 * b + 1) | (long)(z >> b & 1) << (3 * b + 2);
  }
  return code;
}

// J. Skilling, "Programming the Hilbert curve" (AIP Conference Proceedings 707, 2004), as in the API's Curve.
static long hilbertCode(const int x, const int y, const int z, const int bits) {
  const int mask = (1 << bits) - 1;
  int c[3] = {x & mask, y & mask, z & mask};
  for (int q = bits == 0 ? 0 : 1 << (bits - 1); q > 1; q >>= 1) {
    const int below = q - 1;
    for (int a = 0; a < 3; a++) {
      if (c[a] & q) {
        c[0] ^= below;
      } else {
        const int exchanged = (c[0] ^ c[a]) & below;
        c[0] ^= exchanged;
        c[a] ^= exchanged;
      }
    }
  }
  c[1] ^= c[0];
  c[2] ^= c[1];
  int turn = 0;
  for (int q = bits == 0 ? 0 : 1 << (bits - 1); q > 1; q >>= 1) turn ^= c[2] & q ? q - 1 : 0;
  return interleaved(c[2] ^ turn, c[1] ^ turn, c[0] ^ turn, bits);
}

// The scene stands above the code, so that scenes stay apart.
KERNEL codes(const int n, const int scenes, I(offsets), I(bits), const int above, const int hilbert, const int swapped, const float cell, B(low), B(xyz), I(codes_)) {
  AT(low) AT(xyz) EACH(n)
  int b = 0;
  while (b + 1 < scenes && i >= offsets[b + 1]) b++;
  const int x = (int)(((double)xyz[3 * i] - low[6 * b]) / cell);
  const int y = (int)(((double)xyz[3 * i + 1] - low[6 * b + 1]) / cell);
  const int z = (int)(((double)xyz[3 * i + 2] - low[6 * b + 2]) / cell);
  const int first = swapped ? y : x, second = swapped ? x : y;
  const long code = hilbert ? hilbertCode(first, second, z, bits[b]) : interleaved(first, second, z, bits[b]);
  ((__global long*)codes_)[i] = code | (long)b << above;
}

// 1 where a cell begins.
KERNEL begins(const int n, I(codes_), I(order), I(out)) {
  EACH(n)
  __global const long* codes = (__global const long*)codes_;
  out[i] = i == 0 || codes[order[i]] != codes[order[i - 1]];
}

// numbers, sums: how many cells begin before each place
KERNEL fillCells(const int n, I(codes_), I(order), I(numbers), I(sums), I(cellOf), I(starts)) {
  EACH(n)
  __global const long* codes = (__global const long*)codes_;
  const int first = i == 0 || codes[order[i]] != codes[order[i - 1]];
  const int cell = numbers[i] + sums[i / SUMMED] + first - 1;
  cellOf[order[i]] = cell;
  if (first) starts[cell] = i;
}

// What lies behind the last cell begins where the points end; cells of each scene.
KERNEL endCells(const int n, const int scenes, I(offsets), I(members), I(cellOf), I(starts), I(counts)) {
  EACH(n + 1)
  const int cells = n == 0 ? 0 : cellOf[members[n - 1]] + 1;
  if (i >= cells) starts[i] = n;
  for (int b = i; b < scenes; b += n + 1) {
    const int from = offsets[b], to = offsets[b + 1];
    counts[b] = from == to ? 0 : cellOf[members[to - 1]] - cellOf[members[from]] + 1;
  }
}

KERNEL copyRows(const int n, I(from), I(to)) { EACH(n) to[i] = from[i]; }
