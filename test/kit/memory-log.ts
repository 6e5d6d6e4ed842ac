import { createLog, type ServiceLog } from '../../src/log.ts';

/** A log as the program's that keeps what it is told: `text` gives all of it, `lines` what each line says. */
export function memoryLog(level = 'info'): { log: ServiceLog; text(): string; lines(): Record<string, unknown>[] } {
  let text = '';
  const log = createLog(level, {
    write(line: string) {
      text += line;
    },
  });
  const lines = () =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, text: () => text, lines };
}
