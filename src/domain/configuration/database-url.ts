import { shown } from '../errors.ts';
import { databaseServers } from './database-servers.ts';
import { checkTls } from './database-tls.ts';

const URL_FORM = 'must look like postgresql://user:password@host:5432/database';
const ENCODED = 'with @ : / ? # and % in the user and the password percent-encoded (@ is %40, # is %23, % is %25)';

/**
 * Checks the URL of a Postgres database (postgresql://user:password@host:5432/database), also of several hosts, and returns it unchanged. A
 * password that is not percent-encoded can make a part of itself the host, which messages would then show. Throws an Error that says what
 * would be right, without any of the text.
 */
export function readDatabaseUrl(text: string): string {
  const [address, authority = '', rest = ''] = /^postgres(?:ql)?:\/\/([^/?#]*)(.*)$/s.exec(text) ?? [];
  if (address === undefined) throw new Error(URL_FORM);
  const login = authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
  if (/[@#]/.test(login + rest) || !isDecodable(login)) throw new Error(`${URL_FORM}, ${ENCODED}`);
  for (const server of databaseServers(text).urls) checkServer(server);
  return text;
}

/** Does the same for the URL of a replica. */
export function readReplicaUrl(text: string): string {
  const url = readDatabaseUrl(text);
  if (databaseServers(url).target === 'prefer-standby')
    throw new Error(
      'has target_session_attrs=prefer-standby, but without a standby reads go to DATABASE_URL: write standby or any instead',
    );
  return url;
}

function checkServer(text: string): void {
  // Without a host, the parameters name the folder of a Unix socket.
  const url = text.replace(/^([^:]+:\/\/)([^@/]*@)?\//, '$1$2localhost/');
  if (!URL.canParse(url)) throw new Error(`${URL_FORM}, ${ENCODED}`);
  const { searchParams } = new URL(url);
  checkTls(searchParams);
  for (const schema of searchParams.getAll('schema'))
    if (schema !== 'public')
      throw new Error(
        `has ?schema=${shown(schema)}, but the tables of this service are always in the schema public: remove it, and use a separate database for the service`,
      );
}

function isDecodable(text: string): boolean {
  try {
    // A single % stands for itself.
    decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25'));
    return true;
  } catch {
    return false;
  }
}
