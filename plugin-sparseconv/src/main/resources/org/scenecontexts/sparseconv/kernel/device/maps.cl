// Kernel maps, found on the device: keys of voxels (API: MortonKey) lie in ascending order; the voxels of a level are looked up
// in a table of hashes, the levels above by dropping bits. Who comes first into the table decides about places in it and about
// nothing else: rows are found by their keys, and no key is there twice.
#define SUMMED 128
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

// 1 where another voxel of the next level begins than that of the row before; shift: bits of a voxel within one of that level.
KERNEL begins(const int n, const int shift, I(keys_), I(out)) {
  EACH(n)
  KEYS(keys)
  out[i] = i > 0 && keys[i] >> shift != keys[i - 1] >> shift;
}

// parent of each row, and the keys of the next level
KERNEL parents(const int n, const int shift, I(keys_), I(numbers), I(sums), I(parent), I(coarse)) {
  EACH(n)
  KEYS(keys)
  const int next = i > 0 && keys[i] >> shift != keys[i - 1] >> shift;
  const int to = BEFORE(i) + next;
  parent[i] = to;
  if (i == 0 || next) ((__global long*)coarse)[to] = keys[i] >> shift << shift;
}

// An interleaved coordinate moved by d voxels of 2^(shift / 3).
static long moved(const long key, const long mask, const int axis, const int d, const int shift) {
  const int size = abs(d);
  const long by = (long)(size & 1 | (size & 2) << 2 | (size & 4) << 4) << (shift + axis);
  return (d >= 0 ? (key | ~mask) + by : (key & mask) - by) & mask;
}

// found[list, row] = the row of the voxel under an offset, -1 where there is none; has: whether there is one, and a 0 behind all.
KERNEL around(const int rows, const int size, const int shift, const int bits, I(keys_), I(table), I(found), I(has)) {
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
  const size_t at = (size_t)list * rows + i;
  found[at] = row;
  has[at] = row >= 0;
  if (i == 0 && list == 0) has[(size_t)size * size * size * rows] = 0;
}

// The same for a coarse level's rows: those of the finer one in each, by their place.
KERNEL below(const int rows, const int coarse, const int shift, I(keys_), I(parent), I(found)) {
  EACH(rows)
  KEYS(keys)
  found[(int)(keys[i] >> shift & 7) * coarse + parent[i]] = i;
}

KERNEL mark(const int n, I(found), I(has)) {
  EACH(n + 1)
  has[i] = i < n && found[i] >= 0;
}

// The same for a finer level's rows: the one that each lies in.
KERNEL above(const int rows, const int shift, I(keys_), I(parent), I(found), I(has)) {
  EACH(rows)
  KEYS(keys)
  const int list = GROUP_Y, there = (keys[i] >> shift & 7) == list, at = list * rows + i;
  found[at] = there ? parent[i] : -1;
  has[at] = there;
  if (i == 0 && list == 0) has[8 * rows] = 0;
}

// First pair of each list and the number of pairs; and which digit of a row's code says whether it is in a list: the higher,
// the more evenly the list splits the rows. By one group; by: lists that have a digit, fewer than a group has items.
KERNEL digits(const int rows, const int lists, const int by, I(numbers), I(sums), I(starts), I(digit)) {
  __local int uneven[GROUP];
  for (int l = LANE; l <= lists; l += GROUP) starts[l] = BEFORE(l * rows);
  if (LANE < by) uneven[LANE] = abs(2 * (BEFORE((LANE + 1) * rows) - BEFORE(LANE * rows)) - rows);
  BARRIER;
  if (LANE < by) {
    int rank = 0;
    for (int l = 0; l < by; l++) rank += uneven[l] < uneven[LANE] || (uneven[l] == uneven[LANE] && l < LANE);
    digit[LANE] = by - 1 - rank;
  }
}

// The place of a row's lists in a Gray code, whose neighbours differ in one list.
KERNEL codes(const int rows, const int by, I(found), I(digit), I(out)) {
  EACH(rows)
  long code = 0;
  for (int l = 0; l < by; l++) if (found[(size_t)l * rows + i] >= 0) code |= (long)1 << digit[l];
  for (int s = 1; s < 64; s <<= 1) code ^= code >> s;
  ((__global long*)out)[i] = code;
}

// The table in the order of the codes, filled up to whole tiles.
KERNEL arrange(const int rows, const int padded, I(order), I(found), I(perm), I(neighbours)) {
  EACH(padded)
  const int list = GROUP_Y, row = i < rows ? order[i] : -1;
  if (list == 0) perm[i] = row;
  neighbours[(size_t)list * padded + i] = row < 0 ? -1 : found[(size_t)list * rows + row];
}

// Which lists have pairs in each piece of places, a bit each.
KERNEL pieces(const int n, const int padded, const int lists, const int words, I(neighbours), I(present)) {
  EACH(n)
  const int piece = i / words, first = i % words * WORD;
  int bits = 0;
  for (int l = first; l < min(lists, first + WORD); l++) {
    int some = 0;
    for (int p = 0; p < PIECE; p++) some |= neighbours[(size_t)l * padded + piece * PIECE + p] >= 0;
    bits |= some << (l - first);
  }
  present[i] = bits;
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

// Cuts the pairs of each list into chunks of at least `least`, about `most` in all; chunks that are left over are empty. By one group.
KERNEL cut(const int lists, const int count, const int least, const int most, I(starts), I(first), I(chunks)) {
  const int total = starts[lists], chunk = max(least, (total + most - 1) / most);
  if (LANE == 0) {
    int sum = 0;
    for (int l = 0; l < lists; l++) {
      first[l] = sum;
      sum += (starts[l + 1] - starts[l] + chunk - 1) / chunk;
    }
    first[lists] = sum;
  }
  barrier(CLK_GLOBAL_MEM_FENCE);
  for (int c = LANE; c <= count; c += GROUP) {
    int low = 0, high = lists;
    while (low < high) {
      const int middle = (low + high) / 2;
      if (first[middle + 1] <= c) low = middle + 1; else high = middle;
    }
    chunks[c] = low == lists ? total : starts[low] + (c - first[low]) * chunk;
  }
}
