// The report of a run. What comes from files is set as text, never as markup.

const page = JSON.parse(document.getElementById('page').textContent);
const root = document.getElementById('report');
const tip = document.getElementById('tip');
const styles = getComputedStyle(document.documentElement);
const ink = styles.getPropertyValue('--text').trim(), faint = styles.getPropertyValue('--line').trim();
const COLOURS = ['#1f77b4', '#d62728', '#2ca02c', '#9467bd', '#ff7f0e', '#17becf', '#e377c2', '#8c8c00'];

function element(tag, text, parent, css) {
  const made = document.createElement(tag);
  if (text !== undefined && text !== null) made.textContent = text;
  if (css) made.className = css;
  if (parent) parent.append(made);
  return made;
}

function short(value) {
  if (typeof value !== 'number') return value === null || value === undefined ? '' : String(value);
  if (Number.isInteger(value)) return value.toLocaleString('en');
  const size = Math.abs(value);
  return size >= 1000 ? value.toFixed(0) : size >= 0.001 || size === 0 ? value.toFixed(4) : value.toExponential(2);
}

function duration(seconds) {
  if (typeof seconds !== 'number') return '';
  if (seconds < 59.95) return seconds.toFixed(1) + ' s';
  const whole = Math.round(seconds), h = Math.floor(whole / 3600), m = Math.floor(whole / 60) % 60;
  return h > 0 ? h + ' h ' + m + ' min' : m + ' min ' + whole % 60 + ' s';
}

function told(target, text) {
  target.addEventListener('pointermove', e => {
    tip.textContent = text;
    tip.style.display = 'block';
    tip.style.left = Math.min(e.clientX + 12, innerWidth - tip.offsetWidth - 4) + 'px';
    tip.style.top = e.clientY + 14 + 'px';
  });
  target.addEventListener('pointerleave', () => { tip.style.display = 'none'; });
}

const axis = label => ({ label, stroke: ink, grid: { stroke: faint, width: 1 }, ticks: { stroke: faint, width: 1 }, size: 60 });

/** Lines over the iterations; the legend under the chart tells the values under the mouse and switches lines. */
function lines(parent, title, x, series, log) {
  const box = element('div', undefined, parent, 'chart');
  box.dataset.chart = title;
  new uPlot({
    title, width: 500, height: 260,
    scales: { x: { time: false }, y: { distr: log ? 3 : 1 } },
    axes: [axis('iteration'), axis('')],
    series: [{ label: 'iteration' }, ...series.map((line, k) => ({
      label: line.name, stroke: COLOURS[k % COLOURS.length], width: 1.5, spanGaps: true,
      points: { show: line.values.filter(v => v !== null).length < 40 }, value: (u, v) => short(v),
    }))],
  }, [x, ...series.map(line => line.values)], box);
}

/** Bars with error bars. */
function bars(parent, title, names, means, spreads) {
  const box = element('div', undefined, parent, 'chart');
  box.dataset.chart = title;
  const whiskers = u => {
    const { ctx } = u;
    ctx.save();
    ctx.strokeStyle = ink;
    ctx.lineWidth = 2;
    ctx.beginPath();
    means.forEach((mean, k) => {
      if (mean === null || spreads[k] === null) return;
      const x = u.valToPos(k, 'x', true);
      const ends = [mean - spreads[k], mean + spreads[k]].map(v => u.valToPos(v, 'y', true));
      ctx.moveTo(x, ends[0]);
      ctx.lineTo(x, ends[1]);
      for (const end of ends) {
        ctx.moveTo(x - 6, end);
        ctx.lineTo(x + 6, end);
      }
    });
    ctx.stroke();
    ctx.restore();
  };
  const tops = means.map((mean, k) => (mean ?? 0) + (spreads[k] ?? 0));
  const lows = means.map((mean, k) => (mean ?? 0) - (spreads[k] ?? 0));
  new uPlot({
    title, width: Math.max(320, Math.min(1040, 120 + 70 * names.length)), height: 280,
    scales: { x: { time: false, range: [-0.6, names.length - 0.4] }, y: { range: [Math.min(0, ...lows) * 1.05, Math.max(1e-9, ...tops) * 1.08] } },
    axes: [{ ...axis(''), size: 40, splits: () => names.map((n, k) => k), values: () => names.map((n, k) => String(k + 1)) }, axis('')],
    series: [{ label: 'row', value: (u, v) => v === null ? '' : names[v] }, {
      label: 'mean', fill: '#7aa7e9aa', stroke: '#1f6feb', paths: uPlot.paths.bars({ size: [0.6, 80] }), points: { show: false },
      value: (u, v) => short(v),
    }],
    hooks: { draw: [whiskers] },
  }, [names.map((n, k) => k), means], box);
}

