// Losses beside the cross-entropy of dense arithmetic, in double precision where their formulas cancel. LOSS numbers are those of the
// API's enum, in its order. Sums: over items of a group, then over groups, in their order.
#define AS_KEYS(x) __global ulong* x = (__global ulong*)(x##_ + x##_at);

// ---- a number and its target --------------------------------------------------------------------------------------

static double share(const double x) { return 1 / (1 + exp(-x)); }

static double binary(const double x, const double t) { return fmax(x, 0.0) - x * t + log1p(exp(-fabs(x))) + (isnan(x) ? x : 0); }

// One less the probability that is given to the target.
static double miss(const double x, const double t) { return t * share(-x) + (1 - t) * share(x); }

static double weightOf(const double t, const float alpha) { return alpha < 0 ? 1 : alpha * t + (1 - alpha) * (1 - t); }

static double focalSlope(const double x, const double t, const double gamma, const float alpha) {
  const double missed = miss(x, t), missSlope = (1 - 2 * t) * share(x) * share(-x);
  const double ofPower = gamma == 0 || missed == 0 ? 0 : binary(x, t) * gamma * pow(missed, gamma - 1) * missSlope;
  return weightOf(t, alpha) * ((share(x) - t) * pow(missed, gamma) + ofPower);
}

KERNEL pair(const int n, const int loss, const float parameter, const float alpha, B(x), B(target), B(out)) {
  AT(x) AT(target) AT(out) EACH(n)
  const double v = x[i], t = target[i], d = fabs(v - t);
  out[i] = (float)(loss == 0
      ? (d < parameter ? d * d / (2 * (double)parameter) : d - (double)parameter / 2)
      : loss == 1 ? binary(v, t) : weightOf(t, alpha) * pow(miss(v, t), (double)parameter) * binary(v, t));
}

KERNEL pairGradient(const int n, const int loss, const float parameter, const float alpha, B(x), B(target), B(gradOut), B(gradIn)) {
  AT(x) AT(target) AT(gradOut) AT(gradIn) EACH(n)
  const double v = x[i], t = target[i], d = (v - t) / parameter;
  gradIn[i] = (float)(gradOut[i] * (loss == 0 ? (d > 1 ? 1 : d < -1 ? -1 : d) : loss == 1 ? share(v) - t : focalSlope(v, t, parameter, alpha)));
}

// ---- focal cross-entropy ------------------------------------------------------------------------------------------

KERNEL focal(const int rows, const int columns, const double gamma, B(logits), I(labels), B(weights), const int weighted, B(gradient), D(part)) {
  __local double losses[GROUP];
  __local double counted[GROUP];
  AT(logits) AT(weights) AT(gradient) AS_DOUBLES(part)
  const int i = ITEM;
  double loss = 0, weight = 0;
  if (i < rows) {
    logits += (size_t)i * columns;
    gradient += (size_t)i * columns;
    const int label = labels[i];
    if (label < 0) {
      for (int j = 0; j < columns; j++) gradient[j] = 0;
    } else {
      float most = logits[0];
      for (int j = 1; j < columns; j++) most = logits[j] > most || isnan(logits[j]) ? logits[j] : most;
      double others = 0;
      for (int j = 0; j < columns; j++) {
        gradient[j] = exp(logits[j] - most);
        if (j != label) others += gradient[j];
      }
      const double sum = others + gradient[label], own = gradient[label] / sum, rest = others / sum;
      const double logOwn = ((double)logits[label] - most) - log(sum), power = pow(rest, gamma);
      const double ofPower = gamma == 0 || rest == 0 ? 0 : gamma * own * pow(rest, gamma - 1) * logOwn;
      weight = weighted ? weights[label] : 1;
      loss = -weight * power * logOwn;
      const double slope = weight * (ofPower - power);
      for (int j = 0; j < columns; j++) gradient[j] = (float)(j == label ? slope * rest : -slope * (gradient[j] / sum));
    }
  }
  losses[LANE] = loss;
  counted[LANE] = weight;
  TREES(losses, counted)
  if (LANE == 0) { part[2 * GROUP_X] = losses[0]; part[2 * GROUP_X + 1] = counted[0]; }
}

