import { type DocumentNode, Kind, separateOperations } from 'graphql';

/** The operations of a document, each by itself; a document that is sent again is the same object, for Yoga keeps those it has parsed. */
const separated = new WeakMap<DocumentNode, Readonly<Record<string, DocumentNode>>>();

/** The operation that is to be executed, by itself with the fragments it uses; undefined where the document has none of that name. */
export function operationOf(document: DocumentNode, name: string | null | undefined): DocumentNode | undefined {
  const operations = separated.get(document) ?? separateOperations(document);
  separated.set(document, operations);
  return name ? operations[name] : Object.values(operations)[0];
}

/** Whether the operation asks for more than the schema itself and the name of its root. */
export const readsData = (document: DocumentNode, name: string | null | undefined): boolean =>
  operationOf(document, name)?.definitions.some(
    (one) =>
      one.kind === Kind.OPERATION_DEFINITION &&
      one.selectionSet.selections.some((field) => field.kind !== Kind.FIELD || !field.name.value.startsWith('__')),
  ) ?? false;