function table(parent, header, rows, barred, links) {
  const scroll = element('div', undefined, parent, 'scroll');
  const made = element('table', undefined, scroll);
  const head = element('tr', undefined, element('thead', undefined, made));
  const numeric = header.map((name, c) => rows.length > 0 && rows.every(row => row[c] === null || typeof row[c] === 'number'));
  header.forEach((name, c) => element('th', name, head, numeric[c] ? 'n' : ''));
  const body = element('tbody', undefined, made);
  rows.forEach((row, r) => {
    const line = element('tr', undefined, body);
    row.forEach((value, c) => {
      const cell = element('td', undefined, line, numeric[c] ? 'n' : '');
      if (barred && numeric[c] && rows.every(other => other[c] === null || (other[c] >= 0 && other[c] <= 1))) {
        cell.classList.add('bar');
        if (value !== null) element('i', undefined, cell).style.width = 100 * value + '%';
      }
      if (c === 0 && links && links[r]) {
        const link = element('a', short(value), cell);
        link.href = links[r];
      } else {
        cell.append(value === null && numeric[c] ? '-' : short(value));
      }
    });
  });
  return made;
}

/** Counts of true classes whose columns are the same classes in the same order; more columns, such as none, may follow. */
function isConfusion(found) {
  return found.header[0] === 'truth' && found.rows.length > 0
    && found.rows.every((row, k) => String(row[0]) === found.header[k + 1] && row.slice(1).every(v => typeof v === 'number'));
}

/** Rows are true classes, columns predicted ones and what was given none; colours are parts of the row. */
function heat(parent, found) {
  const names = found.header.slice(1);
  const given = k => found.rows.some(row => row[k + 1] > 0);
  const kept = found.rows.map((row, k) => k).filter(k => found.rows[k].slice(1).some(v => v > 0) || given(k));
  const columns = kept.concat(names.map((name, k) => k).slice(found.rows.length).filter(given));
  const made = element('table', undefined, element('div', undefined, parent, 'scroll'), 'heat');
  const head = element('tr', undefined, element('thead', undefined, made));
  element('th', '', head);
  columns.forEach(k => element('th', names[k], head));
  for (const r of kept) {
    const line = element('tr', undefined, made);
    element('th', names[r], line);
    const sum = found.rows[r].slice(1).reduce((a, b) => a + b, 0);
    for (const c of columns) {
      const count = found.rows[r][c + 1], part = sum > 0 ? count / sum : 0;
      const cell = element('td', undefined, line);
      cell.style.background = 'color-mix(in srgb, ' + (r === c ? '#2c9f5b ' : '#d6382b ') + 100 * Math.sqrt(part) + '%, var(--panel))';
      told(cell, names[r] + ' taken for ' + names[c] + '\n' + count.toLocaleString('en') + ' of ' + sum.toLocaleString('en')
        + ' (' + (100 * part).toFixed(1) + ' %)');
    }
  }
  element('p', 'Rows: truth. Columns: prediction. Colours: part of the row (its square root); the figures are under the mouse.', parent, 'soft');
}

const ASIDE = ['iteration', 'epoch', 'eta_seconds', 'elapsed_seconds', 'buffer_bytes'];
const MOST_TABLE = 60;

function stage(entry) {
  const details = element('details', undefined, root);
  details.open = page.stages.length <= 6;
  details.id = 'stage-' + entry.id;
  const head = element('summary', undefined, details);
  element('strong', entry.id, head);
  head.append(' ' + entry.kind + ', ' + entry.status + (entry.metrics.seconds ? ', ' + duration(entry.metrics.seconds) : ''));
  // What is not seen is not drawn: a matrix has hundreds of stages.
  let drawn = false;
  const draw = () => {
    if (!drawn && details.open) stageBody(entry, details);
    drawn ||= details.open;
  };
  details.addEventListener('toggle', draw);
  draw();
}

/** Two views of a place in the colours of their features. */
function pairOfViews(pair, details) {
  element('h3', 'two views, coloured by feature', details);
  if (!pair.picture) {
    element('p', 'There is no picture: ' + pair.missing, details, 'soft');
    return;
  }
  const figure = element('figure', undefined, details, 'pair');
  const image = element('img', undefined, figure);
  image.src = pair.picture;
  image.alt = 'Both views of the first pair; lines join matches';
  element('figcaption', 'The first pair of the data: ' + short(pair.points) + ' points, their features\' three principal components as red, green'
    + ' and blue, and ' + short(pair.lines) + ' of ' + short(pair.matches) + ' matches. Where a line has one colour, the network sees both ends alike.', figure);
}

