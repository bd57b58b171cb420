// PointInfoNCE in every spatial context, a tile of anchors at a time: who lies in which context is found here as it is needed,
// rounded as on the processor, so nothing may be merged into one rounding.
// CONTEXTS, KIND (0 everything, 1 half-spaces, 2 angular bins), XY_BINS, ZY_BINS
#pragma OPENCL FP_CONTRACT OFF

#define TURN 6.2831855f
#define HALF_TURN 3.1415927f

#if KIND == 2
// A quick estimate of the angle, off by less than ERROR radians, and the published arithmetic where that is too near a border.
#define ESTIMATE_ERROR 1e-3f

static float estimate(const float a, const float b) {
  const float absA = fabs(a), absB = fabs(b);
  const float slope = fmin(absA, absB) / fmax(absA, absB), s = slope * slope;
  float angle = ((-0.0464964749f * s + 0.15931422f) * s - 0.327622764f) * s * slope + slope;
  if (absA > absB) angle = HALF_TURN / 2 - angle;
  if (b < 0) angle = HALF_TURN - angle;
  return a < 0 ? -angle : angle;
}

static int sector(const float a, const float b, const float range, const int bins) {
  const float bin = estimate(a, b) / range * bins, whole = floor(bin), part = bin - whole;
  if (part * range > ESTIMATE_ERROR * bins && (1 - part) * range > ESTIMATE_ERROR * bins) {
    const int w = (int)whole % bins;
    return w < 0 ? w + bins : w;
  }
  const float inRange = fmod((float)atan2((double)a, (double)b) + TURN, range);
  const float wide = (float)((double)range / bins);
  return min(bins - 1, (int)(float)((double)inRange / wide));
}

static int zyBin(const float dy, const float dz) {
#if ZY_BINS == 1
  return 0;
#elif ZY_BINS == 2
  if (dy == 0) return dz >= 0 ? 0 : 1;
  return dz == 0 ? (dy > 0 ? 1 : 0) : ((dy > 0) == (dz > 0) ? 0 : 1);
#else
  return sector(dy, dz, HALF_TURN, ZY_BINS);
#endif
}

static int xyBin(const float dx, const float dy) {
#if XY_BINS == 1
  return 0;
#elif XY_BINS == 2
  return dy >= 0 ? 0 : 1;
#else
  return sector(dy, dx, TURN, XY_BINS);
#endif
}
#endif

// Context of a point seen from an anchor, -1 where it is no negative.
static int contextOf(const float near_, const float far_, const float dx, const float dy, const float dz) {
#if KIND == 0
  return 0;
#else
  const float distance_ = (float)sqrt((double)(dx * dx + dy * dy + dz * dz + 1e-7f));
#if KIND == 1
  const int context = (distance_ > far_ ? 2 : 0) + (dz < 0 ? 1 : 0);
  return distance_ > near_ && dz != 0 ? context : -1;
#else
  const int context = (distance_ >= far_ ? XY_BINS * ZY_BINS : 0) + xyBin(dx, dy) * ZY_BINS + zyBin(dy, dz);
  return distance_ >= near_ ? context : -1;
#endif
#endif
}

#define CONTEXT(j) contextOf(near_, far_, xyz[3 * (j)] - ax, xyz[3 * (j) + 1] - ay, xyz[3 * (j) + 2] - az)

// A group per anchor: similarities of a row become the gradient of the weighted sum of losses. Largest similarity and sum of
// exponentials of each context are found in one pass, lane by lane, and joined in a fixed order.
KERNEL anchors(const int n, const int first, const float near_, const float far_, const float factor, B(xyz), B(weights), B(similarities), D(losses)) {
  __local float laneTop[GROUP];
  __local double laneSum[GROUP];
  __local float tops[CONTEXTS];
  __local double sums[CONTEXTS];
  AT(xyz) AT(weights) AT(similarities) AS_DOUBLES(losses)
  __global float* row = similarities + (size_t)GROUP_X * n;
  const int anchor = first + GROUP_X;
  const float own = row[anchor], ax = xyz[3 * anchor], ay = xyz[3 * anchor + 1], az = xyz[3 * anchor + 2];
  float top[CONTEXTS];
  double sum[CONTEXTS];
  for (int c = 0; c < CONTEXTS; c++) { top[c] = own; sum[c] = LANE == 0 ? 1 : 0; }
  for (int j = LANE; j < n; j += GROUP) {
    const int c = j == anchor ? -1 : CONTEXT(j);
    if (c >= 0) {
      const float v = row[j];
      if (v > top[c]) {
        sum[c] = sum[c] * exp(top[c] - v) + 1;
        top[c] = v;
      } else {
        sum[c] += exp(v - top[c]);
      }
    }
  }
  for (int c = 0; c < CONTEXTS; c++) {
    laneTop[LANE] = top[c];
    laneSum[LANE] = sum[c];
    BARRIER;
    for (int half_ = GROUP / 2; half_ > 0; half_ >>= 1) {
      if (LANE < half_) {
        const float a = laneTop[LANE], b = laneTop[LANE + half_], t = fmax(a, b);
        laneSum[LANE] = laneSum[LANE] * exp(a - t) + laneSum[LANE + half_] * exp(b - t);
        laneTop[LANE] = t;
      }
      BARRIER;
    }
    if (LANE == 0) {
      tops[c] = laneTop[0];
      sums[c] = laneSum[0];
      losses[(size_t)anchor * CONTEXTS + c] = log(laneSum[0]) + laneTop[0] - own;
    }
    BARRIER;
  }
  for (int j = LANE; j < n; j += GROUP) {
    if (j != anchor) {
      const int c = CONTEXT(j);
      row[j] = c < 0 ? 0 : (float)(weights[c] * factor * exp(row[j] - tops[c]) / sums[c]);
    }
  }
  if (LANE == 0) {
    double diagonal = 0;
    for (int c = 0; c < CONTEXTS; c++) diagonal += weights[c] * factor * (exp(own - tops[c]) / sums[c] - 1);
    row[anchor] = (float)diagonal;
  }
}

// The weighted sum of the means of all contexts, then these.
KERNEL total(const int n, B(weights), D(losses), B(out)) {
  __local double s[GROUP];
  AT(weights) AT(out) AS_DOUBLES(losses)
  double all = 0;
  for (int c = 0; c < CONTEXTS; c++) {
    double sum = 0;
    for (int i = LANE; i < n; i += GROUP) sum += losses[(size_t)i * CONTEXTS + c];
    s[LANE] = sum;
    TREE(s)
    const double mean = s[0] / n;
    all += weights[c] * mean;
    if (LANE == 0) out[1 + c] = (float)mean;
    BARRIER;
  }
  if (LANE == 0) out[0] = (float)all;
}
