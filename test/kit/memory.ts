import { fileURLToPath } from 'node:url';
import { type Command, eventually } from './command.ts';

/** What a process holds after its garbage was collected, in bytes; `active` is what keeps it alive, by kind. */
export interface Memory {
  readonly heap: number;
  readonly buffers: number;
  readonly resident: number;
  readonly active: Readonly<Record<string, number>>;
}

/** The environment of a service whose memory can be asked for. */
export const REPORTS_MEMORY = {
  NODE_OPTIONS: `--import ${fileURLToPath(new URL('./report-memory.mjs', import.meta.url))}`,
};

/** Lets a service collect its garbage, and returns what is left. Its answer is a line on standard error. */
export async function memoryOf(service: Command): Promise<Memory> {
  const from = service.stderr.length;
  service.child.kill('SIGUSR2');
  return await eventually(async () => {
    const [line = ''] = /^\{"memory":.*$/m.exec(service.stderr.slice(from)) ?? [];
    return JSON.parse(line).memory as Memory;
  });
}

/** Bytes of heap and buffers that a service holds. What the allocator keeps beyond that says nothing about the service. */
export async function heldBytes(service: Command): Promise<number> {
  const { heap, buffers } = await memoryOf(service);
  return heap + buffers;
}

/** What a service has said on standard error beside its answers to `memoryOf`. */
export const saidBesides = (service: Command): string => service.stderr.replace(/^\{"memory":.*\n/gm, '');
