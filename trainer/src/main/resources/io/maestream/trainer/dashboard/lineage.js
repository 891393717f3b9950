'use strict';
// The lineage of checkpoints, newest first, as lanes: the run in the first, releases beside it.
function lineage(checkpoints) {
  const known = new Set(checkpoints.map(c => c.id));
  const lanes = [];
  const rows = checkpoints.map(c => {
    const before = lanes.slice();
    let lane = lanes.indexOf(c.id);
    const release = c.trigger === 'RELEASE';
    if (!release && (lane < 0 || lanes[0] === undefined || lanes[0] === null)) {
      lane = lanes[0] === undefined || lanes[0] === null || lanes[0] === c.id ? 0 : lane;
    }
    if (lane < 0) {
      lane = release ? 1 : 0;
      while (lanes[lane]) lane++;
    }
    before.forEach((expected, i) => { if (expected === c.id) lanes[i] = null; });
    lanes[lane] = c.parent || null;
    return {
      lane, release, up: before.map((expected, i) => ({ from: i, to: expected === c.id ? lane : i, on: Boolean(expected), ends: expected === c.id })),
      down: !c.parent ? 'none' : known.has(c.parent) ? 'parent' : 'beyond',
    };
  });
  return { rows, width: 1 + Math.max(0, ...rows.map(row => Math.max(row.lane, row.up.length - 1))) };
}

const SVG = 'http://www.w3.org/2000/svg';
const LANE = 18;

function drawLineage(svg, row) {
  const x = lane => 12 + lane * LANE;
  const shape = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };
  const line = (from, top, to, bottom, kind) => shape('line', { x1: x(from), y1: top, x2: x(to), y2: bottom, class: kind });
  const shapes = row.up.filter(up => up.on).map(up =>
    line(up.from, '0', up.to, up.ends ? '50%' : '100%', up.from > 0 ? 'release' : ''));
  if (row.down !== 'none') {
    shapes.push(line(row.lane, '50%', row.lane, '100%', `${row.lane > 0 ? 'release' : ''} ${row.down === 'beyond' ? 'beyond' : ''}`));
  }
  shapes.push(shape('circle', { cx: x(row.lane), cy: '50%', r: 5, class: row.release ? 'release' : '' }));
  svg.replaceChildren(...shapes);
}
