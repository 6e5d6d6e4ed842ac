/** The catalogue of entities says of the tables what the database says of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Attribute, entityOf } from '../../src/domain/entities.ts';
import { keysOf } from '../../src/domain/types/records.ts';
import { NAMES } from '../../src/graphql/connection/names.ts';
import { type Service, startService } from '../kit/service.ts';

interface Column {
  readonly type: string;
  readonly nullable: boolean;
}

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

async function columnsOf(table: string): Promise<ReadonlyMap<string, Column>> {
  const rows = await service.rows(`SELECT attname, format_type(atttypid, atttypmod) AS type, attnotnull
    FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped`);
  return new Map(
    rows.map(({ attname, type, attnotnull }) => [String(attname), { type: String(type), nullable: !attnotnull }]),
  );
}

/** A type as the database writes it. */
const written = (type: string): string =>
  type
    .replace(/^timestamptz(.*)$/, 'timestamp$1 with time zone')
    .replace(/^timestamp(\(\d\))$/, 'timestamp$1 without time zone');

describe.each(keysOf(NAMES))('%s', (entity) => {
  const { table, key, attributes, row = {}, relations, links = {} } = entityOf(entity);

  test('has the columns of its attributes, with their types', async () => {
    const columns = await columnsOf(table);
    const all: Attribute[] = [...Object.values(attributes), ...Object.values(row)];
    for (const attribute of all)
      if (attribute.kind === 'fullName')
        for (const column of attribute.columns)
          expect(columns.get(column), column).toEqual({ type: 'text', nullable: true });
      else {
        const { column, type, nullable } = attribute;
        expect(columns.get(column), column).toEqual({ type: written(type), nullable });
      }
  });

  test('has its primary key', async () => {
    const rows = await service.rows(`SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type
      FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(attnum, n) JOIN pg_attribute a USING (attnum)
      WHERE i.indrelid = '${table}'::regclass AND a.attrelid = i.indrelid AND i.indisprimary ORDER BY k.n`);
    expect(key).toEqual(rows.map(({ attname, type }) => ({ column: attname, type })));
  });

  test.each(Object.entries({ ...relations, ...links }))('has the join columns of its relation %s', async (_, {
    to,
    on,
    through,
  }) => {
    const [own, foreign] = [await columnsOf(table), await columnsOf(entityOf(to).table)];
    const linking = through && (await columnsOf(entityOf(through.entity).table));
    for (const [local, other] of on) {
      expect(own.get(local), local).toBeDefined();
      if (!through) expect(foreign.get(other)?.type).toBe(own.get(local)?.type);
      else {
        expect(linking?.get(through.local)?.type).toBe(own.get(local)?.type);
        expect(linking?.get(through.foreign)?.type).toBe(foreign.get(other)?.type);
      }
    }
  });
});
