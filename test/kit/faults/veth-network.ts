import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: 'ignore' });

/** Whether this system lets the tests have a network of their own. */
export function canHaveNetwork(): boolean {
  try {
    const probe = new VethNetwork();
    probe.remove();
    return true;
  } catch {
    console.warn('no network can be made here: the tests of networks that lose packets are left out');
    return false;
  }
}

/** A network of two ends and the cable between: of one that is pulled, neither end hears anything. */
export class VethNetwork {
  readonly #name = `ids${randomBytes(3).toString('hex')}`;
  /** The address of the far end. */
  readonly address = `10.213.${randomBytes(1)[0]}.2`;

  constructor() {
    const [near, far] = [`${this.#name}a`, `${this.#name}b`];
    ip('netns', 'add', this.#name);
    try {
      ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', this.#name);
      ip('addr', 'add', this.address.replace(/2$/, '1/30'), 'dev', near);
      ip('link', 'set', near, 'up');
      ip('-n', this.#name, 'addr', 'add', `${this.address}/30`, 'dev', far);
      ip('-n', this.#name, 'link', 'set', 'lo', 'up');
      this.plug();
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  /** What runs a command at the far end. */
  get within(): readonly string[] {
    return ['ip', 'netns', 'exec', this.#name];
  }

  pull(): void {
    ip('-n', this.#name, 'link', 'set', `${this.#name}b`, 'down');
  }

  plug(): void {
    ip('-n', this.#name, 'link', 'set', `${this.#name}b`, 'up');
  }

  /** Processes at the far end must have ended. */
  remove(): void {
    ip('netns', 'delete', this.#name);
  }
}
