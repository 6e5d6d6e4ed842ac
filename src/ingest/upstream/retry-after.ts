/** Maximum milliseconds that an upstream can make us wait. */
const MAX_WAIT_MS = 3_600_000;

/** Returns the milliseconds that Retry-After (RFC 9110, 10.2.3) says, as seconds or a date, at most an hour; null if it says nothing. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  const wait = /^\d{1,10}$/.test(text) ? Number(text) * 1000 : /GMT$/.test(text) ? Date.parse(text) - now : Number.NaN;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), MAX_WAIT_MS);
}
