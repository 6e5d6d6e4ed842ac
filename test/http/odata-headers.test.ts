/** The headers of OData (Protocol 4.01, 8): versions, isolation, and the charset of what comes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { extract } from '../kit/generated.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.import(extract({ rows: 20, seed: 16 }));
});
afterAll(() => service?.stop());

const get = (headers: Record<string, string>, path = '/Appointments?$top=1') =>
  service.get(`/odata/v4${path}`, { headers });

test.each<[header: string, value: string]>([
  ['odata-version', '4.0'],
  ['odata-version', '4.01'],
  ['odata-version', '4.0;NetFx'],
  ['odata-maxversion', '4.0'],
  ['odata-maxversion', '4.01'],
  ['odata-maxversion', '5.0'],
])('%s: %s is answered in version 4.0', async (header, value) => {
  const response = await get({ [header]: value });
  expect([response.status, response.headers.get('odata-version')]).toEqual([200, '4.0']);
  await response.text();
});

test.each<[header: string, value: string, message: string]>([
  ['odata-version', '3.0', 'OData-Version: "3.0" is not spoken here; 4.0 is, and requests of 4.01 are understood.'],
  ['odata-version', '5.0', 'OData-Version: "5.0" is not spoken here; 4.0 is, and requests of 4.01 are understood.'],
  ['odata-version', 'x', 'OData-Version: "x" is not spoken here; 4.0 is, and requests of 4.01 are understood.'],
  ['odata-maxversion', '3.0', 'OData-MaxVersion: "3.0" excludes version 4.0, which is spoken here.'],
])('%s: %s is refused, not guessed', async (header, value, message) => {
  const response = await get({ [header]: value });
  expect([response.status, (await response.json()).error]).toEqual([
    400,
    { code: 'BAD_USER_INPUT', message, target: message.split(':')[0] },
  ]);
});

test.each([
  'isolation',
  'odata-isolation',
])('%s, which would hold one snapshot over all pages, is refused', async (header) => {
  for (const path of ['/Appointments?$top=1', '/Interviews/$count', '/MetricsByWeek', '/$metadata', '']) {
    const response = await get({ [header]: 'snapshot' }, path);
    const { error } = await response.json();
    expect([path, response.status, error.code]).toEqual([path, 412, 'PRECONDITION_FAILED']);
    expect(error.message).toContain('each page is a snapshot of its own');
  }
});

test('JSON names its charset only where the client named it', async () => {
  const typeFor = async (accept: string) => {
    const response = await get({ accept });
    await response.text();
    return response.headers.get('content-type');
  };
  expect(await typeFor('application/json')).toBe('application/json;odata.metadata=minimal');
  expect(await typeFor('*/*')).toBe('application/json;odata.metadata=minimal');
  expect(await typeFor('application/json;charset=utf-8')).toBe('application/json;odata.metadata=minimal;charset=utf-8');
  expect(await typeFor('application/json;odata.metadata=none;charset=UTF-8')).toBe(
    'application/json;odata.metadata=none;charset=utf-8',
  );
});
