// Draws what ChartDrawing.cs describes. Every text comes written; only the round numbers of the axis are written here, because only
// here is it known how many fit.

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
let library;

export async function draw(plot, script, style, json) {
  const Chart = await fetchLibrary(script, style);
  const canvas = plot.appendChild(document.createElement("div"));
  const ends = plot.appendChild(document.createElement("div"));
  ends.className = "ends";

  let drawing = JSON.parse(json), chart, shape, width = 0, gone = false;

  const redraw = async animate => {
    // Between two charts the page gets its turn: many at once would let its connection to the server starve on a slow machine.
    await new Promise(resolve => setTimeout(resolve));
    width = plot.clientWidth;
    // Nothing to draw on: in a closed part of a page, or already taken out of it.
    if (gone || width === 0) return;
    const frame = measure(plot, drawing, width);
    const options = { series: seriesOf(drawing), ...optionsOf(frame, animate && !calm.matches) };
    if (chart && shape === shapeOf(drawing)) {
      await chart.updateOptions(options, false, animate && !calm.matches, false);
    } else {
      chart?.destroy();
      shape = shapeOf(drawing);
      chart = new Chart(canvas, options);
      await chart.render();
    }
    if (gone) return;
    drawOwn(canvas, chart, frame);
    writeEnds(ends, chart, frame);
    plot.dataset.drawn = String(Number(plot.dataset.drawn ?? 0) + 1);
  };

  // One at a time: a drawing that is asked for while another is under way is done after it.
  let turn = Promise.resolve();
  const next = animate => turn = turn.then(() => redraw(animate));
  const again = () => next(false);

  const sizes = new ResizeObserver(() => { if (plot.clientWidth !== width) again(); });
  const themes = new MutationObserver(again);

  await next(true);
  sizes.observe(plot);
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  dark.addEventListener("change", again);

  return {
    update: text => {
      drawing = JSON.parse(text);
      return next(true);
    },
    dispose: () => {
      gone = true;
      sizes.disconnect();
      themes.disconnect();
      dark.removeEventListener("change", again);
      chart?.destroy();
      canvas.remove();
      ends.remove();
    },
  };
}

// Once for all charts, and never in the way of the page itself.
function fetchLibrary(script, style) {
  return library ??= loaded()
    .then(() => Promise.all([import(new URL(script, document.baseURI)), fetchStyle(new URL(style, document.baseURI))]))
    .then(([module]) => module.default)
    .catch(error => { library = undefined; throw error; });
}

function loaded() {
  return document.readyState === "complete" ? Promise.resolve() : new Promise(resolve => addEventListener("load", resolve, { once: true }));
}

// Under the name that the library looks for, so that it writes no style element of its own.
function fetchStyle(address) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    Object.assign(link, { id: "apexcharts-css", rel: "stylesheet", href: address, onload: resolve, onerror: () => reject(new Error(`${address} did not load`)) });
    document.head.append(link);
  });
}

// The wider one first: the other is drawn upon it.
const bandsOf = drawing => drawing.kind === "line" ? [drawing.band, drawing.inner].filter(one => one) : [];
const shapeOf = drawing => `${drawing.kind} ${drawing.series.length} ${bandsOf(drawing).length}`;
const isBars = drawing => drawing.kind === "columns" || drawing.kind === "bars";
const known = values => (values ?? []).filter(value => value !== null);

