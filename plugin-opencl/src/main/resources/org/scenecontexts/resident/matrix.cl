// Behind prelude.cl where products are not computed in float32: the matrix units of NVIDIA's cards from compute capability 8.0 on, by the
// instructions mma.sync, ldmatrix, cvt and cp.async as PTX describes them. A word is an operand rounded to TF32 (MATRIX_TF32: 10 bits
// behind the point), or two of bfloat16 (MATRIX_BF16: 7 bits), the first in its lower half; sums are float32. With MATRIX_EMULATED
// plain OpenCL C does what the instructions do, lanes exchanging their fragments through local memory: for tests of indices and roundings.
//
// A kernel that uses them runs in whole warps and defines what is its own: MI, NI pieces of 16 rows and 8 columns of a warp, WORDS of
// the inner dimension in a stage, LDA and LDB words of a row of the two operands in local memory, AHEAD stages that may be on their way
// while one is used. Each has EXCHANGE among its local variables and `lane`, the number of the item in its warp.
#define WARP 32

#ifdef MATRIX_BF16
#define PER_WORD 2
#else
#define PER_WORD 1
#endif

// To the nearest, halves away from zero, as cvt.rna.tf32.f32; what is no number stays none.
static uint toTf32(const float x) {
  const uint u = as_uint(x);
  return (u & 0x7fffffffu) > 0x7f800000u ? 0x7fffe000u : (u + 0x1000u) & 0xffffe000u;
}

// To the nearest, halves to the even one, as cvt.rn.bf16.f32; what is no number stays none.
static uint toBf16(const float x) {
  const uint u = as_uint(x);
  return (u & 0x7fffffffu) > 0x7f800000u ? 0x7fffu : (u + 0x7fffu + (u >> 16 & 1u)) >> 16;
}

#ifdef MATRIX_BF16
#define WORD(first, second) (toBf16(first) | toBf16(second) << 16)
#else
#define WORD(first, second) toTf32(first)
#endif

// A word of the numbers at `first` and behind it, `step` apart, of which `there` are there.
static uint wordOf(__global const float* first, const int step, const int there) {
  return there <= 0 ? 0u : WORD(first[0], there > 1 ? first[step] : 0);
}

// The same of numbers that may be packed, P(x).
#define WORD_OF(x, at, step, there) ((there) <= 0 ? 0u : WORD(NUMBER(x, at), (there) > 1 ? NUMBER(x, (at) + (step)) : 0))

#ifdef MATRIX_EMULATED
// Loops stay loops: the compiler of a processor would take many times as long.
#define ROLLED _Pragma("nounroll")
#define UNROLL ROLLED
#define EXCHANGE(items) __local uint exchange[(items) * (MI * 4 + NI * 2)];

#define COPY16(to, from, there) { \
  uint4 v_ = OF4(uint, 0, 0, 0, 0); \
  if (there) v_ = *(__global const uint4*)(from); \
  *(TO_LOCAL uint4*)(to) = v_; }
#define COPIES_END
#define COPIES_WAIT

#define ROUND_TF32(word) toTf32(as_float(word))

// Each lane names the place of a row of 4 words: lanes 0 to 7 those of the first matrix of 8 rows, and so on.
#define OF_ROW(matrix, row) exchange[(LANE & ~31) + (matrix) * 8 + (row)]
#define LOAD4(r, from, at) { \
  exchange[LANE] = (uint)(at); \
  BARRIER; \
  ROLLED for (int q_ = 0; q_ < 4; q_++) (r)[q_] = (from)[OF_ROW(q_, lane >> 2) + (lane & 3)]; \
  BARRIER; }
#define TRANSPOSED_(r, from, at, count) { \
  exchange[LANE] = (uint)(at); \
  BARRIER; \
  ROLLED for (int q_ = 0; q_ < (count); q_++) { \
    const uint lo_ = ((TO_LOCAL const ushort*)((from) + OF_ROW(q_, 2 * (lane & 3))))[lane >> 2]; \
    const uint hi_ = ((TO_LOCAL const ushort*)((from) + OF_ROW(q_, 2 * (lane & 3) + 1)))[lane >> 2]; \
    (r)[q_] = lo_ | hi_ << 16; \
  } \
  BARRIER; }
