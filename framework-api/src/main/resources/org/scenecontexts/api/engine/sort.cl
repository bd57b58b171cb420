// Stable sorting by digits: each group takes a tile of places, counts how many of each digit there are, and puts its own behind
// those of all lower digits and of the same digit in the tiles before. No item waits for another's write.
#define DIGITS (1 << DIGIT_BITS)
#define TILE (GROUP * EACH_ITEM)
// Counts of a digit, a byte for each item, in words; one more, so that items that go through digits meet in different banks.
#define WORDS (GROUP / 4 + 1)

// key of a place: the row that it chooses, or a long
#define ROW_DIGIT(p) ((keys[p] >> shift) & (DIGITS - 1))
#define LONG_DIGIT(p) ((int)(((__global const long*)keys)[p] >> shift) & (DIGITS - 1))

static void clear(TO_LOCAL uint* counts) {
  for (int w = LANE; w < DIGITS * WORDS; w += GROUP) counts[w] = 0;
}

// One more of a digit in this item's places; no other item writes to the same byte.
static void counted(TO_LOCAL uint* counts, const int digit) { ((TO_LOCAL uchar*)(counts + digit * WORDS))[LANE]++; }

// Sum of the bytes of a digit that belong to the first items; the lowest byte of a word is the first.
static int among(TO_LOCAL const uint* bytes, const int items) {
  uint sum = 0;
  for (int w = 0; w < items / 4; w++) sum += (bytes[w] & 0x00FF00FF) + (bytes[w] >> 8 & 0x00FF00FF);
  const uint last = items % 4 == 0 ? 0 : bytes[items / 4] & ((1u << 8 * (items % 4)) - 1);
  sum += (last & 0x00FF00FF) + (last >> 8 & 0x00FF00FF);
  return (int)((sum & 0xFFFF) + (sum >> 16));
}

// counts[tile, digit]
#define COUNT(name, DIGIT) \
KERNEL name(const int n, const int shift, I(keys), I(order), const int first, I(counts)) { \
  __local uint own[DIGITS * WORDS]; \
  clear(own); \
  BARRIER; \
  const int from = GROUP_X * TILE + LANE * EACH_ITEM, to = min(n, from + EACH_ITEM); \
  for (int p = from; p < to; p++) counted(own, DIGIT(first ? p : order[p])); \
  BARRIER; \
  for (int d = LANE; d < DIGITS; d += GROUP) counts[GROUP_X * DIGITS + d] = among(own + d * WORDS, GROUP); \
}
COUNT(countRows, ROW_DIGIT)
COUNT(countLongs, LONG_DIGIT)

// Where there are many tiles: how many of each digit there are in the tiles before, and in all behind the last. An item each.
KERNEL columns(const int tiles, I(counts)) {
  EACH(DIGITS)
  int sum = 0;
  for (int from = 0; from < tiles; from += EACH_ITEM) {
    int c[EACH_ITEM];
    for (int t = 0; t < EACH_ITEM; t++) c[t] = from + t < tiles ? counts[(from + t) * DIGITS + i] : 0;
    for (int t = 0; t < EACH_ITEM; t++) {
      if (from + t < tiles) counts[(from + t) * DIGITS + i] = sum;
      sum += c[t];
    }
  }
  counts[tiles * DIGITS + i] = sum;
}

// First place of each digit of this tile among all: behind lower digits, and behind the same in the tiles before.
static void begin(const int tiles, const int summed, __global const int* counts, TO_LOCAL int* place, TO_LOCAL int* shares) {
  int before[DIGITS / GROUP];
  for (int q = 0; q < DIGITS / GROUP; q++) {
    const int d = q * GROUP + LANE;
    int total = 0, sum = 0;
    if (summed) {
      total = counts[tiles * DIGITS + d];
      sum = counts[GROUP_X * DIGITS + d];
    } else {
      for (int t = 0; t < tiles; t++) {
        const int c = counts[t * DIGITS + d];
        total += c;
        sum += t < GROUP_X ? c : 0;
      }
    }
    place[d] = total;
    before[q] = sum;
  }
  BARRIER;
  int share = 0;
  for (int d = LANE * (DIGITS / GROUP); d < (LANE + 1) * (DIGITS / GROUP); d++) share += place[d];
  shares[LANE] = share;
  BARRIER;
  int sum = 0;
  for (int l = 0; l < LANE; l++) sum += shares[l];
  for (int d = LANE * (DIGITS / GROUP); d < (LANE + 1) * (DIGITS / GROUP); d++) { const int c = place[d]; place[d] = sum; sum += c; }
  BARRIER;
  for (int q = 0; q < DIGITS / GROUP; q++) place[q * GROUP + LANE] += before[q];
  BARRIER;
}

// summed: whether `columns` has run
#define MOVE(name, DIGIT) \
KERNEL name(const int n, const int tiles, const int summed, const int shift, I(keys), I(order), const int first, I(counts), I(out)) { \
  __local uint own[DIGITS * WORDS]; \
  __local int place[DIGITS]; \
  __local int shares[GROUP]; \
  int who[EACH_ITEM], digit[EACH_ITEM]; \
  clear(own); \
  BARRIER; \
  const int from = GROUP_X * TILE + LANE * EACH_ITEM; \
  for (int k = 0; k < EACH_ITEM; k++) { \
    if (from + k >= n) continue; \
    who[k] = first ? from + k : order[from + k]; \
    digit[k] = DIGIT(who[k]); \
    counted(own, digit[k]); \
  } \
  begin(tiles, summed, counts, place, shares); \
  for (int k = 0; k < EACH_ITEM; k++) { \
    if (from + k >= n) continue; \
    int to = place[digit[k]] + among(own + digit[k] * WORDS, LANE); \
    for (int j = 0; j < k; j++) to += digit[j] == digit[k]; \
    out[to] = who[k]; \
  } \
}
MOVE(moveRows, ROW_DIGIT)
MOVE(moveLongs, LONG_DIGIT)

// Running sums within stretches, in place, and the sum of each; a group each.
KERNEL runStretch(const int n, I(values), I(sums)) { RUN(n, values[p], values, sums) }

// Running sums of the stretches, in place, by one group.
KERNEL_OF(SUMMING) runSums(const int n, I(sums)) {
  __local int shares[SUMMING];
  RUN_ALL(n, sums, shares, SUMMING)
}

// First place of each row among places in the order of their rows, and the number of places.
KERNEL starts(const int rows, const int n, I(keys), I(order), I(start)) {
  EACH(rows + 1)
  int low = 0, high = n;
  while (low < high) {
    const int middle = (low + high) / 2;
    if (keys[order[middle]] < i) low = middle + 1; else high = middle;
  }
  start[i] = low;
}
