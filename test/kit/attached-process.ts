/**
 * A process that is attached to an embedded Postgres, for tests that need several of them, or end one hard. It gets its
 * options as JSON in its first argument, obeys lines on standard input ("release", or a statement) and says what
 * happens in lines of JSON on standard output.
 */
import { createInterface } from 'node:readline';
import pg from 'pg';
import { Failure } from '../../src/domain/errors.ts';
import { type AttachOptions, attachEmbedded } from '../../src/embedded-postgres/embedded.ts';

const say = (event: object) => console.log(JSON.stringify(event));
const log = (level: string) => (_: object, message: string) => say({ log: level, message });

try {
  const options = JSON.parse(process.argv[2] ?? '') as Omit<AttachOptions, 'log'>;
  const embedded = await attachEmbedded({
    ...options,
    log: { info: log('info'), warn: log('warn'), error: log('error') },
  });
  const { dataDir, created } = embedded;
  say({ attached: { connection: embedded.connection, dataDir, created } });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'release') break;
    const client = new pg.Client(embedded.connection);
    try {
      await client.connect();
      say({ rows: (await client.query(line)).rows });
    } catch (error) {
      say({ refused: (error as Error).message });
    }
    await client.end().catch(() => {});
  }
  await embedded.release();
  say({ released: true });
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  say({ failed: { code: error.code, message: error.message } });
}
