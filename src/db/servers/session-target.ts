import type pg from 'pg';
import type { SessionTarget } from '../../domain/configuration/database-servers.ts';

/** What one server must be. `prefer-standby` is a choice among servers. */
export type ServerTarget = Exclude<SessionTarget, 'prefer-standby'>;

interface Role {
  readonly standby: boolean;
  readonly readOnly: boolean;
}

/** What is wrong with a server that is not the target; null if nothing is. */
const FAULTS: Readonly<Record<ServerTarget, (role: Role) => string | null>> = {
  any: () => null,
  'read-write': ({ standby, readOnly }) => (standby ? 'it is a standby' : readOnly ? 'it is read-only' : null),
  'read-only': ({ readOnly }) => (readOnly ? null : 'it accepts writes'),
  primary: ({ standby }) => (standby ? 'it is a standby' : null),
  standby: ({ standby }) => (standby ? null : 'it is not a standby'),
};

/** Returns why a server is not the target, in words; null if it is. Errors: those of the database. */
export async function targetFault(client: pg.ClientBase, target: ServerTarget): Promise<string | null> {
  if (target === 'any') return null;
  const { rows } = await client.query<Role>(
    `/* servers.role */ SELECT pg_is_in_recovery() AS standby, current_setting('transaction_read_only') = 'on' AS "readOnly"`,
  );
  const [role] = rows;
  if (!role) throw new Error('the server says nothing about itself');
  const fault = FAULTS[target](role);
  return fault && `${fault}, and target_session_attrs=${target}`;
}
