/** What the subqueries of a statement read, and which rows of the queries around them they ask about. */
import { as, list, names, some, type Tree } from './tree.ts';

/** The tables that are distributed. They are distributed by `interview_id`, and the shards of one range of it lie together. */
export const DISTRIBUTED: readonly string[] = ['appointment', 'interview', 'time_slot'];
const LINK = 'interview_id';

/** Something with rows in a FROM. */
export interface Source {
  /** Its name there. */
  readonly name: string;
  /** `local`: a table of one node, also a temporary one. `result`: what is computed first, by itself. `values`: what is in no table. */
  readonly rows: 'distributed' | 'local' | 'result' | 'values';
  /** What it is, for a message. */
  readonly what: string;
  readonly isTable: boolean;
  /** All that stands in the same FROM. */
  readonly beside: readonly Source[];
}

/** A subquery that asks about rows of the queries around it. */
export interface Correlated {
  readonly select: Tree;
  readonly isLateral: boolean;
  /** What it reads, without what its own subqueries can read by themselves. */
  readonly inside: readonly Source[];
  /** The sources around it that it names columns of. */
  readonly outside: readonly Source[];
  /** Whether it equates the `interview_id` of a distributed table of its own with that of one around it. */
  readonly isLinked: boolean;
}

/** A query and those around it, from the inside: the names that can be meant there. */
interface Scope {
  readonly sources: Source[];
  /** The results of WITH by their names, for a message. */
  readonly results: Map<string, string>;
}

/** What was found between the beginning and the end of a subquery. */
interface Found {
  readonly sources: Source[];
  readonly named: Source[];
  /** The pairs whose `interview_id` is equated. */
  readonly links: (readonly Source[])[];
}

/** What was found anywhere. */
interface Everywhere {
  readonly correlated: Correlated[];
  /** Distributed tables that are joined with others of the same FROM, but not by `interview_id`. */
  readonly unlinked: Source[];
}

/**
 * Returns the subqueries of a statement that are correlated: behind EXISTS, IN, ANY and ARRAY, those that stand for a value, and LATERAL ones; and the
 * tables that are joined without a link. A column without the name of its table counts as one of the innermost query.
 */
export function readStatement(statement: unknown): Everywhere {
  const everywhere: Everywhere = { correlated: [], unlinked: [] };
  readAny(statement, [], newFound(), everywhere);
  return everywhere;
}

const newFound = (): Found => ({ sources: [], named: [], links: [] });

function readAny(tree: unknown, around: readonly Scope[], found: Found, all: Everywhere): void {
  if (typeof tree === 'object' && tree !== null)
    for (const key in tree) {
      const child = (tree as Tree)[key];
      if (typeof child === 'object' && child !== null) readNode(key, child as Tree, around, found, all);
    }
}

function readNode(kind: string, node: Tree, around: readonly Scope[], found: Found, all: Everywhere): void {
  switch (kind) {
    case 'SelectStmt':
    case 'UpdateStmt':
    case 'DeleteStmt':
    case 'InsertStmt':
      readQuery(node, around, found, all);
      return;
    case 'SubLink':
      readAny(node.testexpr, around, found, all);
      readSubquery(node.subselect, false, around, found, all);
      return;
    case 'ColumnRef': {
      const source = sourceOf(node, around);
      if (source) found.named.push(source);
      return;
    }
    case 'A_Expr':
      noteLinks(node, around, found);
  }
  readAny(node, around, found, all);
}

/** Reads a subquery by itself. What it asks about around it, the query around asks about, too. */
function readSubquery(
  subquery: unknown,
  isLateral: boolean,
  around: readonly Scope[],
  found: Found,
  all: Everywhere,
): Found {
  const own = newFound();
  readAny(subquery, around, own, all);
  const outside = own.named.filter((source) => !own.sources.includes(source));
  const links = own.links.filter((pair) => pair.some((source) => !own.sources.includes(source)));
  const isLinked = links.some((pair) => pair.every(({ rows }) => rows === 'distributed'));
  const select = as(subquery, 'SelectStmt');
  if (select && outside.length > 0) all.correlated.push({ select, isLateral, inside: own.sources, outside, isLinked });
  found.named.push(...outside);
  return { ...own, links };
}

function readQuery(query: Tree, around: readonly Scope[], found: Found, all: Everywhere): void {
  const scope: Scope = { sources: [], results: new Map() };
  const scopes = [scope, ...around];
  for (const node of list((query.withClause as Tree | undefined)?.ctes)) {
    const result = as(node, 'CommonTableExpr');
    if (!result) continue;
    const name = String(result.ctename);
    readSubquery(result.ctequery, false, scopes, found, all);
    scope.results.set(name, `the result ${name} of a WITH`);
  }
  if (query.relation) addTable(query.relation as Tree, scopes, found);
  for (const item of [...list(query.fromClause), ...list(query.usingClause)]) addFrom(item, scopes, found, all);
  for (const [part, tree] of Object.entries(query)) {
    if (['withClause', 'relation', 'fromClause', 'usingClause'].includes(part)) continue;
    // The halves of a UNION stand there without their kind.
    if (part === 'larg' || part === 'rarg') readQuery(tree as Tree, scopes, found, all);
    else readAny(tree, scopes, found, all);
  }
  all.unlinked.push(...unlinkedOf(scope.sources, found.links));
}

