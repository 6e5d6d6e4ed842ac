/** $metadata as public parsers read it: the OASIS converter with its schema, and the one of SAP’s tools. */
import { parse } from '@sap-ux/edmx-parser';
import { Ajv } from 'ajv';
// @ts-expect-error: the package has no types.
import { xml2json } from 'odata-csdl';
import schema from 'odata-csdl/schemas/csdl.schema.json' with { type: 'json' };
import { afterAll, beforeAll, expect, test } from 'vitest';
import { extract } from '../kit/generated.ts';
import { type Service, startService } from '../kit/service.ts';

type Row = Record<string, unknown>;

interface Named {
  readonly name: string;
}

/** A type as CSDL in JSON has it. */
type EntityType = Record<string, { readonly $Type?: string; readonly $Nullable?: boolean }> & {
  readonly $Key: string[];
};

let service: Service;
let xml: string;
let json: { readonly Interviews: Record<string, EntityType> };
let sets: string[];
beforeAll(async () => {
  service = await startService();
  await service.import(extract({ rows: 80, seed: 31 }));
  const get = async (path: string) => (await service.get(`/odata/v4${path}`)).text();
  xml = await get('/$metadata');
  const messages: unknown[] = [];
  json = xml2json(xml, { messages });
  expect(messages).toEqual([]);
  sets = JSON.parse(await get('')).value.map(({ name }: { name: string }) => name);
});
afterAll(() => service?.stop());

test('is CSDL by the schema of the standard', () => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  validate(json);
  expect(validate.errors).toBeNull();
});

test('has the entity sets of the service document, each with a key that is never null', () => {
  const read = parse(xml).schema;
  expect(read.entitySets.map(({ name }: Named) => name)).toEqual(sets);
  for (const { keys, entityProperties } of read.entityTypes) {
    expect(keys).toHaveLength(1);
    expect(entityProperties.find(({ name }: Named) => name === keys[0]?.name)?.nullable).toBe(false);
  }
});

/** The values of each type in JSON (OData JSON Format 4.01, 7.1). */
const FORMS: Record<string, (value: unknown) => boolean> = {
  'Edm.String': (value) => typeof value === 'string',
  'Edm.Boolean': (value) => typeof value === 'boolean',
  'Edm.Int32': Number.isInteger,
  'Edm.Decimal': Number.isFinite,
  'Edm.Guid': (value) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(String(value)),
  'Edm.DateTimeOffset': (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(value)),
  'Edm.Date': (value) => /^\d{4}-\d\d-\d\d$/.test(String(value)),
};

test('says the types of all values, and which may be null', async () => {
  for (const set of sets) {
    const { value } = await (await service.get(`/odata/v4/${set}`)).json();
    expect(value.length).toBeGreaterThan(1);
    const type = Object.values(json.Interviews).find(
      ({ $Key }, at) => $Key && nameAt(at) === typeOf(set),
    ) as EntityType;
    const names = Object.keys(type).filter((name) => /^[a-z]/i.test(name));
    expect(Object.keys(value[0])).toEqual(names);
    const keys = new Set(value.map((row: Row) => row[type.$Key[0] ?? '']));
    expect([set, keys.size]).toEqual([set, value.length]);
    for (const row of value as Row[])
      for (const name of names) {
        const { $Type = 'Edm.String', $Nullable = false } = type[name] ?? {};
        const cell = row[name];
        expect([set, name, cell, cell === null ? $Nullable : FORMS[$Type]?.(cell)]).toEqual([set, name, cell, true]);
      }
  }
});

const nameAt = (at: number): string => Object.keys(json.Interviews)[at] ?? '';
const typeOf = (set: string): string => set.replace(/^(Appointment|Interview)s$/, '$1');
