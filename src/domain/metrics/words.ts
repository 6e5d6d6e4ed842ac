import { nameOfColumn } from '../fields.ts';

/** Returns the word of parameters and columns for a name that GraphQL has in upper case: `applicationStage` for `APPLICATION_STAGE`. */
export const wordOf = (name: string): string => nameOfColumn(name.toLowerCase());
