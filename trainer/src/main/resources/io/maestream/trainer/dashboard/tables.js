'use strict';
const at = id => document.getElementById(id);
const short = value => {
  if (value === null || Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e6)) return value.toExponential(1).replace('-', '−');
  return size >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : 3);
};
const whole = value => Number.isNaN(value) ? '–' : Math.round(value).toLocaleString('en');
const bytes = n => n < 1024 ? `${n} B` : n < 1048576 ? `${(n / 1024).toFixed(1)} KiB` : n < 1073741824 ? `${(n / 1048576).toFixed(1)} MiB` : `${(n / 1073741824).toFixed(2)} GiB`;
const ago = (then, now) => {
  const s = Math.max(0, Math.round((now - then) / 1000));
  return s < 2 ? 'now' : s < 120 ? `${s} s ago` : s < 7200 ? `${Math.round(s / 60)} min ago` : s < 172800 ? `${Math.round(s / 3600)} h ago` : `${Math.round(s / 86400)} days ago`;
};
const sentence = text => text.charAt(0).toUpperCase() + text.slice(1);

// Changes nothing that is so already: a page that stands for days makes no garbage of it.
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function make(name, kind, ...children) {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  element.append(...children);
  return element;
}

// One child for each item, found again by its key, in the items' order.
function keep(list, items, key, create, update) {
  const old = new Map([...list.children].map(child => [child.dataset.key, child]));
  const wanted = items.map(item => {
    const name = String(key(item));
    const child = old.get(name) || create(item);
    child.dataset.key = name;
    update(child, item);
    return child;
  });
  if (wanted.length !== list.children.length || wanted.some((child, i) => child !== list.children[i])) {
    list.replaceChildren(...wanted);
  }
  const empty = at(`${list.id}-empty`);
  if (empty) empty.hidden = items.length > 0;
}

const STATES = { live: 'live', still: 'nothing new', gone: 'gone', absent: 'not seen yet' };

function createCamera() {
  const picture = make('img');
  picture.width = 112;
  picture.height = 84;
  picture.hidden = true;
  const spark = document.createElementNS(SVG, 'svg');
  spark.setAttribute('class', 'spark');
  spark.setAttribute('viewBox', '0 0 100 30');
  spark.setAttribute('preserveAspectRatio', 'none');
  spark.setAttribute('role', 'img');
  ['line', 'polyline'].forEach(name => spark.append(document.createElementNS(SVG, name)));
  return make('li', '', make('div', 'thumb', picture), make('h3'), make('p', 'state'), make('p', 'rate'),
    make('p', 'facts', make('span'), make('span')), spark, make('p', 'drifted'));
}

function sparkline(svg, camera) {
  const values = camera.history;
  const low = Math.min(...values);
  const high = Math.max(...values);
  const y = value => high === low ? 15 : 28 - 26 * (value - low) / (high - low);
  svg.querySelector('polyline').setAttribute('points', values.map((value, i) =>
    `${(values.length < 2 ? 50 : 100 * i / (values.length - 1)).toFixed(1)},${y(value).toFixed(1)}`).join(' '));
  const usual = svg.querySelector('line');
  const level = camera.usualLoss === null || !values.length ? 15 : Math.min(30, Math.max(0, y(camera.usualLoss)));
  Object.entries({ x1: 0, x2: 100, y1: level, y2: level }).forEach(([name, value]) => usual.setAttribute(name, value));
  svg.setAttribute('aria-label', values.length ? `Loss so far, from ${short(low)} to ${short(high)}; dashed: the usual of late` : 'No loss yet');
}

function camera(item, c, now) {
  item.dataset.state = c.state;
  const [name, state, rate] = [...item.children].slice(1, 4);
  say(name, c.id);
  name.title = c.id;
  say(state, c.state === 'live' ? STATES.live : c.seenAt ? `${STATES[c.state]}, ${ago(c.seenAt, now)}` : STATES[c.state]);
  const [loss, change] = item.querySelectorAll('.facts > span');
  say(rate, `${c.imagesPerSecond.toFixed(1)} images/s`);
  const against = c.usualLoss ? c.loss / c.usualLoss - 1 : 0;
  const percent = Math.round(100 * against);
  say(loss, c.loss === null ? 'no loss yet' : `loss ${short(c.loss)}`);
  say(change, c.loss === null ? '' : percent === 0 ? 'as usual' : `${percent < 0 ? '−' : '+'}${Math.abs(percent)} % against usual`);
  change.className = against > 0.15 ? 'up' : against < -0.15 ? 'down' : 'soft';
  sparkline(item.querySelector('.spark'), c);
  const last = c.drifts[c.drifts.length - 1];
  say(item.querySelector('.drifted'), last ? `Drift: its images changed ${ago(last, now)}` : '');
  item.querySelector('.drifted').hidden = !last;
  const picture = item.querySelector('img');
  if (c.pictureAt && !document.hidden && picture.dataset.at !== String(c.pictureAt)) {
    picture.dataset.at = c.pictureAt;
    picture.alt = `Newest image from ${c.id}`;
    picture.src = `/api/cameras/picture.jpg?source=${encodeURIComponent(c.id)}&at=${c.pictureAt}`;
    picture.onload = () => { picture.hidden = false; };
  }
}

