/** Which entries of the audit log are asked for, in any of the APIs. */
import { Failure, shown } from '../errors.ts';
import { restoreOffsetSign } from '../parameters.ts';
import { UNSTORABLE_TEXT } from '../values/cells.ts';
import { readIsoDate, resolveInstant } from '../values/date.ts';
import { InvalidValue } from '../values/invalid-value.ts';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES, type AuditAction, type AuditOutcome } from './entry.ts';
import { SUBJECT_KINDS } from './subjects.ts';

/** Entries must meet all that is not null. */
export interface AuditFilter {
  /** From this moment on, and before that one, as `yyyy-MM-ddTHH:mm:ss.sssZ`. */
  readonly since: string | null;
  readonly until: string | null;
  /** The name of the actor. */
  readonly actor: string | null;
  readonly action: AuditAction | null;
  readonly outcome: AuditOutcome | null;
  readonly personal: boolean | null;
  /** Any of these ids, with their kinds. */
  readonly subjects: readonly string[] | null;
}

/** The parameters, each of which may occur once. */
export const AUDIT_FILTERS = ['since', 'until', 'actor', 'action', 'outcome', 'personal', 'subject'] as const;
type AuditFilterName = (typeof AUDIT_FILTERS)[number];

/** Characters of the name of an actor, and of an id. */
const MAX_CHARACTERS = 300;

const HOURS = { h: 3_600_000, d: 86_400_000 } as const;

const refuse = (name: AuditFilterName, text: string, right: string): never => {
  throw new Failure('BAD_USER_INPUT', `${name}: ${shown(text)} is not accepted; ${right}.`);
};

/** Reads a filter from texts. `now`: in milliseconds since 1970. Errors: BAD_USER_INPUT, naming the parameter, its value and what is right. */
export function readAuditFilter(given: (name: AuditFilterName) => string | undefined, now: number): AuditFilter {
  const read = <T>(name: AuditFilterName, reader: (text: string) => T): T | null => {
    const text = given(name);
    if (text === undefined) return null;
    if (text.length > MAX_CHARACTERS) refuse(name, text, `it may have at most ${MAX_CHARACTERS} characters`);
    if (UNSTORABLE_TEXT.test(text)) refuse(name, text, 'no entry has NUL or half of a surrogate pair');
    return reader(text);
  };
  const word = <Word extends string>(name: AuditFilterName, words: readonly Word[]) =>
    read(
      name,
      (text) =>
        words.find((known) => known === text.toUpperCase()) ?? refuse(name, text, `accepted are ${words.join(', ')}`),
    );
  const moment = (name: 'since' | 'until') => read(name, (text) => momentOf(name, text.trim(), now));
  const [since, until] = [moment('since'), moment('until')];
  if (since !== null && until !== null && since >= until) refuse('since', since, `it must be before until, ${until}`);
  return {
    since,
    until,
    actor: read('actor', (text) => text),
    action: word('action', AUDIT_ACTIONS),
    outcome: word('outcome', AUDIT_OUTCOMES),
    personal: read('personal', (text) =>
      text === 'true' ? true : text === 'false' ? false : refuse('personal', text, 'accepted are true, false'),
    ),
    subjects: read('subject', subjectsMeant),
  };
}

/** Returns the ids that a text means: with a kind that one, without any with this id. */
function subjectsMeant(text: string): readonly string[] {
  const id = text.trim();
  const [, kind = ''] = /^(\w+):/.exec(id) ?? [];
  if (SUBJECT_KINDS.some((known) => known === kind)) return [spelled(id)];
  return SUBJECT_KINDS.map((known) => spelled(`${known}:${id}`));
}

/** UUIDs are in lower case. */
const spelled = (subject: string): string => (/^(employee|interview):/.test(subject) ? subject : subject.toLowerCase());

function momentOf(name: 'since' | 'until', text: string, now: number): string {
  const [, number, unit] = /^(\d{1,6})([hd])$/.exec(text) ?? [];
  if (number !== undefined) return new Date(now - Number(number) * HOURS[unit as keyof typeof HOURS]).toISOString();
  const date = readIsoDate(restoreOffsetSign(text));
  if (date instanceof InvalidValue)
    return refuse(
      name,
      text,
      'it is a time back from now, such as 12h or 90d, a day in UTC, such as 2026-11-29, or a moment, such as 2026-11-29T14:30:00+01:00',
    );
  return new Date(resolveInstant(date.clock, date.offset ?? 0)).toISOString();
}
