// The loss of a detector that votes (REFERENCE 8.3). Single numbers are rounded as on the processor, so nothing may be merged into one
// rounding; gradients are added in its order, one item for each number; sums are of doubles, in an order that depends on sizes only.
// HEADINGS, SIZES, CLASSES: columns of the head
#pragma OPENCL FP_CONTRACT OFF

#define OBJECTNESS 0
#define CENTRE 2
#define HEADING 5
#define HEADING_RESIDUAL (HEADING + HEADINGS)
#define SIZE (HEADING + 2 * HEADINGS)
#define SIZE_RESIDUAL (SIZE + SIZES)
#define SEMANTIC (SIZE + 4 * SIZES)
#define WIDTH (SEMANTIC + CLASSES)

// Metres within which a box is the one of a proposal, and beyond which there is none.
#define NEAR_BOX 0.3f
#define FAR_BOX 0.6f
#define EPSILON 1e-6

// What is asked for in weights.
#define W_VOTE weights[0]
#define W_OBJECTNESS weights[1]
#define W_CENTRE weights[2]
#define W_HEADING weights[3]
#define W_HEADING_RESIDUAL weights[4]
#define W_SIZE weights[5]
#define W_SIZE_RESIDUAL weights[6]
#define W_SEMANTIC weights[7]
#define W_SCALE weights[8]

// Boxes as doubles: centre, what is left beside the direction in halves of a bin, what is left beside the size in shares of it.
#define TRUTH 7
#define TURN 3
#define LENGTHS 4
// Boxes as whole numbers, behind the first row of each scene and the end: scene, whether it is one, direction, size, class.
#define LABELS 5
#define L_SCENE 0
#define L_REAL 1
#define L_HEADING 2
#define L_SIZE 3
#define L_CLASS 4

// Bits of what is known of a proposal.
#define RIGHT 1
#define BROKEN 2

// Parts of the loss of each proposal, in doubles: one after the other, each for all proposals.
#define PARTS 7
#define P_OBJECTNESS 0
#define P_PULL 1
#define P_HEADING 2
#define P_HEADING_RESIDUAL 3
#define P_SIZE 4
#define P_SIZE_RESIDUAL 5
#define P_SEMANTIC 6

// Shares that sums are multiplied by, and whether there was anything that is no number.
#define S_VOTES shares[0]
#define S_COUNTED shares[1]
#define S_POSITIVE shares[2]
#define S_BOXES shares[3]
#define S_BROKEN shares[4]

static float squared(const float x, const float y, const float z) { return x * x + y * y + z * z; }

static double crossEntropy(__global const float* scores, const int width, const int label) {
  double top = scores[0], sum = 0;
  for (int c = 1; c < width; c++) top = fmax(top, (double)scores[c]);
  for (int c = 0; c < width; c++) sum += exp(scores[c] - top);
  return log(sum) + top - scores[label];
}

static void crossEntropySlopes(__global const float* scores, const int width, const int label, const double weight, __global float* out) {
  double top = scores[0], sum = 0;
  for (int c = 1; c < width; c++) top = fmax(top, (double)scores[c]);
  for (int c = 0; c < width; c++) sum += exp(scores[c] - top);
  for (int c = 0; c < width; c++) out[c] = (float)(weight * (exp(scores[c] - top) / sum - (c == label ? 1 : 0)));
}

static double huber(const double error) {
  const double size = fabs(error);
  return size <= 1 ? 0.5 * error * error : size - 0.5;
}

static float huberSlope(const double error, const double weight) { return (float)(weight * fmin(fmax(error, -1.0), 1.0)); }

// The nearest box of a scene to a place, the first of equals: its row, -1 where there is none.
static int nearestBox(const float x, const float y, const float z, __global const double* truth, const int from, const int to, float* least) {
  int best = -1;
  *least = INFINITY;
  for (int j = from; j < to; j++) {
    __global const double* box = truth + (size_t)TRUTH * j;
    const float d = squared(x - (float)box[0], y - (float)box[1], z - (float)box[2]);
    if (d < *least) { *least = d; best = j; }
  }
  return best;
}

