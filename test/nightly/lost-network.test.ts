/** A network that loses every packet between the service and its database, as behind a pulled cable: neither end is told anything. */
import { once } from 'node:events';
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCKS } from '../../src/db/connection/locks/locks.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { Command, eventually } from '../kit/command.ts';
import { type Answer, ask } from '../kit/faults/ask.ts';
import { BreakablePostgres, SERVICE } from '../kit/faults/breakable-postgres.ts';
import { canHaveNetwork, VethNetwork } from '../kit/faults/veth-network.ts';
import { importOf, READS, type Work } from '../kit/faults/works.ts';
import { hasPostgresPair } from '../kit/postgres-pair.ts';
import { withClient } from '../kit/server.ts';
import { ADMIN_TOKEN } from '../kit/service.ts';

const EXTRACT = [...generateExtract({ rows: 2_000, seed: 5 })].join('');
const CHANGED = EXTRACT.replaceAll(',VIDEO,', ',PHONE,');
const WORKS: readonly Work[] = [importOf(EXTRACT), ...Object.values(READS).map(([first]) => first as Work)];

describe.skipIf(!canHaveNetwork() || !hasPostgresPair())('a network that loses everything', () => {
  let network: VethNetwork;
  let postgres: BreakablePostgres;
  let service: Command;
  let url: string;

  beforeAll(async () => {
    network = new VethNetwork();
    postgres = new BreakablePostgres('300m', {}, network);
    await postgres.create();
    service = new Command(['start'], {
      DATABASE_URL: `postgresql://${SERVICE}@${network.address}/${SERVICE}`,
      ...{ PORT: '0', ADMIN_TOKEN, RATE_LIMIT_PER_SECOND: '0', UPLOAD_TIMEOUT: '600' },
      ...{ GRAPHQL_TIMEOUT_SECONDS: '3', EXPORT_DATABASE_SECONDS: '3' },
    });
    [, url = ''] = await service.prints(/at (http:\S+)\n[\s\S]*\ncurl /);
    await all('whole');
  }, 120_000);
  afterAll(async () => {
    await service?.kill('SIGKILL');
    await postgres?.stop();
    network?.remove();
  });

  const all = async (kind: Answer['kind']) => {
    for (const work of WORKS)
      await eventually(async () => expect({ path: work.path, ...(await ask(url, work)) }).toMatchObject({ kind }));
  };

  const locks = async () => (await postgres.rows("SELECT FROM pg_locks WHERE locktype = 'advisory'")).length;

  /** An import whose second half is sent when it is told to. */
  const halfImport = async () => {
    const { method, path, headers } = importOf('');
    const request = http.request(`${url}${path}`, {
      method,
      headers: { ...headers, 'x-smarttoken': ADMIN_TOKEN, 'content-length': Buffer.byteLength(CHANGED) },
    });
    request.on('error', () => {});
    request.write(CHANGED.slice(0, CHANGED.length / 2));
    await eventually(async () => expect(await locks()).toBe(1));
    const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
    return {
      async end(): Promise<number | undefined> {
        request.end(CHANGED.slice(CHANGED.length / 2));
        const [response] = await answered;
        response.resume();
        return response.statusCode;
      },
    };
  };

  test('ends the import that waits for rows at both ends, and nobody else is refused for hours', async () => {
    const { end } = await halfImport();
    network.pull();
    await all('refused');
    // The database learns of it from its own probes: nothing is on its way to the service.
    await eventually(async () => expect(await locks()).toBe(0), 90_000);
    network.plug();
    await all('whole');
    expect(await end()).toBe(503);
    const [csv] = READS['export as CSV'] ?? [];
    expect(csv && (await ask(url, csv))).toMatchObject({ kind: 'whole', text: EXTRACT });
  }, 300_000);

  test('ends the import whose turn came when it couldn’t be told', async () => {
    const command = await withClient(postgres.connection, async (other) => {
      await other.query(`SELECT pg_advisory_lock(${LOCKS.import})`);
      const waiting = new Command(['import', '-'], {
        DATABASE_URL: `postgresql://${SERVICE}@${network.address}/${SERVICE}`,
      });
      waiting.write(CHANGED);
      await eventually(async () => expect(waiting.stderr).toBe('Another import is running; this one waits for it.\n'));
      network.pull();
      return waiting;
    });
    // Its connection ended, and with it its lock: the database's answer is on its way, so it sends no probes.
    await eventually(async () => expect(await locks()).toBe(0), 90_000);
    network.plug();
    expect(await command.ended()).toBe(1);
    expect(command.stderr).toContain('The database can’t be reached at the moment. Try again shortly.\n');
    await all('whole');
  }, 300_000);

  test('while the database starts anew leaves connections that lead nowhere, which are given up', async () => {
    const { end } = await halfImport();
    network.pull();
    await postgres.restart();
    network.plug();
    await all('whole');
    expect(await end()).toBe(503);
    await all('whole');
  }, 300_000);
});
