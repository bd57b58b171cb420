// Matrix products by matrix units (matrix.cl): operands are rounded, put into words and filled up with zeros to whole tiles, then
// multiplied in tiles of 64 rows x BN columns by four warps, each of which has 32 rows and half of the columns.
#define TILE 32

#ifndef BN
// a: [m, k]; out: [m, words]
KERNEL packLeft(const int n, const int k, const int words, P(a), B(out)) {
  AT_P(a) AT(out) EACH(n)
  const int c = i % words * PER_WORD;
  ((__global uint*)out)[i] = WORD_OF(a, (size_t)(i / words) * k + c, 1, k - c);
}

// a: [k, m]; out: [m, words], through a tile, so that neighbours are read and written together
KERNEL packLeftTransposed(const int m, const int k, const int words, P(a), B(out)) {
  __local float tile[TILE * (TILE + 1)];
  AT_P(a) AT(out)
  const int m0 = GROUP_X * TILE, k0 = GROUP_Y * TILE;
  for (int e = LANE; e < TILE * TILE; e += GROUP) {
    const int row = e % TILE, c = e / TILE;
    tile[c * (TILE + 1) + row] = m0 + row < m && k0 + c < k ? NUMBER(a, (size_t)(k0 + c) * m + m0 + row) : 0;
  }
  BARRIER;
  for (int e = LANE; e < TILE * TILE / PER_WORD; e += GROUP) {
    const int row = e / (TILE / PER_WORD), word = e % (TILE / PER_WORD);
    TO_LOCAL const float* first = tile + word * PER_WORD * (TILE + 1) + row;
    if (m0 + row < m) ((__global uint*)out)[(size_t)(m0 + row) * words + k0 / PER_WORD + word] = WORD(first[0], first[TILE + 1]);
  }
}

// b: [k, n], transposed [n, k]; out: [words, wide]
KERNEL packRight(const int items, const int transposed, const int n, const int k, const int wide, P(b), B(out)) {
  AT_P(b) AT(out) EACH(items)
  const int c = i / wide * PER_WORD, j = i % wide;
  const size_t first = transposed ? (size_t)j * k + c : (size_t)c * n + j;
  ((__global uint*)out)[i] = WORD_OF(b, first, transposed ? 1 : n, j < n ? k - c : 0);
}
#else
#define BM 64
#define ITEMS 128
#define WORDS 16
#define MI 2
#define NI (BN / 16)
#define LDA (WORDS + 4)
#define LDB (BN + 8)
#define STAGE (BM * LDA + WORDS * LDB)
#define LOAD_STAGE(s, word) { \
  TO_LOCAL uint* as_ = room + (s) * STAGE; \
  TO_LOCAL uint* bs_ = as_ + BM * LDA; \
  UNROLL for (int p = 0; p < 2; p++) { \
    const int r_ = ar + p * (BM / 2), there_ = row0 + r_ < m; \
    COPY16(as_ + r_ * LDA + aq, aw + (size_t)(there_ ? row0 + r_ : 0) * words + (word) + aq, there_); \
  } \
  UNROLL for (int p = 0; p < WORDS * BN / 4 / ITEMS; p++) { \
    const int e_ = LANE + p * ITEMS, r_ = e_ / (BN / 4), c_ = e_ % (BN / 4) * 4; \
    COPY16(bs_ + r_ * LDB + c_, bw + (size_t)((word) + r_) * wide + n0 + c_, 1); \
  } }
#define ROW(r) (row0 + (r) < m ? row0 + (r) : -1)

// Group z takes its own `share` of the words of the inner dimension; where there are several, each writes a matrix of partial sums.
KERNEL_OF(ITEMS) product(const int m, const int n, const int words, const int wide, const int share, B(a), B(b), B(c)) {
  __local uint room[STAGES * STAGE] __attribute__((aligned(16)));
  EXCHANGE(ITEMS)
  const int both = n % 2 == 0 && c_at % 2 == 0;
  AT(a) AT(b) AT(c)
  __global const uint* aw = (__global const uint*)a;
  __global const uint* bw = (__global const uint*)b;
  const int row0 = GROUP_X * BM, n0 = GROUP_Y * BN, begin = GROUP_Z * share, total = (min(words, begin + share) - begin) / WORDS;
  const int lane = LANE % WARP, wr = LANE / WARP / 2 * 32, wc = LANE / WARP % 2 * (BN / 2), ar = LANE / 4, aq = LANE % 4 * 4;
  float acc[MI][NI][4];
  ZERO(acc)
  for (int s = 0; s < STAGES - 1; s++) {
    if (s < total) LOAD_STAGE(s, begin + s * WORDS)
    COPIES_END;
  }
  int used = 0, loaded = STAGES - 1;
  for (int it = 0; it < total; it++) {
    COPIES_WAIT;
    BARRIER;
    if (it + STAGES - 1 < total) LOAD_STAGE(loaded, begin + (it + STAGES - 1) * WORDS)
    COPIES_END;
    if (++loaded == STAGES) loaded = 0;
    TO_LOCAL uint* as = room + used * STAGE;
    TO_LOCAL uint* bs = as + BM * LDA;
    if (++used == STAGES) used = 0;
    MULTIPLY_STAGE(acc, as, bs, wr, wc)
  }
  c += (size_t)GROUP_Z * m * n;
  WRITE_TILE(acc, c, n, n, wr, wc, n0, ROW, both)
}
#endif