// Squared distance of a proposal's centre from a box.
static double apart(__global const float* place, __global const float* head, __global const double* box) {
  double sum = 0;
  for (int a = 0; a < 3; a++) {
    const float d = place[a] + head[CENTRE + a] - (float)box[a];
    sum += (double)d * d;
  }
  return sum;
}

// An item per proposal: which box it is compared with, and the parts of its loss.
// assignment: row of the box or -1; 1 where it holds the box, 0 where it holds nothing, -1 where neither counts
// states: 1 + row of the box that its centre is nearest to, 0 where it is pulled to none; bits
KERNEL proposals(const int n, const int perScene, const int scenes, B(places), B(head), I(boxes), D(truth), B(assignment), D(parts), I(states)) {
  AT(places) AT(head) AT(assignment) AS_DOUBLES(truth) AS_DOUBLES(parts) EACH(n)
  const int scene = i / perScene, from = boxes[scene], to = boxes[scene + 1];
  __global const float* place = places + (size_t)3 * i;
  __global const float* row = head + (size_t)WIDTH * i;
  int broken = !isfinite(place[0]) || !isfinite(place[1]) || !isfinite(place[2]);
  for (int c = 0; c < WIDTH; c++) broken |= !isfinite(row[c]);
  float least;
  const int own = nearestBox(place[0], place[1], place[2], truth, from, to, &least);
  const float distance_ = (float)sqrt((double)(least + 1e-6f));
  const int positive = distance_ < NEAR_BOX, counted = positive || distance_ > FAR_BOX;
  assignment[2 * i] = own;
  assignment[2 * i + 1] = positive ? 1 : counted ? 0 : -1;
  double part[PARTS];
  for (int p = 0; p < PARTS; p++) part[p] = 0;
  int pulled = -1;
  if (positive && !broken) {
    __global const int* label = boxes + scenes + 1 + LABELS * own;
    __global const double* box = truth + (size_t)TRUTH * own;
    const int heading = label[L_HEADING], size = label[L_SIZE];
    pulled = nearestBox(place[0] + row[CENTRE], place[1] + row[CENTRE + 1], place[2] + row[CENTRE + 2], truth, from, to, &least);
    if (pulled < 0) broken = 1;
    else part[P_PULL] = apart(place, row, truth + (size_t)TRUTH * pulled);
    part[P_HEADING] = crossEntropy(row + HEADING, HEADINGS, heading);
    part[P_HEADING_RESIDUAL] = huber(row[HEADING_RESIDUAL + heading] - box[TURN]);
    part[P_SIZE] = crossEntropy(row + SIZE, SIZES, size);
    for (int a = 0; a < 3; a++) part[P_SIZE_RESIDUAL] += huber(row[SIZE_RESIDUAL + 3 * size + a] - box[LENGTHS + a]) / 3;
    part[P_SEMANTIC] = crossEntropy(row + SEMANTIC, CLASSES, label[L_CLASS]);
  }
  int right = 0;
  if (counted && !broken) {
    part[P_OBJECTNESS] = (positive ? 0.8 : 0.2) * crossEntropy(row + OBJECTNESS, 2, positive);
    right = (row[OBJECTNESS + 1] > row[OBJECTNESS]) == positive;
  }
  for (int p = 0; p < PARTS; p++) parts[(size_t)p * n + i] = part[p];
  states[2 * i] = 1 + pulled;
  states[2 * i + 1] = (right ? RIGHT : 0) | (broken ? BROKEN : 0);
}

