// Functions of numbers, and what is computed over groups of rows. FUNCTION numbers are those of the API's enum, in its order.

static float sigmoid(const float x) { return 1 / (1 + exp(-x)); }

static float geluTanhArgument(const float x) { return 1.5957691216f * (x + 0.044715f * x * x * x); }

static float function_(const int f, const float x, const float parameter) {
  switch (f) {
    case 0: return exp(x);
    case 1: return log(x);
    case 2: return sqrt(x);
    case 3: return x * x;
    case 4: return 1 / x;
    case 5: return fabs(x);
    case 6: return sigmoid(x);
    case 7: return fabs(x) > 10 ? copysign(1.0f, x) : tanh(x);
    case 8: return x == -INFINITY ? 0 : (float)(x * 0.5 * erfc(-(double)x * 0.70710678118654752));
    case 9: return x == -INFINITY ? 0 : x * sigmoid(geluTanhArgument(x));
    case 10: return x == -INFINITY ? 0 : x * sigmoid(x);
    case 11: return x > 0 ? x : parameter * x;
    default: return fmax(x, 0.0f) + log1p(exp(-fabs(x))) + (isnan(x) ? x : 0);
  }
}

// v: the function's value for 0, 2, 4, 6 and 7, else what it was applied to
static float slope(const int f, const float v, const float parameter) {
  switch (f) {
    case 0: return v;
    case 1: return 1 / v;
    case 2: return 0.5f / v;
    case 3: return 2 * v;
    case 4: return -v * v;
    case 5: return v > 0 ? 1 : v < 0 ? -1 : v == 0 ? 0 : v;
    case 6: return v * (1 - v);
    case 7: return 1 - v * v;
    case 8: {
      const double x = v, density = exp(-0.5 * x * x) * 0.39894228040143268;
      return (float)(0.5 * erfc(-x * 0.70710678118654752) + (density == 0 ? 0 : x * density));
    }
    case 9: {
      const float s = sigmoid(geluTanhArgument(v)), rest = s * (1 - s);
      return rest == 0 ? s : s + v * rest * 1.5957691216f * (1 + 3 * 0.044715f * v * v);
    }
    case 10: {
      const float s = sigmoid(v), rest = s * (1 - s);
      return rest == 0 ? s : s + v * rest;
    }
    case 11: return v > 0 ? 1 : parameter;
    default: return sigmoid(v);
  }
}

KERNEL apply(const int n, const int f, const float parameter, B(x), B(out)) { AT(x) AT(out) EACH(n) out[i] = function_(f, x[i], parameter); }

KERNEL gradient(const int n, const int f, const float parameter, B(known), B(gradOut), B(gradIn)) {
  AT(known) AT(gradOut) AT(gradIn) EACH(n)
  gradIn[i] = slope(f, known[i], parameter) * gradOut[i];
}

KERNEL shift(const int n, const float amount, B(x), B(out)) { AT(x) AT(out) EACH(n) out[i] = x[i] + amount; }

KERNEL divide(const int n, B(x), B(y), B(out)) { AT(x) AT(y) AT(out) EACH(n) out[i] = x[i] / y[i]; }

KERNEL divisorGradient(const int n, B(gradOut), B(quotient), B(y), B(out)) {
  AT(gradOut) AT(quotient) AT(y) AT(out) EACH(n)
  out[i] = -(gradOut[i] * quotient[i]) / y[i];
}

// out[o, j, i, k] = x[o, i, j, k]
KERNEL transpose(const int n, const int rows, const int columns, const int inner, B(x), B(out)) {
  AT(x) AT(out) EACH(n)
  const int k = i % inner, r = i / inner % rows, c = i / inner / rows % columns, o = i / inner / rows / columns;
  out[i] = x[((o * rows + r) * columns + c) * inner + k];
}

// ---- groups: of `size` rows each, or, where that is negative, from offsets[g] to offsets[g + 1] --------------------

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

#define ENDED(sum) \
  if (mean) sum = to == from ? 0 : sum / (to - from); \
  out[i] = (float)(accumulate ? out[i] + sum : sum);

