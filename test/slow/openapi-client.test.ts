/** A client generated from the description of the routes by openapi-typescript, with openapi-fetch, against the service. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import openapiTS, { astToString } from 'openapi-typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROGRAM_FOLDER } from '../../src/package-info.ts';
import { extract } from '../kit/generated.ts';
import { ADMIN_TOKEN, type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.import(extract({ rows: 200, seed: 9 }));
});
afterAll(() => service?.stop());

test('a typed client that is generated from /openapi.json compiles, refuses what isn’t there, and gets rows', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'interviews-client-'));
  try {
    await symlink(path.join(PROGRAM_FOLDER, 'node_modules'), path.join(folder, 'node_modules'));
    const document = await (await fetch(`${service.url}/openapi.json`)).json();
    const types = astToString(await openapiTS(document, { silent: true }));
    await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(path.join(folder, 'api.ts'), types);
    await writeFile(
      path.join(folder, 'client.ts'),
      `import createClient from 'openapi-fetch';
import type { components, paths } from './api.ts';

type Row = components['schemas']['Row'];
type Type = components['schemas']['InterviewType'];

export const isRemote = (row: Row): boolean => {
  const id: string = row.interviewId;
  const type: Type | undefined = row.interviewType;
  // @ts-expect-error: no key of a row is null
  const none: null = row.room;
  return id !== '' && (type === 'VIDEO' || type === 'PHONE') && none === undefined;
};

export async function rooms(baseUrl: string, token: string): Promise<(string | null | undefined)[]> {
  const client = createClient<paths, 'application/json'>({ baseUrl, headers: { 'X-SmartToken': token } });
  const { data } = await client.GET('/analytics/interviews', {
    params: { query: { format: 'json', fields: 'interviewId,room', interviewType: ['VIDEO', 'PHONE'], limit: 7 } },
  });
  // @ts-expect-error: there is no such field
  data?.content[0]?.floor;
  // @ts-expect-error: there is no such type of interview
  await client.GET('/analytics/interviews/summary', { params: { query: { interviewType: ['LETTER'] } } });
  return (data?.content ?? []).map((row) => row.room);
}
`,
    );
    const tsc = path.join(PROGRAM_FOLDER, 'node_modules', 'typescript', 'bin', 'tsc');
    await promisify(execFile)(
      process.execPath,
      [
        tsc,
        '--strict',
        '--target',
        'es2022',
        '--module',
        'nodenext',
        '--rewriteRelativeImportExtensions',
        '--skipLibCheck',
        'client.ts',
      ],
      { cwd: folder },
    ).catch(({ stdout }) => expect(stdout).toBe(''));
    const { rooms } = await import(pathToFileURL(path.join(folder, 'client.js')).href);
    expect(await rooms(service.url, ADMIN_TOKEN)).toHaveLength(7);
  } finally {
    await rm(folder, { recursive: true });
  }
});
