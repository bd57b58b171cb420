// In front of every source, behind the prelude of its language: what the items of a group work out together, always in the same order. See
// DevicePrograms in the API for what each is for, and DeviceSort for running sums.
#define TREE(a) BARRIER; for (int half_ = GROUP / 2; half_ > 0; half_ >>= 1) { if (LANE < half_) a[LANE] += a[LANE + half_]; BARRIER; }
#define TREES(a, b) \
  BARRIER; \
  for (int half_ = GROUP / 2; half_ > 0; half_ >>= 1) { \
    if (LANE < half_) { a[LANE] += a[LANE + half_]; b[LANE] += b[LANE + half_]; } \
    BARRIER; \
  }
#define LEAST(a, at) \
  BARRIER; \
  for (int half_ = GROUP / 2; half_ > 0; half_ >>= 1) { \
    if (LANE < half_ && (a[LANE + half_] < a[LANE] || (a[LANE + half_] == a[LANE] && at[LANE + half_] < at[LANE]))) { \
      a[LANE] = a[LANE + half_]; \
      at[LANE] = at[LANE + half_]; \
    } \
    BARRIER; \
  }
// Numbers of an item, and of a group: as DeviceSort.SUMMED has it.
#define RUN_ITEM 8
#define SUMMED (GROUP * RUN_ITEM)
#define RUN(n, number, numbers, sums) \
  __local int shares_[GROUP]; \
  int own_[RUN_ITEM], share_ = 0; \
  const int from_ = GROUP_X * SUMMED + LANE * RUN_ITEM; \
  for (int k_ = 0; k_ < RUN_ITEM; k_++) { \
    const int p = from_ + k_; \
    own_[k_] = p < (n) ? (number) : 0; \
    share_ += own_[k_]; \
  } \
  shares_[LANE] = share_; \
  BARRIER; \
  int sum_ = 0; \
  for (int l_ = 0; l_ < LANE; l_++) sum_ += shares_[l_]; \
  for (int k_ = 0; k_ < RUN_ITEM; k_++) { \
    if (from_ + k_ < (n)) numbers[from_ + k_] = sum_; \
    sum_ += own_[k_]; \
  } \
  if (LANE == GROUP - 1) sums[GROUP_X] = sum_;
#define RUN_ALL(n, numbers, shares, items) { \
  const int each_ = ((n) + (items) - 1) / (items), from_ = LANE * each_, to_ = min((n), from_ + each_); \
  int share_ = 0; \
  for (int p_ = from_; p_ < to_; p_++) share_ += numbers[p_]; \
  shares[LANE] = share_; \
  BARRIER; \
  for (int by_ = 1; by_ < (items); by_ <<= 1) { \
    const int below_ = LANE >= by_ ? shares[LANE - by_] : 0; \
    BARRIER; \
    shares[LANE] += below_; \
    BARRIER; \
  } \
  int sum_ = shares[LANE] - share_; \
  for (int p_ = from_; p_ < to_; p_++) { const int c_ = numbers[p_]; numbers[p_] = sum_; sum_ += c_; } \
  barrier(CLK_GLOBAL_MEM_FENCE); \
}
