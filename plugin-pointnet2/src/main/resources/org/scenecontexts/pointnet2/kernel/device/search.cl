// Who is near: indices that equal the processor's to the last bit, so nothing may be merged into one rounding.
#pragma OPENCL FP_CONTRACT OFF

// Scene of a row; offsets has the first row of each scene and the number of rows.
static int sceneOf(const int row, const int scenes, __global const int* offsets) {
  int b = 0;
  while (b + 1 < scenes && row >= offsets[b + 1]) b++;
  return b;
}

static float squared(const float ax, const float ay, const float az, const float bx, const float by, const float bz) {
  const float x = ax - bx, y = ay - by, z = az - bz;
  return x * x + y * y + z * z;
}

// Farthest points: a group of WIDTH items per scene. Each item takes AHEAD points at a time, whose loads do not wait for one
// another; the group then finds the farthest in local memory.
//
// published: ties as the published reduction has them, else the lower row wins
// skip: points near the origin are picked first or never
#define AHEAD 8

KERNEL_OF(WIDTH) farthest(I(offsets), I(firstPick), const int published, const int skip, const double limit, B(xyz), B(nearest), I(out)) {
  __local float groupDistance[WIDTH];
  __local int groupRow[WIDTH];
  __local int groupRank[WIDTH];
  AT(xyz) AT(nearest)
  const int from = offsets[GROUP_X], n = offsets[GROUP_X + 1] - from;
  const int pickFrom = firstPick[GROUP_X], picks = firstPick[GROUP_X + 1] - pickFrom;
  if (picks == 0) return;
  xyz += 3 * from;
  nearest += from;
  // TieOrder: bits of the reduction's width, points of each of its threads
  int bits = 0;
  while (bits < 9 && 2 << bits <= n) bits++;
  const int share = (n >> bits) + 1;
  for (int k = LANE; k < n; k += WIDTH) {
    const float x = xyz[3 * k], y = xyz[3 * k + 1], z = xyz[3 * k + 2];
    nearest[k] = skip && (double)(x * x + y * y + z * z) <= limit ? -1 : 1e10f;
  }
  if (LANE == 0) out[pickFrom] = from;
  int last = 0;
  for (int pick = 1; pick < picks; pick++) {
    const float px = xyz[3 * last], py = xyz[3 * last + 1], pz = xyz[3 * last + 2];
    float best = -1;
    int row = 0, rank = 2147483647;
    for (int k0 = LANE; k0 < n; k0 += AHEAD * WIDTH) {
      float x[AHEAD], y[AHEAD], z[AHEAD], d[AHEAD];
#pragma unroll
      for (int a = 0; a < AHEAD; a++) {
        const int k = min(k0 + a * WIDTH, n - 1);
        x[a] = xyz[3 * k];
        y[a] = xyz[3 * k + 1];
        z[a] = xyz[3 * k + 2];
        d[a] = nearest[k];
      }
#pragma unroll
      for (int a = 0; a < AHEAD; a++) {
        const int k = k0 + a * WIDTH;
        if (k < n && d[a] >= 0) {
          const float now = fmin(d[a], squared(x[a], y[a], z[a], px, py, pz));
          nearest[k] = now;
          if (now >= best) {
            int r = k;
            if (published) {
              const int thread = k & ((1 << bits) - 1);
              int reversed = 0;
              for (int bit = 0; bit < bits; bit++) reversed |= (thread >> bit & 1) << (bits - 1 - bit);
              r = reversed * share + (k >> bits);
            }
            if (now > best || r < rank) { best = now; row = k; rank = r; }
          }
        }
      }
    }
    groupDistance[LANE] = best;
    groupRow[LANE] = row;
    groupRank[LANE] = rank;
    BARRIER;
    for (int half_ = WIDTH / 2; half_ > 0; half_ >>= 1) {
      if (LANE < half_) {
        const int other = LANE + half_;
        const float d = groupDistance[other];
        if (d > groupDistance[LANE] || (d == groupDistance[LANE] && groupRank[other] < groupRank[LANE])) {
          groupDistance[LANE] = d;
          groupRow[LANE] = groupRow[other];
          groupRank[LANE] = groupRank[other];
        }
      }
      BARRIER;
    }
    last = groupRow[0];
    if (LANE == 0) out[pickFrom + pick] = from + last;
    BARRIER;
  }
}