/** Everything that depends on the room there is and on the theme. */
function measure(plot, drawing, width) {
  // The style sheet hides what lines say themselves where there is room for it.
  const entry = plot.parentElement.querySelector(".key.line li");
  const direct = drawing.kind === "line" && drawing.series.length > 1 && entry !== null && getComputedStyle(entry).display === "none";
  const whiskers = drawing.series.some(one => one.low && one.high);
  const widest = texts => Math.max(0, ...texts.map(text => textWidth(text ?? "", plot)));
  const heat = drawing.kind === "heat";
  const frame = {
    drawing, width, direct, whiskers,
    color: colorsOf(plot),
    height: plot.clientHeight,
    narrow: width < 480,
    scale: heat ? null : scaleOf(drawing),
    endWidth: direct ? widest(drawing.series.map(one => one.name)) + 36 : 0,
  };

  const axis = heat ? Math.min(widest(drawing.series.map(one => one.name)), width * 0.32) : widest([frame.scale.min, frame.scale.max].map(writerOf(frame)));
  const slot = (width - axis - 32) / drawing.short.length;
  const longest = widest(drawing.short);
  frame.slanted = (drawing.kind === "columns" || heat) && longest > slot - 4;
  frame.names = frame.slanted ? drawing.short.map(text => shorten(text, 150, plot)) : drawing.short;
  frame.dates = Math.max(2, Math.floor((width - axis - frame.endWidth) / (longest + 32)));
  frame.crowded = slot < 16;

  // A slanted name reaches as far to the left as it does down.
  frame.slope = frame.slanted ? Math.ceil(widest(frame.names) * Math.SQRT1_2) : 0;
  frame.left = Math.max(8, frame.slope - axis - slot / 2);
  frame.cell = heat ? cellOf(drawing, slot - 4, widest) : null;

  // Each bar says its value where that fits and no whisker stands in the way.
  const value = isBars(drawing) && drawing.series.length === 1 && !whiskers ? widest(drawing.series[0].texts) : Infinity;
  frame.valued = drawing.kind === "bars" ? value < width * 0.3 : value < slot - 4;
  frame.room = frame.valued ? value + 12 : 0;
  return frame;
}

/** What a cell of a matrix says: all of it, shares without their decimals, or nothing, by the room there is. */
function cellOf(drawing, room, widest) {
  const rounded = new Intl.NumberFormat(drawing.language, { style: "percent" });
  const full = (row, at) => row.texts[at] ?? "";
  const brief = (row, at) => row.values[at] === null ? "" : rounded.format(row.values[at]);
  return [full, ...(drawing.unit.style === "percent" ? [brief] : [])].find(write => widest(drawing.series.flatMap(row => row.values.map((_, at) => write(row, at)))) <= room);
}

// A custom property is a recipe until something is painted with it.
function colorsOf(plot) {
  const probe = plot.appendChild(document.createElement("span"));
  const names = {};
  const color = name => {
    if (!(name in names)) {
      plot.append(probe);
      probe.style.color = `var(${name})`;
      names[name] = hex(getComputedStyle(probe).color);
      probe.remove();
    }
    return names[name];
  };
  probe.remove();
  return color;
}

// The library mixes colours itself and reads hexadecimal ones best.
function hex(color) {
  const [red, green, blue] = color.match(/[\d.]+/g).map(Number);
  return "#" + [red, green, blue].map(part => Math.round(part).toString(16).padStart(2, "0")).join("");
}

function textWidth(text, plot) {
  const context = (textWidth.canvas ??= document.createElement("canvas")).getContext("2d");
  context.font = `12px ${getComputedStyle(plot).fontFamily}`;
  return context.measureText(text).width;
}

function shorten(text, most, plot) {
  if (textWidth(text, plot) <= most) return text;
  let end = text.length;
  while (end > 1 && textWidth(text.slice(0, end) + "…", plot) > most) end--;
  return text.slice(0, end).trimEnd() + "…";
}

/** Round ends and steps that hold everything drawn. Bars start at zero; so do lines that would not be flattened by it. */
function scaleOf(drawing) {
  const all = [...drawing.series.flatMap(one => [...known(one.values), ...known(one.low), ...known(one.high)]), ...bandsOf(drawing).flatMap(one => [...known(one.lower), ...known(one.upper)])];
  let min = Math.min(...all), max = Math.max(...all);
  if (isBars(drawing) || (min > 0 && min < max * 0.6)) min = Math.min(0, min);
  if (isBars(drawing)) max = Math.max(0, max);
  if (min === max) [min, max] = min === 0 ? [0, 1] : [Math.min(0, min), Math.max(0, max)];

  const rough = (max - min) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  let step = [1, 2, 2.5, 5, 10].find(times => times * power >= rough) * power;
  // Half a booking is no mark to read anything off.
  if (drawing.unit.decimals === 0 && step < 1) step = 1;
  return { min: Math.floor(min / step + 1e-9) * step, max: Math.ceil(max / step - 1e-9) * step, step };
}

