import { FIELDS } from '../domain/fields.ts';
import { OpenApplications } from './company/applications.ts';
import { OpenJobs } from './company/jobs.ts';
import { organisationOf } from './company/organisation.ts';
import { InterviewIds } from './identifiers.ts';
import { type Hiring, nextInterview } from './interview/interview.ts';
import type { NamesFiles } from './names-files.ts';
import { type GenerateOptions, readOptions } from './options.ts';
import { Random } from './random.ts';
import { csvLines } from './row.ts';
import { creationTimes } from './time/creation-times.ts';

/**
 * Approximate number of rows per chunk. They are joined at once, because text appended row by row takes long to encode.
 * As text of two bytes per character, the chunk stays below 128 KiB, above which V8 gives each string memory pages of
 * its own.
 */
const ROWS_PER_CHUNK = 48;
/** One in this many rows belongs to an interview with an unknown creation date. */
const UNDATED = 500;

/**
 * Yields a realistic extract in canonical form and in the export's order (docs/contract.md, "Response"), as chunks of
 * CSV text: the header and exactly the requested number of rows. The same options produce the same bytes on every
 * machine. Memory is bounded: interviews come in the order of their creation, those without a creation date last. `names`: gets the jobs and
 * candidates; its memory grows with their number.
 *
 * Errors, when the first chunk is requested: BAD_USER_INPUT for an invalid option.
 */
export function* generateExtract(options: GenerateOptions, names: NamesFiles | null = null): Generator<string> {
  const { rows, seed, from, until } = readOptions(options);
  const random = new Random(seed);
  const organisation = organisationOf(random, rows);
  const applications = new OpenApplications(random, new OpenJobs(random, organisation, rows), rows);
  const hiring: Hiring = { random, organisation, applications, ids: new InterviewIds(random), takenAt: until };
  const createdAt = creationTimes(from, until);
  const undated = Math.floor(rows / UNDATED);
  let lines = [FIELDS.map(({ key }) => key).join(',')];
  for (const dated of [true, false]) {
    const count = dated ? rows - undated : undated;
    for (let done = 0; done < count; ) {
      const interview = nextInterview(hiring, createdAt((done + random.next()) / count), count - done);
      for (const line of csvLines(random, interview, dated, names)) {
        lines.push(line);
        done++;
      }
      if (lines.length >= ROWS_PER_CHUNK) {
        yield chunkOf(lines);
        lines = [];
      }
    }
  }
  if (lines.length > 0) yield chunkOf(lines);
}

function chunkOf(lines: readonly string[]): string {
  return [...lines, ''].join('\n');
}
