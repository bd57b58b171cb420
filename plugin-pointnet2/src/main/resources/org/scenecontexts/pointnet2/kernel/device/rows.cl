// What is computed over neighbours that were found. Sums that go to a row are taken in the order of the index: nothing is
// added to memory that another item adds to. Rounded as on the processor: nothing is merged into one rounding, and quotients and
// roots, which a device may round otherwise in single precision, go through double.
#pragma OPENCL FP_CONTRACT OFF
#define QUOTIENT(a, b) ((float)((double)(a) / (double)(b)))
#define ROOT(x) ((float)sqrt((double)(x)))

// out[i, 0..lead) = (points[index[i]] - centres[i / samples]) / scale, then channels of features
KERNEL group(const int n, const int samples, const int lead, const int channels, const float scale, B(points), I(index), B(centres), B(features), B(out)) {
  AT(points) AT(centres) AT(features) AT(out) EACH(n)
  const int width = lead + channels, at = i / width, j = i % width, row = index[at];
  out[i] = j < lead ? QUOTIENT(points[row * lead + j] - centres[at / samples * lead + j], scale) : features[row * channels + j - lead];
}

// out[row] = sum of weight * g[user / terms, skip ..] over the users of the row, / divisor; weights of 1 where there are none
KERNEL gatherSum(const int n, const int columns, const int terms, const int width, const int skip, const int weighted, const float divisor, I(start), I(order), B(weights), B(g), B(out)) {
  AT(weights) AT(g) AT(out) EACH(n)
  const int row = i / columns, j = i % columns + skip;
  float sum = 0;
  for (int u = start[row]; u < start[row + 1]; u++) {
    const int who = order[u];
    const float v = g[who / terms * width + j];
    sum += weighted ? v * weights[who] : v;
  }
  out[i] = divisor == 1 ? sum : QUOTIENT(sum, divisor);
}

// out[r] = sum of the samples of g of row r, / divisor
KERNEL sumSamples(const int n, const int samples, const int columns, const float divisor, B(g), B(out)) {
  AT(g) AT(out) EACH(n)
  const int row = i / columns, j = i % columns;
  float sum = 0;
  for (int s = row * samples; s < (row + 1) * samples; s++) sum += g[s * columns + j];
  out[i] = QUOTIENT(sum, divisor);
}

// Gradient of squared distances: twice that of each distance, none where there is no neighbour.
#define FACTOR(s, g) (isinf(s) ? 0.0f : 2 * (g))

KERNEL distancePoints(const int n, const int columns, const int count, I(start), I(order), B(points), B(queries), B(distance), B(g), B(out)) {
  AT(points) AT(queries) AT(distance) AT(g) AT(out) EACH(n)
  const int row = i / columns, j = i % columns;
  float sum = 0;
  for (int u = start[row]; u < start[row + 1]; u++) {
    const int who = order[u];
    sum += FACTOR(distance[who], g[who]) * (points[i] - queries[who / count * columns + j]);
  }
  out[i] = sum;
}

KERNEL distanceQueries(const int n, const int columns, const int count, I(index), B(points), B(queries), B(distance), B(g), B(out)) {
  AT(points) AT(queries) AT(distance) AT(g) AT(out) EACH(n)
  const int row = i / columns, j = i % columns;
  float sum = 0;
  for (int who = row * count; who < (row + 1) * count; who++) {
    sum += FACTOR(distance[who], g[who]) * (queries[i] - points[index[who] * columns + j]);
  }
  out[i] = sum;
}

KERNEL inverseDistances(const int n, const int terms, B(distance), B(weights)) {
  AT(distance) AT(weights) EACH(n)
  float sum = 0;
  for (int j = i * terms; j < (i + 1) * terms; j++) {
    const float w = QUOTIENT(1.0f, ROOT(distance[j]) + 1e-8f);
    weights[j] = w;
    sum += w;
  }
  for (int j = i * terms; j < (i + 1) * terms; j++) weights[j] = QUOTIENT(weights[j], sum);
}

KERNEL inverseDistancesBackward(const int n, const int terms, B(distance), B(weights), B(g), B(out)) {
  AT(distance) AT(weights) AT(g) AT(out) EACH(n)
  float mean = 0;
  for (int j = i * terms; j < (i + 1) * terms; j++) mean += g[j] * weights[j];
  for (int j = i * terms; j < (i + 1) * terms; j++) {
    const float d = ROOT(distance[j]);
    const float slope = QUOTIENT(-weights[j], (d + 1e-8f) * 2 * d);
    out[j] = d == 0 || isinf(d) ? 0 : (g[j] - mean) * slope;
  }
}

KERNEL interpolate(const int n, const int terms, const int columns, I(index), B(weights), B(features), B(out)) {
  AT(weights) AT(features) AT(out) EACH(n)
  const int row = i / columns, j = i % columns;
  float sum = 0;
  for (int t = row * terms; t < (row + 1) * terms; t++) sum += weights[t] * features[index[t] * columns + j];
  out[i] = sum;
}

KERNEL interpolateWeights(const int n, const int terms, const int columns, I(index), B(features), B(g), B(out)) {
  AT(features) AT(g) AT(out) EACH(n)
  float sum = 0;
  for (int j = 0; j < columns; j++) sum += g[i / terms * columns + j] * features[index[i] * columns + j];
  out[i] = sum;
}
