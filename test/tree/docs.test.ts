/** What the documents say of the program, compared with the program. */
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readConfig, SETTINGS } from '../../src/config.ts';
import { maxConnections } from '../../src/db/connection/open.ts';
import { MAX_LOADED_CHARACTERS } from '../../src/db/connection/result-size.ts';
import { Failure, type FailureCode } from '../../src/domain/errors.ts';
import { exportConnections } from '../../src/domain/export-limits.ts';
import { FIELDS, type Field, type FieldKind, type Subject } from '../../src/domain/fields.ts';
import * as limits from '../../src/graphql/limits.ts';
import { blocksOf, codesIn, readDocument, sectionOf, tableRows } from '../kit/documents.ts';

/** How docs/contract.md names a field's kind; enumerations list their words. */
const TYPES: Record<Exclude<FieldKind, 'enumeration'>, string> = {
  identifier: 'text of 1 to 255 characters',
  uuid: 'UUID',
  text: 'text',
  boolean: 'boolean',
  integer: 'integer',
  number: 'number',
  utc: 'date and time, UTC',
  local: 'date and time, local',
  zone: 'time zone',
};

const SUBJECTS: Record<Subject, string> = {
  interview: 'interview',
  timeSlot: 'time slot',
  creator: 'creator',
  interviewer: 'interviewer',
  appointment: 'appointment',
};

function typeWords({ kind, values = [] }: Field): string {
  return kind === 'enumeration' ? values.map((value) => `\`${value}\``).join(', ') : TYPES[kind];
}

describe('docs/contract.md', () => {
  const contract = readDocument('docs/contract.md');

  test('names the personal fields as the program has them', () => {
    const personal = FIELDS.filter((field: Field) => field.personal).map(({ key }) => key);
    expect(codesIn(sectionOf(contract, 'Personal fields'))).toEqual([...personal, 'personal', 'admin', 'room']);
  });

  test('lists the 30 fields as the program has them', () => {
    expect(tableRows(sectionOf(contract, 'One row'))).toEqual(
      FIELDS.map((field: Field, index) => [
        String(index + 1),
        `\`${field.key}\``,
        field.label,
        typeWords(field),
        SUBJECTS[field.subject],
      ]),
    );
  });

  test('gives every error the status that the program gives it', () => {
    const rows = tableRows(sectionOf(contract, 'Errors'));
    expect(rows.length).toBeGreaterThan(0);
    for (const [status, code = ''] of rows) {
      expect([code, status]).toEqual([code, String(new Failure(code.replaceAll('`', '') as FailureCode, '').status)]);
    }
  });
});

test('docs/configuration.md lists every environment variable with its default and its meaning, and no other', () => {
  const byName = ([one = '']: string[], [other = '']: string[]) => one.localeCompare(other, 'en');
  const rows = Object.entries(SETTINGS).map(([name, setting]) => [
    `\`${name}\``,
    setting.default === '' ? '' : `\`${setting.default}\``,
    setting.description,
  ]);
  expect(tableRows(readDocument('docs/configuration.md')).sort(byName)).toEqual(rows.sort(byName));
});

test('.env.example has every environment variable, in the order of the program', () => {
  const names = Array.from(readDocument('.env.example').matchAll(/^#?([A-Z_]+)=(.*)$/gm), ([, name, value]) => [
    name,
    value,
  ]);
  expect(names).toEqual(Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]));
});

test.each(['docs/recipes.md', 'docs/graphql.md'])('the lines for .env in %s are accepted by the program', (name) => {
  const settings = parseEnv(blocksOf(readDocument(name), 'dotenv')[0] ?? '') as Record<string, string>;
  expect(Object.keys(settings).length).toBeGreaterThan(1);
  for (const setting of Object.keys(settings)) expect(Object.keys(SETTINGS)).toContain(setting);
  expect(readConfig(settings).identityProvider).toMatchObject({ issuer: settings.JWT_ISSUER });
});

test('docs/graphql.md has the limits of the program', () => {
  const guide = readDocument('docs/graphql.md');
  const numbersOf = (heading: string) =>
    tableRows(sectionOf(guide, heading))
      .flatMap((cells) => cells.join(' ').match(/\d[\d,]*/g) ?? [])
      .map((number) => Number(number.replaceAll(',', '')));
  const numbers = numbersOf('Limits');
  const written = (number: number) => number.toLocaleString('en');
  expect(numbersOf('Sizes')).toEqual([
    ...[limits.MAX_JSON_VALUES, limits.MAX_JSON_LEVELS],
    ...[limits.MAX_DOCUMENT_CHARACTERS, limits.MAX_DOCUMENT_LINES, limits.MAX_NAME_CHARACTERS],
    ...[limits.MAX_REPEATED_FIELDS, limits.MAX_FORM_CHARACTERS, limits.MAX_ANSWER_CHARACTERS],
    MAX_LOADED_CHARACTERS,
  ]);
  expect(guide).toContain(`the types of the schema count as ${limits.ASSUMED_TYPE_COUNT}.`);
  expect(guide).toContain(
    `**At most ${limits.MAX_ERRORS} errors** are listed, with messages of at most ${written(limits.MAX_MESSAGE_CHARACTERS)} characters`,
  );
  expect(numbers).toEqual([
    ...[limits.MAX_COST, 1, limits.PAGE_COST, limits.ASSUMED_LIST_SIZE, limits.MAX_DEPTH, limits.MAX_BODY_BYTES],
    ...[limits.MAX_DOCUMENT_TOKENS, limits.MAX_ALIASES, limits.MAX_DIRECTIVES, limits.MAX_ROOT_FIELDS],
    ...[limits.MAX_PAGE_SIZE, limits.MAX_CONDITIONS, limits.MAX_NESTED_LISTS],
    ...[limits.MAX_VALUES, limits.MAX_SORT_KEYS],
  ]);
});

test('docs/operations.md has the number of connections that an instance opens', () => {
  const operations = readDocument('docs/operations.md');
  const opened = (atOnce: number) => maxConnections({ maxExports: exportConnections({ maxConcurrent: atOnce }) });
  const most = opened(Number(SETTINGS.EXPORTS_AT_ONCE.default));
  const forEach = opened(1) - opened(0);
  expect(operations).toContain(
    `An instance opens at most ${opened(0)} to the database, and ${forEach} for each of \`EXPORTS_AT_ONCE\`: ${most}.`,
  );
  const [, pooled] = /`default_pool_size` \(20\): (\d+) is enough for an instance\./.exec(operations) ?? [];
  expect(Number(pooled)).toBe(most);
});
