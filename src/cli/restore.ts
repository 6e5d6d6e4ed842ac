import { type BackupHeader, BackupReader, checkBackup } from '../db/backup/contents.ts';
import { type Restored, restore } from '../db/backup/restore.ts';
import type { ListedErasure } from '../db/erasure/list.ts';
import { vacuumErased } from '../db/erasure/vacuum.ts';
import { MIGRATIONS } from '../package-info.ts';
import type { Command } from './command-context.ts';
import { openAudited } from './service/audited-command.ts';
import { forgetUnknownToken } from './service/first-token.ts';
import { readArguments, refuseSwallowed, wrongUsage } from './terminal/arguments.ts';
import { readErasuresFile } from './terminal/erasures-file.ts';
import { NOT_VACUUMED } from './terminal/not-vacuumed.ts';
import { counted, showProgress } from './terminal/progress.ts';
import { describeRows, totalRows } from './terminal/rows.ts';
import { openSource } from './terminal/source.ts';

const USAGE = 'restore -- FILE [--erasures FILE] [--check] [--skip-unknown]';

export const restoreBackup: Command = {
  usage: USAGE,
  about:
    'restore a backup into an empty database, all or nothing; - reads standard input, --check only checks the file',
  async run(args, { config, log, signal }) {
    const { values, positionals } = readArguments(
      {
        args,
        allowPositionals: true,
        options: {
          erasures: { type: 'string' },
          check: { type: 'boolean', default: false },
          'skip-unknown': { type: 'boolean', default: false },
        },
      },
      USAGE,
    );
    refuseSwallowed(Object.keys(values), args, config.npmOptions, USAGE);
    const [file, ...rest] = positionals;
    if (file === undefined) throw wrongUsage('The file to restore is missing', USAGE);
    if (rest.length > 0) throw wrongUsage('Only one backup can be restored', USAGE);

    const erasures = values.check ? [] : await listedErasures(values.erasures, config.erasuresFile);
    const lost = new AbortController();
    const reading = AbortSignal.any([signal, lost.signal]);
    let source = await openSource(file, reading);
    // A source that can be read twice is checked as a whole before the database is touched.
    if (values.check || source.size > 0) {
      const progress = showProgress('checking', source.size);
      const bytes = counted(source.bytes, progress);
      const { header, end } = await checkBackup({ name: source.name, bytes }).finally(() => progress.stop());
      if (values.check) {
        process.stdout.write(`${file} is complete: ${madeAt(header)}, ${describeRows(end.rows)}.\n`);
        return 0;
      }
      source = await openSource(file, reading);
    }
    const progress = showProgress('restoring', source.size);
    const backup = await BackupReader.open({ name: source.name, bytes: counted(source.bytes, progress) });
    try {
      const command = { action: 'RESTORE', command: 'restore', personal: true, signal } as const;
      const db = await openAudited(config, log, command, { migrations: 'ignore' });
      try {
        const restored = await restore(
          db.streams,
          backup,
          {
            migrations: MIGRATIONS,
            mayMigrate: config.migrate,
            skipUnknown: values['skip-unknown'],
            erasures: erasures ?? [],
            retentionMonths: config.retentionMonths,
            stopReading: () => lost.abort(),
            onWait: () => process.stderr.write('An import is running; the restore waits for it.\n'),
          },
          signal,
        );
        progress.stop();
        db.succeeded(totalRows(restored.rows));
        const forgotten = await forgetUnknownToken(db);
        // It is saved: what fails from here on is left to the server's own VACUUM.
        const changed = restored.erased + restored.expired > 0;
        const vacuumed = !changed || (await vacuumErased(db.streams, false, signal).catch(() => false));
        process.stdout.write(
          describe(backup.header, db.location, { ...restored, forgotten, isListed: erasures !== null }),
        );
        if (!vacuumed) process.stderr.write(NOT_VACUUMED);
        return 0;
      } finally {
        await db.close();
      }
    } finally {
      progress.stop();
      await backup.close();
    }
  },
};

/** Returns the list of erasures that `--erasures` names, or else ERASURES_FILE; null if there is none. Errors: BAD_USER_INPUT. */
async function listedErasures(option: string | undefined, configured: string | null): Promise<ListedErasure[] | null> {
  if (option !== undefined) return await readErasuresFile(option, '--erasures');
  // Nobody may have been erased yet.
  return configured === null ? null : await readErasuresFile(configured, 'ERASURES_FILE', null);
}

const NO_LIST =
  'Whoever was erased after this backup was made is named again. Give the list of erasures with --erasures (docs/erasure.md), or erase them again.\n';

const madeAt = ({ createdAt }: BackupHeader): string => `made at ${createdAt.toISOString()}`;

/** `forgotten`: whether the first start's token was removed; `isListed`: whether there was a list of erasures. */
function describe(
  header: BackupHeader,
  location: string,
  restored: Restored & { readonly forgotten: boolean; readonly isListed: boolean },
): string {
  const { rows, skipped, migrated, rebuilt, erased, expired, forgotten, isListed } = restored;
  return [
    `Restored the backup ${madeAt(header)} into ${location}: ${describeRows(rows)}.\n`,
    skipped.length > 0 ? `Left out: ${skipped.join(', ')}.\n` : '',
    migrated.length > 0 ? `Migrated by ${migrated.join(', ')}.\n` : '',
    rebuilt > 0
      ? `Rebuilt, because they differed from the extract: ${rebuilt.toLocaleString('en')} derived rows.\n`
      : '',
    erased > 0 ? `Forgotten again, by the list of erasures: ${erased.toLocaleString('en')} rows and names.\n` : '',
    expired > 0 ? `Expired since, by RETENTION_MONTHS: ${expired.toLocaleString('en')} rows and names.\n` : '',
    forgotten
      ? 'The token of the first start is not in the backup and was removed; the tokens of the backup are valid.\n'
      : '',
    isListed ? '' : NO_LIST,
    'Everything is consistent.\n',
  ].join('');
}
