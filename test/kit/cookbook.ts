/** The questions of docs/cookbook.md. */
import { readFile } from 'node:fs/promises';
import type { Scope } from '../../src/domain/viewer.ts';

export interface Recipe {
  readonly question: string;
  /** The name of the operation. */
  readonly operation: string;
  /** The scopes that it says it needs. */
  readonly scopes: readonly Scope[];
  readonly query: string;
  /** For the sample extract. */
  readonly variables: Record<string, string | null>;
}

/** Every question, in the order of the document. */
export async function readCookbook(): Promise<Recipe[]> {
  const text = await readFile(new URL('../../docs/cookbook.md', import.meta.url), 'utf8');
  return text
    .split('\n## ')
    .slice(1)
    .map((section): Recipe => {
      const query = /```graphql\n(.*?)```/s.exec(section)?.[1] ?? '';
      const needs = /Needs the scopes? (.*?)\.\n/.exec(section)?.[1] ?? '';
      return {
        question: section.split('\n')[0] ?? '',
        operation: /^query (\w+)/.exec(query)?.[1] ?? '',
        scopes: Array.from(needs.matchAll(/`(\w+)`/g), ([, scope]) => scope as Scope),
        query,
        variables: JSON.parse(/```json\n(.*?)```/s.exec(section)?.[1] ?? ''),
      };
    });
}
