// Matrix products for shapes that fill these tiles: 64 rows x BN columns by 128 items, sixteen of the inner dimension at a time. n a multiple
// of BN; k a multiple of 4 where an operand lies along it, else m; a and b at places that four numbers can be loaded from at once. While
// one stage is multiplied from local memory the next is on its way in registers. Sums have the order of gemm of products.cl.
#define ITEMS 128
#define BM 64
#define DEPTH 16
#define DEPTH4 (DEPTH / 4)
#define BM4 (BM / 4)
#define BN4 (BN / 4)
#define RUN (BN / 32)
#define LDA (BM4 + 1)
#define LOADS_A (BM * DEPTH4 / ITEMS)
#define LOADS_B (BN * DEPTH4 / ITEMS)
#define LOAD4(p) (*(__global const float4*)(p))
#define NONE4 OF4(float, 0, 0, 0, 0)

// Four numbers along the inner dimension, put below one another: number `at` of rows that are `ld` long.
#define PUT_DOWN(to, ld, l, at, v) { \
  TO_LOCAL float* to_ = (TO_LOCAL float*)(to) + (l) * (ld) + (at); \
  to_[0] = v.x; to_[ld] = v.y; to_[2 * (ld)] = v.z; to_[3 * (ld)] = v.w; }

#define FETCH(first) \
  _Pragma("unroll") for (int p = 0; p < LOADS_A; p++) { \
    const int e = LANE + p * ITEMS; \
    if (ta) { \
      const int l = (first) + e / BM4, i = m0 + e % BM4 * 4; \
      ra[p] = l < to && i < m ? LOAD4(a + (size_t)l * m + i) : NONE4; \
    } else { \
      const int l = (first) + e % DEPTH4 * 4, i = m0 + e / DEPTH4; \
      ra[p] = l < to && i < m ? LOAD4(a + (size_t)i * k + l) : NONE4; \
    } \
  } \
  _Pragma("unroll") for (int p = 0; p < LOADS_B; p++) { \
    const int e = LANE + p * ITEMS; \
    if (tb) { \
      const int l = (first) + e % DEPTH4 * 4; \
      rb[p] = l < to ? LOAD4(b + (size_t)(n0 + e / DEPTH4) * k + l) : NONE4; \
    } else { \
      const int l = (first) + e / BN4; \
      rb[p] = l < to ? LOAD4(b + (size_t)l * n + n0 + e % BN4 * 4) : NONE4; \
    } \
  }

#define STASH(s) \
  _Pragma("unroll") for (int p = 0; p < LOADS_A; p++) { \
    const int e = LANE + p * ITEMS; \
    if (ta) as[s][e / BM4 * LDA + e % BM4] = ra[p]; \
    else PUT_DOWN(as[s], LDA * 4, e % DEPTH4 * 4, e / DEPTH4, ra[p]) \
  } \
  _Pragma("unroll") for (int p = 0; p < LOADS_B; p++) { \
    const int e = LANE + p * ITEMS; \
    if (tb) PUT_DOWN(bs[s], BN, e % DEPTH4 * 4, e / DEPTH4, rb[p]) \
    else bs[s][e] = rb[p]; \
  }

KERNEL_OF(ITEMS) wideGemm(const int ta, const int tb, const int m, const int n, const int k, const int share, B(a), B(b), B(c), const int accumulate) {
  __local float4 as[2][DEPTH * LDA];
  __local float4 bs[2][DEPTH * BN4];
  AT(a) AT(b) AT(c)
  const int m0 = GROUP_X * BM, n0 = GROUP_Y * BN, from = GROUP_Z * share, to = min(k, from + share);
  const int tn = LANE % 8, tr = LANE / 8;
  float4 acc[4][RUN], ra[LOADS_A], rb[LOADS_B];
  for (int i = 0; i < 4; i++) for (int j = 0; j < RUN; j++) acc[i][j] = NONE4;
  int s = 0;
  FETCH(from)
  STASH(0)
  BARRIER;
  for (int l0 = from; l0 < to; l0 += DEPTH) {
    const int more = l0 + DEPTH < to;
    if (more) { FETCH(l0 + DEPTH) }
#pragma unroll
    for (int l = 0; l < DEPTH; l++) {
      const float4 x = as[s][l * LDA + tr];
#pragma unroll
      for (int j = 0; j < RUN; j++) {
        const float4 y = bs[s][l * BN4 + tn + j * 8];
        acc[0][j] += x.x * y;
        acc[1][j] += x.y * y;
        acc[2][j] += x.z * y;
        acc[3][j] += x.w * y;
      }
    }
    if (more) { STASH(1 - s) }
    s = 1 - s;
    BARRIER;
  }
  if (get_num_groups(2) > 1) c += (size_t)GROUP_Z * m * n;
  for (int i = 0; i < 4; i++) {
    const int row = m0 + tr * 4 + i;
    if (row < m) for (int j = 0; j < RUN; j++) {
      __global float* to_ = c + (size_t)row * n + n0 + (tn + j * 8) * 4;
      float4 v = acc[i][j];
      if (accumulate) v = vload4(0, to_) + v;
      vstore4(v, 0, to_);
    }
  }
}
