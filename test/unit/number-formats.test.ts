import { expect, test } from 'vitest';
import { isDateFormat } from '../../src/ingest/xlsx/number-formats.ts';

test.each([
  'yyyy-mm-dd hh:mm:ss',
  'yyyy\\-mm\\-dd\\ hh:mm:ss',
  'DD.MM.YYYY HH:MM',
  '[$-407]d. mmm yy',
  '[$-F800]dddd, mmmm dd, yyyy',
  'h:mm AM/PM',
  '[h]:mm:ss',
  '[ss]',
  'mm:ss.0',
  'yyyy-mm-dd;@',
  '[Red]d/m/yy',
  '"week" d',
])('%s shows a date or a time', (code) => {
  expect(isDateFormat(code)).toBe(true);
});

test.each([
  'General',
  '0.00',
  '#,##0.00 [$€-407]',
  '#,##0\\ "hours and days"',
  '[Red]0.0;[Blue]-0.0',
  '0.00E+00',
  '@',
  '_-* #,##0.00_-',
  '0\\d',
  '[Yellow]0',
  '"dd.mm.yyyy"',
])('%s shows a number or a text', (code) => {
  expect(isDateFormat(code)).toBe(false);
});
