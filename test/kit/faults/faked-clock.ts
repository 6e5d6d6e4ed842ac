import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LIBRARIES = '/usr/lib';

/** The library of Debian's package `faketime`, for programs with threads; '' without it. */
const LIBRARY =
  readdirSync(LIBRARIES)
    .map((folder) => join(LIBRARIES, folder, 'faketime', 'libfaketimeMT.so.1'))
    .find((file) => existsSync(file)) ?? '';

/** Milliseconds after which every process has seen that the clock was set. */
const SEEN_MS = 1_500;

/** Whether clocks can be set here; in CI they must. */
export function hasFakedClock(): boolean {
  if (LIBRARY) return true;
  const missing = `libfaketime is missing in ${LIBRARIES}`;
  if (process.env.CI) throw new Error(`${missing}, and with CI set no test may be left out`);
  console.warn(`${missing} here: the tests of clocks that are set are left out`);
  return false;
}

/** The clock of the system, as the processes that get `env` see it. As when a real one is set, what only goes forward (`performance.now()`) goes on. */
export class FakedClock {
  readonly #folder = mkdtempSync(join(tmpdir(), 'interviews-clock-'));
  readonly #file = join(this.#folder, 'offset');
  readonly env: Readonly<Record<string, string>>;

  constructor() {
    chmodSync(this.#folder, 0o755);
    writeFileSync(this.#file, '+0\n');
    this.env = {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    };
  }

  /** Sets it, and waits until everybody has seen it: `offset` is how far it then is from the right time, as `+2d` or `-3h`. */
  async set(offset: string): Promise<void> {
    writeFileSync(this.#file, `${offset}\n`);
    await sleep(SEEN_MS);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
