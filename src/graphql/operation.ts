import { type DocumentNode, separateOperations } from 'graphql';

/** The operation that is to be executed, by itself with the fragments it uses; undefined where the document has none of that name. */
export function operationOf(document: DocumentNode, name: string | null | undefined): DocumentNode | undefined {
  const operations = separateOperations(document);
  return name ? operations[name] : Object.values(operations)[0];
}
