/** Cells of the tables, with the rows behind their numbers. */
import { count, NONE, partOf, percent } from '../numbers.js';

/** @typedef {import('../numbers.js').Rate} Rate */
/** @typedef {import('../table.js').Cell} Cell */
/** @typedef {import('../table.js').Evidence} Evidence */

/** @param {Evidence} rows @param {number} value @param {Partial<Cell>} [more] @returns {Cell} */
export const countCell = (rows, value, more = {}) => ({
  text: count(value),
  rows: value > 0 ? rows : null,
  isQuiet: value === 0,
  ...more,
});

/** A share, with its part and its whole. @param {Evidence} rows @param {Rate} rate @returns {Cell} */
export const rateCell = (rows, rate) =>
  rate.denominator === 0 ? { text: NONE, isQuiet: true } : { text: percent(rate.value), note: partOf(rate), rows };
