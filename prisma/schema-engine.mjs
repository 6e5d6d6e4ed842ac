// Prisma's schema engine as WebAssembly, in this process: the one behind `prisma migrate` is a binary that Prisma
// downloads, which offline machines can't (README, Decisions). For maintainers and tests only.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/** The type "char" of Postgres' catalogs, and text. */
const CHAR = 18;
const TEXT = 25;

/**
 * Leaves the check constraints out of what the engine reads: they come with a column of type "char", which neither
 * the adapter nor the engine can read through it, and Prisma's schema says nothing about them.
 */
class CatalogPool extends pg.Pool {
  async query(...args) {
    const result = await super.query(...args);
    const chars = (result.fields ?? []).filter((field) => field.dataTypeID === CHAR);
    if (chars.length === 0) return result;
    for (const field of chars) field.dataTypeID = TEXT;
    return Object.assign(result, { rows: [] });
  }
}

/** Sends a migration as it is, as the binary does: the adapter would cut it at each semicolon, also in the middle of a function. */
class ScriptAdapter extends PrismaPg {
  async connect() {
    const adapter = await super.connect();
    const executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    return Object.assign(adapter, { executeScript });
  }
}

/**
 * Opens the engine on a database.
 * @template T
 * @param {pg.PoolConfig} connection
 * @param {(engine: glue.SchemaEngine, files: { path: string, content: string }[]) => Promise<T>} work takes the engine
 *   and prisma/schema.prisma
 * @returns {Promise<T>} what `work` gives
 */
export async function withSchemaEngine(connection, work) {
  const path = fileURLToPath(new URL('schema.prisma', import.meta.url));
  const content = await readFile(path, 'utf8');
  const pool = new CatalogPool(connection);
  const { SchemaEngine } = await instantiate();
  const engine = await SchemaEngine.new(
    { datamodels: [[path, content]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(new ScriptAdapter(pool)),
  );
  try {
    return await work(engine, [{ path, content }]);
  } finally {
    engine.free();
    await pool.end();
  }
}

/**
 * The SQL that brings a database to prisma/schema.prisma, or NOTHING_TO_DO.
 * @param {pg.PoolConfig} connection the database; it is only read
 * @returns {Promise<string>} a script
 */
export async function sqlToSchema(connection) {
  const { stdout } = await withSchemaEngine(connection, (engine, files) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  return stdout ?? NOTHING_TO_DO;
}

export const NOTHING_TO_DO = '-- This is an empty migration.\n';

/** @type {Promise<typeof glue> | undefined} */
let engineModule;

/** The engine's classes. The glue has room for one instance in a process. */
function instantiate() {
  engineModule ??= (async () => {
    const file = fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
    const { instance } = await WebAssembly.instantiate(await readFile(file.replace(/\.js$/, '.wasm')), {
      './schema_engine_bg.js': glue,
    });
    glue.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
    return glue;
  })();
  return engineModule;
}
