// Sparse convolution for shapes that fill these tiles: 64 rows x BN channels by 128 items, and 2 DM items for gradients of
// weights. cin a multiple of DEPTH, cout of BN, x and w at places that four numbers can be loaded from at once. While one stage
// is multiplied from local memory the next is on its way in registers.
#define ITEMS 128
#define BM 64
#define PIECE 16
#define DEPTH 16
#define WORD 30
#define LOAD4(p) (*(__global const float4*)(p))

#ifdef BN
// Items stand 8 wide and 16 deep; 32 items, a warp where there are such, share one piece of 16 rows.
#define LDA (DEPTH / 4 + 1)
#define WIDE4 (BN / 4)
#define RUN (BN / 32)
#define LOADS_A (BM * DEPTH / 4 / ITEMS)
#define LOADS_B ((DEPTH * WIDE4 + ITEMS - 1) / ITEMS)

// The next list of a part that some row of the tile has; `lists` when there is none.
static int following(int k, const int parts, const int lists, const int words, __global const int* pieces) {
  for (k += parts; k < lists; k += parts) {
    int word = 0;
    for (int p = 0; p < BM / PIECE; p++) word |= pieces[p * words + k / WORD];
    if (word >> (k % WORD) & 1) return k;
  }
  return lists;
}

#define FETCH \
  _Pragma("unroll") for (int p = 0; p < LOADS_A; p++) { \
    const int from = neighbours[(size_t)k * padded + row0 + ar + p * (ITEMS * 4 / DEPTH)]; \
    ra[p] = from >= 0 ? LOAD4(x + (size_t)from * cin + c0 + aq * 4) : OF4(float, 0, 0, 0, 0); \
  } \
  { __global const float* slice = w + ((size_t)slices[k] * cin + c0) * cout + n0; \
  _Pragma("unroll") for (int p = 0; p < LOADS_B; p++) { \
    const int e = LANE + p * ITEMS; \
    if (LOADS_B * ITEMS == DEPTH * WIDE4 || e < DEPTH * WIDE4) rb[p] = LOAD4(slice + (size_t)(e / WIDE4) * cout + e % WIDE4 * 4); \
  } }

#define STORE(s) \
  _Pragma("unroll") for (int p = 0; p < LOADS_A; p++) as[s][(ar + p * (ITEMS * 4 / DEPTH)) * LDA + aq] = ra[p]; \
  _Pragma("unroll") for (int p = 0; p < LOADS_B; p++) { \
    const int e = LANE + p * ITEMS; \
    if (LOADS_B * ITEMS == DEPTH * WIDE4 || e < DEPTH * WIDE4) bs[s][e] = rb[p]; \
  }

#define STEP(l, A) \
  _Pragma("unroll") for (int j = 0; j < RUN; j++) { \
    const float4 b = bs[s][(d * 4 + l) * WIDE4 + tn + j * 8]; \
    _Pragma("unroll") for (int i = 0; i < 4; i++) acc[i][j] += a[i].A * b; \
  }

// As conv of conv.cl; group z takes every parts-th list and, where there are several, writes a matrix of partial sums.
KERNEL_OF(ITEMS) wide(const int rows, const int padded, const int lists, const int cin, const int cout, const int parts, I(neighbours), I(perm), I(present), const int words, I(slices), B(x), B(w), B(y)) {
  __local float4 as[2][BM * LDA];
  __local float4 bs[2][DEPTH * WIDE4];
  AT(x) AT(w) AT(y)
  const int row0 = GROUP_X * BM, n0 = GROUP_Y * BN;
  const int tn = LANE % 8, piece = LANE / 32, tr = piece * PIECE + LANE / 8 % 4;
  const int ar = LANE / (DEPTH / 4), aq = LANE % (DEPTH / 4);
  __global const int* pieces = present + row0 / PIECE * words;
  float4 acc[4][RUN], ra[LOADS_A], rb[LOADS_B];
  for (int i = 0; i < 4; i++) for (int j = 0; j < RUN; j++) acc[i][j] = OF4(float, 0, 0, 0, 0);
  int k = following(GROUP_Z - parts, parts, lists, words, pieces), c0 = 0, s = 0;
  if (k < lists) { FETCH STORE(0) }
  BARRIER;
  while (k < lists) {
    const int mine = pieces[piece * words + k / WORD] >> (k % WORD) & 1;
    c0 += DEPTH;
    if (c0 >= cin) { c0 = 0; k = following(k, parts, lists, words, pieces); }
    if (k < lists) { FETCH }
    if (mine) {
      for (int d = 0; d < DEPTH / 4; d++) {
        float4 a[4];
#pragma unroll
        for (int i = 0; i < 4; i++) a[i] = as[s][(tr + i * 4) * LDA + d];
        STEP(0, x) STEP(1, y) STEP(2, z) STEP(3, w)
      }
    }
    if (k < lists) { STORE(1 - s) }
    s = 1 - s;
    BARRIER;
  }
  if (parts > 1) y += (size_t)GROUP_Z * rows * cout;
  for (int i = 0; i < 4; i++) {
    const int to = perm[row0 + tr + i * 4];
    if (to >= 0) for (int j = 0; j < RUN; j++) vstore4(acc[i][j], 0, y + (size_t)to * cout + n0 + (tn + j * 8) * 4);
  }
}
#endif

