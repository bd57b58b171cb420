// What is done to every number alone, sums over everything, and optimizers.

KERNEL fill(const int n, const float value, B(out)) { AT(out) EACH(n) out[i] = value; }

KERNEL broadcast(const int n, B(value), B(out)) { AT(value) AT(out) EACH(n) out[i] = value[0]; }

KERNEL copy(const int n, B(x), B(out)) { AT(x) AT(out) EACH(n) out[i] = x[i]; }

KERNEL add(const int n, B(x), B(y), B(out)) { AT(x) AT(y) AT(out) EACH(n) out[i] = x[i] + y[i]; }

KERNEL subtract(const int n, B(x), B(y), B(out)) { AT(x) AT(y) AT(out) EACH(n) out[i] = x[i] - y[i]; }

KERNEL multiply(const int n, B(x), B(y), B(out)) { AT(x) AT(y) AT(out) EACH(n) out[i] = x[i] * y[i]; }

KERNEL scale(const int n, const float alpha, B(x), B(out)) { AT(x) AT(out) EACH(n) out[i] = alpha * x[i]; }

KERNEL scaleBy(const int n, B(alpha), B(x), B(out)) { AT(alpha) AT(x) AT(out) EACH(n) out[i] = alpha[0] * x[i]; }

KERNEL axpy(const int n, const float alpha, B(x), B(y)) { AT(x) AT(y) EACH(n) y[i] = y[i] + alpha * x[i]; }

KERNEL relu(const int n, B(x), B(out)) { AT(x) AT(out) EACH(n) const float v = x[i]; out[i] = v < 0 ? 0 : v; }

KERNEL reluBackward(const int n, B(y), B(gradOut), B(gradIn)) {
  AT(y) AT(gradOut) AT(gradIn) EACH(n)
  gradIn[i] = y[i] > 0 ? gradOut[i] : 0;
}

KERNEL overRoot(const int n, const double numerator, B(variance), const double epsilon, B(out)) {
  AT(variance) AT(out) EACH(n)
  out[i] = (float)(numerator / sqrt(variance[i] + epsilon));
}

KERNEL overRootOf(const int n, B(numerator), B(variance), const double epsilon, B(out)) {
  AT(numerator) AT(variance) AT(out) EACH(n)
  out[i] = (float)(numerator[i] / sqrt(variance[i] + epsilon));
}

KERNEL follow(const int n, const double weight, const double factor, B(batch), B(running)) {
  AT(batch) AT(running) EACH(n)
  running[i] = (float)((1 - weight) * running[i] + weight * batch[i] * factor);
}

KERNEL crossEntropyBackward(const int n, B(gradOut), B(divisor), B(gradient)) {
  AT(gradOut) AT(divisor) AT(gradient) EACH(n)
  gradient[i] *= (float)(gradOut[0] / ((double)divisor[0] + divisor[1]));
}

// ---- sums over everything -----------------------------------------------------------------------------------------

// mode 0: sum, 1: sum of squares, 2: how many are not finite; one partial result for each group's numbers
KERNEL partials(const int n, const int mode, const int chunk, B(x), __global float* part_, const int part_at, const int first) {
  __local double s[GROUP];
  AT(x)
  __global double* part = (__global double*)(part_ + part_at);
  const int from = GROUP_X * chunk, to = min(n - from, chunk) + from;
  double sum = 0;
  for (int i = from + LANE; i < to; i += GROUP) {
    const float v = x[i];
    sum += mode == 0 ? (double)v : mode == 1 ? (double)v * v : isfinite(v) ? 0.0 : 1.0;
  }
  s[LANE] = sum;
  TREE(s)
  if (LANE == 0) part[first + GROUP_X] = s[0];
}

KERNEL total(const int count, const int mode, const double limit, __global float* part_, const int part_at, B(out)) {
  __local double s[GROUP];
  AT(out)
  __global const double* part = (__global const double*)(part_ + part_at);
  double sum = 0;
  for (int i = LANE; i < count; i += GROUP) sum += part[i];
  s[LANE] = sum;
  TREE(s)
  if (LANE == 0) {
    if (mode == 0) out[0] = (float)s[0];
    if (mode == 1) {
      const double norm = sqrt(s[0]);
      out[0] = (float)norm;
      out[1] = norm > limit ? (float)(limit / (norm + 1e-6)) : 1;
      out[2] = isfinite(norm) ? 1 : 0;
    }
    if (mode == 2) out[0] = s[0] == 0 ? 1 : 0;
  }
}

// ---- optimizers ---------------------------------------------------------------------------------------------------

KERNEL sgd(const int n, B(parameter), B(gradient), B(momentum), const int remembers, B(step), B(flag), const int flagged, const float decay) {
  AT(parameter) AT(gradient) AT(momentum) AT(step) AT(flag) EACH(n)
  if (flagged && flag[2] == 0) return;
  const float rate = step[0], keep = step[1], take = step[2], look = step[3];
  const float d = gradient[i] + decay * parameter[i];
  float way = d;
  if (remembers) {
    const float m = keep == 0 ? take * d : keep * momentum[i] + take * d;
    momentum[i] = m;
    way = look == 0 ? m : d + look * m;
  }
  parameter[i] -= rate * way;
}

KERNEL adam(const int n, B(parameter), B(gradient), B(first), B(second), B(step), B(flag), const int flagged, const float epsilon, const float coupled) {
  AT(parameter) AT(gradient) AT(first) AT(second) AT(step) AT(flag) EACH(n)
  if (flagged && flag[2] == 0) return;
  const float p = parameter[i], d = gradient[i] + coupled * p;
  const float m = step[1] * first[i] + step[3] * d, v = step[2] * second[i] + step[4] * d * d;
  first[i] = m;
  second[i] = v;
  parameter[i] = p * step[6] - step[0] * m / (sqrt(v) * step[5] + epsilon);
}
