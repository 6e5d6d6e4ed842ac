import { type DocumentNode, type GraphQLError, Kind, type SelectionSetNode, visit } from 'graphql';
import { MAX_ALIASES, MAX_DIRECTIVES, MAX_NAME_CHARACTERS, MAX_REPEATED_FIELDS, MAX_ROOT_FIELDS } from '../limits.ts';
import { tooComplex } from './errors.ts';

/**
 * Returns an error for each limit that a document exceeds (src/graphql/limits.ts). One traversal, before the document is validated against
 * the schema.
 */
export function exceededLimits(document: DocumentNode): GraphQLError[] {
  let aliases = 0;
  let directives = 0;
  let rootFields = 0;
  let repeated = 0;
  let longestName = 0;
  const rootFieldsIn = countingFields(document);
  visit(document, {
    Field(node) {
      if (node.alias) aliases++;
    },
    Directive() {
      directives++;
    },
    OperationDefinition({ selectionSet }) {
      rootFields += rootFieldsIn(selectionSet);
    },
    SelectionSet(node, _key, parent) {
      const isInline = parent && 'kind' in parent && parent.kind === Kind.INLINE_FRAGMENT;
      if (!isInline) repeated += repeatedIn(node);
    },
    Name({ value }) {
      longestName = Math.max(longestName, value.length);
    },
  });
  const counts: [what: string, found: number, most: number][] = [
    ['aliases', aliases, MAX_ALIASES],
    ['directives', directives, MAX_DIRECTIVES],
    ['root fields', rootFields, MAX_ROOT_FIELDS],
    ['repeated fields', repeated, MAX_REPEATED_FIELDS],
    ['characters in a name', longestName, MAX_NAME_CHARACTERS],
  ];
  return counts.flatMap(([what, found, maximum]) =>
    found > maximum ? [tooComplex(`The document has ${found} ${what}; at most ${maximum} are allowed.`)] : [],
  );
}

/**
 * Returns a function that counts the fields of a selection, including those of fragments. Each fragment counts once, because its field
 * nodes are the same wherever it is spread.
 */
function countingFields({ definitions }: DocumentNode): (selectionSet: SelectionSetNode) => number {
  const unseen = new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet]] : [],
    ),
  );
  return function fieldsIn({ selections }) {
    let fields = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields++;
      else if (selection.kind === Kind.INLINE_FRAGMENT) fields += fieldsIn(selection.selectionSet);
      else {
        const fragment = unseen.get(selection.name.value);
        unseen.delete(selection.name.value);
        if (fragment) fields += fieldsIn(fragment);
      }
    }
    return fields;
  };
}

/** Counts the fields of a selection whose response name occurred before in it. */
function repeatedIn({ selections }: SelectionSetNode, names = new Set<string>()): number {
  let repeated = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) repeated += repeatedIn(selection.selectionSet, names);
    if (selection.kind !== Kind.FIELD) continue;
    const name = (selection.alias ?? selection.name).value;
    if (names.has(name)) repeated++;
    names.add(name);
  }
  return repeated;
}
