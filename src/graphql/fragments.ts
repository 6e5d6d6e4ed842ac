import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
} from 'graphql';

/** The fragments of a document by name, as GraphQLResolveInfo has them. */
export type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** Returns the fragments of a document. */
export const fragmentsOf = ({ definitions }: DocumentNode): Fragments =>
  Object.fromEntries(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );

/**
 * Returns the fragment at a place of a selection; undefined if it was spread there already. `spread` has the names of those that were, for
 * all selections on the same items: each is spread once (GraphQL, "CollectFields"), or a few that spread each other twice would take forever.
 */
export function spreadOnce(
  node: InlineFragmentNode | FragmentSpreadNode,
  fragments: Fragments,
  spread: Set<string>,
): InlineFragmentNode | FragmentDefinitionNode | undefined {
  if (node.kind === Kind.INLINE_FRAGMENT) return node;
  const { value } = node.name;
  if (spread.has(value)) return undefined;
  spread.add(value);
  return fragments[value];
}
