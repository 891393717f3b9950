'use strict';
const at = id => document.getElementById(id);
const short = value => {
  if (value === null || Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e6)) return value.toExponential(1);
  return size >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
};
const percent = value => Number.isNaN(value) ? '–' : `${Math.round(100 * value)} %`;
const whole = value => Number.isNaN(value) ? '–' : Math.round(value).toLocaleString('en');
const bytes = n => n < 1024 ? `${n} B` : n < 1048576 ? `${(n / 1024).toFixed(1)} KiB` : `${(n / 1048576).toFixed(1)} MiB`;
const ago = (then, now) => {
  const s = Math.max(0, Math.round((now - then) / 1000));
  return s < 2 ? 'now' : s < 120 ? `${s} s ago` : s < 7200 ? `${Math.round(s / 60)} min ago` : `${Math.round(s / 3600)} h ago`;
};

const SPECS = [
  { title: 'Loss', column: 'loss', format: short, wide: true },
  { title: 'Gradient norm', column: 'gradientNorm', format: short },
  { title: 'Learning rate', column: 'learningRate', format: short },
  { title: 'Images per second', column: 'imagesPerSecond', format: short },
  { title: 'Data wait', column: 'dataWait', format: percent },
  { title: 'Lag, records', column: 'lag', format: short, wide: true },
];
let points = null;
let charts = [];
let lastId = 0;
let panelKey = '';
let heard = 0;

function row(cells) {
  const tr = document.createElement('tr');
  cells.forEach(([text, kind, title]) => {
    const td = document.createElement('td');
    const inner = kind === 'code' ? td.appendChild(document.createElement('code')) : td;
    inner.textContent = text;
    if (kind && kind !== 'code') td.className = kind;
    if (title) td.title = title;
    tr.append(td);
  });
  return tr;
}

function fill(id, rows, columns, none) {
  const empty = document.createElement('tr');
  const td = empty.appendChild(document.createElement('td'));
  td.colSpan = columns;
  td.textContent = none;
  at(id).replaceChildren(...(rows.length ? rows : [empty]));
}

function status(state, reason) {
  const line = at('status');
  line.dataset.state = state;
  const text = state === 'training' ? 'Training' : reason.charAt(0).toUpperCase() + reason.slice(1);
  if (line.textContent !== text) line.textContent = text;
}

function tables(state) {
  heard = Date.now();
  status(state.status.state, state.status.reason);
  at('run').textContent = state.run;
  at('now-images').textContent = whole(state.progress.images);
  const now = Date.now();
  fill('cameras', state.cameras.map(camera => {
    const against = camera.usualLoss ? camera.loss / camera.usualLoss - 1 : 0;
    const mark = against > 0.15 ? 'n up' : against < -0.15 ? 'n down' : 'n';
    return row([[camera.id], [camera.imagesPerSecond.toFixed(1), 'n'], [whole(camera.images), 'n'],
      [short(camera.loss), 'n'], [`${against < 0 ? '−' : '+'}${Math.abs(100 * against).toFixed(0)} %`, mark],
      [ago(camera.seenAt, now), 'n']]);
  }), 6, 'None seen yet.');
  fill('checkpoints', state.checkpoints.map(c => row([[c.id], [c.trigger.toLowerCase(), '', c.reason],
    [whole(c.step), 'n'], [bytes(c.bytes), 'n'], [ago(c.at, now), '', new Date(c.at).toISOString()],
    [`${c.sha256.slice(0, 12)}…`, 'code', c.sha256]])), 6, 'None committed yet.');
  fill('rejected', Object.entries(state.rejected).sort((a, b) => b[1] - a[1])
    .map(([reason, n]) => row([[reason], [whole(n), 'n']])), 2, 'None.');
  if (state.panel && `${state.run}-${state.panel.step}` !== panelKey) {
    panelKey = `${state.run}-${state.panel.step}`;
    at('panel').src = `/api/panels/latest.png?step=${state.panel.step}`;
    at('panel').hidden = false;
    at('panel-caption').textContent =
      `Step ${whole(state.panel.step)}, loss ${short(state.panel.loss)}: original, masked, reconstruction, pasted. From ${state.panel.sources}.`;
  }
}

function draw() {
  charts.forEach(chart => chart.show(points));
  at('now-step').textContent = whole(points.last('step'));
  at('now-loss').textContent = short(points.last('loss'));
  at('now-rate').textContent = short(points.last('imagesPerSecond'));
  at('now-wait').textContent = percent(points.last('dataWait'));
  at('now-lag').textContent = whole(points.last('lag'));
}

async function load() {
  const answer = await fetch('/api/state');
  if (!answer.ok) throw new Error(`state: ${answer.status}`);
  const state = await answer.json();
  if (!points) {
    points = new Points(state.columns);
    charts = SPECS.map(spec => new Chart(at('charts'), spec));
  }
  points.clear();
  state.points.forEach(point => points.add(point));
  tables(state);
  draw();
}

// A page that missed something asks for everything; if that fails, the next message tries again.
function again() {
  load().catch(() => { lastId = -1; });
}

function inOrder(event) {
  heard = Date.now();
  const id = Number(event.lastEventId);
  const missed = lastId !== 0 && id !== lastId + 1;
  lastId = id;
  return !missed;
}

function listen() {
  const events = new EventSource('/api/events');
  events.addEventListener('steps', event => {
    if (!inOrder(event)) return again();
    JSON.parse(event.data).points.forEach(point => points.add(point));
    if (!document.hidden) draw();
  });
  events.addEventListener('tables', event => {
    if (!inOrder(event)) return again();
    tables(JSON.parse(event.data));
  });
  events.addEventListener('open', () => { if (lastId !== 0) { lastId = 0; again(); } });
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => charts.forEach(chart => chart.make()));
document.addEventListener('visibilitychange', () => { if (!document.hidden && points) draw(); });
setInterval(() => { if (Date.now() - heard > 8000) status('gone', 'No word from the trainer'); }, 2000);
load().then(listen, () => { status('gone', 'The trainer does not answer; reload to try again'); });
