import { FIELD_KEYS } from '../../../src/domain/fields.ts';
import { OPTIONAL_COLUMNS } from '../../../src/domain/optional-columns.ts';
import { EXTRACT_PATH, ODATA_PATH } from '../../../src/domain/paths.ts';
import type { Json } from '../graphql.ts';
import type { Service } from '../service.ts';
import type { Tokens } from './callers.ts';

/** Returns the keys that are null in all rows for `read`, and not for an administrator: of the extract, and of each of OData's entity sets. */
export async function emptiedColumns(service: Service, tokens: Tokens): Promise<Record<string, readonly string[]>> {
  const rowsOf = async (address: string, token: string): Promise<Json[]> => {
    const response = await fetch(service.url + address, { headers: { 'x-smarttoken': token } });
    const body = (await response.json()) as Json;
    return body.content ?? body.value;
  };
  const emptied = async (address: string): Promise<string[]> => {
    const [seen, all] = await Promise.all([rowsOf(address, tokens.read), rowsOf(address, tokens.admin)]);
    if (seen.length === 0 || seen.length !== all.length) throw new Error(`${address} has ${seen.length} rows`);
    const keys = Object.keys(all[0]).filter((key) => all.some((row) => row[key] !== null));
    return keys.filter((key) => seen.every((row) => (row[key] ?? null) === null));
  };
  const include = OPTIONAL_COLUMNS.map(({ key }) => key).join(',');
  const extract = await emptied(`${EXTRACT_PATH}?format=json&nulls=include&include=${include}`);
  const sets = (await rowsOf(`${ODATA_PATH}/`, tokens.admin)).map(({ name }) => name as string);
  const odata: Record<string, readonly string[]> = {};
  for (const name of sets) odata[`${ODATA_PATH}/${name}`] = await emptied(`${ODATA_PATH}/${name}`);
  if (extract.length >= FIELD_KEYS.length) throw new Error('every field is empty');
  return { [EXTRACT_PATH]: extract, ...odata };
}
