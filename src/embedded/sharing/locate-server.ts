import { ownHome, statedHome } from '../folder/home.ts';
import { isFresh, type Postmaster, type Whereabouts, whereabouts } from '../server/postmaster.ts';
import type { EmbeddedSite } from '../site.ts';

/**
 * Where the server of the cluster's lock file is: as `whereabouts` says, where it was started in this kernel and namespace of process ids;
 * `elsewhere` where process ids say nothing about it: in another container, on another machine, or before this one was restarted.
 */
export async function locateServer(
  lock: Postmaster,
  { folder, account }: Pick<EmbeddedSite, 'folder' | 'account'>,
): Promise<Whereabouts | 'elsewhere'> {
  const found = await whereabouts(lock, folder.cluster, account);
  if (found === 'here') return found;
  // Until the file has its last line, what is said of homes is of the server before.
  if (lock.status === '' && (await isFresh(lock))) return 'unknown';
  const [own, stated] = await Promise.all([ownHome(), statedHome(folder.cluster)]);
  return own !== undefined && own === stated ? found : 'elsewhere';
}
