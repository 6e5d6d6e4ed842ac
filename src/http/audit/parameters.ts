import type { FastifyRequest } from 'fastify';
import type { Asked } from '../../domain/audit/asked.ts';
import type { SubjectKind } from '../../domain/audit/subjects.ts';
import { parametersOf, type QueryParameters } from '../../domain/parameters.ts';
import { ODATA_PATH } from '../../domain/paths.ts';
import { noteParameter } from '../../extract/audit/parameters.ts';
import { pathOf } from '../request-target.ts';

/** Notes the ids that a filter of OData compares with. */
export type NoteFilter = (filter: string, asked: Asked) => void;

/** Notes the parameters of a request. `isAccepted`: its values are what they should be; otherwise only ids are kept. */
export function noteParameters(
  request: FastifyRequest,
  asked: Asked,
  isAccepted: boolean,
  noteFilter: NoteFilter,
): void {
  for (const [name, texts] of readable(request)) {
    noteParameter(name, texts, asked, isAccepted);
    if (name === '$filter') for (const text of texts) noteFilter(text, asked);
  }
  const path = pathOf(request);
  if (path.startsWith(`${ODATA_PATH}/`)) noteResource(path.slice(ODATA_PATH.length + 1), asked, isAccepted);
}

function readable(request: FastifyRequest): QueryParameters {
  try {
    return parametersOf(request);
  } catch {
    return new Map();
  }
}

/** The entity sets of OData whose keys are ids. */
const SETS: Readonly<Record<string, SubjectKind>> = { Interviews: 'interview', Appointments: 'appointment' };

/** Notes what is at a path below OData’s: the entity set, and the key of one of its items. */
function noteResource(path: string, asked: Asked, isAccepted: boolean): void {
  const [, set = '', key] = /^([A-Za-z_]\w*)(?:(?:\(|%28)(.*)(?:\)|%29))?/s.exec(path) ?? [];
  if (isAccepted && set !== '') asked.value('set', set);
  const kind = Object.hasOwn(SETS, set) ? SETS[set] : undefined;
  if (!kind || key === undefined) return;
  let text = key;
  try {
    text = decodeURIComponent(key);
  } catch {
    // It is refused as it is.
  }
  asked.subject('key', kind, text.replace(/^\s*\w+\s*=/, '').replace(/^\s*'(.*)'\s*$/s, '$1'));
}