function writerOf({ drawing: { unit, language }, scale, narrow }) {
  const top = Math.max(Math.abs(scale.min), Math.abs(scale.max));
  const percent = unit.style === "percent";
  const short = !percent && top >= (narrow ? 10_000 : 1_000_000);
  const step = percent ? scale.step * 100 : scale.step;
  const decimals = short ? 1 : Math.min(unit.decimals, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9) + (Number.isInteger(step * 10 ** Math.ceil(-Math.log10(step))) ? 0 : 1)));
  const format = new Intl.NumberFormat(language, {
    style: unit.style,
    ...(unit.currency && { currency: unit.currency, currencyDisplay: unit.symbol ? "narrowSymbol" : "code" }),
    notation: short ? "compact" : "standard",
    minimumFractionDigits: short ? 0 : decimals,
    maximumFractionDigits: decimals,
  });
  // Sums of steps miss zero by a hair, and nobody wants to read "-0".
  return value => format.format(Math.abs(value) < scale.step / 1000 ? 0 : value);
}

// What is not final: the bar keeps its height and loses its weight.
const hatching = { type: "pattern", pattern: { style: "slantedLines", width: 6, height: 6, strokeWidth: 2 } };

function seriesOf(drawing) {
  if (drawing.kind === "heat") {
    // Drawn from below; read from above.
    return drawing.series.map((one, index) => ({ name: String(index), data: one.values.map((value, at) => ({ x: String(at), y: value })) })).reverse();
  }
  const lines = drawing.kind === "line";
  // Lying bars have their room measured by the names themselves.
  const name = at => drawing.kind === "bars" ? drawing.short[at] : String(at);
  const series = drawing.series.map((one, index) => ({ name: String(index), ...(lines && { type: "line" }), data: one.values.map((y, at) => ({ x: name(at), y, ...(one.hatched?.[at] && { fill: hatching }) })) }));
  const bands = bandsOf(drawing).map(({ lower, upper }, index) => (
    { name: `band${index}`, type: "rangeArea", data: lower.map((low, at) => ({ x: String(at), y: low === null || upper[at] === null ? [null, null] : [low, upper[at]] })) }));
  return [...bands, ...series];
}

function optionsOf(frame, animate) {
  const { drawing, color } = frame;
  const heat = drawing.kind === "heat";
  return {
    chart: {
      type: heat ? "heatmap" : isBars(drawing) ? "bar" : bandsOf(drawing).length > 0 ? "rangeArea" : "line",
      height: frame.height,
      width: frame.width,
      nonce: document.nonceOfPolicy,
      background: "transparent",
      fontFamily: "inherit",
      foreColor: color("--axis"),
      toolbar: { show: false },
      zoom: { enabled: false },
      selection: { enabled: false },
      redrawOnParentResize: false,
      redrawOnWindowResize: false,
      // Whiskers and values are set upon bars that stand still.
      animations: { enabled: animate && !isBars(drawing), speed: 240, animateGradually: { enabled: false }, dynamicAnimation: { enabled: true, speed: 240 } },
    },
    legend: { show: false },
    tooltip: tooltipOf(frame),
    states: { hover: { filter: { type: "none" } }, active: { filter: { type: "none" } } },
    ...(heat ? heatOf(frame) : coursesOf(frame)),
  };
}

function coursesOf(frame) {
  const { drawing, color, scale, room } = frame;
  const lying = drawing.kind === "bars", bars = isBars(drawing);
  const looks = looksOf(frame);
  const values = { formatter: writerOf(frame), style: textStyle(frame) };
  const names = namesOf(frame);
  return {
    colors: looks.map(look => look.color),
    stroke: { curve: "straight", lineCap: "round", width: looks.map(look => look.width), dashArray: looks.map(look => look.dash), colors: looks.map(look => look.edge ?? look.color) },
    fill: { type: "solid", opacity: looks.map(look => look.fill) },
    markers: { size: looks.map(look => look.marker), strokeWidth: 0, hover: { size: 4 } },
    grid: {
      borderColor: color("--grid"),
      xaxis: { lines: { show: lying } },
      yaxis: { lines: { show: !lying } },
      padding: { left: frame.left, right: Math.max(12, frame.endWidth, lying ? room : 0), top: drawing.notes.length > 0 ? 12 : 0 },
    },
    xaxis: {
      type: "category",
      ...(lying
        ? { min: scale.min, max: scale.max, tickAmount: frame.narrow ? Math.ceil(ticks(scale) / 2) : ticks(scale), labels: values }
        : { tickAmount: bars ? undefined : frame.dates, labels: names }),
      axisBorder: { show: !lying, color: color("--axis") },
      axisTicks: { show: false },
      tooltip: { enabled: false },
      crosshairs: { show: !bars, stroke: { color: color("--axis"), dashArray: 0 } },
    },
    yaxis: lying
      ? { labels: { style: textStyle(frame), maxWidth: Math.round(frame.width * 0.45) } }
      : { min: scale.min, max: scale.max, tickAmount: ticks(scale), labels: values },
    plotOptions: { bar: { horizontal: lying, distributed: !!drawing.series[0].colors, columnWidth: "64%", barHeight: "64%", borderRadius: 2 } },
    dataLabels: { enabled: false },
  };
}

