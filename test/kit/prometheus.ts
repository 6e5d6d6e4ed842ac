import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from './command.ts';
import { hasProgram } from './has-program.ts';

/** Whether this machine has Prometheus; in CI it must. */
export const hasPrometheus = (): boolean => hasProgram('prometheus', 'the tests of alerts and of scraping');

/** A Prometheus of a test's own, on a free port. */
interface TestPrometheus {
  /** What its API answers at a path. */
  get(path: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts one with a configuration and files beside it, by name. */
export async function startPrometheus(
  config: string,
  files: Readonly<Record<string, string>>,
): Promise<TestPrometheus> {
  const folder = await mkdtemp(path.join(tmpdir(), 'interviews-prometheus-'));
  for (const [name, text] of Object.entries({ ...files, 'prometheus.yml': config }))
    await writeFile(path.join(folder, name), text);
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  const child: ChildProcess = spawn(
    'prometheus',
    [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr?.on('data', (text) => {
    log += text;
  });
  const get = async (asked: string): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/${asked}`);
    return ((await response.json()) as { data: unknown }).data;
  };
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`Prometheus has ended: ${log}`);
    await get('status/runtimeinfo');
  });
  return {
    get,
    async stop() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
