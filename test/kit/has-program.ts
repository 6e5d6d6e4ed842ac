import { execFileSync } from 'node:child_process';

/** Whether this machine has a program, without which `what` is left out; in CI it must. `version`: what makes it say its version. */
export function hasProgram(program: string, what: string, version = '--version'): boolean {
  try {
    execFileSync(program, [version], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env.CI) throw new Error(`${program} is missing, and with CI set no test may be left out`);
    console.warn(`${program} is missing here: ${what} are left out`);
    return false;
  }
}