const SCORES = { 'knn.cls': 'k-NN, class token', 'knn.mean': 'k-NN, mean token', 'linear.cls': 'linear, class token', 'linear.mean': 'linear, mean token' };

function createCheckpoint() {
  const cell = (kind, ...children) => {
    const td = make('td', kind, ...children);
    td.setAttribute('role', 'cell');
    return td;
  };
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('aria-hidden', 'true');
  const row = make('tr', '', cell('graph', svg), cell('id', make('code')), cell('why', make('span', 'badge')), cell('step n'), cell('size n'), cell('score n'), cell('at n'), cell('sha', make('code')));
  row.setAttribute('role', 'row');
  return row;
}

function checkpoint(row, c, drawn, now) {
  const [graph, id, why, step, size, score, when, sha] = row.children;
  graph.style.width = graph.style.minWidth = `${8 + drawn.width * LANE + 8}px`;
  drawLineage(graph.firstChild, drawn.row);
  say(id.firstChild, c.id);
  id.title = c.parent ? `parent: ${c.parent}` : 'the first of its run';
  say(why.firstChild, c.trigger.toLowerCase());
  why.firstChild.dataset.kind = c.trigger;
  why.title = c.reason;
  say(step, whole(c.step));
  say(size, bytes(c.bytes));
  const scores = Object.entries(c.scores);
  say(score, scores.length ? `${(100 * Math.max(...scores.map(s => s[1]))).toFixed(1)} %` : '');
  score.title = scores.map(([name, value]) => `${SCORES[name] || name}: ${short(value)}`).join('\n');
  say(when, ago(c.at, now));
  when.title = new Date(c.at).toISOString();
  say(sha.firstChild, `${c.sha256.slice(0, 16)}…`);
  sha.title = c.sha256;
}

function bar(item, name, value, most) {
  if (!item.children.length) item.append(make('span'), make('meter'), make('span', 'n'));
  const [label, meter, number] = item.children;
  say(label, name);
  meter.max = Math.max(1, most);
  meter.value = value;
  meter.setAttribute('aria-label', name);
  say(number, whole(value));
}

function line(item, texts) {
  while (item.children.length < texts.length) item.append(make('span'));
  texts.forEach(([text, kind], i) => { say(item.children[i], text); item.children[i].className = kind || ''; });
}

const words = reason => /^[A-Z_]+$/.test(reason) ? sentence(reason.toLowerCase().replaceAll('_', ' ')) : sentence(reason);

function showTables(state, now) {
  keep(at('cameras'), state.cameras, c => c.id, createCamera, (item, c) => camera(item, c, now));
  say(at('cameras-note'), state.cameras.length ? 'line: loss since the run began; dashed: its usual of late' : '');
  const drawn = lineage(state.checkpoints);
  const rows = new Map(state.checkpoints.map((c, i) => [c.id, drawn.rows[i]]));
  keep(at('checkpoints'), state.checkpoints, c => c.id, createCheckpoint, (row, c) => checkpoint(row, c, { row: rows.get(c.id), width: drawn.width }, now));
  say(at('checkpoints-note'), state.checkpoints.length ? 'newest first; lines lead from a checkpoint to its parent' : '');
  const rejected = Object.entries(state.rejected).sort((a, b) => b[1] - a[1]);
  keep(at('rejected'), rejected, r => r[0], () => make('li'), (item, r) => bar(item, words(r[0]), r[1], rejected[0][1]));
  say(at('rejected-note'), rejected.length ? `${whole(rejected.reduce((sum, r) => sum + r[1], 0))} in all` : '');
  const most = Math.max(100, ...state.lags.map(l => l.records));
  keep(at('lags'), state.lags, l => `${l.topic}-${l.partition}`, () => make('li'), (item, l) => bar(item, `partition ${l.partition}`, l.records, most));
  keep(at('trainers'), state.trainers, t => t.name + t.host, () => make('li'), (item, t) => line(item, [[t.name], [t.active ? 'active' : 'standby', 'badge'], [t.self ? 'this page' : '', 'soft'], [t.host, 'n soft']]));
  const others = state.runs.filter(r => r.run !== state.run).sort((a, b) => b.at - a.at);
  keep(at('runs'), others, r => r.run, () => make('li'), (item, r) => line(item, [['run', 'soft'], [r.run], [`step ${whole(r.step)}, checkpoint ${ago(r.at, now)}`, 'n soft']]));
}
