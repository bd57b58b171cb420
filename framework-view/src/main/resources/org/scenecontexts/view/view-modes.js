// What points can be coloured by. A mode gives the group of a point, which the legend switches, or a value on a scale.

const RIGHT = 0, WRONG = 1, UNKNOWN = 2;
const ERRORS = [
  { name: 'right', colour: [120, 150, 175] },
  { name: 'wrong', colour: [225, 45, 45] },
  { name: 'no truth', colour: [90, 90, 90] },
];
const MOST_OBJECTS = 300;

function rgb(text) {
  return [1, 3, 5].map(at => parseInt(text.slice(at, at + 2), 16));
}

function objectColour(number) {
  const hue = (number * 0.381966 % 1) * 6, value = 0.95 - 0.25 * (Math.floor(number / 2) % 2);
  const saturation = 0.65 + 0.3 * (number % 2);
  return [5, 3, 1].map(k => {
    const at = (k + hue) % 6;
    return Math.round(255 * value * (1 - saturation * Math.max(0, Math.min(at, 4 - at, 1))));
  });
}

/** Dark blue over green to yellow, 0 to 1: the corners of viridis. */
const SCALE = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];
function scaleColour(value) {
  const at = Math.min(Math.max(value, 0), 1) * (SCALE.length - 1);
  const from = Math.min(Math.floor(at), SCALE.length - 2);
  return SCALE[from].map((low, c) => Math.round(low + (SCALE[from + 1][c] - low) * (at - from)));
}

function isWrong(label, prediction, i, classes) {
  const truth = classes[label[i]], said = classes[prediction[i]];
  return truth.value < 0 ? UNKNOWN : truth === said ? RIGHT : WRONG;
}

/** The modes that a cloud has, in the order of the menu. */
function modesOf(cloud, classes) {
  const has = name => hasField(cloud, name);
  const modes = [];
  if (has('red')) modes.push({ id: 'photo', title: 'photo colour' });
  for (const name of ['label', 'prediction']) {
    if (has(name)) {
      modes.push({
        id: name, title: name, family: 'classes', groupOf: () => { const values = cloud.fields[name]; return i => values[i]; },
        groups: classes.map(c => ({ name: c.name, colour: rgb(c.colour), order: c.value })),
      });
    }
  }
  if (has('label') && has('prediction')) {
    modes.push({
      id: 'error', title: 'error', family: 'error', groups: ERRORS,
      groupOf: () => { const { label, prediction } = cloud.fields; return i => isWrong(label, prediction, i, classes); },
    });
  }
  if (has('confidence')) {
    modes.push({ id: 'confidence', title: 'confidence',
      scale: () => { const values = cloud.fields.confidence; return i => values[i] / 100; }, ends: ['0', '1'] });
  }
  if (has('instance')) modes.push(objectMode(cloud, 'instance', 'instance', cloud.entry.firstObject));
  if (has('instanceTrue')) modes.push(objectMode(cloud, 'instanceTrue', 'true instance', cloud.entry.firstTrue));
  const [low, high, step] = ['low', 'high', 'step'].map(name => cloud.entry[name][2]);
  modes.push({
    id: 'height', title: 'height', ends: [number(low, step), number(high, step)],
    scale: () => { const values = cloud.fields.z; return i => values[i] / 65535; },
  });
  return modes;
}

function objectMode(cloud, id, title, first) {
  const found = () => [...new Set(cloud.fields[id])].sort((a, b) => a - b);
  let groups;
  return {
    id, title, family: id,
    get groups() {
      return groups ??= found().map(value => value === 0
        ? { name: 'none', colour: [128, 128, 128] }
        : { name: 'object ' + (value - 1 + first), colour: objectColour(value - 1 + first) });
    },
    groupOf: () => {
      const values = cloud.fields[id];
      const at = new Map(found().map((value, k) => [value, k]));
      return i => at.get(values[i]);
    },
  };
}

/** Groups of all points, read once: the legend and the colours both need them. */
function groupsOf(cloud, mode) {
  const group = mode.groupOf();
  const all = new Uint32Array(cloud.n);
  for (let i = 0; i < cloud.n; i++) all[i] = group(i);
  return all;
}

/** Colours of all points, 4 bytes each; the last is 0 where the legend switches a point off. */
function paint(view, hidden) {
  const { cloud, mode, groups } = view;
  const out = new Uint8Array(4 * cloud.n);
  // As words, lowest byte first.
  const words = new Uint32Array(out.buffer);
  const word = (colour, on) => (colour[0] | colour[1] << 8 | colour[2] << 16 | on << 24) >>> 0;
  if (groups !== undefined) {
    const table = mode.groups.map((group, k) => word(group.colour, hidden.has(k) ? 0 : 255));
    for (let i = 0; i < cloud.n; i++) words[i] = table[groups[i]];
  } else if (mode.scale !== undefined) {
    const value = mode.scale();
    const table = Array.from({ length: 256 }, (_, k) => word(scaleColour(k / 255), 255));
    for (let i = 0; i < cloud.n; i++) words[i] = table[Math.round(255 * value(i))];
  } else {
    const { red, green, blue } = cloud.fields;
    for (let i = 0; i < cloud.n; i++) words[i] = (red[i] | green[i] << 8 | blue[i] << 16 | 255 << 24) >>> 0;
  }
  return out;
}

function counts(view) {
  const found = new Array(view.mode.groups.length).fill(0);
  for (let i = 0; i < view.cloud.n; i++) found[view.groups[i]]++;
  return found;
}
