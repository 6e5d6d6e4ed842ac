import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure, shown } from '../../domain/errors.ts';
import { type Account, run } from './program.ts';

/**
 * Users to run Postgres as, in order of preference: those that the system's own Postgres packages create, then the one
 * that owns nothing.
 */
const PREFERRED_USERS = ['postgres', '_postgres', 'nobody'];

/**
 * Returns the account that Postgres runs as, or undefined for the user of this process. Under root it is the owner of
 * an existing cluster, so that `sudo` on a normal user's data does not change their owner.
 *
 * Errors: BAD_CONFIGURATION if the cluster belongs to another user, or if root finds no suitable user.
 */
export async function serverAccount(cluster: string): Promise<Account | undefined> {
  const self = process.getuid?.();
  if (self === undefined) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (self !== 0) {
    if (owner && owner.uid !== self) {
      throw new Failure(
        'BAD_CONFIGURATION',
        `The data in ${shown(dirname(cluster))} belong to the user with id ${owner.uid}, and this process runs as ${self}. Run it as that user, or set DATA_DIR to another folder.`,
      );
    }
    return undefined;
  }
  const users = readPasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''));
  if (owner && owner.uid !== 0) {
    const name = users.find(({ uid }) => uid === owner.uid)?.name ?? `with id ${owner.uid}`;
    return { name, uid: owner.uid, gid: owner.gid };
  }
  for (const preferred of PREFERRED_USERS) {
    const account = users.find(({ name }) => name === preferred);
    if (account) return account;
  }
  throw new Failure(
    'BAD_CONFIGURATION',
    'Postgres refuses to run as root, and this system has neither a user "postgres" nor "nobody" to run it as. Start this program as a normal user, or set DATABASE_URL.',
  );
}

/**
 * Checks that the account can enter `folder`, which is on the way to `dataDir`.
 *
 * Errors: BAD_CONFIGURATION if it can't, or if root is not allowed to switch to that account.
 */
export async function requireEntry(account: Account, folder: string, dataDir: string): Promise<void> {
  const path: string[] = [];
  for (let ancestor = folder; ancestor !== dirname(ancestor); ancestor = dirname(ancestor)) path.unshift(ancestor);
  // Trying it, rather than reading file modes, takes access lists and container rights into account. If a file is in
  // the way, mkdir reports it.
  const script = 'for f; do [ ! -d "$f" ] || cd -- "$f" 2>/dev/null || { printf %s "$f"; exit 9; }; done';
  const { code, output, fault } = await run('/bin/sh', ['-c', script, 'sh', ...path], { account, cwd: '/' });
  if (code === 0) return;
  if (code !== 9) {
    throw new Failure(
      'BAD_CONFIGURATION',
      `Postgres refuses to run as root, and root can't run it as user ${account.name} on this system (${fault ?? output}). Start this program as a normal user, or set DATABASE_URL.`,
    );
  }
  throw new Failure(
    'BAD_CONFIGURATION',
    `Postgres refuses to run as root, so it runs as user ${account.name}, who can't enter ${shown(output)} on the way to DATA_DIR ${shown(dataDir)}. Set DATA_DIR to a folder whose path this user can enter (or leave it unset), or set DATABASE_URL.`,
  );
}

function readPasswd(text: string): Account[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', , uid, gid] = line.split(':');
    return Number(uid) ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}
