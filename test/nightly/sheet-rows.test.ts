import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Service, startService } from '../kit/service.ts';
import { sheetsOf } from '../kit/workbook.ts';

const PATH = '/analytics/interviews';
const MAX_ROWS = 1_048_575;

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.rows(
    `INSERT INTO appointment (interview_id, row_id, content_hash, slot_id, has_interviewer, has_feedback)
     SELECT 'i' || n, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), false, false FROM generate_series(1, ${MAX_ROWS}) n`,
  );
}, 300_000);
afterAll(() => service?.stop());

test('a workbook of as many rows as a sheet holds is written, one of more is refused before the first byte', async () => {
  const full = await service.get(`${PATH}?format=xlsx&fields=interviewId`);
  expect(full.status).toBe(200);
  const [sheet] = sheetsOf(Buffer.from(await full.arrayBuffer()));
  expect(sheet?.rows).toHaveLength(MAX_ROWS + 1);
  await service.rows(
    `INSERT INTO appointment (interview_id, row_id, content_hash, slot_id, has_interviewer, has_feedback)
     VALUES ('more', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), false, false)`,
  );
  const response = await service.get(`${PATH}?format=xlsx&fields=interviewId`);
  expect([response.status, await response.json()]).toMatchObject([
    400,
    {
      message:
        'format: 1048576 rows do not fit into xlsx, whose sheets have at most 1048575; filter, set limit and read pages, or use format=csv.',
    },
  ]);
  const page = await service.get(`${PATH}?format=xlsx&fields=interviewId&limit=10`);
  expect([page.status, sheetsOf(Buffer.from(await page.arrayBuffer()))[0]?.rows.length]).toEqual([200, 11]);
}, 300_000);
