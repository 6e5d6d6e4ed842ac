import { csvCell } from '../domain/values/csv-cell.ts';
import { candidateNames, jobNames } from './company/job-names.ts';
import type { Job } from './company/jobs.ts';

/** The jobs and candidates of a generated extract, for the files of their names (docs/contract.md, "Jobs and candidates by name"). */
export class NamesFiles {
  readonly #jobs = new Map<string, Job>();
  readonly #candidates = new Set<string>();

  addJob(job: Job): void {
    this.#jobs.set(job.id, job);
  }

  addCandidate(id: string): void {
    this.#candidates.add(id);
  }

  /** Yields the file of jobs as lines, in the order in which the extract has them. */
  *jobs(): Generator<string> {
    yield line(['jobId', 'title', 'department']);
    for (const job of this.#jobs.values()) yield line([job.id, ...jobNames(job)]);
  }

  /** Yields the file of candidates as lines, in the order in which the extract has them. */
  *candidates(): Generator<string> {
    yield line(['candidateProfileId', 'firstName', 'lastName']);
    for (const id of this.#candidates) yield line([id, ...candidateNames(id)]);
  }
}

const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\n`;
