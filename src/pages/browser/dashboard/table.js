/** Tables of numbers, each number a button that leads to the rows behind it. */

/** @typedef {import('./tiles.js').Days} Days */
/** @typedef {{ metric: string, days: Days | null, keys?: [string, string | null][], filters?: [string, string][] }} Evidence the rows behind a number */
/**
 * @typedef {{ text: string, note?: string, rows?: Evidence | null, heat?: number, share?: number, isQuiet?: boolean }} Cell
 * `note` is said beside the number; `heat` from 0 to 1 is shown as a colour, `share` as a bar
 * @typedef {{ head: string[], lines: { title: string, note?: string, cells: Cell[] }[] }} Numbers a table, whose lines have a title and then cells
 */

/** @template {keyof HTMLElementTagNameMap} Tag @param {Tag} tag @param {string} [text] @param {object} [properties] */
export const made = (tag, text = '', properties = {}) =>
  Object.assign(document.createElement(tag), text ? { textContent: text } : {}, properties);

/** Steps of a heat map, of which 0 is nothing. */
const HEAT_STEPS = 5;

/**
 * Fills a table, of which one number at a time is reached by the tab key, the others by the arrows.
 * @param {HTMLTableElement} table
 * @param {Numbers} numbers
 * @param {(evidence: Evidence, what: string) => void} open is called with what a number is, in words
 */
export function fillTable(table, { head, lines }, open) {
  const heads = made('tr');
  heads.append(...head.map((text) => made('th', text, { scope: 'col' })));
  const body = lines.map(({ title, note, cells }) => {
    const line = made('tr');
    const first = made('th', title, { scope: 'row' });
    if (note) first.append(' ', made('span', note, { className: 'hint' }));
    line.append(first, ...cells.map((cell, at) => cellOf(cell, `${head[at + 1]}, ${title}`, open)));
    return line;
  });
  const [top, rest] = [made('thead'), made('tbody')];
  top.append(heads);
  rest.append(...body);
  table.replaceChildren(...[table.caption ?? [], top, rest].flat());
  oneTabStop(table);
}

/** @param {Cell} cell @param {string} what @param {(evidence: Evidence, what: string) => void} open */
function cellOf({ text, note, rows, heat, share, isQuiet }, what, open) {
  const cell = made('td');
  cell.append(rows ? numberButton(text, what, () => open(rows, what)) : text);
  if (note) cell.append(' ', made('span', note, { className: 'hint' }));
  if (isQuiet) cell.className = 'quiet';
  if (heat !== undefined) cell.dataset.heat = String(Math.ceil(Math.min(1, heat) * HEAT_STEPS));
  if (share !== undefined) {
    cell.className = 'bar';
    cell.style.setProperty('--share', `${Math.round(share * 100)}%`);
  }
  return cell;
}

/** A number that leads to its rows. @param {string} text @param {string} what @param {() => void} open */
export function numberButton(text, what, open) {
  const button = made('button', text, { type: 'button', className: 'number', title: `Rows behind: ${what}` });
  button.addEventListener('click', open);
  return button;
}

/** Columns and lines to the next number in the direction of a key. @type {Record<string, [x: number, y: number]>} */
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {HTMLTableElement} table */
function oneTabStop(table) {
  const buttons = [...table.querySelectorAll('button')];
  for (const [at, button] of buttons.entries()) {
    button.tabIndex = at === 0 ? 0 : -1;
    button.onfocus = () => stopOnlyAt(buttons, button);
  }
  table.onkeydown = (event) => {
    const [x, y] = DIRECTIONS[event.key] ?? [0, 0];
    const from = event.target instanceof Element ? event.target.closest('td') : null;
    if (!from || (x === 0 && y === 0)) return;
    event.preventDefault();
    nextNumber(table, from, x, y)?.focus();
  };
}

/** @param {HTMLButtonElement[]} buttons @param {HTMLButtonElement} one */
function stopOnlyAt(buttons, one) {
  for (const button of buttons) button.tabIndex = button === one ? 0 : -1;
}

/** The next cell with a number, in a direction. @param {HTMLTableElement} table @param {HTMLTableCellElement} from @param {number} x @param {number} y */
function nextNumber(table, from, x, y) {
  const line = /** @type {HTMLTableRowElement} */ (from.parentElement);
  for (let [column, row] = [from.cellIndex + x, line.rowIndex + y]; ; column += x, row += y) {
    const cell = table.rows[row]?.cells[column];
    if (!cell) return null;
    const button = cell.querySelector('button');
    if (button) return button;
  }
}
