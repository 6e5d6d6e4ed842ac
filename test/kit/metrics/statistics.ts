/** Rates and percentiles of plain numbers. Sums are of binary floating point: compare with a tolerance of 1e-9. */

export interface PlainRate {
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number;
}

export const rate = (numerator: number, denominator: number): PlainRate => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
});

export interface PlainStatistics {
  readonly count: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
  readonly min: number | null;
  readonly max: number | null;
  percentile(p: number): number | null;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The sum; null of nothing. */
export const sumOrNull = (values: readonly number[]): number | null => (values.length === 0 ? null : sum(values));

const sorted = (values: readonly number[]): number[] => [...values].sort((one, other) => (one < other ? -1 : 1));

/** percentile_cont of Postgres: between two values proportionally. Null of nothing. */
export function percentileCont(values: readonly number[], p: number): number | null {
  const ascending = sorted(values);
  const position = p * (values.length - 1);
  const [below, above] = [ascending[Math.floor(position)], ascending[Math.ceil(position)]];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (position - Math.floor(position));
}

/** percentile_disc of Postgres: the first value that so great a part of all doesn't exceed. Null of nothing. */
export function percentileDisc(values: readonly number[], p: number): number | null {
  return sorted(values)[Math.max(1, Math.ceil(p * values.length)) - 1] ?? null;
}

export function statistics(values: readonly number[]): PlainStatistics {
  const percentile = (p: number) => percentileCont(values, p);
  return {
    count: values.length,
    mean: values.length === 0 ? null : sum(values) / values.length,
    median: percentile(0.5),
    p90: percentile(0.9),
    min: percentile(0),
    max: percentile(1),
    percentile,
  };
}