const namesOf = frame => ({
  formatter: at => frame.names[at] ?? at,
  style: textStyle(frame),
  rotate: frame.slanted ? -45 : 0,
  rotateAlways: frame.slanted,
  trim: false,
  hideOverlappingLabels: !frame.slanted || frame.crowded,
  // The library would leave two thirds of the room that slanted names need.
  ...(frame.slanted && { minHeight: frame.slope + 28, maxHeight: frame.slope + 28 }),
});
const textStyle = ({ color }) => ({ fontSize: "12px", colors: color("--axis") });
const ticks = scale => Math.round((scale.max - scale.min) / scale.step);

/** One for each series in the order of seriesOf; for the only series of bars that each have a colour, one for each bar. */
function looksOf({ drawing, color }) {
  const bars = isBars(drawing);
  if (drawing.series[0].colors) return drawing.series[0].colors.map(name => ({ color: color(name), width: 0, dash: 0, fill: 1, marker: 0 }));
  const looks = drawing.series.map(one => bars
    ? { color: color(one.color), width: one.compared ? 1.5 : 0, dash: one.compared ? 4 : 0, fill: one.compared ? 0.15 : 1, marker: 0 }
    : { color: color(one.color), width: 2, dash: one.compared ? 5 : 0, fill: 1, marker: known(one.values).length === 1 ? 4 : 0 });
  const bands = bandsOf(drawing).map((_, index) => ({ color: color(index === 0 ? "--band" : "--band-inner"), edge: color("--band-edge"), width: index === 0 ? 1 : 0, dash: 0, fill: 1, marker: 0 }));
  return [...bands, ...looks];
}

function heatOf(frame) {
  const { drawing, color, width } = frame;
  const rows = drawing.series.length;
  const all = drawing.series.flatMap(one => known(one.values));
  const min = Math.min(0, ...all), max = Math.max(...all), part = (max - min || 1) / 6;
  return {
    stroke: { width: 1, colors: [color("--surface")] },
    plotOptions: {
      heatmap: {
        enableShades: false,
        radius: 2,
        colorScale: {
          ranges: [1, 2, 3, 4, 5, 6].map(step => ({
            from: min + part * (step - 1), to: step === 6 ? max + part : min + part * step,
            color: color(`--heat-${step}`), foreColor: color(step <= 3 ? "--on-heat-little" : "--on-heat-much"),
          })),
        },
      },
    },
    // The library asks for the words of a cell also where it does not write them.
    dataLabels: { enabled: !!frame.cell, style: { fontSize: "12px", fontWeight: 400 }, formatter: (_, { seriesIndex, dataPointIndex }) => frame.cell?.(drawing.series[rows - 1 - seriesIndex], dataPointIndex) ?? "" },
    xaxis: { type: "category", labels: namesOf(frame), axisBorder: { show: false }, axisTicks: { show: false }, tooltip: { enabled: false } },
    yaxis: { labels: { formatter: at => drawing.series[at]?.name ?? at, style: textStyle(frame), maxWidth: Math.round(width * 0.32) } },
    grid: { padding: { left: frame.left, right: 8 } },
  };
}

// One tooltip for all kinds, written by us: the library would take a campaign's name for HTML.
function tooltipOf({ drawing, color }) {
  const escape = text => String(text).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);
  const row = (name, text, mark) => `<div style="--mark:${mark}"><i>${escape(name)}</i><span>${escape(text)}</span></div>`;
  const value = (one, at) => one.texts[at] + (one.lowTexts?.[at] && one.highTexts?.[at] ? ` (${one.lowTexts[at]} – ${one.highTexts[at]})` : "");
  const heat = drawing.kind === "heat";
  return {
    shared: !heat,
    intersect: heat,
    followCursor: !heat,
    custom: ({ seriesIndex, dataPointIndex: at }) => {
      const rows = heat ? [drawing.series[drawing.series.length - 1 - seriesIndex]] : drawing.series;
      const lines = rows.filter(one => one.texts[at] != null).map(one => row(one.name, value(one, at), heat ? "transparent" : color(one.colors?.[at] ?? one.color)));
      for (const band of bandsOf(drawing).filter(one => one.lowerTexts[at] != null && one.upperTexts[at] != null)) lines.push(row(band.name, `${band.lowerTexts[at]} – ${band.upperTexts[at]}`, color("--band-edge")));
      return `<div class="tip"><b>${escape(drawing.long[at] ?? "")}</b>${lines.join("")}</div>`;
    },
  };
}