KERNEL focalTotal(const int groups, D(part), B(loss), B(divisor)) {
  __local double losses[GROUP];
  __local double counted[GROUP];
  AT(loss) AT(divisor) AS_DOUBLES(part)
  double sum = 0, count = 0;
  for (int g = LANE; g < groups; g += GROUP) { sum += part[2 * g]; count += part[2 * g + 1]; }
  losses[LANE] = sum;
  counted[LANE] = count;
  TREES(losses, counted)
  if (LANE == 0) {
    const double over = counted[0] == 0 ? 1 : counted[0];
    loss[0] = (float)(losses[0] / over);
    divisor[0] = (float)over;
    divisor[1] = (float)(over - (float)over);
  }
}

// ---- Lovasz: errors of each class from the largest on, those of one size in the order of their rows ----------------

#define NONE 0xffffffffffffffffUL

// keys: [columns, length], length a power of two; what is left out, and what fills up, comes last
KERNEL lovaszKeys(const int n, const int rows, const int columns, const int length, B(shares), I(labels), D(keys)) {
  AT(shares) AS_KEYS(keys) EACH(n)
  const int c = i / length, row = i % length;
  ulong key = NONE;
  if (row < rows && labels[row] >= 0) {
    const float error = fabs((labels[row] == c ? 1 : 0) - shares[row * columns + c]);
    key = (ulong)~as_uint(error) << 32 | (uint)row;
  }
  keys[i] = key;
}

// A step of Batcher's bitonic sort: pairs `stride` apart, ascending in every other run of `run`.
KERNEL lovaszSort(const int pairs, const int length, const int run, const int stride, D(keys)) {
  AS_KEYS(keys) EACH(pairs)
  const int low = i / stride * 2 * stride + i % stride, high = low + stride;
  const ulong a = keys[low], b = keys[high];
  if ((a > b) == (((low % length) & run) == 0)) { keys[low] = b; keys[high] = a; }
}

KERNEL lovaszCount(const int rows, I(labels), B(counts)) {
  __local int found[GROUP];
  AT(counts)
  int count = 0;
  for (int r = LANE; r < rows; r += GROUP) count += labels[r] == GROUP_X ? 1 : 0;
  found[LANE] = count;
  TREE(found)
  if (LANE == 0) ((__global int*)counts)[GROUP_X] = found[0];
}

KERNEL zero(const int n, B(out)) { AT(out) EACH(n) out[i] = 0; }

static double jaccard(const int members, const int found, const int seen) {
  return seen == 0 ? 0 : 1 - (double)(members - found) / (members + (seen - found));
}

// A group goes through a class: each item through a stretch, knowing how many members lie before it.
KERNEL lovaszWalk(const int columns, const int length, D(keys), B(shares), I(labels), B(counts), B(gradient), D(part)) {
  __local int before[GROUP];
  __local double losses[GROUP];
  AT(shares) AT(counts) AT(gradient) AS_KEYS(keys) AS_DOUBLES(part)
  const int c = GROUP_X, stretch = (length + GROUP - 1) / GROUP;
  const int from = min(LANE * stretch, length), to = min(from + stretch, length), members = ((__global int*)counts)[c];
  int present = 0, found = 0;
  for (int j = 0; j < columns; j++) present += ((__global int*)counts)[j] > 0 ? 1 : 0;
  keys += (size_t)c * length;
  for (int k = from; k < to; k++) found += keys[k] != NONE && labels[(uint)keys[k]] == c ? 1 : 0;
  before[LANE] = found;
  BARRIER;
  found = 0;
  for (int l = 0; l < LANE; l++) found += before[l];
  double loss = 0;
  for (int k = from; k < to && members > 0; k++) {
    if (keys[k] == NONE) break;
    const int row = (uint)keys[k], member = labels[row] == c;
    const double last = jaccard(members, found, k);
    found += member;
    const double growth = jaccard(members, found, k + 1) - last;
    const float signed_ = shares[row * columns + c] - (member ? 1 : 0);
    loss += fabs(signed_) * growth;
    gradient[row * columns + c] = (float)(sign(signed_) * growth / present) + (isnan(signed_) ? signed_ : 0);
  }
  losses[LANE] = loss;
  TREE(losses)
  if (LANE == 0) part[c] = losses[0];
}

KERNEL lovaszTotal(const int columns, B(counts), D(part), B(loss)) {
  AT(counts) AT(loss) AS_DOUBLES(part)
  if (ITEM > 0) return;
  double sum = 0;
  int present = 0;
  for (int c = 0; c < columns; c++) { sum += part[c]; present += ((__global int*)counts)[c] > 0 ? 1 : 0; }
  loss[0] = (float)(present == 0 ? 0 : sum / present);
}
