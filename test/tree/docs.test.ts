import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { readConfig, SETTINGS } from '../../src/config.ts';
import { maxConnections } from '../../src/db/connection/open.ts';
import { MAX_LOADED_CHARACTERS } from '../../src/db/connection/result-size.ts';
import { Failure, type FailureCode } from '../../src/domain/errors.ts';
import { exportConnections } from '../../src/domain/export-limits.ts';
import { FIELDS, type Field, type FieldKind, type Subject } from '../../src/domain/fields.ts';
import * as limits from '../../src/graphql/limits.ts';

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

/** The cells of the rows of tables below a heading. */
function tableRows(document: string, heading: string): string[][] {
  const section = document.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

let contract: string;
beforeAll(async () => {
  contract = await readFile(new URL('../../docs/contract.md', import.meta.url), 'utf8');
});

describe('docs/contract.md', () => {
  test('names the personal fields as the program has them', () => {
    const section = contract.split(/^#+ /m).find((part) => part.startsWith('Personal fields\n')) ?? '';
    const named = [...section.matchAll(/`(\w+)`/g)].map(([, key]) => key);
    const personal = FIELDS.filter((field: Field) => field.personal).map(({ key }) => key);
    expect(named).toEqual([...personal, 'personal', 'admin', 'room']);
  });

  test('lists the 30 fields as the program has them', () => {
    expect(tableRows(contract, 'One row')).toEqual(
      FIELDS.map((field: Field, place) => [
        String(place + 1),
        `\`${field.key}\``,
        field.label,
        typeWords(field),
        SUBJECTS[field.subject],
      ]),
    );
  });

  test('gives every error the status that the program gives it', () => {
    const rows = tableRows(contract, 'Errors');
    expect(rows.length).toBeGreaterThan(0);
    for (const [status, code = ''] of rows) {
      expect([code, status]).toEqual([code, String(new Failure(code.replaceAll('`', '') as FailureCode, '').status)]);
    }
  });
});

test('.env.example has every environment variable, in the order of the program', async () => {
  const example = await readFile(new URL('../../.env.example', import.meta.url), 'utf8');
  const names = Array.from(example.matchAll(/^#?([A-Z_]+)=(.*)$/gm), ([, name, value]) => [name, value]);
  expect(names).toEqual(Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]));
});

test.each(['README.md', 'docs/graphql.md'])('the lines for .env in %s are taken by the program', async (name) => {
  const document = await readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
  const [, lines = ''] = /```dotenv\n(.*?)```/s.exec(document) ?? [];
  const settings = parseEnv(lines) as Record<string, string>;
  expect(Object.keys(settings).length).toBeGreaterThan(1);
  for (const setting of Object.keys(settings)) expect(Object.keys(SETTINGS)).toContain(setting);
  expect(readConfig(settings).identityProvider).toMatchObject({ issuer: settings.JWT_ISSUER });
});

test('docs/graphql.md has the limits of the program', async () => {
  const guide = await readFile(new URL('../../docs/graphql.md', import.meta.url), 'utf8');
  const numbersOf = (heading: string) =>
    tableRows(guide, heading)
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
  const { MAX_COST, PAGE_COST, ASSUMED_LIST_SIZE, MAX_DEPTH, MAX_BODY_BYTES, ...others } = limits;
  const { MAX_DOCUMENT_TOKENS, MAX_ALIASES, MAX_DIRECTIVES, MAX_ROOT_FIELDS, ...ofArguments } = others;
  const { MAX_PAGE_SIZE, MAX_CONDITIONS, MAX_NESTED_LISTS, MAX_VALUES, MAX_SORT_KEYS } = ofArguments;
  expect(numbers).toEqual([
    ...[MAX_COST, 1, PAGE_COST, ASSUMED_LIST_SIZE, MAX_DEPTH, MAX_BODY_BYTES],
    ...[MAX_DOCUMENT_TOKENS, MAX_ALIASES, MAX_DIRECTIVES, MAX_ROOT_FIELDS],
    ...[MAX_PAGE_SIZE, MAX_CONDITIONS, MAX_NESTED_LISTS, MAX_VALUES, MAX_SORT_KEYS],
  ]);
});

test('README.md has the number of connections that an instance opens', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const opened = (maxConcurrent: number) => maxConnections({ maxExports: exportConnections({ maxConcurrent }) });
  const most = opened(Number(SETTINGS.EXPORTS_AT_ONCE.default));
  const forEach = opened(1) - opened(0);
  expect(readme).toContain(
    `An instance opens at most ${opened(0)} to the database, and ${forEach} for each of \`EXPORTS_AT_ONCE\`: ${most}.`,
  );
  const [, pooled] = /`default_pool_size` \(20\): (\d+) is enough for an instance\./.exec(readme) ?? [];
  expect(Number(pooled)).toBe(most);
});
