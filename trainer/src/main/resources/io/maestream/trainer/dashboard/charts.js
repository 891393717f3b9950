'use strict';
// Charts over fixed arrays: when they are full, neighbours become one, so a page never grows.
const CAPACITY = 2048;

class Points {
  constructor(columns) {
    this.columns = columns;
    this.values = columns.map(() => new Float64Array(CAPACITY));
    this.size = 0;
  }

  clear() {
    this.size = 0;
  }

  add(row) {
    // A run that went back to a checkpoint repeats steps; what it undid is not shown.
    while (this.size > 0 && this.values[0][this.size - 1] >= row[0]) {
      this.size--;
    }
    if (this.size === CAPACITY) {
      this.halve();
    }
    this.values.forEach((column, i) => { column[this.size] = row[i] === null ? NaN : row[i]; });
    this.size++;
  }

  halve() {
    this.size = CAPACITY / 2;
    this.values.forEach((column, i) => {
      for (let k = 0; k < this.size; k++) {
        const a = column[2 * k];
        const b = column[2 * k + 1];
        column[k] = i < 2 || Number.isNaN(a) ? b : Number.isNaN(b) ? a : (a + b) / 2;
      }
    });
  }

  column(name) {
    return this.values[this.columns.indexOf(name)].subarray(0, this.size);
  }

  last(name) {
    return this.size === 0 ? NaN : this.column(name)[this.size - 1];
  }
}

class Chart {
  constructor(parent, spec) {
    this.spec = spec;
    const box = document.createElement('div');
    box.className = spec.wide ? 'chart wide' : 'chart';
    box.innerHTML = '<h3><span></span><output></output></h3><div role="img"></div>';
    box.querySelector('span').textContent = spec.title;
    this.value = box.querySelector('output');
    this.holder = box.querySelector('[role=img]');
    parent.append(box);
    this.make();
    new ResizeObserver(() => this.resize()).observe(this.holder);
  }

  make() {
    const style = getComputedStyle(document.documentElement);
    const color = name => style.getPropertyValue(name).trim();
    const axis = {
      stroke: color('--soft'), grid: { stroke: color('--line'), width: 1 }, ticks: { show: false }, font: '11px system-ui',
    };
    if (this.plot) {
      this.plot.destroy();
    }
    this.plot = new uPlot({
      width: Math.max(100, this.holder.clientWidth), height: this.spec.wide ? 240 : 140,
      scales: { x: { time: false } }, legend: { show: false }, cursor: { y: false, drag: { x: true, y: false } },
      axes: [{ ...axis, size: 24 }, { ...axis, size: 54, values: (u, ticks) => ticks.map(this.spec.format) }],
      series: [{}, { stroke: color('--accent'), width: 1.5, points: { show: false } }],
    }, this.data || [[], []], this.holder);
  }

  resize() {
    const width = this.holder.clientWidth;
    if (width > 0 && width !== this.plot.width) {
      this.plot.setSize({ width, height: this.plot.height });
    }
  }

  show(points) {
    this.data = [points.column('step'), points.column(this.spec.column)];
    this.plot.setData(this.data);
    const last = points.last(this.spec.column);
    const text = Number.isNaN(last) ? '–' : this.spec.format(last);
    this.value.textContent = text;
    this.holder.setAttribute('aria-label', `${this.spec.title} by step, now ${text}`);
  }
}
