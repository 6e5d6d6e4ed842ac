/** A change of schema.graphql that breaks clients is declared, so that nobody makes one without knowing. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { baseOf, undeclaredChanges } from '../kit/schema-changes.ts';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));

test('schema.graphql breaks nothing that docs/schema-changes.md doesn’t declare', ({ skip }) => {
  const base = baseOf(CHECKOUT, process.env.SCHEMA_BASE);
  if ('none' in base) {
    const line = `NOT CHECKED: whether schema.graphql breaks clients: ${base.none}.`;
    expect(process.env.SCHEMA_BASE, line).toBeUndefined();
    console.warn(line);
    skip(line);
  } else
    expect(
      undeclaredChanges(CHECKOUT, base.commit),
      'Leave what clients use, and mark it @deprecated; or add these lines to docs/schema-changes.md, each with what clients are to do',
    ).toEqual([]);
});

const hasGit = spawnSync('git', ['--version']).status === 0;

describe.skipIf(!hasGit)('a repository', () => {
  let folder: string;
  let run: (...args: string[]) => string;
  const write = (schema: string, declarations = '') => {
    writeFileSync(join(folder, 'schema.graphql'), schema);
    mkdirSync(join(folder, 'docs'), { recursive: true });
    writeFileSync(join(folder, 'docs/schema-changes.md'), declarations);
  };
  const commit = (schema: string, declarations = '') => {
    write(schema, declarations);
    run('add', '-A');
    run('commit', '-qm', 'change');
    return run('rev-parse', 'HEAD').trim();
  };
  const TWO = 'type Query { one: Int two(at: Int): Int }';
  const ONE = 'type Query { one: Int }';

  beforeEach(() => {
    // A hook of git that runs the tests says with these which repository it means.
    for (const name of Object.keys(process.env)) if (/^GIT_/.test(name)) vi.stubEnv(name, undefined);
    folder = mkdtempSync(join(tmpdir(), 'schema-changes-'));
    const as = ['-c', 'user.name=tests', '-c', 'user.email=tests@example.org', '-c', 'init.defaultBranch=main'];
    run = (...args) => execFileSync('git', [...as, '-C', folder, ...args], { encoding: 'utf8', stdio: 'pipe' });
    run('init', '-q');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['a removed field', ONE, ['- Query.two was removed.']],
    ['another type', 'type Query { one: String two(at: Int): Int }', ['- Query.one changed type from Int to String.']],
    [
      'an argument that must be given',
      'type Query { one: Int two(at: Int, new: Int!): Int }',
      ['- A required arg new on Query.two was added.'],
    ],
    ['an addition', 'type Query { one: Int two(at: Int, new: Int): Int three: Int }', []],
    ['a deprecation', 'type Query { one: Int @deprecated(reason: "Use two.") two(at: Int): Int }', []],
  ])('with %s', (_, schema, undeclared) => {
    const before = commit(TWO);
    write(schema);
    expect(undeclaredChanges(folder, before)).toEqual(undeclared);
  });

  test('where a change is declared with what clients are to do has nothing to complain of', () => {
    const before = commit(TWO, '# Changes\n');
    write(ONE, '# Changes\n\n- Query.two was removed. Ask one instead.\n');
    expect(undeclaredChanges(folder, before)).toEqual([]);
    write(ONE, '# Changes\n\n- Query.two was removed.\n');
    expect(undeclaredChanges(folder, before)).toEqual(['- Query.two was removed.']);
  });

  test('takes a row of a table with the old name and the new one as well', () => {
    const before = commit('type Query { one: Int two: Int } enum Kind { A B }', '# Changes\n');
    const after = 'type Query { one: Int } enum Kind { A }';
    write(after, '# Changes\n\n| Old | New |\n|---|---|\n| `Query.two` | `one` |\n| `Kind.B` | `A` |\n');
    expect(undeclaredChanges(folder, before)).toEqual([]);
    write(after, '# Changes\n\n| Old | New |\n|---|---|\n| `Query.two` | |\n');
    expect(undeclaredChanges(folder, before)).toEqual([
      '- Query.two was removed.',
      '- B was removed from enum type Kind.',
    ]);
  });

  test('where the same was declared once before has to declare it again', () => {
    const declaration = '- Query.two was removed. Ask one instead.\n';
    commit(TWO);
    commit(ONE, declaration);
    const again = commit(TWO, declaration);
    write(ONE, declaration);
    expect(undeclaredChanges(folder, again)).toEqual(['- Query.two was removed.']);
    write(ONE, `${declaration}${declaration}`);
    expect(undeclaredChanges(folder, again)).toEqual([]);
  });

  test('where a branch left the main one is compared with that place, and on the main one with the commit before', () => {
    const first = commit(TWO);
    const second = commit(`# still\n${TWO}`);
    const copy = `${folder}/copy`;
    execFileSync('git', ['clone', '-q', folder, copy]);
    expect(baseOf(copy, undefined)).toEqual({ commit: first });
    execFileSync('git', ['-C', copy, 'checkout', '-qb', 'branch']);
    folder = copy;
    commit(ONE);
    commit(`# again\n${ONE}`);
    folder = join(copy, '..');
    expect(baseOf(copy, undefined)).toEqual({ commit: second });
    expect(undeclaredChanges(copy, second)).toEqual(['- Query.two was removed.']);
    expect(baseOf(copy, first)).toEqual({ commit: first });
  });

  test('of which only the last commit is here, or none, says that it can’t compare', () => {
    commit(TWO);
    commit(ONE);
    const copy = `${folder}/copy`;
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${folder}`, copy]);
    expect(baseOf(copy, undefined)).toEqual({ none: expect.stringContaining('git fetch --deepen') });
    rmSync(join(copy, '.git'), { recursive: true });
    rmSync(join(folder, '.git'), { recursive: true });
    expect(baseOf(copy, undefined)).toEqual({ none: 'this is no clone of the repository, or git is missing' });
    expect(baseOf(copy, 'main')).toEqual({ none: 'SCHEMA_BASE names main, which is no commit here' });
  });
});
