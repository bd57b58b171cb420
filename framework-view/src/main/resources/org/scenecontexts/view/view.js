// The page: scenes, menus, legend, hover, keys. Names of files, fields and classes are set as text, never as markup.

const page = JSON.parse(document.getElementById('page').textContent);
const byId = id => document.getElementById(id);
const canvas = byId('canvas');
const inflating = new Map();
inflated(page.scenes[wantedScene()]);
const drawing = makeDrawing(canvas);
const state = { scene: -1, clouds: [], views: [], hidden: {}, boxes: true, split: false, ready: false, pictures: 0 };
const rig = makeCamera(canvas, moved => refresh(moved));
let pending = 0, lastMove = -1000, lastFrame = 0, chunk = 40000, progress = 0, still = 0;

/** The bytes of a scene's clouds; the first ones are inflated while the browser prepares to draw. */
function inflated(scene) {
  for (const cloud of scene.clouds) {
    if (!inflating.has(cloud.block)) inflating.set(cloud.block, inflate(cloud.block));
  }
  return scene.clouds.map(cloud => inflating.get(cloud.block));
}

function wantedScene() {
  const name = new URLSearchParams(location.hash.slice(1)).get('scene');
  return Math.max(0, page.scenes.findIndex(scene => scene.name === name));
}

function element(tag, text, parent) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (parent) parent.append(made);
  return made;
}

function isDark() {
  return document.documentElement.classList.contains('dark');
}

/** Draws soon. */
function refresh(moved) {
  if (moved) lastMove = performance.now();
  progress = 0;
  if (pending === 0) pending = requestAnimationFrame(frame);
}

/**
 * Draws as many points as this machine draws in time: while something moves only these, when it rests the others after them,
 * until all are there.
 */
function frame(now) {
  pending = 0;
  if (!state.ready) return;
  const moving = now - lastMove < 160;
  const took = now - lastFrame;
  if (took < 24) chunk = Math.min(2 * chunk, 8e6);
  else if (took > 60 && took < 2000) chunk = Math.max(30000, chunk / 2);
  lastFrame = now;
  const all = Math.max(...state.views.map(view => view.cloud.n));
  const until = progress + chunk;
  draw(progress, until, moving ? Math.sqrt(Math.max(1, all / until)) : 1);
  progress = until;
  clearTimeout(still);
  if (until >= all) return;
  if (moving) still = setTimeout(() => refresh(false), 180);
  else pending = requestAnimationFrame(frame);
}

function draw(from, to, wider) {
  drawing.draw(rig.camera, isDark() ? 0x14181f : 0xf4f5f7, from, to, wider, +byId('size').value, state.boxes);
  if (state.pictures++ === 0) {
    // Reading a pixel waits until the picture is there.
    const gl = drawing.renderer.getContext();
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    state.first = performance.now();
  }
}

/** Draws everything at once. */
function renderAll() {
  progress = Infinity;
  draw(0, Infinity, 1);
}

function hidden(family) {
  return state.hidden[family] ??= new Set();
}

/** What the menus offer: the modes of each cloud. */
function offers() {
  return state.clouds.flatMap((cloud, k) => modesOf(cloud, page.classes).map(mode => ({
    id: k + ':' + mode.id, cloud, mode, title: state.clouds.length > 1 ? cloud.entry.name + ': ' + mode.title : mode.title,
  })));
}

function fillMenu(menu, list, wanted) {
  menu.replaceChildren(...list.map(offer => {
    const option = element('option', offer.title);
    option.value = offer.id;
    return option;
  }));
  if (list.some(offer => offer.id === wanted)) menu.value = wanted;
}

function firstChoice(list, ids) {
  return ids.map(id => list.find(offer => offer.id === id)).find(offer => offer !== undefined)?.id ?? list[0].id;
}

