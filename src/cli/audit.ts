import { openEntries } from '../db/audit/read-entries.ts';
import { AUDIT_PARAMETERS, auditDocument, readAuditDownload } from '../extract/audit/request.ts';
import { formatNamed } from '../extract/formats.ts';
import { PROGRAM_VERSION } from '../package-info.ts';
import type { Command } from './command-context.ts';
import { openAudited } from './service/audited-command.ts';
import { readArguments } from './terminal/arguments.ts';
import { writeOutput } from './terminal/output.ts';

const USAGE =
  'audit -- [--since 90d] [--until MOMENT] [--actor NAME] [--action ACTION] [--outcome OUTCOME] [--personal true|false] [--subject ID] [--limit NUMBER] [--output FILE] [--format csv|json|ndjson] [--PARAMETER VALUE …]';

export const readAudit: Command = {
  usage: USAGE,
  about: `write the audit log to standard output or a file, the newest entry first, with the bytes and the parameters of GET /admin/audit: ${AUDIT_PARAMETERS.join(', ')}`,
  async run(args, { config, log, signal }) {
    const parameters = Object.fromEntries(
      AUDIT_PARAMETERS.map((name) => [name, { type: 'string', multiple: true } as const]),
    );
    const { values } = readArguments({ args, options: { ...parameters, output: { type: 'string' } } }, USAGE);
    const { output, ...given } = values;
    const texts = new Map(Object.entries(given).map(([name, found]) => [name, [found].flat() as string[]]));
    const download = readAuditDownload(texts, () => formatNamed('csv'), Date.now());
    const db = await openAudited(config, log, { action: 'AUDIT_READ', command: 'audit', personal: false, signal });
    for (const name of texts.keys()) db.asked.given(name);
    const abort = new AbortController();
    try {
      const aborted = AbortSignal.any([signal, abort.signal]);
      const opened = await openEntries(db, download, aborted, config.exports.databaseStallTimeoutMs);
      db.count(opened.countRows);
      const document = auditDocument(download, opened, PROGRAM_VERSION);
      if (await writeOutput(document, output as string | undefined, config, signal)) db.succeeded(opened.countRows());
      else db.cut();
      return 0;
    } finally {
      abort.abort();
      await db.close();
    }
  },
};
