import { issueToken, listTokens, revokeToken, rotateToken } from '../db/tokens/tokens.ts';
import { findUnknown } from '../db/tokens/unknown-restrictions.ts';
import type { AuditAction } from '../domain/audit/entry.ts';
import { shown } from '../domain/errors.ts';
import { DEFAULT_OVERLAP, readRotation } from '../domain/tokens/rotation.ts';
import { tokenState } from '../domain/tokens/state.ts';
import type { TokenEntry } from '../domain/tokens/token-entry.ts';
import { readTokenRequest, type TokenLabels } from '../domain/tokens/token-request.ts';
import type { Command } from './command-context.ts';
import { openAudited } from './service/audited-command.ts';
import type { OpenDatabase } from './service/database.ts';
import { readArguments, wrongUsage } from './terminal/arguments.ts';

const USAGE =
  'token -- create --name NAME [--scope read,personal] [--expires 90d] [--department NAME] [--job UUID] [--rate 60/min] | list | rotate NAME [--overlap 24h] [--expires 90d] | revoke NAME';

const OPTIONS = {
  name: { type: 'string' },
  scope: { type: 'string' },
  expires: { type: 'string' },
  department: { type: 'string', multiple: true },
  job: { type: 'string', multiple: true },
  rate: { type: 'string' },
  overlap: { type: 'string' },
} as const;

/** The options of each action, and whether the name of a token follows it. */
const ACTIONS = {
  create: { isNamed: false, options: ['name', 'scope', 'expires', 'department', 'job', 'rate'] },
  list: { isNamed: false, options: [] },
  rotate: { isNamed: true, options: ['expires', 'overlap'] },
  revoke: { isNamed: true, options: [] },
} as const satisfies Record<string, { isNamed: boolean; options: readonly (keyof typeof OPTIONS)[] }>;

const LABELS: TokenLabels = {
  ...{ name: '--name', scopes: '--scope', expires: '--expires' },
  ...{ departments: '--department', jobs: '--job', rate: '--rate' },
};

type Action = keyof typeof ACTIONS;

/** What each action is in the audit log. */
const AUDITED: Readonly<Record<Action, AuditAction>> = {
  create: 'TOKEN_CREATE',
  list: 'TOKEN_LIST',
  rotate: 'TOKEN_ROTATE',
  revoke: 'TOKEN_REVOKE',
};

const isAction = (word: string | undefined): word is Action => word !== undefined && Object.hasOwn(ACTIONS, word);

/** Reads the command line. Errors: BAD_USER_INPUT, with the usage. */
function readCommandLine(args: string[]) {
  const { values, positionals } = readArguments({ args, allowPositionals: true, options: OPTIONS }, USAGE);
  const [action, name, ...rest] = positionals;
  if (!isAction(action) || rest.length > 0 || (name !== undefined && !ACTIONS[action].isNamed))
    throw wrongUsage(
      action
        ? `${shown(positionals.join(' '))} is not accepted; accepted are create, list, rotate NAME and revoke NAME`
        : 'The action is missing: create, list, rotate or revoke',
      USAGE,
    );
  const accepted: readonly string[] = ACTIONS[action].options;
  const foreign = Object.keys(values).find((option) => !accepted.includes(option));
  if (foreign !== undefined) throw wrongUsage(`${action} has no option --${foreign}`, USAGE);
  const named = action === 'create' ? values.name : name;
  if (action !== 'list' && !named?.trim()) throw wrongUsage('The name of the token is missing', USAGE);
  return { action, values, named: named ?? '' };
}

export const token: Command = {
  usage: USAGE,
  about: 'create, list, rotate and revoke tokens',
  async run(args, { config, log, signal }) {
    const { action, values, named } = readCommandLine(args);
    const { tokenMaxLifetimeMs: maxLifetimeMs } = config;
    const now = Date.now();
    /** Everything is read before the database is opened. */
    const actions: Record<Action, () => (db: OpenDatabase) => Promise<void>> = {
      create() {
        const { scope = 'read,personal', department: departments = [], job: jobs = [], expires, rate } = values;
        const words = { name: named, scopes: scope.split(','), departments, jobs, expires, rate };
        const request = readTokenRequest(words, LABELS, maxLifetimeMs, now);
        return async ({ prisma, pool }) => {
          const issued = await issueToken(prisma, request);
          process.stdout.write(`${issued.token}\n`);
          process.stderr.write(`This is the token ${shown(issued.name)} (${termsOf(issued)}). It is shown only now.\n`);
          const unknown = request.restriction ? await findUnknown(pool, request.restriction) : [];
          for (const value of unknown)
            process.stderr.write(
              `No stored job is, or is of the department, ${shown(value)}: the token sees nothing of it.\n`,
            );
        };
      },
      list: () => async (db) => {
        for (const entry of await listTokens(db.prisma)) process.stdout.write(`${lineOf(entry, now)}\n`);
      },
      rotate() {
        const { expires, overlap = DEFAULT_OVERLAP } = values;
        const labels = { name: 'NAME', expires: '--expires', overlap: '--overlap' };
        const rotation = readRotation({ name: named, expires, overlap }, labels, maxLifetimeMs, now);
        return async (db) => {
          const { issued, formerEndsAt } = await rotateToken(db.prisma, rotation);
          process.stdout.write(`${issued.token}\n`);
          process.stderr.write(
            `This is the new token ${shown(issued.name)} (${termsOf(issued)}). It is shown only now. The old one is accepted until ${formerEndsAt.toISOString()}.\n`,
          );
        };
      },
      revoke: () => async (db) => {
        const name = named.trim();
        await revokeToken(db.prisma, name);
        process.stderr.write(`The token ${shown(name)} is revoked.\n`);
      },
    };
    const act = actions[action]();
    const audited = AUDITED[action];
    const command = { action: audited, command: `token -- ${action}`, personal: false, signal };
    const db = await openAudited(config, log, command);
    if (action !== 'list') db.asked.value('token', named.trim());
    try {
      await act(db);
      db.succeeded(null);
      return 0;
    } finally {
      await db.close();
    }
  },
};

/** What a token may do, and until when, in words. */
const termsOf = ({ scopes, departments, jobIds, ratePerMinute, expiresAt }: TokenEntry): string =>
  [
    scopes.join(', '),
    ...(departments.length + jobIds.length > 0 ? [restrictionOf({ departments, jobIds })] : []),
    ...(ratePerMinute === null ? [] : [`${ratePerMinute} requests per minute`]),
    ...(expiresAt ? [`until ${expiresAt.toISOString()}`] : []),
  ].join('; ');

const restrictionOf = ({ departments, jobIds }: Pick<TokenEntry, 'departments' | 'jobIds'>): string =>
  departments.length + jobIds.length === 0
    ? 'all rows'
    : `rows of ${[...departments.map((one) => `department ${shown(one)}`), ...jobIds.map((id) => `job ${id}`)].join(', ')}`;

/** The line of a token: tabs separate its columns, which a script can cut. */
const lineOf = (entry: TokenEntry, now: number): string =>
  [
    entry.name,
    entry.scopes.join(','),
    entry.createdAt.toISOString(),
    tokenState(entry, now),
    entry.usedAt ? `used ${entry.usedAt.toISOString()}` : 'not used',
    restrictionOf(entry),
    entry.ratePerMinute === null ? 'usual limits' : `${entry.ratePerMinute}/min`,
  ].join('\t');
