/** What a change of schema.graphql breaks for clients, and whether docs/schema-changes.md says so. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, findBreakingChanges } from 'graphql';

const SCHEMA = 'schema.graphql';
const DECLARATIONS = 'docs/schema-changes.md';

/** What is compared with: a commit, or why there is none. */
export type Base = { readonly commit: string } | { readonly none: string };

/** Runs git in a folder; gives what it prints, or null where it fails. */
function git(folder: string, ...args: string[]): string | null {
  try {
    return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return null;
  }
}

const commitOf = (folder: string, name: string): string | null =>
  git(folder, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`)?.trim() ?? null;

/**
 * The commit that clients know: `given`, where there is one; otherwise where this branch left the main one of `origin`, and on that itself the
 * commit before.
 */
export function baseOf(folder: string, given: string | undefined): Base {
  if (given) {
    const commit = commitOf(folder, given);
    return commit === null ? { none: `SCHEMA_BASE names ${given}, which is no commit here` } : { commit };
  }
  const head = commitOf(folder, 'HEAD');
  if (head === null) return { none: 'this is no clone of the repository, or git is missing' };
  for (const main of ['origin/HEAD', 'origin/main']) {
    const left = git(folder, 'merge-base', 'HEAD', main)?.trim();
    if (left && left !== head) return { commit: left };
  }
  const before = commitOf(folder, 'HEAD~1');
  if (before !== null) return { commit: before };
  return { none: 'this clone has no commit before the last one; get more with `git fetch --deepen=50`' };
}

/** The lines that declare changes: of a list, or of a table with the old name and the new one. */
const declared = (markdown: string): string[] => markdown.split('\n').filter((line) => /^(- |\| `)/.test(line));

/** How a row of such a table begins that declares a name that is gone. */
const rowOf = (description: string): string | null => {
  const [, member = '', type] = /^(\S+) was removed(?: from enum type (\w+))?\.$/.exec(description) ?? [];
  return member === '' ? null : `| \`${type ? `${type}.` : ''}${member}\` | \``;
};

/** The lines that came since a former text. */
function added(before: string, now: string): string[] {
  const old = declared(before);
  return declared(now).filter((line) => {
    const at = old.indexOf(line);
    if (at >= 0) old.splice(at, 1);
    return at < 0;
  });
}

const current = (folder: string, path: string): string =>
  existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : '';

/**
 * What schema.graphql in a folder breaks since a commit and no new line of docs/schema-changes.md declares, each as the line that would. A line
 * goes on with what clients are to do, so that it can't be the bare description.
 */
export function undeclaredChanges(folder: string, commit: string): string[] {
  const before = (path: string) => git(folder, 'show', `${commit}:${path}`) ?? '';
  const former = before(SCHEMA);
  if (former === '') return [];
  const lines = added(before(DECLARATIONS), current(folder, DECLARATIONS));
  return findBreakingChanges(buildSchema(former), buildSchema(current(folder, SCHEMA)))
    .filter(({ description }) => {
      const row = rowOf(description);
      return !(row && lines.some((one) => one.startsWith(row)));
    })
    .map(({ description }) => `- ${description}`)
    .filter((line) => !lines.some((one) => one.startsWith(`${line} `) && one.length > line.length + 1));
}
