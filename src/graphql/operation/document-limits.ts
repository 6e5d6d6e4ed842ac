import { type DocumentNode, type GraphQLError, Kind, type SelectionSetNode, visit } from 'graphql';
import { MAX_ALIASES, MAX_DIRECTIVES, MAX_NAME_CHARACTERS, MAX_REPEATED_FIELDS, MAX_ROOT_FIELDS } from '../limits.ts';
import { tooComplex } from './errors.ts';

/** What a document has too much of (src/graphql/limits.ts), counted in one walk before anything is compared with the schema. */
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
    ['fields at its root', rootFields, MAX_ROOT_FIELDS],
    ['fields beside one of the same name', repeated, MAX_REPEATED_FIELDS],
    ['characters in a name', longestName, MAX_NAME_CHARACTERS],
  ];
  return counts.flatMap(([what, found, most]) =>
    found > most ? [tooComplex(`The document has ${found} ${what}; at most ${most} are allowed.`)] : [],
  );
}

/** Counts the fields of selections, those of fragments in them too: each fragment once, since its fields are the same ones wherever it is spread. */
function countingFields({ definitions }: DocumentNode): (selectionSet: SelectionSetNode) => number {
  const left = new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet]] : [])),
  );
  return function fieldsIn({ selections }) {
    let fields = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields++;
      else if (selection.kind === Kind.INLINE_FRAGMENT) fields += fieldsIn(selection.selectionSet);
      else {
        const fragment = left.get(selection.name.value);
        left.delete(selection.name.value);
        if (fragment) fields += fieldsIn(fragment);
      }
    }
    return fields;
  };
}

/** How many fields of a selection stand beside one of the same name in the answer. */
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
