'use strict';
const rate = value => value === 0 ? '0' : value.toExponential(1).replace('-', '−');
const percent = value => Number.isNaN(value) ? '–' : String(Math.round(100 * value));
const SPECS = {
  'chart-loss': { title: 'Loss', column: 'loss', format: short, smooth: true },
  'chart-norm': { title: 'Gradient norm', column: 'gradientNorm', format: short, zero: true },
  'chart-rate': { title: 'Learning rate', column: 'learningRate', format: rate, tick: rate, zero: true },
  'chart-speed': { title: 'Throughput', unit: 'images/s', column: 'imagesPerSecond', format: short, tick: value => whole(value), zero: true },
  'chart-wait': { title: 'Data wait', unit: '% of time', column: 'dataWait', format: percent, tick: percent, zero: true, least: 0.1 },
  'chart-lag': { title: 'Lag', unit: 'records', column: 'lag', format: whole, zero: true, least: 10 },
};
const STATE_WORDS = {
  'starting': 'Starting', 'standing-by': 'Standing by', 'restoring': 'Restoring', 'training': 'Training', 'annealing': 'Annealing for a release', 'idle': 'Waiting for images',
  'paused': 'Paused', 'stalled': 'Stalled', 'broker-away': 'Broker away', 'gone': 'No word from the trainer',
};
let points = null;
let charts = [];
let marks = [];
let lastId = 0;
let panelKey = '';
let heard = 0;

function status(state, reason) {
  at('status').dataset.state = state;
  at('status').title = reason;
  say(at('status-text'), STATE_WORDS[state] || sentence(reason));
}

function notices(state) {
  const all = state.status.notices.slice();
  if (['stalled', 'paused', 'standing-by'].includes(state.status.state)) {
    all.unshift({ kind: state.status.state, text: sentence(state.status.reason) });
  }
  keep(at('notices'), all, n => n.kind + (n.kind === 'camera-gone' ? n.text.replace(/ for \d+ s.*/, '') : ''), () => make('li'), (item, n) => {
    item.dataset.kind = n.kind;
    say(item, n.text);
  });
}

function panel(state) {
  const key = state.panel ? `${state.run}-${state.panel.step}` : '';
  if (!state.panel || key === panelKey) return;
  panelKey = key;
  const image = at('panel');
  image.src = `/api/panels/latest.png?step=${state.panel.step}`;
  image.onload = () => { image.hidden = false; at('panel-empty').hidden = true; };
  say(at('panel-caption'), `step ${whole(state.panel.step)}, loss ${short(state.panel.loss)}`);
  image.title = state.panel.sources;
}

function tables(state) {
  heard = Date.now();
  status(state.status.state, state.status.reason);
  document.title = `${state.run} · Maestream`;
  say(at('run'), state.run);
  say(at('trainer'), state.trainer);
  say(at('now-images'), whole(state.progress.images));
  showTables(state, heard);
  notices(state);
  showCommands(state);
  panel(state);
  marks = state.checkpoints.map(c => ({ step: c.step }))
    .concat(state.cameras.flatMap(c => c.drifts.map(time => ({ step: points.stepAt(time), drift: true }))));
}

function draw() {
  charts.forEach(chart => chart.show(points, marks));
  say(at('now-step'), whole(points.last('step')));
  const loss = points.smoothed()[points.size - 1];
  say(at('now-loss'), loss === undefined ? '–' : short(loss));
  say(at('now-rate'), short(points.last('imagesPerSecond')));
  say(at('now-wait'), percent(points.last('dataWait')));
  say(at('now-lag'), whole(points.last('lag')));
}

async function load() {
  const answer = await fetch('/api/state');
  if (!answer.ok) throw new Error(`state: ${answer.status}`);
  const state = await answer.json();
  if (!points) {
    points = new Points(state.columns);
    charts = Object.entries(SPECS).map(([id, spec]) => new Chart(at(id), spec));
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

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { charts.forEach(chart => chart.make()); if (points) draw(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden && points) draw(); });
setInterval(() => { if (Date.now() - heard > 8000) status('gone', 'No word from the trainer for a while'); }, 2000);
load().then(listen, () => { status('gone', 'The trainer does not answer; reload to try again'); });
