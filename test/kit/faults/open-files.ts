import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The states of TCP connections, by their numbers in /proc/net/tcp. */
const STATES: Readonly<Record<string, string>> = {
  '01': 'established',
  '04': 'fin-wait',
  '05': 'fin-wait',
  '06': 'time-wait',
  '08': 'close-wait',
  '09': 'last-ack',
  '0A': 'listening',
};

/** What a process has open: files by their paths, connections by their ports (`4000 to 5432, established`); Linux only. */
export function openFiles(pid: number): string[] {
  const connections = new Map<string, string>();
  for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1)) {
    const [, local = '', remote = '', state = '', , , , , , inode = ''] = line.trim().split(/\s+/);
    const [from, to] = [local, remote].map((address) => Number.parseInt(address.split(':')[1] ?? '', 16));
    connections.set(`socket:[${inode}]`, `${from} to ${to}, ${STATES[state] ?? state}`);
  }
  return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
    try {
      const target = readlinkSync(`/proc/${pid}/fd/${descriptor}`);
      return connections.get(target) ?? target;
    } catch {
      return [];
    }
  });
}