/** What the library has no form for, in its own drawing: whiskers and values of bars, and numbered markers. */
function drawOwn(canvas, chart, frame) {
  const { drawing, scale, valued, whiskers } = frame;
  if (drawing.kind === "heat") return;
  const { gridWidth, gridHeight } = chart.w.globals;
  const own = node(canvas.querySelector(".apexcharts-inner"), "g", { class: "own" });
  const place = value => (value - scale.min) / (scale.max - scale.min);
  const lying = drawing.kind === "bars";

  for (const bar of whiskers || valued ? canvas.querySelectorAll(".apexcharts-bar-area") : []) {
    const one = drawing.series[bar.closest(".apexcharts-series").getAttribute("data:realIndex")], at = Number(bar.getAttribute("j"));
    const box = bar.getBBox(), middle = lying ? box.y + box.height / 2 : box.x + box.width / 2;
    if (whiskers) drawWhisker(own, one, at, lying, middle, Math.min(6, (lying ? box.height : box.width) / 3), value => lying ? place(value) * gridWidth : (1 - place(value)) * gridHeight);
    else if (one.values[at] !== null) {
      const end = place(one.values[at]), below = one.values[at] < 0;
      const at2 = lying ? { x: Math.max(end, place(0)) * gridWidth + 6, y: middle + 4 } : { x: middle, y: (1 - end) * gridHeight + (below ? 14 : -6), "text-anchor": "middle" };
      node(own, "text", { class: "value", ...at2 }).textContent = one.texts[at];
    }
  }

  if (lying) return;
  const last = drawing.short.length - 1;
  drawing.notes.forEach((at, index) => {
    const x = drawing.kind === "line" ? (last === 0 ? gridWidth / 2 : gridWidth * at / last) : gridWidth * (at + 0.5) / (last + 1);
    node(own, "path", { class: "note-line", d: `M${x} 0V${gridHeight}` });
    node(own, "circle", { class: "note-mark", cx: x, cy: -2, r: 8 });
    node(own, "text", { class: "note-number", x, y: 2, "text-anchor": "middle" }).textContent = index + 1;
  });
}

function drawWhisker(own, one, at, lying, middle, half, place) {
  const low = one.low?.[at], high = one.high?.[at];
  if (low == null || high == null) return;
  const [from, to] = [place(low), place(high)];
  const stroke = end => lying ? `M${end} ${middle - half}v${half * 2}` : `M${middle - half} ${end}h${half * 2}`;
  node(own, "path", { class: "whisker", d: (lying ? `M${from} ${middle}H${to}` : `M${middle} ${from}V${to}`) + stroke(from) + stroke(to) });
}

function node(parent, name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return parent.appendChild(made);
}

/** Names at the ends of their lines, pushed apart where lines end together. */
function writeEnds(ends, chart, { drawing, direct, scale, color }) {
  ends.replaceChildren();
  if (!direct) return;
  const { translateX, translateY, gridWidth, gridHeight } = chart.w.globals;
  const labels = drawing.series.map(one => ({ one, last: one.values.findLast(value => value !== null) })).filter(({ last }) => last !== undefined)
    .map(({ one, last }) => ({ one, y: translateY + gridHeight * (1 - (last - scale.min) / (scale.max - scale.min)) })).sort((left, right) => left.y - right.y);
  const height = 16, bottom = translateY + gridHeight;
  labels.forEach((label, index) => { if (index > 0) label.y = Math.max(label.y, labels[index - 1].y + height); });
  for (let index = labels.length - 1, floor = bottom + height / 2; index >= 0; index--) floor = (labels[index].y = Math.min(labels[index].y, floor)) - height;

  for (const { one, y } of labels) {
    const end = document.createElement("span");
    end.className = one.compared ? "end compared" : "end";
    end.textContent = one.name;
    end.style.cssText = `left:${translateX + gridWidth + 8}px;top:${y - height / 2}px;--mark:${color(one.color)}`;
    ends.append(end);
  }
}
