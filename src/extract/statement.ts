import { FIELDS, type FieldKey, PLACE } from '../domain/fields.ts';
import { orderBy } from './order.ts';

const column = (key: FieldKey): string => FIELDS[PLACE[key]]?.column ?? key;

/** The SELECT of all rows in the export's order, for a list of SQL expressions over `appointment a`. */
export const rowsStatement = (expressions: string): string =>
  `/* extract.rows */ SELECT ${expressions} FROM appointment a ORDER BY ${orderBy(column)}`;