async function open(index, choice = {}) {
  const entry = page.scenes[index];
  state.ready = false;
  state.scene = index;
  document.querySelectorAll('#scenes button').forEach((button, k) => button.setAttribute('aria-current', k === index));
  const parts = inflated(entry);
  const clouds = await Promise.all(entry.clouds.map((cloud, k) => openCloud(cloud, parts[k])));
  inflating.clear();
  if (state.scene !== index) return;
  state.clouds = clouds;
  delete state.hidden.instance;
  delete state.hidden.instanceTrue;
  state.origin = clouds[0].entry.low;
  state.list = offers();
  const left = firstChoice(state.list, [choice.left, byId('left').value, '0:label', '0:instanceTrue', '0:photo', '0:prediction', '0:instance']);
  const second = clouds.length > 1 ? '1:prediction' : '0:prediction';
  const right = firstChoice(state.list, [choice.right, byId('right').value, second, '1:label', '1:photo', '0:instance', '0:label', '0:height']);
  fillMenu(byId('left'), state.list, left);
  fillMenu(byId('right'), state.list, right);
  byId('notes').textContent = [...page.notes, ...entry.notes].join('\n');
  state.ready = true;
  arrange();
  if (choice.camera) rig.place(choice.camera.slice(0, 3).map((v, a) => v - state.origin[a]), choice.camera.slice(3).map((v, a) => v - state.origin[a]));
  else look([-0.7, -1, 0.9]);
}

/** Sets up the views by the menus and the legend. */
function arrange() {
  byId('right').hidden = !state.split;
  byId('split').setAttribute('aria-pressed', state.split);
  const ids = state.split ? [byId('left').value, byId('right').value] : [byId('left').value];
  state.views = ids.map(id => ({ ...state.list.find(offer => offer.id === id) }));
  for (const view of state.views) {
    if (view.mode.groupOf !== undefined) view.groups = groupsOf(view.cloud, view.mode);
  }
  paintAll();
  legend();
}

function paintAll() {
  for (const view of state.views) view.colours = paint(view, hidden(view.mode.family));
  drawing.show(state.views.map(view => ({ cloud: view.cloud, colours: view.colours, wires: wires(view) })), state.origin);
  refresh(false);
}

/** The boxes of a view: the true ones where it shows the truth, else the predicted ones. */
function boxesOf(view) {
  const all = view.cloud.entry.boxes;
  const truth = ['label', 'instanceTrue'].includes(view.mode.id) && all.some(box => box.truth);
  return all.filter(box => box.truth === truth);
}

function wires(view) {
  return boxesOf(view).filter(box => !hidden('classes').has(box.class)).map(box => ({
    corners: box.corners.map(corner => corner.map((v, a) => v - state.origin[a])),
    colour: rgb(page.classes[box.class].colour),
  }));
}

function legend() {
  const side = byId('legend');
  side.replaceChildren();
  const told = new Set();
  for (const view of state.views) {
    if (!told.has(view.id)) legendOf(view, side);
    told.add(view.id);
  }
  const boxes = state.views.flatMap(boxesOf);
  if (boxes.length > 0 && !state.views.some(view => view.mode.family === 'classes')) {
    const groups = page.classes.map(c => ({ name: c.name, colour: rgb(c.colour), order: c.value }));
    const found = groups.map((group, k) => boxes.filter(box => box.class === k).length);
    switches('boxes', 'classes', groups, found, side);
  }
}

function legendOf(view, side) {
  const mode = view.mode;
  if (mode.groupOf !== undefined) {
    switches(view.title, mode.family, mode.groups, counts(view), side);
  } else if (mode.scale !== undefined) {
    element('h2', view.title, side);
    const bar = element('div', '', side);
    bar.className = 'bar';
    bar.style.background = 'linear-gradient(to right,' + [0, 0.25, 0.5, 0.75, 1].map(v => 'rgb(' + scaleColour(v) + ')') + ')';
    const ends = element('div', undefined, side);
    ends.className = 'ends';
    mode.ends.forEach(text => element('small', text, ends));
  }
}

function switches(title, family, groups, found, side) {
  element('h2', title, side);
  const all = element('div', undefined, side);
  all.className = 'all';
  const present = groups.map((group, k) => k).filter(k => found[k] > 0)
    .sort((a, b) => (groups[a].order ?? a) - (groups[b].order ?? b));
  const set = (groupsOff) => {
    state.hidden[family] = new Set(groupsOff);
    paintAll();
    legend();
  };
  element('button', 'all', all).onclick = () => set([]);
  element('button', 'none', all).onclick = () => set(present);
  for (const k of present.slice(0, MOST_OBJECTS)) {
    const row = element('label', undefined, side);
    const box = element('input', undefined, row);
    box.type = 'checkbox';
    box.checked = !hidden(family).has(k);
    box.dataset.group = groups[k].name;
    box.onchange = () => {
      hidden(family)[box.checked ? 'delete' : 'add'](k);
      paintAll();
      if (state.views.length > 1) legend();
    };
    element('i', undefined, row).style.background = 'rgb(' + groups[k].colour + ')';
    element('span', groups[k].name, row);
    element('small', found[k].toLocaleString('en'), row);
  }
  if (present.length > MOST_OBJECTS) element('small', present.length - MOST_OBJECTS + ' more', side);
}