/** Follows the links from the first distributed table, and gives those that it does not come to. */
function unlinkedOf(sources: readonly Source[], links: Found['links']): Source[] {
  const [first, ...others] = sources.filter(({ isTable, rows }) => isTable && rows === 'distributed');
  const reached = new Set(first ? [first] : []);
  for (const source of reached)
    for (const pair of links)
      if (pair.includes(source)) for (const one of pair) if (sources.includes(one)) reached.add(one);
  return others.filter((source) => !reached.has(source));
}

function addFrom(item: unknown, scopes: readonly Scope[], found: Found, all: Everywhere): void {
  const table = as(item, 'RangeVar');
  const join = as(item, 'JoinExpr');
  const subquery = as(item, 'RangeSubselect');
  if (table) addTable(table, scopes, found);
  else if (join) addJoin(join, scopes, found, all);
  else if (subquery) addSubquery(subquery, scopes, found, all);
  else {
    readAny(item, scopes, found, all);
    const name = aliasOf(Object.values(item as Tree)[0] as Tree);
    add({ name, rows: 'values', isTable: false, what: `the values of ${name}` }, scopes, found);
  }
}

function addJoin(join: Tree, scopes: readonly Scope[], found: Found, all: Everywhere): void {
  const before = found.sources.length;
  addFrom(join.larg, scopes, found, all);
  const left = found.sources.slice(before);
  addFrom(join.rarg, scopes, found, all);
  const right = found.sources.slice(before + left.length);
  if (names(join.usingClause).includes(LINK)) found.links.push([...left, ...right]);
  readAny(join.quals, scopes, found, all);
}

function addSubquery(subquery: Tree, scopes: readonly Scope[], found: Found, all: Everywhere): void {
  const name = aliasOf(subquery);
  const isLateral = subquery.lateral === true;
  // What is not LATERAL sees the results of this query's WITH, but not what stands beside it.
  const [own, ...outer] = scopes;
  const visible = isLateral ? scopes : [{ sources: [], results: own?.results ?? new Map() }, ...outer];
  const { sources, links } = readSubquery(subquery.subquery, isLateral, visible, found, all);
  const rows = rowsOf(subquery.subquery, sources);
  const source = add({ name, rows, isTable: false, what: `the subquery ${name}` }, scopes, found);
  for (const pair of links) found.links.push([source, ...pair.filter((one) => !sources.includes(one))]);
}

/** What a subquery in a FROM counts as there: each node has its part of the rows, unless they have to be brought together before. */
function rowsOf(subquery: unknown, sources: readonly Source[]): Source['rows'] {
  const { limitCount, limitOffset, groupClause, distinctClause } = as(subquery, 'SelectStmt') ?? {};
  if (sources.every(({ rows }) => rows === 'values')) return 'values';
  const isLink = ({ fields }: Tree) => names(fields).at(-1) === LINK;
  const isGathered = [groupClause, distinctClause].some((keys) => keys && !some(keys, 'ColumnRef', isLink));
  return sources.some(({ rows }) => rows === 'distributed') && !limitCount && !limitOffset && !isGathered
    ? 'distributed'
    : 'result';
}

function addTable(table: Tree, scopes: readonly Scope[], found: Found): void {
  const relation = String(table.relname);
  const name = (table.alias as Tree | undefined)?.aliasname ?? relation;
  const result = scopes.map(({ results }) => results.get(relation)).find((one) => one !== undefined);
  const isDistributed = DISTRIBUTED.includes(relation);
  const what = result ?? (isDistributed ? relation : `${relation}, which is not distributed`);
  const rows = result ? 'result' : isDistributed ? 'distributed' : 'local';
  add({ name: String(name), rows, isTable: !result, what }, scopes, found);
}

function add(item: Omit<Source, 'beside'>, scopes: readonly Scope[], found: Found): Source {
  const [scope] = scopes;
  const source = { ...item, beside: scope?.sources ?? [] };
  scope?.sources.push(source);
  found.sources.push(source);
  return source;
}

const aliasOf = (item: Tree): string => String((item.alias as Tree | undefined)?.aliasname ?? '');

function sourceOf(column: Tree, scopes: readonly Scope[]): Source | undefined {
  const parts = list(column.fields);
  const [table] = parts.length < 2 ? [] : names([parts.at(-2)]);
  for (const { sources } of table === undefined ? [] : scopes) {
    const source = sources.find(({ name }) => name === table);
    if (source) return source;
  }
  return undefined;
}

/** Notes `a.interview_id = b.interview_id`, also within `(a.interview_id, a.row_id) = (b.interview_id, b.row_id)`. */
function noteLinks(comparison: Tree, scopes: readonly Scope[], found: Found): void {
  if (comparison.kind !== 'AEXPR_OP' || names(comparison.name)[0] !== '=') return;
  const right = parts(comparison.rexpr);
  parts(comparison.lexpr).forEach((left, at) => {
    const pair = [left, right[at]].map((side) => {
      const column = as(side, 'ColumnRef');
      return column && names(column.fields).at(-1) === LINK ? sourceOf(column, scopes) : undefined;
    });
    const [one, other] = pair;
    if (one && other) found.links.push([one, other]);
  });
}

const parts = (side: unknown): readonly unknown[] => {
  const row = as(side, 'RowExpr');
  return row ? list(row.args) : [side];
};
