// What is done to matrices row by row.

KERNEL gather(const int n, const int columns, B(x), I(index), B(out)) {
  AT(x) AT(out) EACH(n)
  out[i] = x[index[i / columns] * columns + i % columns];
}

// start, order: which places choose each row, so that each row is added up in the order of the places
KERNEL scatterChosen(const int n, const int columns, B(x), I(start), I(order), B(out)) {
  AT(x) AT(out) EACH(n)
  const int row = i / columns, j = i % columns;
  float sum = out[i];
  for (int p = start[row]; p < start[row + 1]; p++) sum += x[order[p] * columns + j];
  out[i] = sum;
}

// Where nobody knows who chooses a row, each looks through the whole index.
KERNEL scatterSearched(const int n, const int count, const int columns, B(x), I(index), B(out)) {
  AT(x) AT(out) EACH(n)
  const int row = i / columns, j = i % columns;
  float sum = out[i];
  for (int p = 0; p < count; p++) if (index[p] == row) sum += x[p * columns + j];
  out[i] = sum;
}

// Not-a-number wins, so that it is not hidden.
KERNEL groupMax(const int n, const int size, const int columns, B(x), B(out), I(winner)) {
  AT(x) AT(out) EACH(n)
  const int j = i % columns, first = i / columns * size;
  float best = x[first * columns + j];
  int at = first;
  for (int row = first + 1; row < first + size; row++) {
    const float v = x[row * columns + j];
    if (!(v <= best) && !isnan(best)) { best = v; at = row; }
  }
  out[i] = best;
  winner[i] = at;
}

KERNEL groupMaxBackward(const int n, const int size, const int columns, B(gradOut), I(winner), B(gradIn)) {
  AT(gradOut) AT(gradIn) EACH(n)
  const int row = i / columns, from = row / size * columns + i % columns;
  gradIn[i] = winner[from] == row ? gradOut[from] : 0;
}

KERNEL normalizeRows(const int rows, const int columns, B(x), B(norms), B(out)) {
  AT(x) AT(norms) AT(out) EACH(rows)
  double squares = 0;
  for (int j = i * columns; j < (i + 1) * columns; j++) squares += (double)x[j] * x[j];
  const float norm = (float)sqrt(squares);
  norms[i] = norm;
  for (int j = i * columns; j < (i + 1) * columns; j++) out[j] = x[j] / norm;
}

KERNEL normalizeRowsBackward(const int rows, const int columns, B(y), B(norms), B(gradOut), B(gradIn)) {
  AT(y) AT(norms) AT(gradOut) AT(gradIn) EACH(rows)
  double along = 0;
  for (int j = i * columns; j < (i + 1) * columns; j++) along += (double)y[j] * gradOut[j];
  const float share = (float)along, norm = norms[i];
  for (int j = i * columns; j < (i + 1) * columns; j++) gradIn[j] = (gradOut[j] - y[j] * share) / norm;
}

// Largest; not-a-number if one is.
static float largest(__global const float* x, const int columns) {
  float max = -INFINITY;
  for (int j = 0; j < columns; j++) max = isnan(max) || x[j] <= max ? max : x[j];
  return max;
}

KERNEL softmax(const int rows, const int columns, B(x), B(out)) {
  AT(x) AT(out) EACH(rows)
  x += i * columns;
  out += i * columns;
  const float max = largest(x, columns);
  double sum = 0;
  for (int j = 0; j < columns; j++) { const float e = exp(x[j] - max); out[j] = e; sum += e; }
  const float factor = (float)(1 / sum);
  for (int j = 0; j < columns; j++) out[j] *= factor;
}

// ---- losses: two doubles for each group of rows, then their sums in order ---------------------------------------------


KERNEL hits(const int rows, const int columns, B(scores), I(labels), D(part)) {
  __local double correct[GROUP];
  __local double labelled[GROUP];
  AT(scores) AS_DOUBLES(part)
  const int i = ITEM;
  correct[LANE] = 0;
  labelled[LANE] = 0;
  if (i < rows && labels[i] >= 0) {
    scores += i * columns;
    int best = 0;
    for (int j = 1; j < columns; j++) if (scores[j] > scores[best]) best = j;
    labelled[LANE] = 1;
    correct[LANE] = best == labels[i] ? 1 : 0;
  }
  TREES(correct, labelled)
  if (LANE == 0) { part[2 * GROUP_X] = correct[0]; part[2 * GROUP_X + 1] = labelled[0]; }
}

// With weights and smoothing the smoothed share of class c counts with its own weight, and the divisor is the weight of the
// labels, as in PyTorch.
KERNEL crossEntropy(const int rows, const int columns, B(logits), I(labels), const float smoothing, B(weights), const int weighted, B(gradient), D(part)) {
  __local double losses[GROUP];
  __local double counted[GROUP];
  AT(logits) AT(weights) AT(gradient) AS_DOUBLES(part)
  const int i = ITEM;
  double loss = 0, weight = 0;
  if (i < rows) {
    logits += i * columns;
    gradient += i * columns;
    const int label = labels[i];
    if (label < 0) {
      for (int j = 0; j < columns; j++) gradient[j] = 0;
    } else {
      const double share = smoothing / (double)columns;
      const float max = largest(logits, columns);
      double sum = 0, all = 0;
      for (int j = 0; j < columns; j++) {
        const float e = exp(logits[j] - max);
        gradient[j] = e;
        sum += e;
        all += weighted ? weights[j] : 1;
      }
      weight = weighted ? weights[label] : 1;
      const double logSum = max + log(sum), own = (1 - (double)smoothing) * weight;
      loss = own * (logSum - logits[label]);
      const float factor = (float)((own + (smoothing > 0 ? share * all : 0)) / sum);
      for (int j = 0; j < columns; j++) {
        float g = gradient[j] * factor;
        if (j == label) g -= (float)own;
        if (smoothing > 0) {
          const double piece = share * (weighted ? weights[j] : 1);
          loss += piece * (logSum - logits[j]);
          g -= (float)piece;
        }
        gradient[j] = g;
      }
    }
  }
  losses[LANE] = loss;
  counted[LANE] = weight;
  TREES(losses, counted)
  if (LANE == 0) { part[2 * GROUP_X] = losses[0]; part[2 * GROUP_X + 1] = counted[0]; }
}

// mode 0: out = a / b; 1: out = a / b or a, and the divisor in two parts
KERNEL pairTotal(const int count, const int mode, D(part), B(out), B(divisor)) {
  __local double a[GROUP];
  __local double b[GROUP];
  AT(out) AT(divisor) AS_DOUBLES(part)
  double first = 0, second = 0;
  for (int i = LANE; i < count; i += GROUP) { first += part[2 * i]; second += part[2 * i + 1]; }
  a[LANE] = first;
  b[LANE] = second;
  TREES(a, b)
  if (LANE == 0) {
    if (mode == 0) {
      out[0] = (float)(a[0] / b[0]);
    } else {
      const double over = b[0] == 0 ? 1 : b[0];
      out[0] = (float)(a[0] / over);
      divisor[0] = (float)over;
      divisor[1] = (float)(over - (float)over);
    }
  }
}