function stageBody(entry, details) {
  const { x, series } = entry.curves;
  const charts = element('div', undefined, details, 'charts');
  const named = name => series.filter(line => name(line.name));
  const loss = named(name => /(^|[/_-])loss/.test(name));
  const measured = named(name => name.startsWith('val/') && !/loss/.test(name));
  const rates = named(name => name === 'lr');
  const seconds = named(name => /_seconds$/.test(name) && !ASIDE.includes(name));
  const rest = series.filter(line => ![...loss, ...measured, ...rates, ...seconds].includes(line) && !ASIDE.includes(line.name));
  const chart = (title, some, log) => { if (some.length > 0) lines(charts, title, x, some, log); };
  chart('loss', loss);
  chart('validation', measured);
  rest.forEach(line => chart(line.name, [line], line.name === 'grad_norm'));
  chart('learning rate', rates);
  chart('seconds per step', seconds);
  if (entry.pair) pairOfViews(entry.pair, details);
  const figures = Object.entries(entry.metrics).filter(([name]) => name !== 'stage');
  if (figures.length > 0) {
    element('h3', 'figures', details);
    table(details, ['figure', 'value'], figures.map(([name, value]) => [name, /seconds$/.test(name) && typeof value === 'number' ? duration(value)
      : /bytes$/.test(name) && typeof value === 'number' ? (value / 1e6).toFixed(0) + ' MB' : short(value)]));
  }
  for (const found of entry.tables) {
    element('h3', found.name, details);
    if (isConfusion(found)) heat(details, found);
    else table(details, found.header, found.rows.slice(0, MOST_TABLE), true);
    if (found.rows.length > MOST_TABLE) element('p', found.rows.length - MOST_TABLE + ' more rows in ' + found.file, details, 'soft');
  }
  if (entry.environment) {
    element('h3', 'made with', details);
    element('pre', entry.environment, details);
  }
}

function matrix() {
  if (!page.matrix) return;
  const { results, cells, differences, links } = page.matrix;
  element('h2', 'Matrix', root);
  table(root, results.header.map((name, c) => c === 0 ? 'row' : name), results.rows.map((row, k) => [k + 1 + ' ' + row[0], ...row.slice(1)]));
  const charts = element('div', undefined, root, 'charts');
  results.header.forEach((name, c) => {
    if (!name.endsWith(' mean')) return;
    const labels = results.rows.map((row, k) => k + 1 + ': ' + row.slice(0, results.header.indexOf('runs')).filter(v => v !== null && v !== '').join(', '));
    bars(charts, name.slice(0, -5), labels, results.rows.map(row => row[c]), results.rows.map(row => row[c + 1]));
  });
  if (differences) {
    element('h3', 'differences from the baseline', root);
    table(root, differences.header, differences.rows);
  }
  element('h3', 'cells', root);
  table(root, cells.header, cells.rows, false, links);
}

function scenes() {
  if (page.scenes.length === 0) return;
  element('h2', 'Scenes', root);
  const line = element('p', undefined, root);
  const all = element('a', 'Look at the scenes', line);
  all.href = page.viewer;
  line.append(' (truth and prediction side by side). The worst and the best, from above:');
  const list = element('div', undefined, root, 'scenes');
  for (const scene of page.scenes) {
    const figure = element('figure', undefined, list);
    const link = element('a', undefined, figure);
    link.href = page.viewer + '#' + new URLSearchParams({ scene: scene.name, top: '' });
    const picture = element('img', undefined, link);
    picture.src = scene.picture;
    picture.alt = 'top view';
    element('figcaption', scene.name + '\n' + scene.score, figure);
  }
}

document.title = page.name + ': report';
element('h1', page.name, root);
element('p', page.state, root).id = 'state';
element('p', 'written ' + page.written, root, 'soft');
const figures = page.stages.filter(entry => entry.lead.length > 0);
if (figures.length > 0 && !page.matrix) {
  table(root, ['stage', 'figures', 'time', 'peak memory'], figures.map(entry => [
    entry.id, entry.lead.map(([name, value]) => name + ' ' + short(value)).join(', '), duration(entry.metrics.seconds),
    entry.metrics.peak_memory_bytes ? (entry.metrics.peak_memory_bytes / 1e6).toFixed(0) + ' MB' : '']), false,
  figures.map(entry => '#stage-' + entry.id));
}
matrix();
scenes();
element('h2', 'Stages', root);
page.stages.forEach(stage);
element('h2', 'To reproduce', root);
element('p', page.reproduce, root);
element('pre', page.command, root);
element('h3', 'pipeline, with every default', root);
element('pre', page.pipeline, root);
element('h3', 'versions, machine and hashes of the last call', root);
element('pre', page.environment, root);
element('p', 'Times count what this machine did at the same time. Every file of a stage lies in its folder.', root, 'soft');
/** A link to a stage opens what it is folded into. */
function unfold() {
  const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (found instanceof HTMLDetailsElement) {
    found.open = true;
    found.scrollIntoView();
  }
}
window.addEventListener('hashchange', unfold);
unfold();
window.cscReport = { ready: true, charts: () => document.querySelectorAll('.uplot').length };