// A group per box: the proposal whose centre is the nearest, the first of equals.
// chosen: 1 + its number; 0 where the row is no box, or no distance is a number
KERNEL nearestProposals(const int perScene, const int scenes, B(places), B(head), I(boxes), D(truth), I(chosen), D(pulls)) {
  __local float best[GROUP];
  __local int at[GROUP];
  AT(places) AT(head) AS_DOUBLES(truth) AS_DOUBLES(pulls)
  __global const int* label = boxes + scenes + 1 + LABELS * GROUP_X;
  __global const double* box = truth + (size_t)TRUTH * GROUP_X;
  const float x = (float)box[0], y = (float)box[1], z = (float)box[2];
  const int from = label[L_SCENE] * perScene, to = from + perScene;
  float least = INFINITY;
  int nearest_ = -1;
  for (int i = from + LANE; i < to; i += GROUP) {
    __global const float* place = places + (size_t)3 * i;
    __global const float* move = head + (size_t)WIDTH * i + CENTRE;
    const float d = squared(x - (place[0] + move[0]), y - (place[1] + move[1]), z - (place[2] + move[2]));
    if (d < least) { least = d; nearest_ = i; }
  }
  best[LANE] = least;
  at[LANE] = nearest_;
  LEAST(best, at)
  if (LANE == 0) {
    const int i = at[0], real = label[L_REAL];
    chosen[GROUP_X] = real ? 1 + i : 0;
    pulls[GROUP_X] = real && i >= 0 ? apart(places + (size_t)3 * i, head + (size_t)WIDTH * i, box) : 0;
  }
}

// Where a seed should vote, one axis.
static float aim(__global const float* seeds, __global const float* ways, const int seed, const int way, const int axis) {
  return seeds[3 * (size_t)seed + axis] + ways[10 * (size_t)seed + 3 * way + axis];
}

// An item per seed: of all pairs of a vote and a true vote the nearest, the first of equals.
// least: how far these are apart, 0 where the seed should not vote
// picks: 0 where it should not, 1 + 3 * vote + true vote, or 1 + 3 * factor where something is no number
KERNEL votes(const int n, const int factor, const int voting, B(said), B(seeds), B(ways), B(least), I(picks)) {
  AT(said) AT(seeds) AT(ways) AT(least) EACH(n)
  __global const float* vote = said + (size_t)3 * factor * i;
  int broken = 0, pick = 0;
  for (int k = 0; k < 3 * factor; k++) broken |= !isfinite(vote[k]);
  float nearest_ = 0;
  if (voting && ways[10 * (size_t)i + 9] > 0) {
    nearest_ = INFINITY;
    for (int t = 0; t < 3; t++) {
      const float x = aim(seeds, ways, i, t, 0), y = aim(seeds, ways, i, t, 1), z = aim(seeds, ways, i, t, 2);
      for (int f = 0; f < factor; f++) {
        const float d = fabs(vote[3 * f] - x) + fabs(vote[3 * f + 1] - y) + fabs(vote[3 * f + 2] - z);
        if (d < nearest_) { nearest_ = d; pick = 1 + 3 * f + t; }
      }
    }
    broken |= pick == 0;
  }
  least[i] = nearest_;
  picks[i] = broken ? 1 + 3 * factor : pick;
}

// What is added up, behind the parts of proposals.
#define T_BOXES PARTS
#define T_VOTES (PARTS + 1)
#define C_POSITIVE (PARTS + 2)
#define C_COUNTED (PARTS + 3)
#define C_RIGHT (PARTS + 4)
#define C_REAL (PARTS + 5)
#define C_VOTING (PARTS + 6)
#define C_BROKEN (PARTS + 7)
#define SUMS (PARTS + 8)

