import { expect } from 'vitest';
import type { RefreshOptions } from '../../src/db/kept/refresh.ts';
import { eventually } from './command.ts';
import { memoryLog } from './memory-log.ts';
import type { Service } from './service.ts';
import type { Statement } from './statements.ts';

/** Looks often, and finds every answer worth being computed again. */
export const EAGER: RefreshOptions = { lookMs: 20, costlyMs: 0 };

/** A log of a service that computes answers again, and what waits until those of the rows as they are now have been. Returns how many. */
export function refreshLog() {
  const { log, lines } = memoryLog('debug');
  const refreshed = async ({ rows }: Pick<Service, 'rows'>): Promise<number> => {
    const [now] = await rows(
      'SELECT version::text, extract(epoch FROM known_at)::int * 1000.0 AS "knownAt" FROM dataset',
    );
    return await eventually(async () => {
      const passes = lines().filter(({ msg }) => msg === 'kept answers were computed again');
      const found = passes.findLast((pass) => pass.version === now?.version && pass.knownAt === Number(now?.knownAt));
      expect(found, JSON.stringify([now, passes])).toBeDefined();
      return Number(found?.answers);
    });
  };
  return { log, refreshed };
}

/** The names of the statements that look at rows, and not only at which rows there are. */
export const costlyStatements = (statements: readonly Statement[]): string[] =>
  statements
    .map(({ text }) => /^\/\* ([\w.]+)/.exec(text)?.[1] ?? text)
    .filter((name) => /^(metrics|counts)/.test(name));
