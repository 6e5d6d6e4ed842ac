import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Random } from '../../../src/generate/random.ts';
import { eventually, run } from '../command.ts';
import { urlOf } from '../database.ts';
import { ask } from './ask.ts';
import { expectAudited } from './audited.ts';
import { SERVICE } from './breakable-postgres.ts';
import { FAULTS } from './faults.ts';
import { KnownAnswers, knownStates } from './known-answers.ts';
import { type Counts, Load } from './load.ts';
import type { Rig } from './rig.ts';
import { importOf, READS } from './works.ts';

/** Milliseconds of load before a fault, during it, and after the service has answered again. */
export interface Spans {
  readonly before: number;
  readonly during: number;
  readonly after: number;
}

/** What was seen of a fault. */
export interface Figures {
  readonly counts: Counts;
  /** Milliseconds from its end until everything was answered rightly again. */
  readonly outage: number;
}

/** What was seen, in words. */
export const describeFigures = ({ outage, counts }: Figures): string =>
  `all answered again after ${Math.round(outage)} ms; ${JSON.stringify(counts)}`;

/** The most connections of an instance, as docs/operations.md says. */
const MAX_CONNECTIONS = 44;

const OWN_FAULT = /unhandled promise rejection|"msg":"a request failed"|INTERNAL_ERROR/;

/** Lets faults befall a service under load, and looks at what they leave. */
export class Trial {
  readonly #rig: Rig;
  readonly #known: KnownAnswers;
  readonly #random: Random;
  /** The last import in the history before the load. */
  #lastRecord = 0;
  /** Open files of a service that nothing has befallen yet, by its process. */
  readonly #openFiles = new Map<number, number>();

  private constructor(rig: Rig, known: KnownAnswers, random: Random) {
    this.#rig = rig;
    this.#known = known;
    this.#random = random;
  }

  /** `rows`: about how many the states have. */
  static async prepare(rig: Rig, rows: number, random: Random): Promise<Trial> {
    const trial = new Trial(rig, await KnownAnswers.learn(rig.url, knownStates(rows)), random);
    await trial.#beginHistory();
    await trial.#expectSound([], 0);
    return trial;
  }

  /** Lets a fault befall the service under load. Fails where an answer was wrong, or something is left of it afterwards. */
  async undergo(name: string, { before, during, after }: Spans): Promise<Figures> {
    const rig = this.#rig;
    const fault = FAULTS[name] as (typeof FAULTS)[string];
    await this.#beginHistory();
    const load = new Load(rig.url, this.#known, rig.upstream, this.#random);
    let outage = 0;
    try {
      await sleep(before);
      const end = await fault.begin(rig);
      await sleep(during);
      await end();
      const ended = performance.now();
      await this.#untilAnswered();
      outage = performance.now() - ended;
      await sleep(after);
    } finally {
      await load.stop();
      rig.upstream.csv = null;
    }
    expect(load.wrong, `${name}; the log of the service: ${rig.log.slice(-3_000)}`).toEqual([]);
    expect(rig.isRunning).toBe(true);
    const away = Object.keys(load.counts).filter((kind) => load.counts[kind]?.away);
    if (!name.startsWith('the service')) expect(away, 'answered by nobody').toEqual([]);
    await this.#expectSound(load.saved, load.unsure);
    // What waits in memory is lost with the process.
    if (!name.startsWith('the service')) await expectAudited(rig, load.answered);
    return { counts: load.counts, outage };
  }

  /** Waits until each kind of work is done rightly, without a restart of the service. */
  async #untilAnswered(): Promise<void> {
    const { url } = this.#rig;
    const works = [
      { method: 'GET', path: '/readyz', headers: {} } as const,
      ...Object.values(READS).flatMap(([first]) => first ?? []),
    ];
    for (const work of works)
      await eventually(async () => expect(await ask(url, work)).toMatchObject({ kind: 'whole' }));
    const [state] = this.#known.states;
    await eventually(async () => {
      const answer = await ask(url, { ...importOf(state?.csv ?? ''), path: `${importOf('').path}&dryRun=true` });
      expect([answer.kind, answer.kind === 'refused' && answer.code]).toEqual(
        expect.toSatisfy(([kind, code]) => kind === 'whole' || code === 'CONFLICT'),
      );
    });
  }

  /** Expects that all is as it was before: `saved` are the imports that were answered since, and so many may have been saved or not. */
  async #expectSound(saved: readonly number[], unsure: number): Promise<void> {
    const { postgres, network, upstream } = this.#rig;
    await eventually(async () => {
      expect(upstream.answering).toBe(0);
      const [server] = await postgres.rows(
        `SELECT count(*)::int AS connections, count(*) FILTER (WHERE state <> 'idle')::int AS busy,
           (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory') AS locks,
           (SELECT count(*)::int FROM pg_class WHERE relpersistence = 't') AS tables, (SELECT count(*)::int FROM pg_ls_tmpdir()) AS files
         FROM pg_stat_activity WHERE usename = '${SERVICE}'`,
      );
      const connections = network.links;
      expect(server).toEqual({ connections, busy: 0, locks: 0, tables: 0, files: 0 });
      expect(connections).toBeLessThanOrEqual(MAX_CONNECTIONS);
      this.#expectOpenFiles();
    }, 20_000);
    await this.#expectHistory(saved, unsure);
    // Whatever befalls the database is told in lines of the log, none of which says that the program itself failed.
    const lines = this.#rig.log.split('\n').slice(0, -1);
    expect(lines.filter((line) => !line.startsWith('{') || OWN_FAULT.test(line))).toEqual([]);
    expect(await run(['verify'], { DATABASE_URL: urlOf(postgres.connection) })).toMatchObject({ code: 0 });
  }

  #expectOpenFiles(): void {
    const { pid } = this.#rig;
    // How many connections there are is limited elsewhere: pools open and close them.
    const openFiles = this.#rig.openFiles.filter((file) => !file.endsWith(', established'));
    const before = this.#openFiles.get(pid);
    if (before === undefined) this.#openFiles.set(pid, openFiles.length);
    else expect(openFiles.length, openFiles.join('\n')).toBeLessThanOrEqual(before);
  }

  async #beginHistory(): Promise<void> {
    const [row] = await this.#rig.postgres.rows('SELECT max(id)::int AS id FROM import_record');
    this.#lastRecord = row?.id as number;
  }

  /** Expects that each import that was answered is in the history, and few others; and that the rows are those of the last one. */
  async #expectHistory(saved: readonly number[], unsure: number): Promise<void> {
    const { postgres, url } = this.#rig;
    const records = await postgres.rows(
      `SELECT id::int, origin, rows_read::int AS rows FROM import_record
       WHERE outcome IN ('CHANGED', 'UNCHANGED') AND rows_read > 0 AND id > ${this.#lastRecord} ORDER BY id`,
    );
    const recorded = records.filter(({ origin }) => origin === 'HTTP').map(({ rows }) => rows as number);
    let at = 0;
    for (const rows of saved) {
      const found = recorded.indexOf(rows, at);
      expect(found, `an import of ${rows} rows that was answered is in the history ${recorded}`).not.toBe(-1);
      at = found + 1;
    }
    expect(recorded.length).toBeLessThanOrEqual(saved.length + unsure);
    const [work] = READS['export as CSV'] ?? [];
    const exported = work && (await ask(url, work));
    const stored = exported?.kind === 'whole' ? this.#known.stateOf(exported.text)?.rows : undefined;
    expect(stored).toBe(records.at(-1)?.rows ?? stored ?? 'a known state');
  }
}
