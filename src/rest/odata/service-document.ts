import { ENTITY_SETS } from './resource-path.ts';

/**
 * Returns the document at the root, which says what there is to read (OData JSON Format 4.01, 5). `root`: the URL of the root, with a slash
 * at the end; null: no `@odata.context`.
 */
export const serviceDocument = (root: string | null): object => ({
  ...(root !== null && { '@odata.context': `${root}$metadata` }),
  value: ENTITY_SETS.map(({ name }) => ({ name, kind: 'EntitySet', url: name })),
});
