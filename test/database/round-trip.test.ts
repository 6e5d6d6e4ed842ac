import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toCsv } from '../kit/canonical.ts';
import { nextOf } from '../kit/download.ts';
import { propertyRuns } from '../kit/property-runs.ts';
import { checkRoundTrip, checkUntidyExtracts } from '../kit/round-trip.ts';
import { rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

let service: Service;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

describe('what goes in comes out', () => {
  test('a canonical extract comes out byte for byte, as CSV and JSON, and importing it again changes nothing', async () => {
    await checkRoundTrip(service, propertyRuns(8));
  }, 120_000);

  test('rows that agree on all that orders them come out in the same order from every database', async () => {
    const rows = Array.from({ length: 12 }, (_, at) => rowOf({ interviewId: 'i', interviewerLastName: `Name ${at}` }));
    const other = await startService();
    try {
      await service.import(toCsv(rows), { replaceAll: true });
      await other.import(toCsv(rows.toReversed()), { replaceAll: true });
      expect(await other.export('csv')).toBe(await service.export('csv'));
      const paged = [];
      for (let path: string | null = '/analytics/interviews?format=ndjson&limit=5'; path; ) {
        const response: Response = await other.get(path);
        paged.push(await response.text());
        path = nextOf(response);
      }
      expect(paged.join('')).toBe(await service.export('ndjson'));
    } finally {
      await other.stop();
    }
  });

  test('shuffled rows and columns, labels, CRLF, a BOM and other letter cases come out canonical', async () => {
    await checkUntidyExtracts(service, propertyRuns(5));
  }, 120_000);
});
