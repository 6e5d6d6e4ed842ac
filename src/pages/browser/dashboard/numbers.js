/** Numbers, days and moments as people read them. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const exact = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** @typedef {{ value: number | null, numerator: number, denominator: number }} Rate */

/** What stands where there is no value: nothing to compute it from, which is not 0. */
export const NONE = '–';

/** A count. @param {number} value */
export const count = (value) => whole.format(value);

/** Hours, slots for a hire and so on; null where there are none. @param {number | null} value */
export const decimal = (value) => (value === null ? NONE : short.format(value));

/** A share from 0 to 1. @param {number | null} value */
export const percent = (value) => (value === null ? NONE : exact.format(value));

/** A part and its whole: a rate of few says little. @param {Rate} rate */
export const partOf = ({ numerator, denominator }) => `${count(numerator)} of ${count(denominator)}`;

/** @param {number} number @param {string} one @param {string} many */
export const counted = (number, one, many) => `${count(number)} ${number === 1 ? one : many}`;

/** What changed since a number before, with its sign; as points where they are shares. @param {number} now @param {number} before @param {boolean} isRate */
export function change(now, before, isRate) {
  const difference = isRate ? Math.round((now - before) * 1_000) / 10 : Math.round((now - before) * 10) / 10;
  const text = `${difference > 0 ? '+' : difference < 0 ? '−' : '±'}${short.format(Math.abs(difference))}`;
  return isRate ? `${text} points` : text;
}

/** @param {string} day as yyyy-MM-dd @param {Intl.DateTimeFormatOptions} options */
const dayIn = (day, options) =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { ...options, timeZone: 'UTC' });

/** A day without its year. @param {string} day */
export const shortDay = (day) => dayIn(day, { day: 'numeric', month: 'short' });

/** A day with its weekday. @param {string} day */
export const longDay = (day) => dayIn(day, { weekday: 'short', day: 'numeric', month: 'short' });

/** A day with its year. @param {string} day */
const fullDay = (day) => dayIn(day, { day: 'numeric', month: 'short', year: 'numeric' });

/** The day so many days after another. @param {string} day @param {number} days */
export function dayAfter(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Days from the first to the one before `to`. @param {{ from: string, to: string }} days */
export const daysOf = ({ from, to }) => `${fullDay(from)} to ${fullDay(dayAfter(to, -1))}`;

/** A moment, to the minute, in UTC. @param {string} instant */
export const momentOf = (instant) =>
  `${new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })} UTC`;

/** How long ago a moment was. @param {string} instant */
export function ago(instant) {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(instant)) / 60_000));
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${counted(minutes, 'minute', 'minutes')} ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${counted(hours, 'hour', 'hours')} ago` : `${count(Math.round(hours / 24))} days ago`;
}
