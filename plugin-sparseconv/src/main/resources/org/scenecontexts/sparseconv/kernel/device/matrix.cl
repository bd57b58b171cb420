// Sparse convolution by matrix units (matrix.cl of the engine): what conv.cl computes, of operands that operands.cl has rounded. x and g
// have rows of whole stages, at places that four words can be loaded from at once; rows of TF32 may also be as they are, for they are
// rounded here. Stages are on their way to local memory while another is multiplied.
#define WORDS 16
#define PIECE 16
#define LISTS_OF_WORD 30
#define FIRST_OF(bits) (31 - (int)clz((bits) & (0u - (bits))))

#ifdef BN
// BM rows x BN channels by 2 BM items; a warp has 32 rows and half of the channels.
#define ITEMS (2 * BM)
#define MI 2
#define NI (BN / 16)
#define LDA (WORDS + 4)
#define LDB (BN + 8)
#define STAGE (BM * LDA + WORDS * LDB)
#define LOADS_B ((WORDS * BN / 4 + ITEMS - 1) / ITEMS)

// Those lists of a word that some row of the tile has and that are this part's.
static uint listsOf(const int word, const int words, const int part, const int parts, __global const int* pieces) {
  uint bits = 0;
  for (int p = 0; p < BM / PIECE; p++) bits |= (uint)pieces[p * words + word];
  if (parts > 1) {
    uint own = 0;
    for (int b = 0; b < LISTS_OF_WORD; b++) own |= (uint)((word * LISTS_OF_WORD + b) % parts == part) << b;
    bits &= own;
  }
  return bits;
}

// A list: bit 0 of `bits` up to the first that is set belongs to `word`; there is none when bits is 0.
#define FIRST(word, bits) { word = 0; bits = listsOf(0, words, part, parts, pieces); SEEK(word, bits) }
#define NEXT(word, bits) { bits &= bits - 1; SEEK(word, bits) }
#define SEEK(word, bits) while (bits == 0 && ++word < words) bits = listsOf(word, words, part, parts, pieces);
#define LIST(word, bits) (word * LISTS_OF_WORD + FIRST_OF(bits))

#define LOAD_STAGE(s) { \
  TO_LOCAL uint* as_ = room + (s) * STAGE; \
  TO_LOCAL uint* bs_ = as_ + BM * LDA; \
  UNROLL for (int p = 0; p < 2; p++) \
    COPY16(as_ + (ar + p * (BM / 2)) * LDA + aq, xw + (size_t)max(from[p], 0) * cinw + lc + aq, from[p] >= 0); \
  __global const uint* slice_ = ww + ((size_t)slices[LIST(lword, lbits)] * cinw + lc) * wide + n0; \
  UNROLL for (int p = 0; p < LOADS_B; p++) { \
    const int e_ = LANE + p * ITEMS, r_ = e_ / (BN / 4), c_ = e_ % (BN / 4) * 4; \
    if (LOADS_B * ITEMS == WORDS * BN / 4 || e_ < WORDS * BN / 4) COPY16(bs_ + r_ * LDB + c_, slice_ + (size_t)r_ * wide + c_, 1); \
  } \
  lc += WORDS; \
  if (lc >= cinw) { lc = 0; NEXT(lword, lbits) NEIGHBOURS } }
#define NEIGHBOURS \
  if (lbits) UNROLL for (int p = 0; p < 2; p++) from[p] = neighbours[(size_t)LIST(lword, lbits) * padded + row0 + ar + p * (BM / 2)];
#define ROW(r) perm[row0 + (r)]
#define WRITE_PACKED \
  EACH_PAIR(acc, wr, wc, n0, ROW, \
    const size_t number_ = (size_t)to_ * cout + at_; \
    if (both && at_ < cout) ((__global uint*)y)[(y_at + number_) >> 1] = bfloat16(first_) | bfloat16(second_) << 16; \
    else { if (at_ < cout) STORE_NUMBER(y, number_, first_) if (at_ + 1 < cout) STORE_NUMBER(y, number_ + 1, second_) })