// The first rows within a radius, an item per centre: neighbours in a group read the same points.
KERNEL within(const int centres, const int scenes, I(offsets), I(centreOffsets), const float limit, const int samples, B(xyz), B(centre), I(out)) {
  AT(xyz) AT(centre)
  const int c = ITEM;
  if (c >= centres) return;
  const int b = sceneOf(c, scenes, centreOffsets), from = offsets[b], to = offsets[b + 1];
  const float x = centre[3 * c], y = centre[3 * c + 1], z = centre[3 * c + 2];
  out += c * samples;
  int hits = 0, fill = from;
  for (int k = from; k < to && hits < samples; k++) {
    if (squared(x, y, z, xyz[3 * k], xyz[3 * k + 1], xyz[3 * k + 2]) < limit) {
      if (hits == 0) fill = k;
      out[hits++] = k;
    }
  }
  while (hits < samples) out[hits++] = fill;
}

// The three nearest rows; absent ones are the scene's first, infinitely far.
KERNEL threeNearest(const int queries, const int scenes, I(offsets), I(queryOffsets), B(xyz), B(query), I(index), B(distance)) {
  AT(xyz) AT(query) AT(distance)
  const int q = ITEM;
  if (q >= queries) return;
  const int b = sceneOf(q, scenes, queryOffsets), from = offsets[b], to = offsets[b + 1];
  const float x = query[3 * q], y = query[3 * q + 1], z = query[3 * q + 2];
  float d0 = INFINITY, d1 = INFINITY, d2 = INFINITY;
  int k0 = from, k1 = from, k2 = from;
  for (int k = from; k < to; k++) {
    const float d = squared(x, y, z, xyz[3 * k], xyz[3 * k + 1], xyz[3 * k + 2]);
    if (d < d2) {
      if (d < d1) {
        d2 = d1; k2 = k1;
        if (d < d0) { d1 = d0; k1 = k0; d0 = d; k0 = k; } else { d1 = d; k1 = k; }
      } else { d2 = d; k2 = k; }
    }
  }
  index[3 * q] = k0; index[3 * q + 1] = k1; index[3 * q + 2] = k2;
  distance[3 * q] = d0; distance[3 * q + 1] = d1; distance[3 * q + 2] = d2;
}

// Any number of nearest rows of any number of columns, sorted in the result's own memory; places that remain repeat the
// nearest, infinitely far.
KERNEL nearest(const int queries, const int scenes, I(offsets), I(queryOffsets), const int columns, const int count, B(rows), B(query), I(index), B(distance)) {
  AT(rows) AT(query) AT(distance)
  const int q = ITEM;
  if (q >= queries) return;
  const int b = sceneOf(q, scenes, queryOffsets), from = offsets[b], to = offsets[b + 1];
  query += (size_t)q * columns;
  index += (size_t)q * count;
  distance += (size_t)q * count;
  int found = 0;
  float worst = INFINITY;
  for (int k = from; k < to; k++) {
    float d = 0;
    for (int c = 0; c < columns; c++) {
      const float e = query[c] - rows[(size_t)k * columns + c];
      d += e * e;
    }
    if (found < count || d < worst) {
      int place = found < count ? found++ : count - 1;
      while (place > 0 && d < distance[place - 1]) {
        distance[place] = distance[place - 1];
        index[place] = index[place - 1];
        place--;
      }
      distance[place] = d;
      index[place] = k;
      if (found == count) worst = distance[count - 1];
    }
  }
  for (int place = found; place < count; place++) {
    index[place] = index[0];
    distance[place] = INFINITY;
  }
}