// One group: all sums, and from them the loss and its figures, in the order of BoxLossKernels.FIGURES, and shares for gradients.
KERNEL totals(const int n, const int rows, const int scenes, const int seeds, const int factor, I(boxes), D(weights), B(assignment), D(parts), I(states), I(chosen), D(pulls), B(least), I(picks), D(shares), B(losses)) {
  __local double s[GROUP];
  __local double sums[SUMS];
  AT(assignment) AT(least) AT(losses) AS_DOUBLES(weights) AS_DOUBLES(parts) AS_DOUBLES(pulls) AS_DOUBLES(shares)
  __global const int* labels = boxes + scenes + 1;
  for (int what = 0; what < SUMS; what++) {
    double sum = 0;
    if (what < PARTS) for (int i = LANE; i < n; i += GROUP) sum += parts[(size_t)what * n + i];
    else if (what == T_BOXES) for (int i = LANE; i < rows; i += GROUP) sum += pulls[i];
    else if (what == T_VOTES) for (int i = LANE; i < seeds; i += GROUP) sum += least[i];
    else if (what == C_POSITIVE) for (int i = LANE; i < n; i += GROUP) sum += assignment[2 * i + 1] > 0;
    else if (what == C_COUNTED) for (int i = LANE; i < n; i += GROUP) sum += assignment[2 * i + 1] >= 0;
    else if (what == C_RIGHT) for (int i = LANE; i < n; i += GROUP) sum += states[2 * i + 1] & RIGHT;
    else if (what == C_REAL) for (int i = LANE; i < rows; i += GROUP) sum += labels[LABELS * i + L_REAL];
    else if (what == C_VOTING) for (int i = LANE; i < seeds; i += GROUP) sum += picks[i] > 0;
    else {
      for (int i = LANE; i < n; i += GROUP) sum += (states[2 * i + 1] & BROKEN) != 0;
      for (int i = LANE; i < rows; i += GROUP) sum += labels[LABELS * i + L_REAL] && chosen[i] == 0;
      for (int i = LANE; i < seeds; i += GROUP) sum += picks[i] > 3 * factor;
    }
    s[LANE] = sum;
    TREE(s)
    if (LANE == 0) sums[what] = s[0];
    BARRIER;
  }
  if (LANE == 0) {
    S_VOTES = 1 / (sums[C_VOTING] + EPSILON);
    S_COUNTED = 1 / (sums[C_COUNTED] + EPSILON);
    S_POSITIVE = 1 / (sums[C_POSITIVE] + EPSILON);
    S_BOXES = 1 / (sums[C_REAL] + EPSILON);
    S_BROKEN = sums[C_BROKEN];
    const double vote = sums[T_VOTES] * S_VOTES;
    const double objectness = sums[P_OBJECTNESS] * S_COUNTED;
    const double centre = sums[P_PULL] * S_POSITIVE + sums[T_BOXES] * S_BOXES;
    const double heading = sums[P_HEADING] * S_POSITIVE, headingResidual = sums[P_HEADING_RESIDUAL] * S_POSITIVE;
    const double size = sums[P_SIZE] * S_POSITIVE, sizeResidual = sums[P_SIZE_RESIDUAL] * S_POSITIVE;
    const double semantic = sums[P_SEMANTIC] * S_POSITIVE;
    losses[0] = (float)(W_SCALE * (W_VOTE * vote + W_OBJECTNESS * objectness + W_CENTRE * centre + W_HEADING * heading
        + W_HEADING_RESIDUAL * headingResidual + W_SIZE * size + W_SIZE_RESIDUAL * sizeResidual + W_SEMANTIC * semantic));
    losses[1] = (float)vote;
    losses[2] = (float)objectness;
    losses[3] = (float)(sums[C_RIGHT] * S_COUNTED);
    losses[4] = (float)(sums[C_POSITIVE] / n);
    losses[5] = (float)((sums[C_COUNTED] - sums[C_POSITIVE]) / n);
    losses[6] = (float)centre;
    losses[7] = (float)heading;
    losses[8] = (float)headingResidual;
    losses[9] = (float)size;
    losses[10] = (float)sizeResidual;
    losses[11] = (float)semantic;
    if (S_BROKEN > 0) for (int k = 0; k < 12; k++) losses[k] = NAN;
  }
}

// What a box pulls at a proposal's centre with.
static void pull(__global const float* place, __global const float* row, __global const double* box, const double weight, const double share, float* slope) {
  for (int a = 0; a < 3; a++) slope[a] += (float)(weight * share * 2 * (place[a] + row[CENTRE + a] - (float)box[a]));
}