function look(direction) {
  rig.camera.aspect = drawing.width() / Math.max(1, canvas.clientHeight);
  const low = [Infinity, Infinity, Infinity], high = [-Infinity, -Infinity, -Infinity];
  for (const cloud of state.clouds) {
    const side = cloud.entry.high.map((v, a) => v - cloud.entry.low[a]);
    for (let a = 0; a < 3; a++) {
      low[a] = Math.min(low[a], cloud.entry.low[a] - state.origin[a]);
      high[a] = Math.max(high[a], cloud.entry.low[a] - state.origin[a] + side[a]);
    }
  }
  rig.look(low, high, direction);
  state.looked = { direction, from: rig.camera.position.clone() };
}

/** Fits the clouds into views of another size, unless somebody has moved the camera; whether it did. */
function fitAgain() {
  if (state.looked === undefined || !state.ready || !rig.camera.position.equals(state.looked.from)) return false;
  look(state.looked.direction);
  return true;
}

/** What is said about a point: what its file says, and the boxes that it lies in. */
function tell(view, i) {
  const lines = [];
  const { cloud } = view, { fields, entry } = cloud;
  for (const name of ['label', 'prediction']) {
    if (hasField(cloud, name)) {
      const found = page.classes[fields[name][i]];
      lines.push(name + ': ' + found.name + (found.name === String(found.value) ? '' : ' (' + found.value + ')'));
    }
  }
  if (hasField(cloud, 'confidence')) lines.push('confidence: ' + (fields.confidence[i] / 100).toFixed(2));
  const object = objectOf(cloud, i, 'instance', 'firstObject'), truth = objectOf(cloud, i, 'instanceTrue', 'firstTrue');
  if (object !== undefined) lines.push('instance: ' + object);
  if (truth !== undefined) lines.push('true instance: ' + truth);
  if (hasField(cloud, 'red')) lines.push('colour: ' + [fields.red[i], fields.green[i], fields.blue[i]].join(' '));
  const place = pointAt(cloud, i);
  const step = Math.max(...entry.step);
  lines.push(asInFile(cloud, place).map((v, a) => 'xyz'[a] + ' ' + number(v, step)).join('  '));
  for (const box of boxesOf(view)) {
    if (state.boxes && inside(box, place)) {
      lines.push('in box: ' + page.classes[box.class].name
        + (box.confidence === null ? '' : ' ' + box.confidence.toFixed(2)));
    }
  }
  return lines.join('\n');
}

function inside(box, place) {
  const from = box.corners[0];
  return [1, 3, 4].every(k => {
    const edge = box.corners[k].map((v, a) => v - from[a]);
    const along = edge.reduce((sum, v, a) => sum + v * (place[a] - from[a]), 0);
    return along >= 0 && along <= edge.reduce((sum, v) => sum + v * v, 0);
  });
}

/** The text for a place of the canvas, in pixels of the page; empty where there is no point. */
function hoverText(x, y) {
  const width = drawing.width();
  const k = Math.min(state.views.length - 1, Math.floor(x / width));
  if (!state.ready || k < 0) return '';
  const view = state.views[k];
  const i = pick(view.cloud, view.colours, rig.camera, state.origin, x - k * width, y, width, canvas.clientHeight, 5);
  return i < 0 ? '' : tell(view, i);
}

function tip(x, y) {
  const text = hoverText(x, y);
  const box = byId('tip');
  box.textContent = text;
  box.style.display = text === '' ? 'none' : 'block';
  box.style.left = Math.min(x + 14, canvas.clientWidth - box.offsetWidth - 4) + 'px';
  box.style.top = Math.min(y + 14, canvas.clientHeight - box.offsetHeight - 4) + 'px';
}

