import Negotiator from 'negotiator';
import { Failure, shown } from '../domain/errors.ts';
import { FORMATS } from '../extract/formats.ts';
import type { Format } from '../extract/output-options.ts';

/**
 * Returns the format that an Accept header prefers (RFC 9110, 12.5.1), the first among equals. Parameters other than q are
 * ignored: a client that sends `text/csv;charset=utf-8` wants CSV. An empty header counts as absent.
 *
 * Errors: NOT_ACCEPTABLE, which lists the media types.
 */
export function negotiatedFormat(accept: string | undefined, formats: readonly Format[] = FORMATS): Format {
  const listed = /[^\s,]/.test(accept ?? '') ? accept : undefined;
  const plain = listed?.replace(/;\s*(?!q\s*=)[^;,]*/gi, '');
  const types = formats.map(({ mediaType }) => mediaType);
  const preferred = new Negotiator({ headers: { accept: plain } }).mediaType(types);
  const format = formats.find(({ mediaType }) => mediaType === preferred);
  if (!format)
    throw new Failure(
      'NOT_ACCEPTABLE',
      `Accept: ${shown(accept ?? '')} allows none of ${types.join(', ')}; request one of them, or add ?format=${formats[0]?.name}.`,
    );
  return format;
}
