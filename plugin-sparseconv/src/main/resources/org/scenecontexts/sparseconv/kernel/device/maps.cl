// Kernel maps, found on the device: keys of voxels (API: MortonKey) lie in ascending order; the voxels of a level are looked up
// in a table of hashes, the levels above by dropping bits. Who comes first into the table decides about places in it and about
// nothing else: rows are found by their keys, and no key is there twice.
#define PIECE 16
#define WORD 30
#define PART_BITS 21
#define X_MASK 0x0009249249249249L
#define SPATIAL 0x003FFFFFFFFFFFFFL
#define KEYS(x) __global const long* x = (__global const long*)x##_;
#define SLOT(key, bits) (int)((ulong)(key) * 0x9E3779B97F4A7C15UL >> (64 - (bits)))
// Sum of what stands before a place, after DeviceSort.running.
#define BEFORE(p) (numbers[p] + sums[(p) / SUMMED])

// Keys from three parts each, which are numbers that indices may have.
KERNEL joinKeys(const int n, I(parts), I(keys_)) {
  EACH(n)
  ((__global long*)keys_)[i] = parts[3 * i] | (long)parts[3 * i + 1] << PART_BITS | (long)parts[3 * i + 2] << 2 * PART_BITS;
}

KERNEL none(const int n, I(out)) { EACH(n) out[i] = -1; }

KERNEL insert(const int n, const int bits, I(keys_), I(table)) {
  EACH(n)
  KEYS(keys)
  int slot = SLOT(keys[i], bits);
  while (atomic_cmpxchg(table + slot, -1, i) != -1) slot = (slot + 1) & ((1 << bits) - 1);
}

// Whether another voxel of the next level begins than that of the row before; shift: bits of a voxel within one of that level.
#define BEGINS(p) ((p) > 0 && keys[p] >> shift != keys[(p) - 1] >> shift)

KERNEL begins(const int n, const int shift, I(keys_), I(numbers), I(sums)) {
  KEYS(keys)
  RUN(n, BEGINS(p), numbers, sums)
}

// parent of each row, the keys of the next level, and the first row in each of its voxels
KERNEL parents(const int n, const int shift, I(keys_), I(numbers), I(sums), I(parent), I(coarse), I(children)) {
  EACH(n)
  KEYS(keys)
  const int next = BEGINS(i);
  const int to = BEFORE(i) + next;
  parent[i] = to;
  if (i == 0 || next) {
    ((__global long*)coarse)[to] = keys[i] >> shift << shift;
    children[to] = i;
  }
}

// An interleaved coordinate moved by d voxels of 2^(shift / 3).
static long moved(const long key, const long mask, const int axis, const int d, const int shift) {
  const int size = abs(d);
  const long by = (long)(size & 1 | (size & 2) << 2 | (size & 4) << 4) << (shift + axis);
  return (d >= 0 ? (key | ~mask) + by : (key & mask) - by) & mask;
}

// found[list, row] = the row of the voxel under an offset, -1 where there is none
KERNEL around(const int rows, const int size, const int shift, const int bits, I(keys_), I(table), I(found)) {
  EACH(rows)
  KEYS(keys)
  const int list = GROUP_Y, centre = size * size * size / 2, radius = size / 2;
  // The centre is the first, the others follow with x fastest.
  const int k = list == 0 ? centre : list <= centre ? list - 1 : list;
  const long key = keys[i];
  const long to = (key & ~SPATIAL)
      | moved(key, X_MASK, 0, k % size - radius, shift)
      | moved(key, X_MASK << 1, 1, k / size % size - radius, shift)
      | moved(key, X_MASK << 2, 2, k / (size * size) - radius, shift);
  int row = -1;
  for (int slot = SLOT(to, bits); ; slot = (slot + 1) & ((1 << bits) - 1)) {
    row = table[slot];
    if (row < 0 || keys[row] == to) break;
  }
  found[(size_t)list * rows + i] = row;
}

// The same for a coarse level's rows: those of the finer one in each, by their place.
KERNEL below(const int coarse, const int rows, const int shift, I(keys_), I(children), I(found)) {
  EACH(coarse)
  KEYS(keys)
  for (int l = 0; l < 8; l++) found[l * coarse + i] = -1;
  const int end = i + 1 < coarse ? children[i + 1] : rows;
  for (int row = children[i]; row < end; row++) found[(int)(keys[row] >> shift & 7) * coarse + i] = row;
}

