/** Charts by Chart.js, which is loaded once there is something to draw. Each stands above a table of the same numbers. */
import { addressOf } from '../service.js';

/** @typedef {import('chart.js').Chart} Chart */
/**
 * @typedef {{ title: string, color: string, values: (number | null)[], stroke?: 'dashed' }} Series `color` is the name of a property of the style sheet
 * @typedef {{ kind: 'bar' | 'line', labels: (string | string[])[], series: Series[], written: (value: number) => string, max?: number }} Drawing
 */

/** What is drawn, by where. @type {Map<HTMLCanvasElement, { chart: Chart, drawing: Drawing }>} */
const drawn = new Map();

/** The library; errors: that it can’t be loaded. @type {() => Promise<typeof import('chart.js/auto').default>} */
const library = async () => {
  // Run as a module, it defines the global name.
  await import(addressOf('files/chart.js').href);
  return /** @type {any} */ (globalThis).Chart;
};

/** A colour of the style sheet as it is now: light or dark, or on paper. @param {HTMLElement} near @param {string} name */
function colorOf(near, name) {
  const probe = near.appendChild(document.createElement('i'));
  probe.style.color = `var(${name})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/**
 * Draws, or draws anew, in a canvas. Errors: that the library can’t be loaded.
 * @param {HTMLCanvasElement} canvas
 * @param {Drawing} drawing
 */
export async function draw(canvas, drawing) {
  const Chart = await library();
  drawn.get(canvas)?.chart.destroy();
  const chart = new Chart(canvas, configurationOf(canvas, drawing));
  drawn.set(canvas, { chart, drawing });
}

/** Draws everything in the colours of now. */
function redraw() {
  for (const [canvas, { chart, drawing }] of drawn) {
    const { data, options } = configurationOf(canvas, drawing);
    chart.data = data;
    chart.options = options ?? {};
    chart.resize();
    chart.update('none');
  }
}

/** @param {HTMLCanvasElement} canvas @param {Drawing} drawing @returns {import('chart.js').ChartConfiguration<any>} */
function configurationOf(canvas, { kind, labels, series, written, max }) {
  const near = /** @type {HTMLElement} */ (canvas.parentElement);
  const [quiet, line, ground] = ['--quiet', '--line', '--ground'].map((name) => colorOf(near, name));
  const ticks = { color: quiet, font: { size: 12, family: getComputedStyle(near).fontFamily } };
  const isStacked = kind === 'bar';
  return {
    type: kind,
    data: {
      labels,
      datasets: series.map(({ title, color, values }) => {
        const own = colorOf(near, color);
        return {
          label: title,
          data: values,
          backgroundColor: own,
          borderColor: own,
          ...(kind === 'line' && {
            borderWidth: 2,
            pointRadius: 3,
            pointHoverRadius: 5,
            tension: 0,
            spanGaps: false,
          }),
          ...(kind === 'bar' && { borderRadius: 2, maxBarThickness: 36, categoryPercentage: 0.78, barPercentage: 1 }),
        };
      }),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: {
          stacked: isStacked,
          grid: { display: false },
          border: { color: line },
          ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 10 },
        },
        y: {
          stacked: isStacked,
          beginAtZero: true,
          ...(max !== undefined && { max }),
          grid: { color: line },
          border: { display: false },
          ticks: { ...ticks, maxTicksLimit: 5, callback: (/** @type {unknown} */ value) => written(Number(value)) },
        },
      },
      plugins: {
        // The legend is text of the page.
        legend: { display: false },
        tooltip: {
          backgroundColor: colorOf(near, '--text'),
          titleColor: ground,
          bodyColor: ground,
          displayColors: series.length > 1,
          callbacks: {
            label: (/** @type {any} */ { dataset, parsed }) =>
              ` ${dataset.label}: ${parsed.y === null ? 'none' : written(parsed.y)}`,
          },
        },
      },
    },
  };
}

// The colours of a canvas are those of when it was drawn.
for (const media of ['(prefers-color-scheme: dark)', 'print']) matchMedia(media).addEventListener('change', redraw);
