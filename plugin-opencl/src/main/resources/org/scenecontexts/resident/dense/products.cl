// Matrix products in tiles of 32 x 32 numbers, sixteen of the inner dimension at a time: each of 64 items computes 4 x 4.
#define TILE 32
#define DEPTH 16

// Group z takes its own `share` of the inner dimension; where there are several, each writes a matrix of partial sums. With
// `many` it takes whole matrices of its own instead.
KERNEL gemm(const int ta, const int tb, const int m, const int n, const int k, const int share, const int many, B(a), B(b), B(c), const int accumulate) {
  __local float as[DEPTH * TILE];
  __local float bs[DEPTH * TILE];
  AT(a) AT(b) AT(c)
  const int m0 = GROUP_X * TILE, n0 = GROUP_Y * TILE, from = many ? 0 : GROUP_Z * share, to = min(k, from + share);
  if (many) { a += (size_t)GROUP_Z * m * k; b += (size_t)GROUP_Z * k * n; }
  const int r = LANE / 8 * 4, q = LANE % 8 * 4;
  float acc[4][4];
  for (int i = 0; i < 4; i++) for (int j = 0; j < 4; j++) acc[i][j] = 0;
  for (int l0 = from; l0 < to; l0 += DEPTH) {
    for (int e = LANE; e < DEPTH * TILE; e += GROUP) {
      const int ai = ta ? e % TILE : e / DEPTH, al = ta ? e / TILE : e % DEPTH, i = m0 + ai, la = l0 + al;
      as[al * TILE + ai] = i < m && la < to ? (ta ? a[la * m + i] : a[i * k + la]) : 0;
      const int bj = tb ? e / DEPTH : e % TILE, bl = tb ? e % DEPTH : e / TILE, j = n0 + bj, lb = l0 + bl;
      bs[bl * TILE + bj] = j < n && lb < to ? (tb ? b[j * k + lb] : b[lb * n + j]) : 0;
    }
    BARRIER;
    for (int l = 0; l < DEPTH; l++) {
      const float4 x = vload4(0, as + l * TILE + r), y = vload4(0, bs + l * TILE + q);
      acc[0][0] += x.x * y.x; acc[0][1] += x.x * y.y; acc[0][2] += x.x * y.z; acc[0][3] += x.x * y.w;
      acc[1][0] += x.y * y.x; acc[1][1] += x.y * y.y; acc[1][2] += x.y * y.z; acc[1][3] += x.y * y.w;
      acc[2][0] += x.z * y.x; acc[2][1] += x.z * y.y; acc[2][2] += x.z * y.z; acc[2][3] += x.z * y.w;
      acc[3][0] += x.w * y.x; acc[3][1] += x.w * y.y; acc[3][2] += x.w * y.z; acc[3][3] += x.w * y.w;
    }
    BARRIER;
  }
  if (get_num_groups(2) > 1) c += (size_t)GROUP_Z * m * n;
  for (int i = 0; i < 4; i++) for (int j = 0; j < 4; j++) {
    if (m0 + r + i < m && n0 + q + j < n) {
      const int at = (m0 + r + i) * n + n0 + q + j;
      c[at] = accumulate ? c[at] + acc[i][j] : acc[i][j];
    }
  }
}

// Sum of the partial matrices, in their order.
KERNEL gemmTotal(const int n, const int shares, B(part), B(c), const int accumulate) {
  AT(part) AT(c)
  const int i = ITEM;
  if (i >= n) return;
  double sum = 0;
  for (int s = 0; s < shares; s++) sum += part[(size_t)s * n + i];
  c[i] = (float)(accumulate ? c[i] + sum : sum);
}
