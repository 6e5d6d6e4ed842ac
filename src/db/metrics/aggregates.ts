import type { Aggregate, Facts, Formula, ItemKind, Test } from '../../domain/metrics/formulas.ts';
import { allOf, type Bind, type Sql, sql } from '../sql.ts';
import { factName } from './items.ts';

/** Returns the aggregates of a formula: itself, or the dividend and the divisor. */
export const aggregatesOf = (formula: Formula): readonly Aggregate[] =>
  'dividend' in formula ? [formula.dividend, formula.divisor] : [formula];

/** Returns the type of an aggregate’s column. */
export const typeOf = ({ take }: Aggregate): Sql => {
  if (take.the === 'count' || take.the === 'number') return sql`int`;
  return 'of' in take && take.of === 'endsAt' ? sql`timestamptz` : sql`float8`;
};

/** Returns the condition that a test holds; `factSql` returns the expression of a fact. */
export function testSql(test: Test, factSql: (fact: Facts[ItemKind]) => Sql, bind: Bind): Sql {
  if (typeof test === 'string') return factSql(test);
  if ('not' in test) return sql`NOT ${factSql(test.not)}`;
  const value = factSql(test.fact);
  const limit = (number: number): Sql => bind(String(number), 'numeric');
  return allOf([
    ...(test.atLeast === undefined ? [] : [sql`${value} >= ${limit(test.atLeast)}`]),
    ...(test.atMost === undefined ? [] : [sql`${value} <= ${limit(test.atMost)}`]),
    ...(test.below === undefined ? [] : [sql`${value} < ${limit(test.below)}`]),
  ]);
}

/** Returns the fact of an item `i`. */
export const factOfItem = (fact: Facts[ItemKind]): Sql => sql`i.${factName(fact)}`;

/** Returns an aggregate over items `i`. */
export function aggregateSql({ take, where }: Aggregate, bind: Bind): Sql {
  const filter =
    where.length === 0 ? sql`` : sql` FILTER (WHERE ${allOf(where.map((test) => testSql(test, factOfItem, bind)))})`;
  const value = 'of' in take ? factOfItem(take.of) : sql`*`;
  const share = 'p' in take ? bind(String(take.p), 'float8') : sql``;
  switch (take.the) {
    case 'count':
    case 'number':
      return sql`count(${value})${filter}::int`;
    case 'sum':
      return sql`(sum(${value})${filter})::float8`;
    case 'mean':
      return sql`(avg(${value})${filter})::float8`;
    case 'min':
      return take.of === 'endsAt' ? sql`min(${value})${filter}` : sql`(min(${value})${filter})::float8`;
    case 'max':
      return sql`(max(${value})${filter})::float8`;
    case 'percentile':
      return sql`(percentile_cont(${share}) WITHIN GROUP (ORDER BY ${value})${filter})::float8`;
    case 'value':
      return sql`nullif((percentile_disc(${share}) WITHIN GROUP (ORDER BY ${value})${filter})::float8, 'infinity')`;
  }
}

/** Returns the facts that aggregates name, each once. */
export const factsOf = (aggregates: readonly Aggregate[]): Facts[ItemKind][] => [
  ...new Set(
    aggregates.flatMap(({ take, where }) => [
      ...where.map((test) => (typeof test === 'string' ? test : 'not' in test ? test.not : test.fact)),
      ...('of' in take ? [take.of] : []),
    ]),
  ),
];