// An item per proposal: the gradients of its row of the head and of its place.
KERNEL proposalSlopes(const int n, const int perScene, const int scenes, B(places), B(head), I(boxes), D(truth), D(weights), B(assignment), I(states), I(chosen), D(shares), B(gradPlaces), B(gradHead)) {
  AT(places) AT(head) AT(assignment) AT(gradPlaces) AT(gradHead) AS_DOUBLES(truth) AS_DOUBLES(weights) AS_DOUBLES(shares) EACH(n)
  __global const float* place = places + (size_t)3 * i;
  __global const float* row = head + (size_t)WIDTH * i;
  __global float* out = gradHead + (size_t)WIDTH * i;
  const float none = S_BROKEN > 0 ? NAN : 0.0f;
  for (int c = 0; c < WIDTH; c++) out[c] = none;
  for (int a = 0; a < 3; a++) gradPlaces[3 * (size_t)i + a] = none;
  if (S_BROKEN > 0) return;
  const int own = (int)assignment[2 * i], positive = assignment[2 * i + 1] > 0;
  if (assignment[2 * i + 1] >= 0) {
    const double weight = W_SCALE * W_OBJECTNESS * (positive ? 0.8 : 0.2) * S_COUNTED;
    crossEntropySlopes(row + OBJECTNESS, 2, positive, weight, out + OBJECTNESS);
  }
  float slope[3];
  slope[0] = slope[1] = slope[2] = 0;
  if (positive) pull(place, row, truth + (size_t)TRUTH * (states[2 * i] - 1), W_SCALE * W_CENTRE, S_POSITIVE, slope);
  const int scene = i / perScene;
  for (int j = boxes[scene]; j < boxes[scene + 1]; j++) {
    if (chosen[j] == 1 + i) pull(place, row, truth + (size_t)TRUTH * j, W_SCALE * W_CENTRE, S_BOXES, slope);
  }
  for (int a = 0; a < 3; a++) out[CENTRE + a] = gradPlaces[3 * (size_t)i + a] = slope[a];
  if (!positive) return;
  __global const int* label = boxes + scenes + 1 + LABELS * own;
  __global const double* box = truth + (size_t)TRUTH * own;
  const int heading = label[L_HEADING], size = label[L_SIZE];
  const double scale = W_SCALE * S_POSITIVE;
  crossEntropySlopes(row + HEADING, HEADINGS, heading, scale * W_HEADING, out + HEADING);
  out[HEADING_RESIDUAL + heading] = huberSlope(row[HEADING_RESIDUAL + heading] - box[TURN], scale * W_HEADING_RESIDUAL);
  crossEntropySlopes(row + SIZE, SIZES, size, scale * W_SIZE, out + SIZE);
  for (int a = 0; a < 3; a++) {
    const int c = SIZE_RESIDUAL + 3 * size + a;
    out[c] = huberSlope(row[c] - box[LENGTHS + a], scale * W_SIZE_RESIDUAL / 3);
  }
  crossEntropySlopes(row + SEMANTIC, CLASSES, label[L_CLASS], scale * W_SEMANTIC, out + SEMANTIC);
}

// An item per vote: its gradient.
KERNEL voteSlopes(const int n, const int factor, B(said), B(seeds), B(ways), I(picks), D(weights), D(shares), B(gradVotes)) {
  AT(said) AT(seeds) AT(ways) AT(gradVotes) AS_DOUBLES(weights) AS_DOUBLES(shares) EACH(n)
  const int seed = i / factor, pick = picks[seed] - 1;
  const int mine = pick >= 0 && pick / 3 == i % factor;
  for (int a = 0; a < 3; a++) {
    const size_t at = 3 * (size_t)i + a;
    float slope = 0;
    if (S_BROKEN > 0) slope = NAN;
    else if (mine) slope = (float)(W_SCALE * W_VOTE * S_VOTES * sign(said[at] - aim(seeds, ways, seed, pick % 3, a)));
    gradVotes[at] = slope;
  }
}
