const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Returns the reader of a duration such as `90s`, `15m`, `26h` or `7d`, in milliseconds. It throws an Error that says what would be right. */
export const duration =
  (min: string, max: string) =>
  (text: string): number => {
    const milliseconds = parse(text);
    if (milliseconds === null || milliseconds < (parse(min) ?? 0) || milliseconds > (parse(max) ?? 0))
      throw new Error(`must be a duration from ${min} to ${max}, such as 90s, 15m, 26h or 7d`);
    return milliseconds;
  };

function parse(text: string): number | null {
  const [, number, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  return number === undefined ? null : Number(number) * UNITS[unit as keyof typeof UNITS];
}
