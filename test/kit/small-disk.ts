import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/** Puts a disk of that size, as `190m`, on a folder; `unmount` takes it away. */
export const mount = (folder: string, size: string) =>
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'none', folder]);

export const unmount = (folder: string) => execFileSync('umount', ['--lazy', folder]);

/** Whether this system lets the tests have a small disk. */
export function canMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', tmpdir()], { stdio: 'ignore' });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
}