// Sums of x, or of products with y, an item for each result; for small groups.
KERNEL sumEach(const int n, const int columns, const int size, I(offsets), const int mean, const int products, const int accumulate, B(x), B(y), B(out)) {
  AT(x) AT(y) AT(out) EACH(n)
  const int g = i / columns, j = i % columns, from = FROM(g), to = TO(g);
  double sum = 0;
  for (int r = from; r < to; r++) sum += products ? (double)x[r * columns + j] * y[r * columns + j] : x[r * columns + j];
  ENDED(sum)
}

// The same by 64 items for each result; for large groups. The order of the sum depends on its rows alone.
KERNEL sumTree(const int columns, const int size, I(offsets), const int mean, const int products, const int accumulate, B(x), B(y), B(out)) {
  __local double s[GROUP];
  AT(x) AT(y) AT(out)
  const int i = GROUP_X, g = i / columns, j = i % columns, from = FROM(g), to = TO(g);
  double sum = 0;
  for (int r = from + LANE; r < to; r += GROUP) sum += products ? (double)x[r * columns + j] * y[r * columns + j] : x[r * columns + j];
  s[LANE] = sum;
  TREE(s)
  if (LANE == 0) {
    sum = s[0];
    ENDED(sum)
  }
}

// mode 0: what the group has, 1: that over its size, 2: added to x, 3: times x
KERNEL spread(const int n, const int columns, const int size, const int count, I(offsets), const int mode, B(x), B(perGroup), B(out)) {
  AT(x) AT(perGroup) AT(out) EACH(n)
  const int g = groupOf(i / columns, size, count, offsets);
  const float v = perGroup[g * columns + i % columns];
  out[i] = mode == 0 ? v : mode == 1 ? v / (TO(g) - FROM(g)) : mode == 2 ? x[i] + v : x[i] * v;
}

// Not-a-number wins, so that it is not hidden.
KERNEL most(const int n, const int columns, const int size, I(offsets), B(x), B(out), I(winner)) {
  AT(x) AT(out) EACH(n)
  const int g = i / columns, j = i % columns, from = FROM(g), to = TO(g);
  float best = from < to ? x[from * columns + j] : 0;
  int at = from < to ? from : 0;
  for (int r = from + 1; r < to; r++) {
    const float v = x[r * columns + j];
    if (!(v <= best) && !isnan(best)) { best = v; at = r; }
  }
  out[i] = best;
  winner[i] = at;
}

KERNEL mostGradient(const int n, const int columns, const int size, const int count, I(offsets), B(gradOut), I(winner), B(gradIn)) {
  AT(gradOut) AT(gradIn) EACH(n)
  const int row = i / columns, at = groupOf(row, size, count, offsets) * columns + i % columns;
  gradIn[i] = winner[at] == row ? gradOut[at] : 0;
}

KERNEL softmax(const int n, const int columns, const int size, I(offsets), const int logarithm, B(x), B(out)) {
  AT(x) AT(out) EACH(n)
  const int g = i / columns, j = i % columns, from = FROM(g), to = TO(g);
  float top = -INFINITY;
  for (int r = from; r < to; r++) { const float v = x[r * columns + j]; top = v > top || isnan(v) ? v : top; }
  double sum = 0;
  for (int r = from; r < to; r++) sum += exp(x[r * columns + j] - top);
  const double rest = log(sum);
  for (int r = from; r < to; r++) {
    const int p = r * columns + j;
    out[p] = logarithm ? (float)((double)x[p] - top - rest) : (float)(exp(x[p] - top) / sum);
  }
}

KERNEL softmaxGradient(const int n, const int columns, const int size, I(offsets), const int logarithm, B(y), B(gradOut), B(gradIn)) {
  AT(y) AT(gradOut) AT(gradIn) EACH(n)
  const int g = i / columns, j = i % columns, from = FROM(g), to = TO(g);
  double sum = 0;
  for (int r = from; r < to; r++) { const int p = r * columns + j; sum += logarithm ? (double)gradOut[p] : (double)y[p] * gradOut[p]; }
  for (int r = from; r < to; r++) {
    const int p = r * columns + j;
    gradIn[p] = (float)(logarithm ? gradOut[p] - exp(y[p]) * sum : y[p] * (gradOut[p] - sum));
  }
}
