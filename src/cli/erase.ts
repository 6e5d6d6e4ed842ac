import { erase } from '../db/erasure/erase.ts';
import type { ErasedPeople } from '../db/erasure/erase-stored.ts';
import { type Person, readPeople } from '../domain/people.ts';
import type { Command } from './command-context.ts';
import { openAudited } from './service/audited-command.ts';
import { readArguments, refuseSwallowed } from './terminal/arguments.ts';
import { erasuresFile } from './terminal/erasures-file.ts';
import { NOT_REWRITTEN, NOT_VACUUMED } from './terminal/not-vacuumed.ts';

const USAGE = 'erase -- [--candidate UUID]… [--employee ID]… [--dry-run] [--rewrite] [--json]';

export const erasePeople: Command = {
  usage: USAGE,
  about: 'forget candidates and employees: in all stored rows, and in every later import',
  async run(args, { config, log, signal }) {
    const { values } = readArguments(
      {
        args,
        options: {
          candidate: { type: 'string', multiple: true, default: [] },
          employee: { type: 'string', multiple: true, default: [] },
          'dry-run': { type: 'boolean', default: false },
          rewrite: { type: 'boolean', default: false },
          json: { type: 'boolean', default: false },
        },
      },
      USAGE,
    );
    refuseSwallowed(Object.keys(values), args, config.npmOptions, USAGE);
    const people = readPeople({
      CANDIDATE: { name: '--candidate', ids: values.candidate },
      EMPLOYEE: { name: '--employee', ids: values.employee },
    });
    const dryRun = values['dry-run'];
    const file = erasuresFile(config.erasuresFile);
    const db = await openAudited(config, log, { action: 'ERASE', command: 'erase', personal: true, signal });
    db.asked.value('people', people.length);
    db.asked.value('dryRun', dryRun);
    try {
      const { vacuumed, ...erased } = await erase(
        db.streams,
        people,
        {
          ...{ dryRun, rewrite: values.rewrite },
          onWait: () => process.stderr.write('An import is running; the erasure waits for it.\n'),
          keepList: file.keep,
        },
        signal,
      );
      // Who is on the list of erasures is written as a pseudonym.
      if (!dryRun) for (const { kind, id } of people) db.asked.person(kind, id);
      db.succeeded(erased.rows);
      const report = { saved: !dryRun, people: people.length, ...erased, vacuumed };
      process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : describe(people, erased, dryRun));
      if (!dryRun && !vacuumed) process.stderr.write(values.rewrite ? NOT_REWRITTEN : NOT_VACUUMED);
      return 0;
    } finally {
      await db.close();
    }
  },
};

const counted = (number: number, one: string, many: string): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

function describe(people: readonly Person[], { rows, names, unknown }: ErasedPeople, dryRun: boolean): string {
  const [named, beside] = [counted(rows, 'row names', 'rows name'), counted(names, 'candidate has', 'candidates have')];
  const missing =
    unknown.length === 0
      ? ''
      : `Nothing that is stored names ${unknown.map((id) => JSON.stringify(id)).join(', ')}. If an id is mistyped, erase the right one, too.\n`;
  if (dryRun) return `Nothing was changed (--dry-run): ${named} them; ${beside} a name beside the rows.\n${missing}`;
  return [
    `${counted(people.length, 'person is', 'people are')} forgotten: in ${counted(rows, 'row', 'rows')}, and ${counted(names, 'name', 'names')} of candidates beside them.\n`,
    missing,
    'Every later import forgets them again. Backups made before still name them; restore these with --erasures.\n',
  ].join('');
}
