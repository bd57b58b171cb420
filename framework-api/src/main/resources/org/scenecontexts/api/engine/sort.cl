// Stable sorting by digits: each item of a group counts a stretch of its own, places are the running sum of all counts,
// digit by digit and in each item by item, and each item then moves its stretch in order. No item waits for another's write.
#define DIGITS 64
#define STRETCH 64
#define SUMMED 128

// key of a place: the row that it chooses, or a long
#define ROW_DIGIT(p) ((keys[p] >> shift) & (DIGITS - 1))
#define LONG_DIGIT(p) ((int)(((__global const long*)keys)[p] >> shift) & (DIGITS - 1))

#define COUNT(name, DIGIT) \
KERNEL name(const int n, const int items, const int shift, I(keys), I(order), const int first, I(counts)) { \
  __local int s[DIGITS * GROUP]; \
  for (int d = 0; d < DIGITS; d++) s[d * GROUP + LANE] = 0; \
  const int from = ITEM * STRETCH, to = min(n, from + STRETCH); \
  for (int p = from; p < to; p++) s[DIGIT(first ? p : order[p]) * GROUP + LANE]++; \
  if (ITEM < items) for (int d = 0; d < DIGITS; d++) counts[d * items + ITEM] = s[d * GROUP + LANE]; \
}
COUNT(countRows, ROW_DIGIT)
COUNT(countLongs, LONG_DIGIT)

#define MOVE(name, DIGIT) \
KERNEL name(const int n, const int items, const int shift, I(keys), I(order), const int first, I(places), I(sums), I(out)) { \
  __local int s[DIGITS * GROUP]; \
  if (ITEM < items) for (int d = 0; d < DIGITS; d++) s[d * GROUP + LANE] = places[d * items + ITEM] + sums[(d * items + ITEM) / SUMMED]; \
  const int from = ITEM * STRETCH, to = min(n, from + STRETCH); \
  for (int p = from; p < to; p++) { \
    const int who = first ? p : order[p]; \
    out[s[DIGIT(who) * GROUP + LANE]++] = who; \
  } \
}
MOVE(moveRows, ROW_DIGIT)
MOVE(moveLongs, LONG_DIGIT)

// Running sums within stretches of SUMMED, in place, and the sum of each.
KERNEL runStretch(const int n, const int stretches, I(counts), I(sums)) {
  EACH(stretches)
  int sum = 0;
  for (int p = i * SUMMED; p < min(n, (i + 1) * SUMMED); p++) { const int c = counts[p]; counts[p] = sum; sum += c; }
  sums[i] = sum;
}

// Running sums of the stretches, in place, by one group.
KERNEL runSums(const int n, I(sums)) {
  __local int s[GROUP];
  const int share = (n + GROUP - 1) / GROUP, from = LANE * share, to = min(n, from + share);
  int sum = 0;
  for (int p = from; p < to; p++) sum += sums[p];
  s[LANE] = sum;
  BARRIER;
  sum = 0;
  for (int l = 0; l < LANE; l++) sum += s[l];
  for (int p = from; p < to; p++) { const int c = sums[p]; sums[p] = sum; sum += c; }
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
