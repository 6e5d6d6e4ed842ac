/** The tree of a parsed statement, as Postgres's own parser gives it. */

/** A node's fields, or a list of nodes. A node stands in an object with one field: its kind. */
export type Tree = { readonly [field: string]: unknown };

/** Returns the fields of a node of this kind, null of another. */
export function as(node: unknown, kind: string): Tree | null {
  return (node as Tree | undefined)?.[kind] ? ((node as Tree)[kind] as Tree) : null;
}

/** Returns the nodes of a list; none if there is no list. */
export const list = (nodes: unknown): readonly unknown[] => (Array.isArray(nodes) ? nodes : []);

/** Returns the texts of a list of names, such as the parts of `a.interview_id`. A `*` among them is left out. */
export const names = (nodes: unknown): string[] =>
  list(nodes).flatMap((node) => {
    const text = as(node, 'String')?.sval;
    return typeof text === 'string' ? [text] : [];
  });

/** Returns the nodes of these kinds in a tree, those further up first. `shallow`: without those of subqueries. */
export function nodesOf(tree: unknown, kinds: readonly string[], shallow = false): Tree[] {
  const nodes: Tree[] = [];
  collect(tree, kinds, shallow, nodes);
  return nodes;
}

function collect(tree: unknown, kinds: readonly string[], shallow: boolean, nodes: Tree[]): void {
  if (typeof tree !== 'object' || tree === null) return;
  for (const key in tree) {
    if (shallow && key === 'SelectStmt') continue;
    const child = (tree as Tree)[key];
    if (kinds.includes(key)) nodes.push(child as Tree);
    if (typeof child === 'object') collect(child, kinds, shallow, nodes);
  }
}

/** Whether a tree has a node of the kind that meets the condition. */
export const some = (tree: unknown, kind: string, meets: (node: Tree) => boolean, shallow = false): boolean =>
  nodesOf(tree, [kind], shallow).some(meets);
