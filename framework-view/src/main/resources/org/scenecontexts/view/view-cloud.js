// Clouds as the page holds them: inflated, undone, and in an order of which every beginning is an even sample.

const MAKERS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const plain = atob(text);
  const bytes = new Uint8Array(plain.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = plain.charCodeAt(i);
  return bytes;
}

async function inflate(id) {
  const packed = fromBase64(document.getElementById(id).textContent);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Rows 0 to n-1 so that the first n/2^k of them are every 2^k-th: their bits reversed. */
function spreadOrder(n) {
  const order = new Uint32Array(n);
  let bits = 0;
  while (2 ** bits < n) bits++;
  const half = bits === 0 ? 0 : 2 ** (bits - 1);
  let reversed = 0;
  for (let k = 0, count = 2 ** bits, at = 0; k < count; k++) {
    if (reversed < n) order[at++] = reversed;
    let bit = half;
    while (bit > 0 && (reversed & bit)) {
      reversed ^= bit;
      bit >>= 1;
    }
    reversed |= bit;
  }
  return order;
}

/** Bytes of one array: its low bytes, then its higher ones; differences are added up again. */
function unpack(bytes, at, width, n, delta, order) {
  const plain = new MAKERS[width](n);
  plain.set(bytes.subarray(at, at + n));
  for (let plane = 1; plane < width; plane++) {
    const shift = 8 * plane;
    const from = at + plane * n;
    for (let i = 0; i < n; i++) plain[i] |= bytes[from + i] << shift;
  }
  if (delta) for (let i = 1; i < n; i++) plain[i] += plain[i - 1];
  const spread = new MAKERS[width](n);
  for (let i = 0; i < n; i++) spread[i] = plain[order[i]];
  return spread;
}

/** The cloud of an entry, once its bytes are there; a field is unpacked when it is first asked for. */
async function openCloud(entry, inflated) {
  const bytes = await inflated;
  const n = entry.points;
  const order = spreadOrder(n);
  const fields = {};
  let at = 0;
  for (const array of entry.arrays) {
    const from = at;
    let values;
    Object.defineProperty(fields, array.name, {
      get: () => values ??= unpack(bytes, from, array.bytes, n, array.delta, order),
    });
    at += array.bytes * n;
  }
  const positions = new Uint16Array(3 * n);
  for (let axis = 0; axis < 3; axis++) {
    const values = fields['xyz'[axis]];
    for (let i = 0; i < n; i++) positions[3 * i + axis] = values[i];
  }
  return { entry, n, fields, positions };
}

function hasField(cloud, name) {
  return cloud.entry.arrays.some(array => array.name === name);
}

/** The position of a point with z upwards. */
function pointAt(cloud, i) {
  return [0, 1, 2].map(a => cloud.entry.low[a] + cloud.entry.step[a] * cloud.positions[3 * i + a]);
}

/** A place with z upwards in the frame of the file. */
function asInFile(cloud, place) {
  return [0, 1, 2].map(a => cloud.entry.back.reduce((sum, row, k) => sum + row[a] * place[k], 0));
}

function number(value, step) {
  const decimals = Math.min(6, Math.max(0, Math.ceil(-Math.log10(Math.max(step, 1e-9))) - 1));
  return value.toFixed(decimals);
}

/** The object that a point belongs to; undefined where it belongs to none, or the cloud has no objects. */
function objectOf(cloud, i, field, first) {
  if (!hasField(cloud, field)) return undefined;
  const objects = cloud.fields[field];
  return objects[i] === 0 ? undefined : objects[i] - 1 + cloud.entry[first];
}
