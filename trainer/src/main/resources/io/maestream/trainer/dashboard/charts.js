'use strict';
// Charts over fixed arrays: when they are full, neighbours become one, so a page never grows.
const CAPACITY = 2048;
const SMOOTHING = 0.06;

class Points {
  constructor(columns) {
    this.columns = columns;
    this.values = columns.map(() => new Float64Array(CAPACITY));
    this.smooth = new Float64Array(CAPACITY);
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
    this.smoothLast();
  }

  smoothLast() {
    const k = this.size - 1;
    const loss = this.column('loss')[k];
    const before = k === 0 ? NaN : this.smooth[k - 1];
    const weight = Math.max(SMOOTHING, 3 / (k + 3));
    this.smooth[k] = Number.isNaN(before) ? loss : Number.isNaN(loss) ? before : before + weight * (loss - before);
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
    for (let k = 0; k < this.size; k++) {
      this.smooth[k] = this.smooth[2 * k + 1];
    }
  }

  column(name) {
    return this.values[this.columns.indexOf(name)].subarray(0, this.size);
  }

  smoothed() {
    return this.smooth.subarray(0, this.size);
  }

  last(name) {
    return this.size === 0 ? NaN : this.column(name)[this.size - 1];
  }

  /** The step that was the newest at a time, or NaN if that was before all of them. */
  stepAt(time) {
    const at = this.column('at');
    if (this.size === 0 || time < at[0]) return NaN;
    let low = 0;
    let high = this.size - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (at[middle] <= time) low = middle; else high = middle - 1;
    }
    return this.values[0][low];
  }
}

const stepText = value => value >= 1e6 ? `${Number((value / 1e6).toPrecision(3))}M` : value >= 1e4 ? `${Number((value / 1e3).toPrecision(3))}k` : String(value);

class Chart {
  constructor(holder, spec) {
    this.spec = spec;
    this.marks = [];
    const box = document.createElement('div');
    box.className = 'chart';
    box.innerHTML = '<header><h3></h3><output></output></header><div class="plot" role="img"></div>';
    box.querySelector('h3').textContent = spec.title;
    this.value = box.querySelector('output');
    this.holder = box.querySelector('.plot');
    this.holder.classList.add('blank');
    if (spec.smooth) box.querySelector('h3').after(this.legend());
    holder.append(box);
    this.data = spec.smooth ? [[], [], []] : [[], []];
    this.make();
    new ResizeObserver(() => this.resize()).observe(this.holder);
  }

  legend() {
    const legend = document.createElement('p');
    legend.className = 'legend';
    legend.innerHTML = '<span class="raw">each step</span><span>smoothed</span><span class="mark">checkpoint</span><span class="drift">drift</span>';
    return legend;
  }

  make() {
    const style = getComputedStyle(document.documentElement);
    const color = name => style.getPropertyValue(name).trim();
    this.colors = { mark: color('--soft'), drift: color('--warn') };
    const axis = {
      stroke: color('--soft'), grid: { stroke: color('--line'), width: 1 }, ticks: { show: false }, font: `11px ${getComputedStyle(document.body).fontFamily}`,
    };
    const accent = color('--accent');
    const line = { stroke: accent, points: { show: false } };
    if (this.plot) {
      this.plot.destroy();
    }
    this.plot = new uPlot({
      width: Math.max(100, this.holder.clientWidth), height: this.holder.clientHeight,
      padding: [8, 18, 0, 0],
      scales: { x: { time: false }, y: { range: (u, low, high) => this.range(low, high) } }, legend: { show: false },
      cursor: { y: false, points: { size: 7 }, sync: { key: 'steps' }, drag: { x: true, y: false } },
      axes: [
        { ...axis, size: 24, gap: 6, space: 70, label: 'step', labelSize: 16, labelGap: 0, labelFont: axis.font, values: (u, ticks) => ticks.map(stepText) },
        { ...axis, size: 56, gap: 8, space: 34, values: (u, ticks) => ticks.map(this.spec.tick || (tick => String(Number(tick.toPrecision(4))))) },
      ],
      series: this.spec.smooth
        ? [{}, { ...line, width: 1, alpha: 0.45 }, { ...line, width: 2 }]
        : [{}, { ...line, width: 1.5, fill: color('--accent-soft') }],
      hooks: { setCursor: [u => this.point(u.cursor.idx)], drawAxes: [u => this.drawMarks(u)] },
    }, this.data, this.holder);
  }

  /** From zero where zero means something, with room above; a flat line is not at an edge. */
  range(low, high) {
    if (low === null || high === null) return [0, 1];
    const room = (high - low) * 0.08 || Math.abs(high) * 0.1 || 1;
    return [this.spec.zero ? 0 : low - room, Math.max(high + room, this.spec.least || -Infinity)];
  }

  resize() {
    const width = this.holder.clientWidth;
    const height = this.holder.clientHeight;
    if (width > 0 && (width !== this.plot.width || height !== this.plot.height)) {
      this.plot.setSize({ width, height });
    }
  }

  drawMarks(u) {
    const { ctx, bbox } = u;
    const ratio = devicePixelRatio;
    ctx.save();
    this.marks.forEach(mark => {
      const x = Math.round(u.valToPos(mark.step, 'x', true));
      if (x < bbox.left || x > bbox.left + bbox.width) return;
      ctx.strokeStyle = mark.drift ? this.colors.drift : this.colors.mark;
      ctx.globalAlpha = mark.drift ? 0.9 : 0.45;
      ctx.lineWidth = (mark.drift ? 2 : 1) * ratio;
      ctx.setLineDash(mark.drift ? [] : [3 * ratio, 4 * ratio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
    });
    ctx.restore();
  }

  /** What the cursor is at, or the newest. */
  point(index) {
    const steps = this.data[0];
    this.at = index;
    const k = index === null || index === undefined || index >= steps.length ? steps.length - 1 : index;
    if (k < 0) {
      this.value.textContent = '–';
      return;
    }
    const value = this.data[1][k];
    const text = Number.isNaN(value) ? '–' : this.spec.format(value);
    const where = k === steps.length - 1 ? '' : ` at step ${steps[k].toLocaleString('en')}`;
    this.value.innerHTML = '';
    this.value.append(text, Object.assign(document.createElement('small'), { textContent: ` ${this.spec.unit || ''}${where}` }));
  }

  show(points, marks) {
    this.holder.classList.toggle('blank', points.size === 0);
    this.data = [points.column('step'), points.column(this.spec.column)];
    if (this.spec.smooth) {
      this.data.push(points.smoothed());
      this.marks = marks;
    }
    this.plot.setData(this.data);
    this.point(this.plot.cursor.idx);
    const last = points.last(this.spec.column);
    const text = Number.isNaN(last) ? 'not known' : `${this.spec.format(last)} ${this.spec.unit || ''}`;
    this.holder.setAttribute('aria-label', `${this.spec.title} by step, now ${text}`);
  }
}
