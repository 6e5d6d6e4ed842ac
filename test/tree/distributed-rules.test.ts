/** The rules for statements that a distributed database takes, and their exceptions, as far as texts are at hand without a database. */
import { readdir, readFile } from 'node:fs/promises';
import { loadModule } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { complaintsAbout } from '../kit/distributed/complaints.ts';
import { EXCEPTIONS, exceptionOf } from '../kit/distributed/exceptions.ts';
import { nameOf } from '../kit/distributed/name.ts';
import { brokenRules } from '../kit/distributed/rules.ts';
import { REPOSITORY, sourceFiles } from '../kit/documents.ts';
import { textsIn } from '../kit/golden-statements.ts';

const GOLDEN = `${REPOSITORY}test/golden/statements/`;
let golden: string[];
beforeAll(async () => {
  await loadModule();
  const files = (await readdir(GOLDEN, { recursive: true })).filter((name) => name.endsWith('.sql'));
  golden = (await Promise.all(files.map((name) => readFile(GOLDEN + name, 'utf8')))).flatMap(textsIn);
});

test('the golden statements break no rule but where it is excepted', async () => {
  expect(golden.length).toBeGreaterThan(50);
  expect(await complaintsAbout(golden)).toEqual([]);
});

test('what is excepted for a golden statement is broken by one; otherwise its name comes off the list', () => {
  const broken = new Set(
    golden.filter((text) => brokenRules(text).length > 0).map((text) => exceptionOf(nameOf(text) ?? '')?.name),
  );
  const listed = EXCEPTIONS.filter(({ isGolden }) => isGolden).map(({ name }) => name);
  expect(listed.filter((name) => !broken.has(name))).toEqual([]);
});

test('what is excepted is the name of a statement', async () => {
  const sources = (await sourceFiles('db')).join('\n');
  const isThere = ({ name }: { name: string }) => {
    const start = name.replace(/\*$/, '').replaceAll('.', '\\.');
    return new RegExp(`(/\\* |comment\\(['\`])${start}${name.endsWith('*') ? '' : "( \\*/|['`])"}`).test(sources);
  };
  expect(EXCEPTIONS.filter((one) => !isThere(one)).map(({ name }) => name)).toEqual([]);
});