KERNEL_OF(ITEMS) matrix(const int rows, const int padded, const int cinw, const int cout, const int wide, const int parts, I(neighbours), I(perm), I(present), const int words, I(slices), B(x), B(w), P(y)) {
  __local uint room[STAGES * STAGE] __attribute__((aligned(16)));
  EXCHANGE(ITEMS)
  const int both = cout % 2 == 0 && y_at % 2 == 0;
  AT(x) AT(w) AT_P(y)
  __global const uint* xw = (__global const uint*)x;
  __global const uint* ww = (__global const uint*)w;
  const int row0 = GROUP_X * BM, n0 = GROUP_Y * BN, part = GROUP_Z;
  const int lane = LANE % WARP, wr = LANE / WARP / 2 * 32, wc = LANE / WARP % 2 * (BN / 2), ar = LANE / 4, aq = LANE % 4 * 4;
  __global const int* pieces = present + row0 / PIECE * words;
  __global const int* own = pieces + wr / PIECE * words;
  int lword, cword, lc = 0, cc = 0, from[2], total = 0;
  uint lbits, cbits;
  FIRST(cword, cbits)
  for (int at = cword; at < words; at++) total += (int)popcount(listsOf(at, words, part, parts, pieces)) * (cinw / WORDS);
  lword = cword;
  lbits = cbits;
  NEIGHBOURS
  float acc[MI][NI][4];
  ZERO(acc)
  for (int s = 0; s < STAGES - 1; s++) {
    if (s < total) LOAD_STAGE(s)
    COPIES_END;
  }
  int used = 0, loaded = STAGES - 1;
  for (int it = 0; it < total; it++) {
    COPIES_WAIT;
    BARRIER;
    if (it + STAGES - 1 < total) LOAD_STAGE(loaded)
    COPIES_END;
    if (++loaded == STAGES) loaded = 0;
    TO_LOCAL uint* as = room + used * STAGE;
    TO_LOCAL uint* bs = as + BM * LDA;
    if (++used == STAGES) used = 0;
#ifndef MATRIX_EMULATED
    // A warp none of whose rows has the list has nothing to add; emulated ones wait for one another.
    if (((uint)(own[cword] | own[words + cword]) & (cbits & (0u - cbits))) != 0)
#endif
    MULTIPLY_STAGE(acc, as, bs, wr, wc)
    cc += WORDS;
    if (cc >= cinw) { cc = 0; NEXT(cword, cbits) }
  }
  if (PACKS && y_packed) {
    WRITE_PACKED
    return;
  }
  if (parts > 1) y += (size_t)part * rows * cout;
  WRITE_TILE(acc, y, cout, cout, wr, wc, n0, ROW, both)
}
#endif

#ifdef DM
// part[chunk] = sum over the chunk's pairs of x[in]^T g[out], DM x DN of it by WM x WN warps; PAIRS of them in a stage, which lie along
// the inner dimension: fragments are read across the rows.
#define ITEMS (WM * WN * WARP)
#define PAIRS (16 * PER_WORD)
#define XW (DM / PER_WORD)
#define GW (DN / PER_WORD)
#define LDX (XW + 8 / PER_WORD)
#define LDG (GW + 8 / PER_WORD)
#define STAGE (PAIRS * (LDX + LDG))
#define MI (DM / WM / 16)
#define NI (DN / WN / 8)
#define LOAD_HALF(to, ld, from, across, index, first, each) \
  UNROLL for (int p = 0; p < (PAIRS * (each) / 4 + ITEMS - 1) / ITEMS; p++) { \
    const int e_ = LANE + p * ITEMS, r_ = e_ / ((each) / 4), c_ = e_ % ((each) / 4) * 4; \
    if (PAIRS * (each) / 4 % ITEMS == 0 || e_ < PAIRS * (each) / 4) { \
      const int there_ = p0 + r_ < end, id_ = there_ ? index[p0 + r_] : 0; \
      COPY16((to) + r_ * (ld) + c_, (from) + (size_t)id_ * (across) + (first) + c_, there_); \
    } \
  }
