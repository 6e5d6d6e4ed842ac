/** What the audit log keeps of parameters, of all routes and of the commands that take the same. */
import type { Asked } from '../../domain/audit/asked.ts';
import { SUBJECT_KINDS, subjectKindOf } from '../../domain/audit/subjects.ts';

/** The parameters whose values are enumerations, dates, numbers and flags, once the request was accepted. Those of ids have names of their own. */
const VALUES = [
  ...['format', 'fields', 'include', 'header', 'excel', 'delimiter', 'decimal', 'nulls', 'limit'],
  ...['period', 'timeZone', 'updatedSince', 'startsFrom', 'startsBefore'],
  ...['applicationStage', 'candidateStatus', 'interviewType', 'interviewerStatus', 'interviewCanceled'],
  ...[
    'metrics',
    'groupBy',
    'last',
    'andCurrent',
    'from',
    'to',
    'weekStart',
    'on',
    'at',
    'compareTo',
    'having',
    'orderBy',
  ],
  ...['first', 'fill', 'counts', 'total', 'evidence', 'metric'],
  ...['skipInvalid', 'replaceAll', 'allowRemovals', 'allowMissingColumns', 'keepIds', 'dryRun', 'asOf'],
  ...['$select', '$orderby', '$top', '$skip', '$count', '$format'],
  ...['since', 'until', 'action', 'outcome', 'personal'],
];

/** Those whose values are texts, cursors or keys. */
const TEXTS = ['after', 'key', 'dateFormat', 'null', '$filter', '$skiptoken', 'actor'];

const KNOWN_VALUES: ReadonlySet<string> = new Set(VALUES);
const KNOWN_TEXTS: ReadonlySet<string> = new Set(TEXTS);

/** Returns what the audit log keeps of a parameter: its value, an id, that it was given; null for one that no route has. */
function kindOfParameter(name: string): 'value' | 'subject' | 'given' | null {
  if (name === 'subject' || subjectKindOf(name)) return 'subject';
  return KNOWN_VALUES.has(name) ? 'value' : KNOWN_TEXTS.has(name) ? 'given' : null;
}

/** Notes the values of a parameter. `isAccepted`: they are what they should be; otherwise only ids are kept. */
export function noteParameter(name: string, texts: readonly string[], asked: Asked, isAccepted = true): void {
  const kind = kindOfParameter(name);
  for (const text of texts) {
    if (kind === 'subject') noteId(name, text, asked);
    else if (kind === 'value' && isAccepted) asked.value(name, text);
    else if (kind !== null) asked.given(name);
  }
}

/** Notes an id; of the parameter `subject` of the audit log, it says itself what it is of. */
function noteId(name: string, text: string, asked: Asked): void {
  const [, said = '', id = ''] = name === 'subject' ? (/^(\w+):(.*)$/s.exec(text) ?? []) : [];
  const kind = subjectKindOf(name) ?? SUBJECT_KINDS.find((known) => known === said);
  if (kind) asked.subject(name, kind, name === 'subject' ? id : text);
  else asked.given(name);
}
