// Sparse convolution in tiles of 32 rows x 32 channels, sixteen channels of the sum at a time: each of 64 items computes
// 4 x 4 numbers. Any number of rows and channels; wide.cl is for those that fill its tiles. Rows are in the order of the map's
// table, in which rows that have the same neighbours stand together.
#define TILE 32
#define PIECE 16
#define DEPTH 16
#define WORD 30

#define MULTIPLY(as, bs) \
  for (int l = 0; l < DEPTH; l++) { \
    const float4 u = vload4(0, as + l * TILE + r), v = vload4(0, bs + l * TILE + q); \
    acc[0][0] += u.x * v.x; acc[0][1] += u.x * v.y; acc[0][2] += u.x * v.z; acc[0][3] += u.x * v.w; \
    acc[1][0] += u.y * v.x; acc[1][1] += u.y * v.y; acc[1][2] += u.y * v.z; acc[1][3] += u.y * v.w; \
    acc[2][0] += u.z * v.x; acc[2][1] += u.z * v.y; acc[2][2] += u.z * v.z; acc[2][3] += u.z * v.w; \
    acc[3][0] += u.w * v.x; acc[3][1] += u.w * v.y; acc[3][2] += u.w * v.z; acc[3][3] += u.w * v.w; \
  }

// y[perm[u]] = sum over lists k with a neighbour of x[neighbours[k, u]] . W[slices[k]]; transposed: W is read as [cout, cin]
KERNEL conv(const int padded, const int lists, const int cin, const int cout, const int transposed, I(neighbours), I(perm), I(present), const int words, I(slices), B(x), B(w), B(y)) {
  __local float as[DEPTH * TILE];
  __local float bs[DEPTH * TILE];
  AT(x) AT(w) AT(y)
  const int row0 = GROUP_X * TILE, n0 = GROUP_Y * TILE, r = LANE / 8 * 4, q = LANE % 8 * 4;
  float acc[4][4];
  for (int i = 0; i < 4; i++) for (int j = 0; j < 4; j++) acc[i][j] = 0;
  for (int k = 0; k < lists; k++) {
    const int word = row0 / PIECE * words + k / WORD;
    if ((present[word] | present[word + words]) >> (k % WORD) & 1) {
      __global const float* slice = w + (size_t)slices[k] * cin * cout;
      for (int c0 = 0; c0 < cin; c0 += DEPTH) {
        for (int e = LANE; e < DEPTH * TILE; e += GROUP) {
          const int i = e / DEPTH, ca = c0 + e % DEPTH;
          const int from = neighbours[(size_t)k * padded + row0 + i];
          as[e % DEPTH * TILE + i] = from >= 0 && ca < cin ? x[(size_t)from * cin + ca] : 0;
          const int j = transposed ? e / DEPTH : e % TILE, l = transposed ? e % DEPTH : e / TILE, cb = c0 + l;
          bs[l * TILE + j] = n0 + j < cout && cb < cin ? (transposed ? slice[(n0 + j) * cin + cb] : slice[cb * cout + n0 + j]) : 0;
        }
        BARRIER;
        MULTIPLY(as, bs)
        BARRIER;
      }
    }
  }
  for (int i = 0; i < 4; i++) {
    const int to = perm[row0 + r + i];
    for (int j = 0; j < 4; j++) if (to >= 0 && n0 + q + j < cout) y[(size_t)to * cout + n0 + q + j] = acc[i][j];
  }
}

// part[chunk] = sum over the chunk's pairs of x[in]^T g[out]
KERNEL weightPart(const int cin, const int cout, I(in), I(out), I(chunks), B(x), B(g), B(part)) {
  __local float as[DEPTH * TILE];
  __local float bs[DEPTH * TILE];
  AT(x) AT(g) AT(part)
  const int m0 = GROUP_Y * TILE, n0 = GROUP_Z * TILE, r = LANE / 8 * 4, q = LANE % 8 * 4;
  const int from = chunks[GROUP_X], to = chunks[GROUP_X + 1];
  float acc[4][4];
  for (int i = 0; i < 4; i++) for (int j = 0; j < 4; j++) acc[i][j] = 0;
  for (int p0 = from; p0 < to; p0 += DEPTH) {
    for (int e = LANE; e < DEPTH * TILE; e += GROUP) {
      const int l = e / TILE, c = e % TILE, p = p0 + l;
      as[e] = p < to && m0 + c < cin ? x[(size_t)in[p] * cin + m0 + c] : 0;
      bs[e] = p < to && n0 + c < cout ? g[(size_t)out[p] * cout + n0 + c] : 0;
    }
    BARRIER;
    MULTIPLY(as, bs)
    BARRIER;
  }
  if (from == to) return; // nobody reads the part of an empty chunk
  part += (size_t)GROUP_X * cin * cout;
  for (int i = 0; i < 4; i++) for (int j = 0; j < 4; j++)
    if (m0 + r + i < cin && n0 + q + j < cout) part[(m0 + r + i) * cout + n0 + q + j] = acc[i][j];
}

// dw[slices[k]] = sum of the parts of list k, in their order
KERNEL weightTotal(const int n, const int size, I(first), I(slices), B(part), B(dw)) {
  AT(part) AT(dw)
  const int i = ITEM;
  if (i >= n) return;
  const int k = i / size, e = i % size;
  double sum = 0;
  for (int c = first[k]; c < first[k + 1]; c++) sum += part[(size_t)c * size + e];
  dw[(size_t)slices[k] * size + e] = (float)sum;
}

// Weights as wide.cl reads them: at a place that four numbers can be loaded from at once, and [cin, cout] each.
KERNEL pack(const int n, const int cin, const int cout, const int transposed, B(w), B(out)) {
  AT(w) AT(out)
  const int i = ITEM;
  if (i >= n) return;
  const int size = cin * cout, k = i / size, e = i % size;
  out[i] = transposed ? w[(size_t)k * size + e % cout * cin + e / cout] : w[i];
}

// Sum of the parts, in their order.
KERNEL addParts(const int n, const int parts, B(part), P(y)) {
  AT(part) AT_P(y)
  const int i = ITEM;
  if (i >= n) return;
  float sum = part[i];
  for (int p = 1; p < parts; p++) sum += part[(size_t)p * n + i];
  STORE_NUMBER(y, i, sum)
}
