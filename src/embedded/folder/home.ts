import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** The setting by which a server keeps where it was started. Postgres writes its command line into the cluster once it owns that. */
export const HOME_SETTING = 'interviews.home';

/**
 * Where the numbers of processes mean what they mean to this process: the running kernel and its namespace of process ids. Containers that
 * share a folder differ in it. Undefined where the system won't say; then it is not known to be the same as any other.
 */
export async function ownHome(): Promise<string | undefined> {
  // The others have one namespace, and what is alive after a restart of the machine is seen by the process itself.
  if (process.platform !== 'linux') return process.platform;
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'latin1')).trim();
    return `${boot}/${/\d+/.exec(await readlink('/proc/self/ns/pid'))?.[0] ?? ''}`;
  } catch {
    return undefined;
  }
}

/** Where the last server of a cluster was started; undefined where it doesn't say (a version before this one started it). */
export async function statedHome(cluster: string): Promise<string | undefined> {
  const options = await readFile(join(cluster, 'postmaster.opts'), 'utf8').catch(() => '');
  return new RegExp(`"${HOME_SETTING.replace('.', '\\.')}=([^"]+)"`).exec(options)?.[1];
}

/** Whether two homes are of one kernel, on which a Unix socket is the same for all containers. */
export const sameKernel = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one.split('/')[0] === other?.split('/')[0];
