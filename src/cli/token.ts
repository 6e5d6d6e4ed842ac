import { createToken, listTokens, revokeToken } from '../db/tokens.ts';
import { Failure, shown } from '../domain/errors.ts';
import { isScope, SCOPES, type Scope } from '../domain/viewer.ts';
import type { Command } from './command-context.ts';
import { openConfigured } from './service/database.ts';
import { readArguments, wrongUsage } from './terminal/arguments.ts';

const USAGE = 'token -- create --name NAME [--scope read,personal] | list | revoke NAME';

/** Reads a list of scopes. Errors: BAD_USER_INPUT for a scope that doesn't exist. */
function readScopes(text: string): Scope[] {
  const words = [...new Set(text.split(',').map((word) => word.trim()))];
  for (const word of words)
    if (!isScope(word))
      throw new Failure('BAD_USER_INPUT', `${shown(word)} is not a scope; the scopes are ${SCOPES.join(', ')}.`);
  return words.filter(isScope);
}

export const token: Command = {
  usage: USAGE,
  about: 'create, list and revoke tokens',
  async run(args, { config, log }) {
    const { values, positionals } = readArguments(
      {
        args,
        allowPositionals: true,
        options: { name: { type: 'string' }, scope: { type: 'string', default: 'read,personal' } },
      },
      USAGE,
    );
    const [action, name, ...rest] = positionals;
    const known = action === 'create' || action === 'list' || action === 'revoke';
    if (!known || rest.length > 0 || (action !== 'revoke' && name !== undefined))
      throw wrongUsage(
        action
          ? `${shown(positionals.join(' '))} is not accepted; accepted are create, list and revoke NAME`
          : 'The action is missing: create, list or revoke',
        USAGE,
      );
    const named = (action === 'create' ? values.name : name)?.trim();
    if (action !== 'list' && !named) throw wrongUsage('The name of the token is missing', USAGE);
    if (action === 'create' && named && (/\p{Cc}/u.test(named) || named.length > 100))
      throw new Failure(
        'BAD_USER_INPUT',
        `--name: ${shown(named)} is not accepted; a name has 1 to 100 printable characters.`,
      );
    const scopes = readScopes(values.scope);

    const db = await openConfigured(config, log);
    try {
      if (action === 'create' && named) {
        process.stdout.write(`${await createToken(db.prisma, named, scopes)}\n`);
        process.stderr.write(`This is the token ${shown(named)} (${scopes.join(', ')}). It is shown only now.\n`);
      } else if (action === 'revoke' && named) {
        await revokeToken(db.prisma, named);
        process.stderr.write(`The token ${shown(named)} is revoked.\n`);
      } else {
        for (const entry of await listTokens(db.prisma))
          process.stdout.write(
            `${[entry.name, entry.scopes.join(','), entry.createdAt.toISOString(), entry.revokedAt ? `revoked ${entry.revokedAt.toISOString()}` : 'in use'].join('\t')}\n`,
          );
      }
      return 0;
    } finally {
      await db.close();
    }
  },
};