#define LOAD4_TRANSPOSED(r, from, at) TRANSPOSED_(r, from, at, 4)
#define LOAD2_TRANSPOSED(r, from, at) TRANSPOSED_(r, from, at, 2)

#ifdef MATRIX_BF16
#define TIMES(a, b) (as_float((a) << 16) * as_float((b) << 16) + as_float((a) & 0xffff0000u) * as_float((b) & 0xffff0000u))
#else
#define TIMES(a, b) (as_float(a) * as_float(b))
#endif

// acc[i][j] += a[i] . b[j]: 16 x 8 numbers, of which lane l has rows l / 4 and 8 more, columns 2 (l % 4) and the next.
#define MULTIPLY(acc, a, b) { \
  TO_LOCAL uint* own_ = exchange + LANE * (MI * 4 + NI * 2); \
  ROLLED for (int i_ = 0; i_ < MI; i_++) ROLLED for (int q_ = 0; q_ < 4; q_++) own_[i_ * 4 + q_] = (a)[i_][q_]; \
  ROLLED for (int j_ = 0; j_ < NI; j_++) ROLLED for (int q_ = 0; q_ < 2; q_++) own_[MI * 4 + j_ * 2 + q_] = (b)[j_][q_]; \
  BARRIER; \
  TO_LOCAL const uint* warp_ = exchange + (LANE & ~31) * (MI * 4 + NI * 2); \
  ROLLED for (int i_ = 0; i_ < MI; i_++) ROLLED for (int j_ = 0; j_ < NI; j_++) ROLLED for (int q_ = 0; q_ < 4; q_++) { \
    const int m_ = (lane >> 2) + (q_ >> 1) * 8, n_ = 2 * (lane & 3) + (q_ & 1); \
    float sum_ = 0; \
    ROLLED for (int k_ = 0; k_ < 8; k_++) { \
      const uint left_ = warp_[((m_ & 7) * 4 + (k_ & 3)) * (MI * 4 + NI * 2) + i_ * 4 + (m_ >> 3) + 2 * (k_ >> 2)]; \
      const uint right_ = warp_[(n_ * 4 + (k_ & 3)) * (MI * 4 + NI * 2) + MI * 4 + j_ * 2 + (k_ >> 2)]; \
      sum_ += TIMES(left_, right_); \
    } \
    (acc)[i_][j_][q_] += sum_; \
  } \
  BARRIER; }

#else
#define UNROLL _Pragma("unroll")
#define EXCHANGE(items)

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)
#define COPY16(to, from, there) \
  __asm__ volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" :: "r"(LOCAL_ADDRESS(to)), "l"((ulong)(from)), "r"((there) ? 16 : 0) : "memory")
#define COPIES_END __asm__ volatile("cp.async.commit_group;" ::: "memory")
#define COPIES_WAIT __asm__ volatile("cp.async.wait_group " TEXT(AHEAD) ";" ::: "memory")

static uint round_(const uint word) {
  uint rounded;
  __asm__ volatile("cvt.rna.tf32.f32 %0, %1;" : "=r"(rounded) : "f"(as_float(word)));
  return rounded;
}
#define ROUND_TF32(word) round_(word)

#define LOAD4(r, from, at) \
  __asm__ volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];" \
    : "=r"((r)[0]), "=r"((r)[1]), "=r"((r)[2]), "=r"((r)[3]) : "r"(LOCAL_ADDRESS((from) + (at))) : "memory")
#define LOAD4_TRANSPOSED(r, from, at) \
  __asm__ volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0,%1,%2,%3}, [%4];" \
    : "=r"((r)[0]), "=r"((r)[1]), "=r"((r)[2]), "=r"((r)[3]) : "r"(LOCAL_ADDRESS((from) + (at))) : "memory")
