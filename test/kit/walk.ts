import { data, type Json } from './graphql.ts';
import type { Service } from './service.ts';

/** How a connection is walked. */
export interface Way {
  /** Nodes a page. */
  readonly size: number;
  /** From its end. */
  readonly backward?: boolean;
  /** The name of its nodes' type. */
  readonly type: string;
  readonly where?: object;
  readonly orderBy?: readonly object[];
}

/**
 * Walks through all pages of a connection of the root; gives its nodes in the order of the connection, whichever way it was walked. `look`
 * sees each page and the nodes before it.
 */
export async function walk(
  service: Service,
  field: string,
  selection: string,
  { size, backward = false, type, where, orderBy }: Way,
  look: (page: Json, before: readonly Json[]) => void = () => {},
): Promise<Json[]> {
  const found: Json[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page: Json = (
      await data(
        service,
        `query ($size: Int!, $cursor: String, $where: ${type}Where, $orderBy: [${type}OrderBy!]) {
           ${field}(${backward ? 'last: $size, before' : 'first: $size, after'}: $cursor, where: $where, orderBy: $orderBy) {
             pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { ${selection} } } } }`,
        { size, cursor, where, orderBy },
      )
    )[field];
    look(page, found);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    const nodes = page.edges.map(({ node }: Json) => node);
    if (backward) found.unshift(...nodes);
    else found.push(...nodes);
    if (!(backward ? hasPreviousPage : hasNextPage)) return found;
    cursor = backward ? startCursor : endCursor;
  }
}
