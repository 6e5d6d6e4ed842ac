import { decimal } from '../../../extract/metrics/rows.ts';
import type { JsonForm } from '../media-type.ts';
import type { Group } from './read-groups.ts';
import type { MetricProperty } from './sets.ts';

/** Which groups are written, and what is said of them. */
interface GroupRange {
  /** The context URL; null: none. */
  readonly context: string | null;
  readonly skip: number;
  /** The maximum number of groups; null: all. */
  readonly top: number | null;
  readonly isCounted: boolean;
}

/** Writes a group as an object; `context` comes first, unless it is null. */
export function groupObject(
  properties: readonly MetricProperty[],
  group: Group,
  context: string | null,
  { quotedNumbers }: Pick<JsonForm, 'quotedNumbers'>,
): string {
  const members = properties.map((property) => {
    const value = group(property);
    const isQuoted = quotedNumbers && typeof value === 'number';
    return `${JSON.stringify(property.key)}:${JSON.stringify(isQuoted ? decimal(value) : value)}`;
  });
  return `{${[...(context === null ? [] : [`"@odata.context":${JSON.stringify(context)}`]), ...members].join(',')}}`;
}

/** Writes groups as an entity collection, in chunks. Their number is known at the end only. Errors: those of the groups. */
export async function* groupsBody(
  properties: readonly MetricProperty[],
  batches: AsyncIterable<readonly Group[]>,
  { context, skip, top, isCounted }: GroupRange,
  form: JsonForm,
): AsyncGenerator<Buffer> {
  yield Buffer.from(`{${context === null ? '' : `"@odata.context":${JSON.stringify(context)},`}"value":[`);
  const end = top === null ? Number.POSITIVE_INFINITY : skip + top;
  let count = 0;
  for await (const groups of batches) {
    const wanted = groups.filter((_, index) => count + index >= skip && count + index < end);
    const isFirst = count <= skip;
    const text = wanted.map((group) => groupObject(properties, group, null, form)).join(',');
    if (text !== '') yield Buffer.from(isFirst ? text : `,${text}`);
    count += groups.length;
  }
  const counted = form.quotedNumbers ? `"${count}"` : count;
  yield Buffer.from(isCounted ? `],"@odata.count":${counted}}` : ']}');
}
