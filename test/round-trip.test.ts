import { afterAll, beforeAll, describe, test } from 'vitest';
import { checkRoundTrip, checkUntidyExtracts } from './kit/round-trip.ts';
import { type Service, startService } from './kit/service.ts';

let service: Service;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

describe('what goes in comes out', () => {
  test('a canonical extract comes out byte for byte, as CSV and JSON, and importing it again changes nothing', async () => {
    await checkRoundTrip(service, 75);
  }, 120_000);

  test('shuffled rows and columns, labels, CRLF, a BOM and other letter cases come out canonical', async () => {
    await checkUntidyExtracts(service, 50);
  }, 120_000);
});