function listen() {
  let waiting = 0, down = null;
  canvas.addEventListener('pointermove', e => {
    clearTimeout(waiting);
    if (e.buttons === 0 && e.pointerType !== 'touch') waiting = setTimeout(() => tip(e.offsetX, e.offsetY), 40);
    else byId('tip').style.display = 'none';
  });
  canvas.addEventListener('pointerleave', e => {
    if (e.pointerType === 'touch') return;
    clearTimeout(waiting);
    byId('tip').style.display = 'none';
  });
  canvas.addEventListener('pointerdown', e => { down = [e.offsetX, e.offsetY]; });
  canvas.addEventListener('pointerup', e => {
    if (down !== null && Math.hypot(e.offsetX - down[0], e.offsetY - down[1]) < 5) tip(e.offsetX, e.offsetY);
    down = null;
  });
  const press = (id, action) => { byId(id).onclick = action; };
  const flip = (id, value) => byId(id).setAttribute('aria-pressed', value);
  press('fit', () => look([-0.7, -1, 0.9]));
  press('top', () => look([0, -0.001, 1]));
  press('front', () => look([0, -1, 0.05]));
  press('walk', () => { rig.walk(!rig.isWalking()); flip('walk', rig.isWalking()); });
  press('split', () => { state.split = !state.split; arrange(); fitAgain(); });
  press('boxes', () => { state.boxes = !state.boxes; flip('boxes', state.boxes); refresh(false); });
  press('theme', () => { document.documentElement.classList.toggle('dark'); refresh(false); });
  press('help', () => { byId('keys').hidden = !byId('keys').hidden; byId('help').setAttribute('aria-expanded', !byId('keys').hidden); });
  press('shot', savePicture);
  byId('size').oninput = () => refresh(false);
  for (const id of ['left', 'right']) byId(id).onchange = arrange;
  const buttons = { f: 'fit', t: 'top', g: 'front', v: 'walk', 2: 'split', b: 'boxes', p: 'shot', '?': 'help' };
  window.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || ['INPUT', 'SELECT'].includes(e.target.tagName)) return;
    if (rig.key(e)) e.preventDefault();
    else if (buttons[e.key.toLowerCase()] !== undefined) byId(buttons[e.key.toLowerCase()]).click();
  });
  new ResizeObserver(() => fitAgain() || refresh(false)).observe(canvas);
  window.addEventListener('hashchange', fromHash);
}

function savePicture() {
  renderAll();
  const link = element('a');
  link.href = canvas.toDataURL('image/png');
  link.download = page.scenes[state.scene].name.replace(/[^\w.-]+/g, '_') + '.png';
  link.click();
}

function fillScenes() {
  if (page.scenes.length < 2) return;
  page.scenes.forEach((scene, k) => {
    const button = element('button', scene.name, byId('scenes'));
    element('small', scene.score, button);
    button.onclick = () => open(k);
  });
}

/** #scene=NAME&left=0:label&right=0:prediction&top=1&camera=x,y,z,x,y,z opens the page where a link points. */
async function fromHash() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const camera = (wanted.get('camera') ?? '').split(',').map(Number);
  state.split = state.split || wanted.has('right');
  await open(wantedScene(), {
    left: wanted.get('left'), right: wanted.get('right'),
    camera: camera.length === 6 && camera.every(Number.isFinite) ? camera : null,
  });
  if (wanted.has('top')) look([0, -0.001, 1]);
}

async function start() {
  document.title = page.title;
  byId('title').textContent = page.title;
  document.documentElement.classList.toggle('dark', matchMedia('(prefers-color-scheme: dark)').matches);
  const clouds = page.scenes[0].clouds;
  const has = name => clouds[0].arrays.some(array => array.name === name);
  state.split = clouds.length > 1 || (has('label') && has('prediction')) || (has('instance') && has('instanceTrue'));
  fillScenes();
  listen();
  await fromHash();
}

// What scripts (and our tests) may ask the page.
window.cscView = {
  ready: () => state.ready && state.pictures > 0,
  firstPicture: () => state.first,
  hoverText,
  place: camera => {
    rig.place(camera.slice(0, 3).map((v, a) => v - state.origin[a]), camera.slice(3).map((v, a) => v - state.origin[a]));
    renderAll();
  },
  picture: () => { renderAll(); return canvas.toDataURL('image/png'); },
};

start().catch(error => {
  byId('notes').textContent = 'The page cannot be shown: ' + error + ' (a browser with WebGL 2 is needed)';
  console.error(error);
});
