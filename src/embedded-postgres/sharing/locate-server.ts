import type { EmbeddedContext } from '../context.ts';
import { ownPidNamespace, recordedPidNamespace } from '../folder/pid-namespace.ts';
import { isFresh, type Postmaster, type Whereabouts, whereabouts } from '../server/postmaster.ts';

/**
 * Returns where the server of the cluster's lock file is: what `whereabouts` returns if the server was started in this
 * kernel and PID namespace; `elsewhere` if process ids say nothing about it, because it was started in another
 * container, on another machine, or before this one was restarted.
 */
export async function locateServer(
  lock: Postmaster,
  { folder, account }: Pick<EmbeddedContext, 'folder' | 'account'>,
): Promise<Whereabouts | 'elsewhere'> {
  const found = await whereabouts(lock, folder.cluster, account);
  if (found === 'here') return found;
  // Until the file has its last line, the recorded PID namespace is that of the previous server.
  if (lock.status === '' && (await isFresh(lock))) return 'unknown';
  const [own, recorded] = await Promise.all([ownPidNamespace(), recordedPidNamespace(folder.cluster)]);
  return own !== undefined && own === recorded ? found : 'elsewhere';
}
