import type { Config } from '../../config.ts';
import { isSameDatabase } from '../../db/audit/same-database.ts';
import { AuditSpool } from '../../db/audit/spool.ts';
import { type Database, openDatabase } from '../../db/connection/open.ts';
import { isStandby } from '../../db/connection/standby.ts';
import { Failure } from '../../domain/errors.ts';
import type { ServiceLog } from '../../log.ts';
import { configuredServers, type OpenDatabase, poolOptions } from './database.ts';

type Pool = Database['pool'];

/** Where the audit log of a service is written. */
interface OpenAudit {
  readonly pool: Pool;
  readonly spool: AuditSpool | null;
  close(): Promise<void>;
}

/**
 * Opens what the audit log needs: the primary server, if DATABASE_URL is a standby, and the folder in which entries wait for it. Errors:
 * BAD_CONFIGURATION if the folder can't be written, if AUDIT_DATABASE_URL leads to another database, or if entries are required and
 * DATABASE_URL is a standby, which can't take them.
 */
export async function openAudit(config: Config, db: OpenDatabase, log: ServiceLog): Promise<OpenAudit> {
  const { policy, databaseUrl, spool: folder } = config.audit;
  if (policy === 'off') return { pool: db.pool, spool: null, async close() {} };
  const spool = folder === null ? null : await AuditSpool.open(folder);
  if (databaseUrl === null) {
    if (await isStandby(db.pool).catch(() => false)) tellOfStandby(policy === 'require', log);
    return { pool: db.pool, spool, async close() {} };
  }
  const primary = openDatabase(
    configuredServers(databaseUrl, log),
    (err, message) => log.warn({ err }, message),
    poolOptions(config),
  );
  try {
    await requireSame(primary.pool, db.pool, log);
  } catch (error) {
    await primary.close();
    throw error;
  }
  return { pool: primary.pool, spool, close: () => primary.close() };
}

function tellOfStandby(isRequired: boolean, log: ServiceLog): void {
  const advice = 'set AUDIT_DATABASE_URL to the address of its primary server, or AUDIT=off';
  if (isRequired)
    throw new Failure(
      'BAD_CONFIGURATION',
      `AUDIT: require needs a database that can be written, and DATABASE_URL is a standby; ${advice}.`,
    );
  log.warn(`the database is a standby, so the audit log can’t be written: ${advice}`);
}

/** Errors: BAD_CONFIGURATION if the pools lead to different databases. While one of them is away, nothing is known. */
async function requireSame(primary: Pool, pool: Pool, log: ServiceLog): Promise<void> {
  const isSame = await isSameDatabase(primary, pool).catch((err: unknown) => {
    log.warn({ err }, 'the database of the audit log can’t be reached; entries wait for it');
    return true;
  });
  if (!isSame)
    throw new Failure(
      'BAD_CONFIGURATION',
      'AUDIT_DATABASE_URL: leads to another database than DATABASE_URL; name the primary server of its standby, and the same database.',
    );
}
