import type { ImportSession } from '../../domain/import/import-session.ts';
import type { NamedRow, NameList } from '../../domain/import/name-lists.ts';
import { yieldEventLoop } from '../bytes/event-loop.ts';
import type { ReadOptions } from '../rows/extract.ts';
import { UnreadableExtract } from '../rows/fault.ts';
import type { ExtractSource } from '../rows/read-extract.ts';
import { disagreement, type NamesFile, readNames } from './read-names.ts';
import { Findings, MAX_LISTED, type NamesReport } from './report.ts';

/** A file of names and its list. */
export interface NamesSource {
  readonly list: NameList;
  readonly source: ExtractSource;
}

/**
 * Reads a file of names into an import session, whose commit then stores the names. Faults of the file are in the report.
 * Errors: DATABASE_UNAVAILABLE; any error of the source.
 */
export async function importNamesFile(
  { list, source }: NamesSource,
  options: Pick<ReadOptions, 'nulls' | 'excel'>,
  session: ImportSession,
): Promise<NamesReport> {
  const findings = new Findings([source]);
  let refused = 0;

  async function* rows(file: NamesFile): AsyncGenerator<NamedRow[]> {
    for await (const records of file.records) {
      findings.read += records.length;
      const named: NamedRow[] = [];
      for (const { line, id, names, faults } of records) {
        if (id !== null) named.push({ line, id, names });
        else {
          refused++;
          findings.refuse(0, faults);
        }
      }
      yield named;
      await yieldEventLoop();
    }
  }

  try {
    const file = await readNames(source, list, options);
    const { disagreeing, ...counts } = await session.nameEntities(list, file.columns, rows(file), MAX_LISTED);
    for (const warning of file.warnings()) findings.warn(0, warning);
    for (const { line, id } of disagreeing) findings.warn(0, disagreement(list, line, id));
    return { read: findings.read, ...counts, refused, ...listed(findings) };
  } catch (error) {
    if (!(error instanceof UnreadableExtract)) throw error;
    findings.unreadable(0, error.fault);
    const nothing = { inserted: 0, updated: 0, unchanged: 0, duplicates: 0, erased: 0, expired: 0, warned: 0 };
    return { read: findings.read, ...nothing, refused: findings.read, ...listed(findings) };
  }
}

const listed = ({ refusedRows, warnings }: Findings) => ({ refusedRows, warnings: warnings.slice(0, MAX_LISTED) });
