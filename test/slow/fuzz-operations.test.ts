/**
 * Thousands of operations over the whole schema, right ones and damaged ones: each is answered as GraphQL over HTTP has it, with data or with
 * errors that have a code and name what is wrong, never by a fault of the program. FUZZ_SEED repeats a run; FUZZ_REQUESTS is four times their number.
 */
import { readFile } from 'node:fs/promises';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAILURES } from '../../src/domain/errors.ts';
import { generateExtract } from '../../src/generate/generate-extract.ts';
import { Random } from '../../src/generate/random.ts';
import { type FuzzedOperation, OperationFuzz } from '../kit/fuzz-operations.ts';
import { data } from '../kit/graphql.ts';
import { memoryLog } from '../kit/memory-log.ts';
import { type Service, startService } from '../kit/service.ts';

const OPERATIONS = Math.ceil(Number(process.env.FUZZ_REQUESTS ?? 4_000) / 4);
const AT_ONCE = 8;
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
/** Once there are so many failures the rest would say little more. */
const ENOUGH = 10;
const GRAPHQL_CODES = ['QUERY_TOO_COMPLEX', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'];
const CODES = new Set([...Object.keys(FAILURES), ...GRAPHQL_CODES]);

const { log, lines } = memoryLog();
let service: Service;
beforeAll(async () => {
  service = await startService({}, log);
  await service.import([...generateExtract({ rows: 300, seed: 11 })].join(''));
}, 60_000);
afterAll(() => service?.stop());

/** Throws where the answer is none that the docs describe; gives whether it has data without errors. */
async function check({ body, isWellFormed }: FuzzedOperation): Promise<boolean> {
  const response = await service.get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body,
  });
  const text = await response.text();
  const answer = JSON.parse(text);
  if (response.status >= 500 && response.status !== 503 && response.status !== 504)
    throw new Error(`the status ${response.status}: ${text.slice(0, 500)}`);
  if (response.status === 200 && !('data' in answer)) throw new Error(`200 without data: ${text.slice(0, 500)}`);
  if (isWellFormed && response.status === 415) throw new Error(`the status ${response.status}`);
  for (const { message, extensions } of answer.errors ?? []) {
    const code = extensions?.code ?? answer.errors[0].code;
    if (!CODES.has(code) || code === 'INTERNAL_ERROR') throw new Error(`the code ${code}: ${message}`);
    if (message.length > 2000) throw new Error(`a message of ${message.length} characters: ${message.slice(0, 500)}`);
    if (/\n\s+at |node_modules|\bSELECT\b|\bsyntax error\b|[Pp]risma|\.[jt]s:\d/.test(message))
      throw new Error(`it gives away: ${message}`);
  }
  return response.status === 200 && answer.errors === undefined;
}

test(
  'every operation is answered with data or with errors that say what is wrong',
  async () => {
    const schema = buildSchema(await readFile('schema.graphql', 'utf8'));
    const { interviews } = await data(
      service,
      '{ interviews(first: 5) { edges { cursor node { id interviewId job { id } candidate { id } } } } }',
    );
    const known = interviews.edges.flatMap(
      ({ cursor, node }: { cursor: string; node: Record<string, string | { id: string } | null> }) => [
        ...[cursor, node.id, node.interviewId],
        ...[node.job, node.candidate].flatMap((other) => (other as { id: string } | null)?.id ?? []),
      ],
    );
    const fuzz = new OperationFuzz(schema, new Random(SEED), known);
    const failures: string[] = [];
    let sent = 0;
    let answered = 0;
    const work = async () => {
      while (sent < OPERATIONS && failures.length < ENOUGH) {
        const number = sent++;
        const operation = fuzz.next();
        try {
          if (await check(operation)) answered++;
        } catch (error) {
          failures.push(
            `operation ${number}: ${error instanceof Error ? error.message : error}\n${operation.body.slice(0, 3000)}`,
          );
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (failures.length > 0) throw new Error(`FUZZ_SEED=${SEED} shows it again:\n${failures.join('\n\n')}`);
    // Otherwise most would have been refused before they reached the database.
    expect(answered / OPERATIONS).toBeGreaterThan(0.2);
    expect(lines().filter(({ level }) => Number(level) >= 50)).toEqual([]);
  },
  120_000 + OPERATIONS * 100,
);
