/** What is chosen, in the address of the page after `#`: whoever gets the link finds the same chosen. The service never sees it. */
import { choiceOf, restore } from '../download-form/download-form.js';
import { showByName } from '../download-form/look-up.js';
import { element } from '../service.js';

/** What the link says that was opened, until it is known what of it the form has. @type {URLSearchParams | null} */
let opened = null;

/** The separators that a spreadsheet in the browser’s language expects, as far as one can tell. */
export const usualDialect = () =>
  new Intl.NumberFormat().formatToParts(0.5).some(({ type, value }) => type === 'decimal' && value === ',')
    ? 'semicolon,comma'
    : '';

/** @param {HTMLFormElement} form */
const dialectOf = (form) => /** @type {HTMLSelectElement} */ (form.elements.namedItem('dialect'));

/** Whether the address says something for the form. */
export const isLink = () => location.hash.includes('=');

/** Chooses what the address says. @param {HTMLFormElement} form */
export function openLink(form) {
  opened = new URLSearchParams(location.hash.slice(1));
  restore(form, opened);
  const dialect = dialectOf(form);
  dialect.value = opened.get('dialect') ?? usualDialect();
  if (dialect.selectedIndex === -1) dialect.value = usualDialect();
  showByName();
}

/** Puts what is chosen into the address, and says what of a link that was opened isn’t chosen. @param {HTMLFormElement} form */
export function showLink(form) {
  const choice = choiceOf(form);
  const data = new FormData(form);
  for (const name of ['kind', 'dialect']) choice.set(name, String(data.get(name)));
  const lost = [...(opened ?? [])].filter(([name, value]) => !choice.getAll(name).includes(value));
  if (lost.length > 0) {
    const said = lost.map(([name, value]) => `${name}=${value}`.slice(0, 80)).join(', ');
    element('link-fault').textContent = `The link also says what this form doesn’t have: ${said}.`;
  }
  opened = null;
  // What anybody who opens the page has anyway isn’t said.
  for (const [name, usual] of Object.entries({ kind: 'workbook', dialect: usualDialect() }))
    if (choice.get(name) === usual) choice.delete(name);
  const hash = choice.toString().replaceAll('%2C', ',');
  history.replaceState(null, '', location.pathname + location.search + (hash && `#${hash}`));
}
