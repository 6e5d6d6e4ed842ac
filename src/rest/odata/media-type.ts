import { Failure, shown } from '../../domain/errors.ts';

/** How a resource is written as JSON. */
export interface JsonForm {
  /** Whether it has `@odata.context`. */
  readonly hasContext: boolean;
  /** Whether decimals and counts are texts, for clients that read other numbers as doubles. */
  readonly quotedNumbers: boolean;
  /** Whether the Content-Type names the charset: only where the client does (OData Protocol 4.01, 8.2.1). */
  readonly namesCharset: boolean;
}

/** The media types of resources. */
const MEDIA_TYPES = { json: 'application/json', xml: 'application/xml', text: 'text/plain' } as const;

export type Kind = keyof typeof MEDIA_TYPES;

/** A media range of an Accept header, or the value of `$format`. */
interface Range {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

/** The parameters of JSON that are served, by their names in lower case (OData JSON Format 4.01, 3). */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  'odata.metadata': ['minimal', 'none'],
  metadata: ['minimal', 'none'],
  'odata.streaming': ['true', 'false'],
  streaming: ['true', 'false'],
  ieee754compatible: ['true', 'false'],
  charset: ['utf-8'],
};

function readRange(text: string): Range {
  const [type = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = new Map<string, string>();
  let quality = 1;
  for (const parameter of rest) {
    const [name = '', value = ''] = parameter.split('=').map((part) => part.trim().toLowerCase());
    if (name === 'q') quality = Number(value) || 0;
    else parameters.set(name, value.replace(/^"(.*)"$/, '$1'));
  }
  return { type: type.toLowerCase(), parameters, quality };
}

/** Whether a resource of a kind can be written in this form. */
function allows({ type, parameters, quality }: Range, kind: Kind): boolean {
  const mediaType = MEDIA_TYPES[kind];
  const isType = type === mediaType || type === '*/*' || type === `${mediaType.split('/', 1)[0]}/*`;
  if (!isType || quality === 0) return false;
  return kind !== 'json' || [...parameters].every(([name, value]) => PARAMETERS[name]?.includes(value));
}

/** Returns the form of JSON that parameters ask for. */
function formOf({ parameters }: Pick<Range, 'parameters'>): JsonForm {
  return {
    hasContext: (parameters.get('odata.metadata') ?? parameters.get('metadata')) !== 'none',
    quotedNumbers: parameters.get('ieee754compatible') === 'true',
    namesCharset: parameters.has('charset'),
  };
}

/**
 * Returns the form of a resource of a kind that `$format` or, without it, an Accept header asks for. Many clients send one Accept header with
 * all requests, so it decides about JSON only (RFC 9110, 12.5.1). Errors: BAD_USER_INPUT for another `$format`; NOT_ACCEPTABLE for an Accept
 * header that does not allow JSON.
 */
export function readMediaType(kind: Kind, format: string | undefined, accept: string | undefined): JsonForm {
  const mediaType = MEDIA_TYPES[kind];
  if (format !== undefined) {
    const range = readRange(format === kind ? mediaType : format);
    if (range.type === mediaType && allows(range, kind)) return formOf(range);
    throw new Failure(
      'BAD_USER_INPUT',
      `$format: ${shown(format)} is not accepted here; accepted are ${kind}, ${mediaType}${kind === 'json' ? ` and ${mediaType};odata.metadata=minimal or none` : ''}.`,
      { target: '$format' },
    );
  }
  if (kind !== 'json' || accept === undefined || !/[^\s,]/.test(accept)) return formOf({ parameters: new Map() });
  const ranges = accept.split(',').map(readRange);
  const [best] = ranges.filter((range) => allows(range, kind)).sort((first, second) => second.quality - first.quality);
  if (!best)
    throw new Failure(
      'NOT_ACCEPTABLE',
      `Accept: ${shown(accept)} does not allow ${mediaType} with odata.metadata=minimal or none; request it.`,
    );
  return formOf(best);
}

/** Returns the Content-Type of JSON in a form. */
export const jsonContentType = ({ hasContext, quotedNumbers, namesCharset }: JsonForm): string =>
  [
    `application/json;odata.metadata=${hasContext ? 'minimal' : 'none'}`,
    ...(quotedNumbers ? ['IEEE754Compatible=true'] : []),
    ...(namesCharset ? ['charset=utf-8'] : []),
  ].join(';');
