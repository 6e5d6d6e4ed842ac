/**
 * What a statement must not do, so that Citus can distribute it over several servers. Tried with Citus 13.2 on Postgres 15: a
 * coordinator without rows of the distributed tables, all other tables there.
 */
import { parseSync } from 'libpg-query';
import { changeRules } from './changes.ts';
import { correlatedRules } from './correlated.ts';
import { shapeRules } from './shapes.ts';

/** A rule that a statement breaks. */
export interface Broken {
  /** What it must not do, with the names of the tables. */
  readonly rule: string;
  /** What to write instead. */
  readonly instead: string;
}

/** Returns the rules that a text breaks, each once. `loadModule()` of libpg-query must have been awaited. Throws if it is no SQL of Postgres. */
export function brokenRules(text: string): Broken[] {
  const statements = parseSync(text).stmts ?? [];
  const broken = statements.flatMap(({ stmt }) => [
    ...shapeRules(stmt),
    ...correlatedRules(stmt),
    ...changeRules(stmt),
  ]);
  return [...new Map(broken.map((one) => [one.rule, one])).values()];
}