#define LOAD2_TRANSPOSED(r, from, at) \
  __asm__ volatile("ldmatrix.sync.aligned.m8n8.x2.trans.shared.b16 {%0,%1}, [%2];" \
    : "=r"((r)[0]), "=r"((r)[1]) : "r"(LOCAL_ADDRESS((from) + (at))) : "memory")

#ifdef MATRIX_BF16
#define MMA_ "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32"
#else
#define MMA_ "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32"
#endif
#define MULTIPLY(acc, a, b) \
  _Pragma("unroll") for (int i_ = 0; i_ < MI; i_++) \
    _Pragma("unroll") for (int j_ = 0; j_ < NI; j_++) \
      __asm__ volatile(MMA_ " {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};" \
        : "+f"((acc)[i_][j_][0]), "+f"((acc)[i_][j_][1]), "+f"((acc)[i_][j_][2]), "+f"((acc)[i_][j_][3]) \
        : "r"((a)[i_][0]), "r"((a)[i_][1]), "r"((a)[i_][2]), "r"((a)[i_][3]), "r"((b)[j_][0]), "r"((b)[j_][1]));
#endif

#ifdef MATRIX_TF32
#define ROUND4(r) { (r)[0] = ROUND_TF32((r)[0]); (r)[1] = ROUND_TF32((r)[1]); (r)[2] = ROUND_TF32((r)[2]); (r)[3] = ROUND_TF32((r)[3]); }
#else
#define ROUND4(r)
#endif

#define ZERO(acc) UNROLL for (int i = 0; i < MI; i++) UNROLL for (int j = 0; j < NI; j++) UNROLL for (int q = 0; q < 4; q++) (acc)[i][j][q] = 0;

// Multiplies a stage: rows of `as` hold words of the inner dimension, rows of `bs` are words of it; wr and wc are where the warp's
// rows and columns begin. Operands of `as` are rounded here, those of `bs` have been.
#define MULTIPLY_STAGE(acc, as, bs, wr, wc) \
  UNROLL for (int d = 0; d < WORDS; d += 8) { \
    uint a[MI][4], b[NI][2]; \
    UNROLL for (int i = 0; i < MI; i++) { \
      LOAD4(a[i], as, ((wr) + i * 16 + (lane & 15)) * LDA + d + (lane >> 4) * 4); \
      ROUND4(a[i]) \
    } \
    UNROLL for (int j = 0; j < NI; j++) { \
      TO_LOCAL const uint* from_ = (bs) + (d + (lane & 3)) * LDB + (wc) + j * 8 + (lane >> 2); \
      b[j][0] = from_[0]; b[j][1] = from_[4 * LDB]; \
    } \
    MULTIPLY(acc, a, b) \
  }

// Writes the warp's numbers of the rows that there are: `row(r)` is the row of y of row r of the tile, or -1; `both` says that two
// neighbours can be written at once.
#define WRITE_TILE(acc, y, width, columns, wr, wc, n0, row, both) \
  EACH_PAIR(acc, wr, wc, n0, row, \
    __global float* y_ = (y) + (size_t)to_ * (width) + at_; \
    if ((both) && at_ < (columns)) *(__global float2*)y_ = OF2(float, first_, second_); \
    else { if (at_ < (columns)) y_[0] = first_; if (at_ + 1 < (columns)) y_[1] = second_; })

// What is said behind `row`, for every two numbers of a tile that a lane has side by side: first_ and second_, of row to_ and from column at_ on.
#define EACH_PAIR(acc, wr, wc, n0, row, ...) \
  UNROLL for (int i = 0; i < MI; i++) \
    UNROLL for (int h = 0; h < 2; h++) { \
      const int to_ = row((wr) + i * 16 + (lane >> 2) + h * 8); \
      if (to_ >= 0) { \
        UNROLL for (int j = 0; j < NI; j++) { \
          const int at_ = (n0) + (wc) + j * 8 + 2 * (lane & 3); \
          const float first_ = (acc)[i][j][h * 2], second_ = (acc)[i][j][h * 2 + 1]; \
          __VA_ARGS__ \
        } \
      } \
    }
