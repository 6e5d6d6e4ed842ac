import { expect } from 'vitest';
import type { memoryLog } from './memory-log.ts';

/** The metrics of a scrape: the value of each sample by its name and labels as they are written, and the names that have a TYPE. */
interface Scrape {
  readonly samples: ReadonlyMap<string, number>;
  readonly names: readonly string[];
}

/** The address of the metrics of a service that has started, by its log. Its level must be `info`. */
export function metricsAddress({ lines }: Pick<ReturnType<typeof memoryLog>, 'lines'>): string {
  const line = lines().find(({ msg }) => msg === 'metrics are served');
  if (!line) throw new Error('no metrics are served');
  return `http://127.0.0.1:${line.port}/metrics`;
}

/** Reads the metrics, as Prometheus does. */
export async function scrape(address: string, headers: Record<string, string> = {}): Promise<Scrape> {
  const response = await fetch(address, { headers });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^([a-z]\w*(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
    if (name !== undefined) samples.set(name, Number(value));
  }
  return { samples, names: Array.from(text.matchAll(/^# TYPE (\w+) /gm), ([, name = '']) => name) };
}
