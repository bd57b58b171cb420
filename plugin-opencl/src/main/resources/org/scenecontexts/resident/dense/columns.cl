// What is done to matrices column by column. Sums: one double for each column of each chunk of rows, added up in the order
// of the chunks.

KERNEL addRow(const int n, const int columns, B(x), B(row), B(out)) { AT(x) AT(row) AT(out) EACH(n) out[i] = x[i] + row[i % columns]; }

KERNEL multiplyRow(const int n, const int columns, B(x), B(row), B(out)) { AT(x) AT(row) AT(out) EACH(n) out[i] = x[i] * row[i % columns]; }

KERNEL copyIn(const int n, const int columns, P(x), const int outColumns, const int offset, P(out)) {
  AT_P(x) AT_P(out) EACH(n)
  STORE_NUMBER(out, i / columns * outColumns + offset + i % columns, NUMBER(x, i))
}

KERNEL copyOut(const int n, const int columns, B(x), const int inColumns, const int offset, B(out)) {
  AT(x) AT(out) EACH(n)
  out[i] = x[i / columns * inColumns + offset + i % columns];
}

KERNEL sumPart(const int rows, const int columns, const int chunk, const int items, B(x), D(part)) {
  AT(x) AS_DOUBLES(part) EACH(items)
  const int j = i % columns, from = i / columns * chunk, to = min(rows - from, chunk) + from;
  double sum = 0;
  for (int r = from; r < to; r++) sum += x[r * columns + j];
  part[i] = sum;
}

KERNEL sumAll(const int columns, const int chunks, D(part), B(out), const int accumulate) {
  AT(out) AS_DOUBLES(part) EACH(columns)
  double sum = 0;
  for (int c = 0; c < chunks; c++) sum += part[c * columns + i];
  out[i] = (float)(accumulate ? out[i] + sum : sum);
}

// Distances from the first row and their squares: sound however far the mean is from zero.
KERNEL momentPart(const int rows, const int columns, const int chunk, const int items, P(x), D(part)) {
  AT_P(x) AS_DOUBLES(part) EACH(items)
  const int j = i % columns, from = i / columns * chunk, to = min(rows - from, chunk) + from;
  const double centre = NUMBER(x, j);
  double sum = 0, squares = 0;
  for (int r = from; r < to; r++) { const double d = NUMBER(x, r * columns + j) - centre; sum += d; squares += d * d; }
  part[2 * i] = sum;
  part[2 * i + 1] = squares;
}

KERNEL momentAll(const int rows, const int columns, const int chunks, B(x), D(part), B(mean), B(variance)) {
  AT(x) AT(mean) AT(variance) AS_DOUBLES(part) EACH(columns)
  double sum = 0, squares = 0;
  for (int c = 0; c < chunks; c++) { sum += part[2 * (c * columns + i)]; squares += part[2 * (c * columns + i) + 1]; }
  const double rest = sum / rows, spread = squares / rows - rest * rest;
  mean[i] = (float)(x[i] + rest);
  variance[i] = (float)(spread < 0 ? 0 : spread);
}

// What momentAll, follow, overRoot and multiply do one after the other, rounded at the same places.
KERNEL statistics(const int rows, const int columns, const int chunks, P(x), D(part), B(gamma), const double epsilon, const double weight, const int remembers, B(mean), B(inverseStd), B(scale), B(runningMean), B(runningVariance)) {
  AT_P(x) AT(gamma) AT(mean) AT(inverseStd) AT(scale) AT(runningMean) AT(runningVariance) AS_DOUBLES(part) EACH(columns)
  double sum = 0, squares = 0;
  for (int c = 0; c < chunks; c++) { sum += part[2 * (c * columns + i)]; squares += part[2 * (c * columns + i) + 1]; }
  const double rest = sum / rows, spread = squares / rows - rest * rest;
  const float m = (float)(NUMBER(x, i) + rest), v = (float)(spread < 0 ? 0 : spread);
  if (remembers) {
    runningMean[i] = (float)((1 - weight) * runningMean[i] + weight * m * 1.0);
    runningVariance[i] = (float)((1 - weight) * runningVariance[i] + weight * v * ((double)rows / (rows - 1)));
  }
  const float inverse = (float)(1.0 / sqrt(v + epsilon));
  mean[i] = m;
  inverseStd[i] = inverse;
  scale[i] = gamma[i] * inverse;
}

KERNEL normed(const int n, const int columns, P(x), B(mean), B(scale), B(shift), P(residual), const int adds, const int relu, P(out)) {
  AT_P(x) AT(mean) AT(scale) AT(shift) AT_P(residual) AT_P(out) EACH(n)
  const int j = i % columns;
  float v = (NUMBER(x, i) - mean[j]) * scale[j] + shift[j];
  if (adds) v += NUMBER(residual, i);
  STORE_NUMBER(out, i, relu && v < 0 ? 0 : v)
}

KERNEL normPart(const int rows, const int columns, const int chunk, const int items, P(x), P(y), B(gradOut), B(mean), const int relu, D(part)) {
  AT_P(x) AT_P(y) AT(gradOut) AT(mean) AS_DOUBLES(part) EACH(items)
  const int j = i % columns, from = i / columns * chunk, to = min(rows - from, chunk) + from;
  const double centre = mean[j];
  double sum = 0, products = 0;
  for (int r = from; r < to; r++) {
    const int at = r * columns + j;
    const double g = relu && !(NUMBER(y, at) > 0) ? 0 : gradOut[at];
    sum += g;
    products += g * (NUMBER(x, at) - centre);
  }
  part[2 * i] = sum;
  part[2 * i + 1] = products;
}

// factors: what normGradient multiplies with, three rows
KERNEL normAll(const int rows, const int columns, const int chunks, D(part), B(inverseStd), B(gamma), B(gradGamma), B(gradBeta), B(factors)) {
  AT(inverseStd) AT(gamma) AT(gradGamma) AT(gradBeta) AT(factors) AS_DOUBLES(part) EACH(columns)
  double sum = 0, products = 0;
  for (int c = 0; c < chunks; c++) { sum += part[2 * (c * columns + i)]; products += part[2 * (c * columns + i) + 1]; }
  const double inverse = inverseStd[i], slope = products * inverse, a = gamma[i] * inverse;
  gradBeta[i] = (float)sum;
  gradGamma[i] = (float)slope;
  factors[i] = (float)a;
  factors[columns + i] = (float)(a * slope * inverse / rows);
  factors[2 * columns + i] = (float)(a * sum / rows);
}

KERNEL normGradient(const int n, const int columns, P(x), P(y), B(gradOut), B(mean), const int relu, B(factors), B(gradIn), B(gradResidual), const int residual) {
  AT_P(x) AT_P(y) AT(gradOut) AT(mean) AT(factors) AT(gradIn) AT(gradResidual) EACH(n)
  const int j = i % columns;
  const float g = relu && !(NUMBER(y, i) > 0) ? 0 : gradOut[i], d = NUMBER(x, i) - mean[j];
  if (residual) gradResidual[i] = g;
  gradIn[i] = factors[j] * g - (d * factors[columns + j] + factors[2 * columns + j]);
}
