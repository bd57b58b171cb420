// Where seeds should vote (REFERENCE 8.5), rounded as on the processor, so nothing may be merged into one rounding.
#pragma OPENCL FP_CONTRACT OFF

#define VOTES 3
#define WAYS 10

// Numbers of a box: centre, lengths, cosine and sine of the heading.
#define SHAPE 8

static int holds(__global const double* box, __global const float* place) {
  const double dx = place[0] - box[0], dy = place[1] - box[1], cosine = box[6], sine = box[7];
  return fabs(2 * (cosine * dx + sine * dy)) <= box[3] && fabs(2 * (cosine * dy - sine * dx)) <= box[4] && fabs(2 * (place[2] - box[2])) <= box[5];
}

static void put(__global float* way, __global const double* middle, __global const float* place) {
  for (int a = 0; a < 3; a++) way[a] = (float)(middle[a] - place[a]);
}

// An item per seed. known: whether there are instances that are voted for, and ids
// objects: first instance of each scene and the end, first box of each scene and the end, halves of the instances' ids
// middles: of instances; boxes: shapes
KERNEL ways(const int n, const int perScene, const int scenes, const int known, B(ids), B(places), I(objects), D(middles), D(boxes), B(out)) {
  AT(ids) AT(places) AT(out) AS_DOUBLES(middles) AS_DOUBLES(boxes) EACH(n)
  const int scene = i / perScene;
  __global const int* firstBox = objects + scenes + 1;
  __global const int* halves = firstBox + scenes + 1;
  __global const float* place = places + 3 * (size_t)i;
  __global float* way = out + WAYS * (size_t)i;
  for (int k = 0; k < WAYS; k++) way[k] = 0;
  if (known) {
    const int low = (int)ids[2 * (size_t)i], high = (int)ids[2 * (size_t)i + 1];
    for (int k = objects[scene]; k < objects[scene + 1]; k++) {
      if (halves[2 * k] == low && halves[2 * k + 1] == high) {
        for (int vote = 0; vote < VOTES; vote++) put(way + 3 * vote, middles + 3 * k, place);
        way[WAYS - 1] = 1;
        return;
      }
    }
  }
  int found = 0;
  for (int k = firstBox[scene]; k < firstBox[scene + 1]; k++) {
    __global const double* box = boxes + (size_t)SHAPE * k;
    if (holds(box, place)) {
      // The first is all votes, until others take the second and the third.
      const int first = min(found, VOTES - 1), last = found == 0 ? VOTES - 1 : first;
      for (int vote = first; vote <= last; vote++) put(way + 3 * vote, box, place);
      found++;
    }
  }
  way[WAYS - 1] = found > 0;
}
