import type { ExtractRequest } from './request.ts';

/**
 * Returns the file name under which browsers save an export; null for a format that they display. It says the days of a period, so that
 * files of a scheduled download don't replace each other.
 */
export function attachmentName({ format, period }: Pick<ExtractRequest, 'format' | 'period'>): string | null {
  const { attachment } = format;
  if (attachment === null || period === null) return attachment;
  const { firstDay, lastDay } = period;
  const days = firstDay === lastDay ? firstDay : `${firstDay}-to-${lastDay}`;
  return `interviews-${days}${attachment.slice(attachment.lastIndexOf('.'))}`;
}
