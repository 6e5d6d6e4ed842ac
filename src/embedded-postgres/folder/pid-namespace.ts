import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Setting in which a server records where it was started. Postgres writes its command line into the cluster once it
 * owns it. Former versions of this program read it, so its name stays.
 */
export const PID_NAMESPACE_SETTING = 'interviews.home';

/**
 * Returns where the process ids of this process are valid: the running kernel and its PID namespace. Containers that
 * share a folder differ in it. Undefined if the system does not say; then it is not known to equal any other.
 */
export async function ownPidNamespace(): Promise<string | undefined> {
  // Other systems have one namespace. What is alive after a restart of the machine is seen from the process itself.
  if (process.platform !== 'linux') return process.platform;
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'latin1')).trim();
    return `${boot}/${/\d+/.exec(await readlink('/proc/self/ns/pid'))?.[0] ?? ''}`;
  } catch {
    return undefined;
  }
}

/**
 * Returns where the last server of a cluster was started; undefined if it did not record that (a version before this
 * one started it).
 */
export async function recordedPidNamespace(cluster: string): Promise<string | undefined> {
  const options = await readFile(join(cluster, 'postmaster.opts'), 'utf8').catch(() => '');
  return new RegExp(`"${PID_NAMESPACE_SETTING.replace('.', '\\.')}=([^"]+)"`).exec(options)?.[1];
}

/** Returns whether two PID namespaces are on one kernel, where a Unix socket is the same for all containers. */
export const sameKernel = (first: string | undefined, second: string | undefined): boolean =>
  first !== undefined && first.split('/')[0] === second?.split('/')[0];
