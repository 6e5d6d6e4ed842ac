import { describe, expect, it } from 'vitest';
import { FIELDS, type FieldKey } from '../../src/domain/fields.ts';
import { extract, grouped, instant, millis, type Row, rowsIn, slotKey } from '../kit/generated.ts';

describe('a generated extract', () => {
  const rows = rowsIn(extract({ rows: 10_000, seed: 1 }));

  it('has each word of each enumeration, and a row without value in each column that allows it', () => {
    for (const { key, values } of FIELDS) {
      const met = [...new Set(rows.map((row) => row[key]))];
      expect(met.includes(null), key).toBe(key !== 'interviewId');
      expect(met, key).toEqual(expect.arrayContaining([...(values ?? [])]));
      expect(met.length, key).toBeGreaterThan(2);
    }
  });

  it('has what is hard to read and write: scripts, emoji, quotes, commas, line ends, empty text', () => {
    const review = (pattern: RegExp) => rows.some(({ interviewerReview }) => pattern.test(interviewerReview ?? ''));
    const patterns = [/\p{Script=Arabic}/u, /\p{Script=Han}/u, /\p{Script=Cyrillic}/u, /\p{Emoji_Presentation}/u];
    for (const pattern of [...patterns, /"/, /,/, /.\n./, /\r\n/, /\n$/, /^[=+@-]/, /^$/, /^.{1,6}$/, /^.{1500,}$/s]) {
      expect(review(pattern), String(pattern)).toBe(true);
    }
    expect(rows.some(({ interviewLocation }) => interviewLocation?.includes('\n'))).toBe(true);
    expect(rows.some(({ room }) => room?.includes('"'))).toBe(true);
    expect(rows.some(({ interviewerFirstName }) => interviewerFirstName === '')).toBe(true);
  });

  it('has links of video interviews that are whole addresses: a passcode is a parameter of its own, and no mark of a pattern is left', () => {
    const links = rows.flatMap(({ interviewLocation }) => interviewLocation?.match(/https:\S+/) ?? []);
    expect(new Set(links.map((link) => new URL(link).host))).toEqual(
      new Set(['meet.example.com', 'video.example.com']),
    );
    const wrong = links.filter((link) => {
      const { host, pathname, searchParams, hash } = new URL(link);
      const path = host === 'meet.example.com' ? /^\/[a-z]{3}-[a-z]{4}-[a-z]{3}$/ : /^\/j\/\d{10}$/;
      const passcodes = host === 'meet.example.com' ? 0 : 1;
      return !path.test(pathname) || hash !== '' || searchParams.getAll('pwd').filter(Boolean).length !== passcodes;
    });
    expect(wrong).toEqual([]);
  });

  it('has panels, series of slots on one day or two, parts held at once, people from outside and canceled interviews', () => {
    const interviews = grouped(rows, (row) => row.interviewId ?? '');
    const distinct = (group: Row[], key: (row: Row) => unknown) => new Set(group.map(key)).size;
    const slotCounts = new Set(interviews.map((group) => distinct(group, slotKey)));
    expect([1, 2, 3, 4, 5].filter((count) => !slotCounts.has(count))).toEqual([]);
    expect(interviews.some((group) => distinct(group, ({ startTime }) => startTime?.slice(0, 10)) === 2)).toBe(true);
    expect(interviews.some((group) => distinct(group, (row) => row.startTime) < distinct(group, slotKey))).toBe(true);
    const panelSizes = new Set(grouped(rows, slotKey).map((group) => group.length));
    expect([1, 2, 3, 4, 5, 6].filter((size) => !panelSizes.has(size))).toEqual([]);
    expect(rows.some((row) => row.interviewerEmployeeId === null && row.interviewerLastName !== null)).toBe(true);
    expect(rows.some((row) => row.interviewers === '0' && row.interviewerEmployeeId === null)).toBe(true);
    expect(new Set(rows.map((row) => row.interviewCanceled))).toEqual(new Set(['true', 'false', null]));
  });

  it('has namesakes, candidates who apply again, and few interviewers with much of the work', () => {
    const names = (row: Row) => `${row.interviewerFirstName} ${row.interviewerLastName}`;
    const people = rows.filter((row) => row.interviewerEmployeeId !== null && row.interviewerLastName);
    const ids = (group: Row[]) => new Set(group.map((row) => row.interviewerEmployeeId)).size;
    expect(grouped(people, names).some((group) => ids(group) > 1)).toBe(true);
    const candidates = grouped(
      rows.filter((row) => row.candidateProfileId !== null && row.applicationId !== null),
      (row) => row.candidateProfileId ?? '',
    );
    expect(candidates.some((group) => new Set(group.map((row) => row.applicationId)).size > 1)).toBe(true);
    const loads = grouped(people, (row) => row.interviewerEmployeeId ?? '').map((group) => group.length);
    loads.sort((one, other) => other - one);
    expect(loads[0]).toBeGreaterThan(4 * (loads[loads.length >> 1] ?? 0));
  });

  it('has rows of one interview and one slot that agree, with counts and durations that are true in nearly all of them', () => {
    const about = (subjects: string[]) => FIELDS.filter((field) => subjects.includes(field.subject));
    const disagreeing = (groups: Row[][], fields: readonly { key: FieldKey }[]) =>
      groups.filter((group) => fields.some(({ key }) => group.some((row) => row[key] !== group[0]?.[key])));
    const interviews = grouped(rows, (row) => row.interviewId ?? '');
    const slots = grouped(rows, slotKey);
    expect(disagreeing(interviews, about(['interview', 'creator']))).toEqual([]);
    expect(disagreeing(slots, about(['timeSlot']))).toEqual([]);

    const hours = ([row]: Row[]) =>
      row?.startTime && row.endTime ? (millis(row.endTime) - millis(row.startTime)) / 3_600_000 : 0;
    const people = (slot: Row[]) => slot.filter((row) => row.interviewerStatus !== null || row.interviewerLastName);
    const untrueSlots = slots.filter(
      (slot) =>
        (slot[0]?.duration != null && Number(slot[0].duration) !== hours(slot)) ||
        (slot[0]?.interviewers != null && Number(slot[0].interviewers) !== people(slot).length),
    );
    const untrueInterviews = interviews.filter((group) => {
      const total = grouped(group, slotKey).reduce((sum, slot) => sum + hours(slot), 0);
      return group[0]?.interviewDuration != null && Number(group[0].interviewDuration) !== total;
    });
    expect(untrueSlots.length).toBeGreaterThan(0);
    expect(untrueSlots.length).toBeLessThan(slots.length / 100);
    expect(untrueInterviews.length).toBeGreaterThan(0);
    expect(untrueInterviews.length).toBeLessThan(interviews.length / 100);
  });

  it('has feedback times with many decimals, with few, and from before the end', () => {
    const times = rows.flatMap(({ timeToProvideFeedback }) => timeToProvideFeedback ?? []);
    for (const pattern of [/\.\d{14,}$/, /^\d+$/, /\.(25|5|75)$/, /^-0\.\d+$/]) {
      expect(times.some((time) => pattern.test(time))).toBe(true);
    }
  });

  it('has office hours in every zone that has daylight saving, also on days on which clocks change', () => {
    const offset = (zone: string, day: string) => instant(`${day}T12:00:00`, zone);
    const zones = [...new Set(rows.flatMap(({ interviewTimeZone }) => interviewTimeZone ?? []))];
    const year = Date.UTC(2025, 6, 1) - Date.UTC(2025, 0, 1);
    // Morocco is on summer time in January and in July.
    const saving = zones.filter((zone) => offset(zone, '2025-07-01') - offset(zone, '2025-01-01') !== year);
    expect(saving).toHaveLength(128);
    expect(zones).toEqual(expect.arrayContaining(['UTC', 'Africa/Casablanca', 'Asia/Kolkata', 'Asia/Shanghai']));
    const onChange = rows.filter(({ startTime, interviewTimeZone }) => {
      return interviewTimeZone === 'Europe/Paris' && /^2026-(03-29|10-25)/.test(startTime ?? '');
    });
    expect(onChange.length).toBeGreaterThan(0);
    const outside = rows.filter(
      (row) => row.startTime && (row.startTime.slice(11) < '08' || row.startTime.slice(11) > '19'),
    );
    expect(outside).toEqual([]);
  });

  it('tells nothing that is later than itself: nothing created, changed or reviewed, and no review before its slot', () => {
    // A period whose time zone rules can't change any more.
    const until = '2025-06-01T12:00:00';
    const rows = rowsIn(extract({ rows: 3_000, seed: 8, from: '2024-06-01', until }));
    const late = rows.filter((row) => {
      const { interviewCreateDate: created, interviewUpdateDate: updated } = row;
      return (created ?? '') >= until || (updated ?? '') >= until || (created && updated && updated < created);
    });
    expect(late).toEqual([]);
    const reviewed = rows.filter((row) => row.interviewerReview !== null || row.interviewerRating !== null);
    expect(reviewed.length).toBeGreaterThan(1_000);
    const untimely = reviewed.filter((row) => {
      const { endTime, interviewTimeZone: zone, interviewUpdateDate: updated, timeToProvideFeedback: hours } = row;
      if (endTime === null || row.interviewCanceled === 'true' || row.interviewerStatus === 'DECLINED') return true;
      if (zone === null) return false;
      const end = instant(endTime, zone);
      const given = hours === null ? end : end + Math.round(Number(hours) * 3_600) * 1_000;
      return end >= millis(until) || (hours !== null && given > millis(updated ?? until));
    });
    expect(untimely).toEqual([]);
  });
});
