// Draws one scene: its clouds as points, its boxes as wires, in one or two views side by side.

const VERTEX = `
uniform float size;
uniform float spacing;
uniform float pixels;
attribute vec4 paint;
varying vec4 shade;
void main() {
  shade = paint;
  vec4 seen = modelViewMatrix * vec4(position, 1.0);
  gl_Position = paint.a > 0.5 ? projectionMatrix * seen : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = clamp(size * spacing * pixels / max(-seen.z, 1e-6), size * 0.5, 16.0);
}`;
const FRAGMENT = `
varying vec4 shade;
void main() { gl_FragColor = vec4(shade.rgb, 1.0); }`;

const EDGES = [0, 1, 1, 2, 2, 3, 3, 0, 4, 5, 5, 6, 6, 7, 7, 4, 0, 4, 1, 5, 2, 6, 3, 7];

function makeDrawing(canvas) {
  THREE.ColorManagement.enabled = false;
  const renderer = new THREE.WebGLRenderer({ canvas, antialias: false, preserveDrawingBuffer: true, powerPreference: 'high-performance' });
  renderer.outputColorSpace = THREE.LinearSRGBColorSpace;
  renderer.autoClear = false;
  const uniforms = { size: { value: 1 }, spacing: { value: 1 }, pixels: { value: 1 } };
  const material = new THREE.ShaderMaterial({ uniforms, vertexShader: VERTEX, fragmentShader: FRAGMENT });
  const wireMaterial = new THREE.LineBasicMaterial({ vertexColors: true });
  let shown = [];

  function dispose() {
    for (const view of shown) view.all.forEach(object => object.geometry.dispose());
    shown = [];
  }

  /** @param views [{cloud, colours, wires}], wires as corners and colour of boxes, relative to the origin */
  function show(views, origin) {
    dispose();
    const shared = new Map();
    shown = views.map(view => {
      const { cloud } = view;
      if (!shared.has(cloud)) shared.set(cloud, new THREE.BufferAttribute(cloud.positions, 3));
      const geometry = new THREE.BufferGeometry();
      geometry.setAttribute('position', shared.get(cloud));
      geometry.setAttribute('paint', new THREE.BufferAttribute(view.colours, 4, true));
      const points = new THREE.Points(geometry, material);
      points.frustumCulled = false;
      points.scale.fromArray(cloud.entry.step);
      points.position.set(...cloud.entry.low.map((v, a) => v - origin[a]));
      const wires = wiresOf(view.wires);
      const scene = new THREE.Scene();
      scene.add(points, wires);
      return { scene, points, wires, cloud, all: [points, wires] };
    });
  }

  function wiresOf(boxes) {
    const places = [], colours = [];
    for (const box of boxes) {
      for (const corner of EDGES) {
        places.push(...box.corners[corner]);
        colours.push(...box.colour.map(c => c / 255));
      }
    }
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute('position', new THREE.Float32BufferAttribute(places, 3));
    geometry.setAttribute('color', new THREE.Float32BufferAttribute(colours, 3));
    const wires = new THREE.LineSegments(geometry, wireMaterial);
    wires.frustumCulled = false;
    return wires;
  }

  /**
   * Draws some of the points, over what is there unless they are the first: an even sample, since clouds are in spread order.
   *
   * @param wider factor of the size of points, where fewer than all stand for all
   */
  function draw(camera, back, from, to, wider, pointSize, withWires) {
    if (!fit() || shown.length === 0) return;
    const ratio = renderer.getPixelRatio(), height = canvas.clientHeight, each = width();
    camera.aspect = each / height;
    camera.updateProjectionMatrix();
    uniforms.pixels.value = height * ratio * camera.projectionMatrix.elements[5] / 2;
    renderer.setClearColor(back, 1);
    renderer.setScissorTest(true);
    shown.forEach((view, k) => {
      if (from >= view.cloud.n) return;
      view.points.geometry.setDrawRange(from, Math.min(view.cloud.n, to) - from);
      view.wires.visible = withWires && from === 0;
      uniforms.size.value = pointSize;
      uniforms.spacing.value = spacing(view.cloud) * 0.5 * wider;
      renderer.setViewport(k * each, 0, each, height);
      renderer.setScissor(k * each, 0, each, height);
      if (from === 0) renderer.clear();
      renderer.render(view.scene, camera);
    });
  }

  /** Gives the picture the size of its place, which empties it; false where it has none. */
  function fit() {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const width = canvas.clientWidth, height = canvas.clientHeight;
    if (width === 0 || height === 0) return false;
    if (canvas.width !== Math.floor(width * ratio) || canvas.height !== Math.floor(height * ratio)) {
      renderer.setPixelRatio(ratio);
      renderer.setSize(width, height, false);
    }
    return true;
  }

  const width = () => Math.floor(canvas.clientWidth / Math.max(1, shown.length));
  return { renderer, show, draw, width };
}

/** About how far points of a surface lie apart, were they spread over three sides of the cloud's box. */
function spacing(cloud) {
  const [x, y, z] = extent(cloud).map(side => Math.max(side, 1e-9));
  return Math.sqrt((x * y + y * z + z * x) / cloud.n);
}

function extent(cloud) {
  return cloud.entry.step.map(step => step * 65535);
}

/**
 * The point under a place of a view: the nearest to the camera of those within a few pixels.
 *
 * @param x,y in pixels of the page from the view's corner; width, height its size
 * @param colours of the points; those switched off are not found
 */
function pick(cloud, colours, camera, origin, x, y, width, height, reach) {
  camera.updateMatrixWorld();
  const matrix = new THREE.Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse)
    .multiply(new THREE.Matrix4().compose(
      new THREE.Vector3(...cloud.entry.low.map((v, a) => v - origin[a])), new THREE.Quaternion(),
      new THREE.Vector3(...cloud.entry.step)));
  const m = matrix.elements, p = cloud.positions;
  const cx = 2 * x / width - 1, cy = 1 - 2 * y / height;
  const rx = 2 * reach / width, ry = 2 * reach / height;
  let best = -1, least = Infinity;
  for (let i = 0, at = 0; i < cloud.n; i++, at += 3) {
    const a = p[at], b = p[at + 1], c = p[at + 2];
    const w = m[3] * a + m[7] * b + m[11] * c + m[15];
    if (w <= camera.near) continue;
    const dx = ((m[0] * a + m[4] * b + m[8] * c + m[12]) / w - cx) / rx;
    if (dx > 1 || dx < -1) continue;
    const dy = ((m[1] * a + m[5] * b + m[9] * c + m[13]) / w - cy) / ry;
    const off = dx * dx + dy * dy;
    if (off > 1 || colours[4 * i + 3] === 0) continue;
    const cost = w * (1 + 0.05 * off);
    if (cost < least) {
      least = cost;
      best = i;
    }
  }
  return best;
}
