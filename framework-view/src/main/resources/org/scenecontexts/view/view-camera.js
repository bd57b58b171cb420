// One camera for both views: orbit by the kept library's controls, walking by these.

function makeCamera(canvas, changed) {
  const camera = new THREE.PerspectiveCamera(50, 1, 0.01, 1000);
  camera.up.set(0, 0, 1);
  const controls = new OrbitControls(camera, canvas);
  controls.zoomToCursor = true;
  controls.addEventListener('change', () => changed(true));
  let walking = false;
  let size = 1;
  const fingers = new Map();

  function place(position, target) {
    camera.position.fromArray(position);
    controls.target.fromArray(target);
    controls.update();
    changed(false);
  }

  /** Looks at a box from a direction, so that it fills the view. */
  function look(low, high, direction) {
    const centre = low.map((v, a) => (v + high[a]) / 2);
    size = Math.max(1e-6, Math.hypot(...high.map((v, a) => v - low[a])));
    const angle = Math.min(camera.fov, 2 * Math.atan(Math.tan(camera.fov * Math.PI / 360) * camera.aspect) * 180 / Math.PI);
    const distance = 0.46 * size / Math.sin(angle * Math.PI / 360);
    camera.near = size / 2000;
    camera.far = size * 20;
    camera.updateProjectionMatrix();
    const length = Math.hypot(...direction);
    place(centre.map((v, a) => v + direction[a] / length * distance), centre);
  }

  function step(forward, sideways, upwards) {
    const ahead = camera.getWorldDirection(new THREE.Vector3());
    const flat = new THREE.Vector3(ahead.x, ahead.y, 0);
    if (flat.lengthSq() < 1e-6) flat.set(0, 1, 0).applyQuaternion(camera.quaternion).setZ(0);
    flat.normalize();
    const move = flat.clone().multiplyScalar(forward)
      .add(new THREE.Vector3(flat.y, -flat.x, 0).multiplyScalar(sideways)).setZ(upwards).multiplyScalar(size);
    camera.position.add(move);
    controls.target.add(move);
    controls.update();
    changed(true);
  }

  /** Turns the view around the camera (walking) or the camera around what it looks at. */
  function turn(yaw, pitch) {
    const arm = controls.target.clone().sub(camera.position);
    const spherical = new THREE.Spherical().setFromVector3(new THREE.Vector3(arm.x, arm.z, -arm.y));
    spherical.theta += yaw;
    spherical.phi = Math.min(Math.PI - 0.02, Math.max(0.02, spherical.phi + pitch));
    const turned = new THREE.Vector3().setFromSpherical(spherical);
    turned.set(turned.x, -turned.z, turned.y);
    if (walking) controls.target.copy(camera.position).add(turned);
    else camera.position.copy(controls.target).sub(turned);
    controls.update();
    changed(true);
  }

  function walk(on) {
    walking = on;
    controls.enabled = !on;
    if (on) {
      const ahead = camera.getWorldDirection(new THREE.Vector3()).multiplyScalar(size / 20);
      controls.target.copy(camera.position).add(ahead);
      controls.update();
    }
    changed(false);
  }

  canvas.addEventListener('pointerdown', e => {
    if (!walking) return;
    canvas.setPointerCapture(e.pointerId);
    fingers.set(e.pointerId, [e.clientX, e.clientY]);
  });
  canvas.addEventListener('pointermove', e => {
    const before = fingers.get(e.pointerId);
    if (!walking || before === undefined) return;
    const dx = e.clientX - before[0], dy = e.clientY - before[1];
    fingers.set(e.pointerId, [e.clientX, e.clientY]);
    if (fingers.size === 1 && e.buttons !== 2) turn(dx * 0.004, -dy * 0.004);
    else step(-dy * 0.001, -dx * 0.001, 0);
  });
  for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, e => fingers.delete(e.pointerId));
  canvas.addEventListener('wheel', e => {
    if (!walking) return;
    e.preventDefault();
    step(-Math.sign(e.deltaY) * 0.02, 0, 0);
  }, { passive: false });

  const pace = 0.015, angle = 0.06;
  const keys = {
    w: () => step(pace, 0, 0), s: () => step(-pace, 0, 0), a: () => step(0, -pace, 0), d: () => step(0, pace, 0),
    q: () => step(0, 0, -pace), e: () => step(0, 0, pace), '+': () => step(2 * pace, 0, 0), '-': () => step(-2 * pace, 0, 0),
    ArrowLeft: () => turn(angle, 0), ArrowRight: () => turn(-angle, 0),
    ArrowUp: () => turn(0, -angle), ArrowDown: () => turn(0, angle),
  };
  const pans = {
    ArrowLeft: () => step(0, -pace, 0), ArrowRight: () => step(0, pace, 0),
    ArrowUp: () => step(0, 0, pace), ArrowDown: () => step(0, 0, -pace),
  };

  /** Whether a key moved the camera. */
  function key(event) {
    const action = (event.shiftKey && pans[event.key]) || keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action === undefined) return false;
    action();
    return true;
  }

  return { camera, controls, place, look, walk, key, isWalking: () => walking };
}
