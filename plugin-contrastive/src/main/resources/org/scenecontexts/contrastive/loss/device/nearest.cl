// The hardest-contrastive loss and the recall of matches: nearest features. Rounded as on the processor.
#pragma OPENCL FP_CONTRACT OFF

static double squared(const int channels, __global const float* a, __global const float* b) {
  double sum = 0;
  for (int c = 0; c < channels; c++) { const double d = a[c] - b[c]; sum += d * d; }
  return sum;
}

// A group per point: the nearest candidate, the first of equals; whether it is no match of the point; and the distance.
// second: whether points lie in the second views
KERNEL hardest(const int candidates, const int channels, const int matches, const int second, B(x), B(y), I(pointRow), I(candidateRow), I(matchFirst), I(matchSecond), I(nearest), I(used), D(distance)) {
  __local double best[GROUP];
  __local int at[GROUP];
  AT(x) AT(y) AS_DOUBLES(distance)
  double d0 = INFINITY;
  int j0 = 0;
  for (int j = LANE; j < candidates; j += GROUP) {
    const double d = squared(channels, x + (size_t)GROUP_X * channels, y + (size_t)j * channels);
    if (d < d0) { d0 = d; j0 = j; }
  }
  best[LANE] = d0;
  at[LANE] = j0;
  LEAST(best, at)
  const int j = at[0], own = pointRow[GROUP_X], other = candidateRow[j];
  const double d = best[0];
  BARRIER;
  int found = 0;
  for (int m = LANE; m < matches; m += GROUP) {
    found |= second ? (matchSecond[m] == own && matchFirst[m] == other) : (matchFirst[m] == own && matchSecond[m] == other);
  }
  at[LANE] = found;
  BARRIER;
  if (LANE == 0) {
    int any = 0;
    for (int l = 0; l < GROUP; l++) any |= at[l];
    nearest[GROUP_X] = j;
    used[GROUP_X] = !any;
    distance[GROUP_X] = sqrt(d + 1e-7);
  }
}

// By how much each match is too far apart.
KERNEL excess(const int n, const int channels, const double margin, B(x), B(y), D(out)) {
  AT(x) AT(y) AS_DOUBLES(out) EACH(n)
  out[i] = squared(channels, x + (size_t)i * channels, y + (size_t)i * channels) - margin;
}

// losses, and in counts how many points of each side count; one group
KERNEL hardestTotal(const int n, const double margin, const double weight, D(excess), I(used1), D(distance1), I(used0), D(distance0), I(counts), B(losses)) {
  __local double s[GROUP];
  __local double parts[5];
  AT(losses) AS_DOUBLES(excess) AS_DOUBLES(distance1) AS_DOUBLES(distance0)
  for (int part = 0; part < 5; part++) {
    double sum = 0;
    for (int i = LANE; i < n; i += GROUP) {
      const double e = excess[i];
      const double missing = margin - (part < 3 ? distance1[i] : distance0[i]);
      const int counts_ = part < 3 ? used1[i] : used0[i];
      if (part == 0) sum += !(e <= 0) ? e : 0;
      else if (part == 1 || part == 3) sum += counts_;
      else sum += counts_ && !(missing <= 0) ? missing * missing : 0;
    }
    s[LANE] = sum;
    TREE(s)
    if (LANE == 0) parts[part] = s[0];
    BARRIER;
  }
  if (LANE == 0) {
    const double positive = parts[0] / n;
    const double negative = ((parts[1] == 0 ? 0 : parts[2] / parts[1]) + (parts[3] == 0 ? 0 : parts[4] / parts[3])) / 2;
    counts[0] = (int)parts[1];
    counts[1] = (int)parts[3];
    losses[0] = (float)(positive + weight * negative);
    losses[1] = (float)positive;
    losses[2] = (float)negative;
  }
}

// Gradients of both points of each match, and, for the additions to their nearest candidates, what they get.
KERNEL hardestGradient(const int n, const int channels, const double margin, const double weight, B(x), B(y), B(candidates1), B(candidates0), D(excess), I(nearest1), I(used1), D(distance1), I(nearest0), I(used0), D(distance0), I(counts), B(gradX), B(gradY), B(push1), B(push0)) {
  AT(x) AT(y) AT(candidates1) AT(candidates0) AT(gradX) AT(gradY) AT(push1) AT(push0)
  AS_DOUBLES(excess) AS_DOUBLES(distance1) AS_DOUBLES(distance0)
  EACH(n)
  const int point = i / channels, c = i % channels;
  float pull = 0, from1 = 0, from0 = 0;
  if (excess[point] > 0) pull = (float)(2.0 / (n / channels) * (x[i] - y[i]));
  const double missing1 = margin - distance1[point], missing0 = margin - distance0[point];
  if (used1[point] && missing1 > 0) {
    from1 = (float)(-weight * missing1 / (distance1[point] * counts[0]) * (x[i] - candidates1[nearest1[point] * channels + c]));
  }
  if (used0[point] && missing0 > 0) {
    from0 = (float)(-weight * missing0 / (distance0[point] * counts[1]) * (y[i] - candidates0[nearest0[point] * channels + c]));
  }
  gradX[i] = pull + from1;
  gradY[i] = -pull + from0;
  push1[i] = -from1;
  push0[i] = -from0;
}

// A group per query: whether its nearest feature among some rows lies near enough to where it should.
KERNEL recall(const int channels, const double limit, B(x), B(y), I(row), I(from), I(to), I(truth), B(xyz), I(hits)) {
  __local float best[GROUP];
  __local int at[GROUP];
  AT(x) AT(y) AT(xyz)
  __global const float* query = x + (size_t)row[GROUP_X] * channels;
  float d0 = INFINITY;
  int j0 = from[GROUP_X];
  for (int j = from[GROUP_X] + LANE; j <= to[GROUP_X]; j += GROUP) {
    float d = 0;
    for (int c = 0; c < channels; c++) { const float e = query[c] - y[(size_t)j * channels + c]; d += e * e; }
    if (d < d0) { d0 = d; j0 = j; }
  }
  best[LANE] = d0;
  at[LANE] = j0;
  LEAST(best, at)
  if (LANE == 0) {
    double sum = 0;
    for (int a = 0; a < 3; a++) {
      const double d = xyz[3 * at[0] + a] - xyz[3 * truth[GROUP_X] + a];
      sum += d * d;
    }
    hits[GROUP_X] = sum <= limit;
  }
}

KERNEL share(const int queries, I(hits), B(out)) {
  AT(out)
  if (ITEM > 0) return;
  int sum = 0;
  for (int q = 0; q < queries; q++) sum += hits[q];
  out[0] = queries == 0 ? NAN : (float)((double)sum / queries);
}