// The same for a finer level's rows: the one that each lies in.
KERNEL above(const int rows, const int shift, I(keys_), I(parent), I(found)) {
  EACH(rows)
  KEYS(keys)
  const int list = GROUP_Y;
  found[list * rows + i] = (keys[i] >> shift & 7) == list ? parent[i] : -1;
}

// How many pairs there are before each place, within stretches, and in each of these; one place more than there may be pairs.
KERNEL number(const int n, I(found), I(numbers), I(sums)) { RUN(n + 1, p < n && found[p] >= 0, numbers, sums) }

// How unevenly a list splits the rows.
static int uneven(__global const int* starts, const int list, const int rows) {
  return abs(2 * (starts[list + 1] - starts[list]) - rows);
}

// What is known of a map once its pairs are numbered, by one group. The sums of stretches before each; the first pair of each list
// and the number of pairs; which digit of a row's code says whether it is in a list, -1 where none does: the higher, the more evenly
// the list splits the rows, with `by` digits in all. And chunks of each list's pairs, at least `least` in each and about `most`
// chunks in all; those that are left over, up to `cuts`, are empty.
KERNEL_OF(SUMMING) count(const int rows, const int lists, const int by, const int cuts, const int least, const int most, I(numbers), I(sums), I(starts), I(digit), I(first), I(chunks)) {
  __local int shares[SUMMING];
  RUN_ALL(lists * rows / SUMMED + 1, sums, shares, SUMMING)
  for (int l = LANE; l <= lists; l += SUMMING) starts[l] = BEFORE(l * rows);
  barrier(CLK_GLOBAL_MEM_FENCE);
  const int total = starts[lists], chunk = max(least, (total + most - 1) / most);
  for (int l = LANE; l < lists; l += SUMMING) {
    const int mine = uneven(starts, l, rows);
    int rank = 0;
    for (int k = 0; k < lists; k++) {
      const int other = uneven(starts, k, rows);
      rank += other < mine || (other == mine && k < l);
    }
    digit[l] = by - 1 - rank < 0 ? -1 : by - 1 - rank;
    first[l] = (starts[l + 1] - starts[l] + chunk - 1) / chunk;
  }
  if (LANE == 0) first[lists] = 0;
  barrier(CLK_GLOBAL_MEM_FENCE);
  RUN_ALL(lists + 1, first, shares, SUMMING)
  for (int c = LANE; c <= cuts; c += SUMMING) {
    int low = 0, high = lists;
    while (low < high) {
      const int middle = (low + high) / 2;
      if (first[middle + 1] <= c) low = middle + 1; else high = middle;
    }
    chunks[c] = low == lists ? total : starts[low] + (c - first[low]) * chunk;
  }
}

// The place of a row's lists in a Gray code, whose neighbours differ in one list.
KERNEL codes(const int rows, const int lists, I(found), I(digit), I(out)) {
  EACH(rows)
  long code = 0;
  for (int l = 0; l < lists; l++) if (digit[l] >= 0 && found[(size_t)l * rows + i] >= 0) code |= (long)1 << digit[l];
  for (int s = 1; s < 64; s <<= 1) code ^= code >> s;
  ((__global long*)out)[i] = code;
}

// The table in the order of the codes, filled up to whole tiles, which are whole groups; and which lists have pairs in each piece
// of places, a bit each.
KERNEL arrange(const int rows, const int padded, const int lists, const int words, I(order), I(found), I(perm), I(neighbours), I(present)) {
  __local int bits[GROUP];
  const int i = ITEM, row = i < rows ? order[i] : -1;
  perm[i] = row;
  for (int w = 0; w < words; w++) {
    int some = 0;
    for (int l = w * WORD; l < min(lists, (w + 1) * WORD); l++) {
      const int from = row < 0 ? -1 : found[(size_t)l * rows + row];
      neighbours[(size_t)l * padded + i] = from;
      some |= (from >= 0) << (l - w * WORD);
    }
    bits[LANE] = some;
    BARRIER;
    if (LANE % PIECE == 0) {
      for (int p = 1; p < PIECE; p++) some |= bits[LANE + p];
      present[i / PIECE * words + w] = some;
    }
    BARRIER;
  }
}

// Pairs list by list.
KERNEL collect(const int rows, const int n, I(found), I(numbers), I(sums), I(in), I(out)) {
  EACH(n)
  if (found[i] >= 0) {
    const int to = BEFORE(i);
    in[to] = found[i];
    out[to] = i % rows;
  }
}