#ifdef DM
// part[chunk] = sum over the chunk's pairs of x[in]^T g[out], DM x DN of it; cin a multiple of DM, cout of DN
#define X4 (DM / 4)
#define G4 (DN / 4)
#define RUN_W (DN / 32)
#define LOADS_X ((DEPTH * X4 + 2 * DM - 1) / (2 * DM))
#define LOADS_G ((DEPTH * G4 + 2 * DM - 1) / (2 * DM))

#define FETCH_W(p0) \
  _Pragma("unroll") for (int i = 0; i < LOADS_X; i++) { \
    const int e = LANE + i * 2 * DM, p = (p0) + e / X4; \
    rx[i] = e < DEPTH * X4 && p < to ? LOAD4(x + (size_t)in[p] * cin + m0 + e % X4 * 4) : OF4(float, 0, 0, 0, 0); \
  } \
  _Pragma("unroll") for (int i = 0; i < LOADS_G; i++) { \
    const int e = LANE + i * 2 * DM, p = (p0) + e / G4; \
    rg[i] = e < DEPTH * G4 && p < to ? LOAD4(g + (size_t)out[p] * cout + n0 + e % G4 * 4) : OF4(float, 0, 0, 0, 0); \
  }

#define STORE_W(s) \
  _Pragma("unroll") for (int i = 0; i < LOADS_X; i++) { const int e = LANE + i * 2 * DM; if (e < DEPTH * X4) xs[s][e] = rx[i]; } \
  _Pragma("unroll") for (int i = 0; i < LOADS_G; i++) { const int e = LANE + i * 2 * DM; if (e < DEPTH * G4) gs[s][e] = rg[i]; }

KERNEL_OF(2 * DM) wideWeights(const int cin, const int cout, I(in), I(out), I(chunks), B(x), B(g), B(part)) {
  __local float4 xs[2][DEPTH * X4];
  __local float4 gs[2][DEPTH * G4];
  AT(x) AT(g) AT(part)
  const int m0 = GROUP_Y * DM, n0 = GROUP_Z * DN, tn = LANE % 8, tm = LANE / 8;
  const int from = chunks[GROUP_X], to = chunks[GROUP_X + 1];
  float4 acc[4][RUN_W], rx[LOADS_X], rg[LOADS_G];
  for (int i = 0; i < 4; i++) for (int j = 0; j < RUN_W; j++) acc[i][j] = OF4(float, 0, 0, 0, 0);
  int s = 0;
  FETCH_W(from)
  STORE_W(0)
  BARRIER;
  for (int p0 = from; p0 < to; p0 += DEPTH) {
    if (p0 + DEPTH < to) { FETCH_W(p0 + DEPTH) }
    for (int l = 0; l < DEPTH; l++) {
      const float4 a = xs[s][l * X4 + tm];
#pragma unroll
      for (int j = 0; j < RUN_W; j++) {
        const float4 b = gs[s][l * G4 + tn + j * 8];
        acc[0][j] += a.x * b; acc[1][j] += a.y * b; acc[2][j] += a.z * b; acc[3][j] += a.w * b;
      }
    }
    if (p0 + DEPTH < to) { STORE_W(1 - s) }
    s = 1 - s;
    BARRIER;
  }
  if (from == to) return; // nobody reads the part of an empty chunk
  part += (size_t)GROUP_X * cin * cout;
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < RUN_W; j++) vstore4(acc[i][j], 0, part + (size_t)(m0 + tm * 4 + i) * cout + n0 + (tn + j * 8) * 4);
}
#endif