#define LOAD_STAGE(s, pair) { \
  const int p0 = (pair); \
  LOAD_HALF(room + (s) * STAGE, LDX, xw, cinw, in, m0 / PER_WORD, XW) \
  LOAD_HALF(room + (s) * STAGE + PAIRS * LDX, LDG, gw, coutw, out, n0 / PER_WORD, GW) }
#define ROW(r) (m0 + (r) < cin ? m0 + (r) : -1)

KERNEL_OF(ITEMS) matrixWeights(const int cin, const int cout, const int cinw, const int coutw, I(in), I(out), I(chunks), B(x), B(g), B(sums)) {
  __local uint room[STAGES * STAGE] __attribute__((aligned(16)));
  EXCHANGE(ITEMS)
  const int both = cout % 2 == 0 && sums_at % 2 == 0;
  AT(x) AT(g) AT(sums)
  __global const uint* xw = (__global const uint*)x;
  __global const uint* gw = (__global const uint*)g;
  const int m0 = GROUP_Y * DM, n0 = GROUP_Z * DN, begin = chunks[GROUP_X], end = chunks[GROUP_X + 1];
  const int total = (end - begin + PAIRS - 1) / PAIRS;
  const int lane = LANE % WARP, wr = LANE / WARP / WN * (DM / WM), wc = LANE / WARP % WN * (DN / WN);
  float acc[MI][NI][4];
  ZERO(acc)
  for (int s = 0; s < STAGES - 1; s++) {
    if (s < total) LOAD_STAGE(s, begin + s * PAIRS)
    COPIES_END;
  }
  int used = 0, loaded = STAGES - 1;
  for (int it = 0; it < total; it++) {
    COPIES_WAIT;
    BARRIER;
    if (it + STAGES - 1 < total) LOAD_STAGE(loaded, begin + (it + STAGES - 1) * PAIRS)
    COPIES_END;
    if (++loaded == STAGES) loaded = 0;
    TO_LOCAL uint* xs = room + used * STAGE;
    TO_LOCAL uint* gs = xs + PAIRS * LDX;
    if (++used == STAGES) used = 0;
    UNROLL for (int k = 0; k < PAIRS; k += 8 * PER_WORD) {
      uint a[MI][4], b[NI][2];
      UNROLL for (int i = 0; i < MI; i++) {
#ifdef MATRIX_BF16
        LOAD4_TRANSPOSED(a[i], xs, (k + (lane & 7) + (lane >> 4 << 3)) * LDX + (wr + i * 16) / 2 + (lane >> 3 & 1) * 4);
#else
        TO_LOCAL const uint* from = xs + (k + (lane & 3)) * LDX + wr + i * 16 + (lane >> 2);
        a[i][0] = from[0]; a[i][1] = from[8]; a[i][2] = from[4 * LDX]; a[i][3] = from[4 * LDX + 8];
        ROUND4(a[i])
#endif
      }
      UNROLL for (int j = 0; j < NI; j++) {
#ifdef MATRIX_BF16
        LOAD2_TRANSPOSED(b[j], gs, (k + (lane & 15)) * LDG + (wc + j * 8) / 2);
#else
        TO_LOCAL const uint* from = gs + (k + (lane & 3)) * LDG + wc + j * 8 + (lane >> 2);
        b[j][0] = ROUND_TF32(from[0]); b[j][1] = ROUND_TF32(from[4 * LDG]);
#endif
      }
      MULTIPLY(acc, a, b)
    }
  }
  if (begin == end) return; // nobody reads the part of an empty chunk
  sums += (size_t)GROUP_X * cin * cout;
  WRITE_TILE(acc, sums, cout, cout, wr, wc, n0, ROW, both)
}
#endif
