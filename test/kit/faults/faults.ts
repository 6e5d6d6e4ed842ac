/** What befalls the service and its database: with the real parts, as it happens to them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rig } from './rig.ts';

/** A fault. */
export interface Fault {
  /** Begins it; it lasts until what this returns is called, at the latest. */
  begin(rig: Rig): Promise<() => Promise<void>>;
  /** Why it can't be made here; null if it can. */
  missing?(rig: Rig): string | null;
}

/** One that is over once it has begun, but for a server that has to be started again. */
const sudden = (work: (rig: Rig) => Promise<void> | void): Fault => ({
  async begin(rig) {
    await work(rig);
    return () => rig.postgres.ensureRunning();
  },
});

const lasting = (begin: (rig: Rig) => Promise<void> | void, end: (rig: Rig) => Promise<void> | void): Fault => ({
  async begin(rig) {
    await begin(rig);
    return async () => {
      await end(rig);
      await rig.postgres.ensureRunning();
    };
  },
});

/** The clock of everybody is wrong for a while. */
const clockAt = (offset: string): Fault => ({
  ...lasting(
    ({ clock }) => clock?.set(offset),
    ({ clock }) => clock?.set('+0'),
  ),
  missing: ({ clock }) => (clock ? null : 'the clock is that of the system'),
});

/** By what is said of them. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  'a process of the database is killed': sudden(({ postgres }) => postgres.killBackend()),
  'the database is killed, and started again': sudden(async ({ postgres }) => {
    postgres.killServer();
    await sleep(500);
  }),
  'the database is restarted': sudden(({ postgres }) => postgres.restart()),
  'the database freezes': lasting(
    ({ postgres }) => postgres.freeze(),
    ({ postgres }) => postgres.thaw(),
  ),
  'the disk of the database is full': {
    ...lasting(
      ({ postgres }) => postgres.fillDisk(),
      ({ postgres }) => postgres.freeDisk(),
    ),
    missing: ({ postgres }) => (postgres.hasDisk ? null : 'no disk can be mounted'),
  },
  'the database has no connections left': lasting(
    ({ postgres }) => postgres.takeConnections(),
    ({ postgres }) => postgres.giveConnections(),
  ),
  'connections are cut': sudden(({ network }) => network.cut()),
  'connections are reset': sudden(({ network }) => network.reset()),
  'the network stalls': lasting(
    ({ network }) => network.stall(),
    ({ network }) => network.goOn(),
  ),
  'the network forgets connections': sudden(({ network }) => network.forget()),
  'the clock is two days ahead for a while': clockAt('+2d'),
  'the clock is two days behind for a while': clockAt('-2d'),
  'the service is killed, and started again': {
    async begin(rig) {
      await rig.killService();
      return () => rig.startService();
    },
  },
};
