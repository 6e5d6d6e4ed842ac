/**
 * A hand-typed extract of a dozen rows with every trap of docs/contract.md. What comes out, and what each derived table holds, is typed by
 * hand too.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvOf, rowOf } from '../kit/rows.ts';
import { type Service, startService } from '../kit/service.ts';

const HEADER =
  'interviewId,applicationId,applicationStage,applicationStep,candidateProfileId,candidateStatus,jobId,interviewType,interviewLocation,interviewCreateDate,interviewUpdateDate,interviewStartDate,interviewTimeZone,interviewDuration,interviewCanceled,creatorEmployeeId,creatorFirstName,creatorLastName,interviewerEmployeeId,interviewerFirstName,interviewerLastName,interviewerStatus,interviewerReview,interviewerRating,startTime,endTime,duration,room,interviewers,timeToProvideFeedback';

const A1 = 'aaaaaaaa-0000-4000-8000-000000000001';
const A2 = 'aaaaaaaa-0000-4000-8000-000000000002';
const C1 = 'cccccccc-0000-4000-8000-000000000001';
const C2 = 'cccccccc-0000-4000-8000-000000000002';
const J1 = 'dddddddd-0000-4000-8000-000000000001';
const J2 = 'dddddddd-0000-4000-8000-000000000002';

/**
 * The file as somebody's tool might write it: labels in another order and case than ours, one unknown column, a BOM, CRLF, quoted
 * newlines, and the traps named at each row.
 */
const FILE = [
  // The order of the columns, and the letter case of their names, are free; "Recruiter" is unknown.
  '﻿INTERVIEW ID,Recruiter,Application ID,application stage,Application Step,Candidate Profile ID,Candidate Status,Job ID,Interview Type,Interview Location,Interview Create Date,Interview Update Date,Interview Start Date,Interview Time Zone,Interview Duration,Interview Canceled,Creator Employee Id,Creator First Name,Creator Last Name,Interviewer Employee Id,Interviewer First Name,Interviewer Last Name,Interviewer Status,Interviewer Review,Interviewer Rating,Start Time,End Time,Duration,Room,Interviewers,Time to provide feedback',
  // 2: ids trimmed, upper-case UUIDs, lower-case enumerations, the vendor's zone spelling, an instant turned into the zone, a fraction cut
  ` i-1 ,x,${A1.toUpperCase()},interview,"Phone, first",${C1},accepted,${J1},onsite,"12 ""Rue"" X",2017-03-01T10:00:00.987Z,2017-03-02T10:00:00,2017-03-10T19:30:00Z,america/los angeles,1.50,FALSE,e1,Ann,Ä,e2,Bob,B,accepted,"Good.\r\nHire.",4.0,2017-03-10 11:30,2017-03-10T12:15:00,0.75,Room 1,2,26.466666666666665`,
  // 3: the same slot, another interviewer; empty text is not nothing
  `i-1,x,${A1},INTERVIEW,"Phone, first",${C1},ACCEPTED,${J1},ONSITE,"12 ""Rue"" X",2017-03-01T10:00:00,2017-03-02T10:00:00,2017-03-10T11:30:00,America/Los_Angeles,1.5,false,e1,Ann,Ä,e3,,"",PENDING,"",,2017-03-10T11:30:00,2017-03-10T12:15:00,0.75,Room 1,2,`,
  // 4: its second slot, in another room; a negative time to feedback, -0, an exponent
  `i-1,x,${A1},INTERVIEW,Onsite,${C1},ACCEPTED,${J1},ONSITE,"12 ""Rue"" X",2017-03-01T10:00:00,2017-03-02T10:00:00,2017-03-10T11:30:00,America/Los_Angeles,1.5,false,e1,Ann,Ä,e2,Bob,B,DECLINED,,-0.0,2017-03-10T12:15:00,2017-03-10T13:00:00,7.5e-1,Room 2,1,-0.5`,
  // 5: row 4 again, to the letter once it is canonical
  `i-1,y,${A1},INTERVIEW,Onsite,${C1},ACCEPTED,${J1},ONSITE,"12 ""Rue"" X",2017-03-01T10:00:00,2017-03-02T10:00:00,2017-03-10T11:30:00,America/Los_Angeles,1.5,false,e1,Ann,Ä,e2,Bob,B,DECLINED,,0,2017-03-10T12:15:00,2017-03-10T13:00:00,0.75,Room 2,1,-0.5`,
  // 6: a local time that daylight saving skips; a newer name of e2; a date without a time
  `i-2,,${A1},OFFER,Talk,${C1},,${J2},VIDEO,,2017-03-11,2017-03-12T00:00:00,2017-03-12T02:30:00,America/New_York,,true,e2,Robert,B,e1,Ann,Ä,TENTATIVE,,,2017-03-12T02:30:00,2017-03-12T03:30:00,,,1,`,
  // 7: a local time that occurs twice: standard time
  `i-3,,${A2},,,${C2},,${J1},PHONE,,2017-11-01T00:00:00,2017-11-01T00:00:00,2017-11-05T01:30:00,America/New_York,1,,,,,,Jo,External,,,,2017-11-05T01:30:00,2017-11-05T02:30:00,1,,1,`,
  // 8, 9: rows of one interview that disagree about it; an end before its start; no interviewer
  `i-4,,${A2},NEW,,${C2},DECLINED,${J1},OTHER,old,2018-01-01T00:00:00,2018-01-01T00:00:00,2018-01-02T09:00:00,UTC,2,,,,,e2,Bob,B,,,,2018-01-02T09:00:00,2018-01-02T10:00:00,1,b,1,`,
  `i-4,,${A2},REJECTED,,${C2},DECLINED,${J1},OTHER,new,2018-01-01T00:00:00,2018-01-03T00:00:00,2018-01-02T09:00:00,UTC,2,,,,,,,,,,,2018-01-02T10:00:00,2018-01-02T09:30:00,1,a,0,`,
  // 10, 11: two rows with the same interviewer and start; a stated count and a duration that the rows contradict; no zone
  `i-5,,,,,,,,,,2016-01-01T00:00:00,,,,,,,,,e9,Zoë,=1+1,,"a,b",,2016-05-05T10:00:00,2016-05-05T11:00:00,3,R2,7,`,
  `i-5,,,,,,,,,,2016-01-01T00:00:00,,,,,,,,,e9,Zoë,=1+1,,,,2016-05-05T10:00:00,2016-05-05T11:00:00,1,R1,1,`,
  // 12: nothing but an id
  `i-6${','.repeat(30)}`,
  '',
].join('\r\n');

/** The canonical form: keys, LF, the fixed order (create date, id, start, end, room, interviewer; nothing last). */
const EXPORT = [
  HEADER,
  'i-5,,,,,,,,,2016-01-01T00:00:00,,,,,,,,,e9,Zoë,=1+1,,,,2016-05-05T10:00:00,2016-05-05T11:00:00,1,R1,1,',
  'i-5,,,,,,,,,2016-01-01T00:00:00,,,,,,,,,e9,Zoë,=1+1,,"a,b",,2016-05-05T10:00:00,2016-05-05T11:00:00,3,R2,7,',
  `i-1,${A1},INTERVIEW,"Phone, first",${C1},ACCEPTED,${J1},ONSITE,"12 ""Rue"" X",2017-03-01T10:00:00,2017-03-02T10:00:00,2017-03-10T11:30:00,America/Los_Angeles,1.5,false,e1,Ann,Ä,e2,Bob,B,ACCEPTED,"Good.\r\nHire.",4,2017-03-10T11:30:00,2017-03-10T12:15:00,0.75,Room 1,2,26.466666666666665`,
  `i-1,${A1},INTERVIEW,"Phone, first",${C1},ACCEPTED,${J1},ONSITE,"12 ""Rue"" X",2017-03-01T10:00:00,2017-03-02T10:00:00,2017-03-10T11:30:00,America/Los_Angeles,1.5,false,e1,Ann,Ä,e3,,"",PENDING,"",,2017-03-10T11:30:00,2017-03-10T12:15:00,0.75,Room 1,2,`,
  `i-1,${A1},INTERVIEW,Onsite,${C1},ACCEPTED,${J1},ONSITE,"12 ""Rue"" X",2017-03-01T10:00:00,2017-03-02T10:00:00,2017-03-10T11:30:00,America/Los_Angeles,1.5,false,e1,Ann,Ä,e2,Bob,B,DECLINED,,0,2017-03-10T12:15:00,2017-03-10T13:00:00,0.75,Room 2,1,-0.5`,
  `i-2,${A1},OFFER,Talk,${C1},,${J2},VIDEO,,2017-03-11T00:00:00,2017-03-12T00:00:00,2017-03-12T02:30:00,America/New_York,,true,e2,Robert,B,e1,Ann,Ä,TENTATIVE,,,2017-03-12T02:30:00,2017-03-12T03:30:00,,,1,`,
  `i-3,${A2},,,${C2},,${J1},PHONE,,2017-11-01T00:00:00,2017-11-01T00:00:00,2017-11-05T01:30:00,America/New_York,1,,,,,,Jo,External,,,,2017-11-05T01:30:00,2017-11-05T02:30:00,1,,1,`,
  `i-4,${A2},NEW,,${C2},DECLINED,${J1},OTHER,old,2018-01-01T00:00:00,2018-01-01T00:00:00,2018-01-02T09:00:00,UTC,2,,,,,e2,Bob,B,,,,2018-01-02T09:00:00,2018-01-02T10:00:00,1,b,1,`,
  `i-4,${A2},REJECTED,,${C2},DECLINED,${J1},OTHER,new,2018-01-01T00:00:00,2018-01-03T00:00:00,2018-01-02T09:00:00,UTC,2,,,,,,,,,,,2018-01-02T10:00:00,2018-01-02T09:30:00,1,a,0,`,
  `i-6${','.repeat(29)}`,
  '',
].join('\n');

/** The file has the 30 columns of its header, whatever fields are added. */
const OPTIONS = { allowMissingColumns: true };

let service: Service;
let report: Awaited<ReturnType<Service['import']>>;

beforeAll(async () => {
  service = await startService();
  report = await service.import(FILE, OPTIONS);
});
afterAll(() => service?.stop());

describe('an extract with every trap', () => {
  test('comes out of the route in canonical form', async () => {
    const response = await service.get(`/analytics/interviews?format=csv&fields=${HEADER}`);
    expect(await response.text()).toBe(EXPORT);
  });

  test('is counted row by row and interview by interview', () => {
    expect(report).toMatchObject({
      saved: true,
      read: 11,
      inserted: 10,
      updated: 0,
      unchanged: 0,
      duplicates: 1,
      removed: 0,
      refused: 0,
      interviews: { inserted: 6, updated: 0, unchanged: 0, removed: 0, refused: 0 },
    });
  });

  test('gets a warning for everything that looks wrong, and no other', () => {
    expect(report.warned).toBe(4);
    const lines = report.warnings.map(({ line, column, value, reason }) => `${line} ${column} ${value}: ${reason}`);
    expect(lines).toEqual([
      '1 Recruiter null: unknown column, not imported: "Recruiter"',
      '2 interviewCreateDate 2017-03-01T10:00:00.987Z: 1 date with a fraction of a second, which is dropped',
      '2 interviewStartDate 2017-03-10T19:30:00Z: 1 date with Z or an offset converted to the wall clock of the interview’s time zone',
      '7 interviewCreateDate 2017-03-11: 1 date without a time of day read as midnight',
      '13 null i-6: 1 row with an id and at most two other values, kept; a sum below the rows looks like this',
      '7 interviewStartDate 2017-03-12T02:30:00: daylight saving skips this time in America/New_York: stored, but its UTC time is unknown',
      '7 startTime 2017-03-12T02:30:00: daylight saving skips this time in America/New_York: stored, but its UTC time is unknown',
      '10 endTime 2018-01-02T09:30:00: is before the start time, 2018-01-02T10:00:00',
      '10 interviewLocation new: other rows of interview i-4 have "old"',
      '10 interviewUpdateDate 2018-01-03T00:00:00: other rows of interview i-4 have "2018-01-01T00:00:00"',
      '11 duration 3: its start and end are 1 h apart',
      '11 endTime 2016-05-05T11:00:00: has no time zone: stored, but its UTC time is unknown',
      '11 interviewers 7: this time slot has rows of 1 interviewer',
      '11 startTime 2016-05-05T10:00:00: has no time zone: stored, but its UTC time is unknown',
      '12 endTime 2016-05-05T11:00:00: has no time zone: stored, but its UTC time is unknown',
      '12 startTime 2016-05-05T10:00:00: has no time zone: stored, but its UTC time is unknown',
    ]);
  });

  test('is derived into interviews: the newest row decides, and instants are empty where there are none', async () => {
    expect(
      await service.rows(
        `SELECT interview_id, application_id::text, candidate_profile_id::text, candidate_status::text, job_id::text, type::text, location, time_zone,
         to_json(created_at AT TIME ZONE 'UTC') AS created_at, to_json(updated_at AT TIME ZONE 'UTC') AS updated_at, to_json(start_date) AS start_date,
         to_json(starts_at AT TIME ZONE 'UTC') AS starts_at, duration, canceled, creator_employee_id FROM interview ORDER BY 1`,
      ),
    ).toEqual([
      interview(
        'i-1',
        A1,
        C1,
        'ACCEPTED',
        J1,
        'ONSITE',
        '12 "Rue" X',
        'America/Los_Angeles',
        '2017-03-01T10:00:00',
        '2017-03-02T10:00:00',
        '2017-03-10T11:30:00',
        '2017-03-10T19:30:00',
        '1.5',
        false,
        'e1',
      ),
      interview(
        'i-2',
        A1,
        C1,
        null,
        J2,
        'VIDEO',
        null,
        'America/New_York',
        '2017-03-11T00:00:00',
        '2017-03-12T00:00:00',
        '2017-03-12T02:30:00',
        null,
        null,
        true,
        'e2',
      ),
      interview(
        'i-3',
        A2,
        C2,
        null,
        J1,
        'PHONE',
        null,
        'America/New_York',
        '2017-11-01T00:00:00',
        '2017-11-01T00:00:00',
        '2017-11-05T01:30:00',
        '2017-11-05T06:30:00',
        '1',
        null,
        null,
      ),
      interview(
        'i-4',
        A2,
        C2,
        'DECLINED',
        J1,
        'OTHER',
        'new',
        'UTC',
        '2018-01-01T00:00:00',
        '2018-01-03T00:00:00',
        '2018-01-02T09:00:00',
        '2018-01-02T09:00:00',
        '2',
        null,
        null,
      ),
      interview(
        'i-5',
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        '2016-01-01T00:00:00',
        null,
        null,
        null,
        null,
        null,
        null,
      ),
      interview('i-6', null, null, null, null, null, null, null, null, null, null, null, null, null, null),
    ]);
  });

  test('is derived into time slots: one a distinct start, end and room', async () => {
    expect(
      await service.rows(
        `SELECT interview_id, to_json(start_time) AS start_time, to_json(end_time) AS end_time, to_json(starts_at AT TIME ZONE 'UTC') AS starts_at,
         to_json(ends_at AT TIME ZONE 'UTC') AS ends_at, duration, room, application_stage::text, application_step, interviewer_count
         FROM time_slot t ORDER BY interview_id, t.start_time, t.room`,
      ),
    ).toEqual([
      slot(
        'i-1',
        '2017-03-10T11:30:00',
        '2017-03-10T12:15:00',
        '2017-03-10T19:30:00',
        '2017-03-10T20:15:00',
        '0.75',
        'Room 1',
        'INTERVIEW',
        'Phone, first',
        2,
      ),
      slot(
        'i-1',
        '2017-03-10T12:15:00',
        '2017-03-10T13:00:00',
        '2017-03-10T20:15:00',
        '2017-03-10T21:00:00',
        '0.75',
        'Room 2',
        'INTERVIEW',
        'Onsite',
        1,
      ),
      slot(
        'i-2',
        '2017-03-12T02:30:00',
        '2017-03-12T03:30:00',
        null,
        '2017-03-12T07:30:00',
        null,
        null,
        'OFFER',
        'Talk',
        1,
      ),
      slot(
        'i-3',
        '2017-11-05T01:30:00',
        '2017-11-05T02:30:00',
        '2017-11-05T06:30:00',
        '2017-11-05T07:30:00',
        '1',
        null,
        null,
        null,
        1,
      ),
      slot(
        'i-4',
        '2018-01-02T09:00:00',
        '2018-01-02T10:00:00',
        '2018-01-02T09:00:00',
        '2018-01-02T10:00:00',
        '1',
        'b',
        'NEW',
        null,
        1,
      ),
      slot(
        'i-4',
        '2018-01-02T10:00:00',
        '2018-01-02T09:30:00',
        '2018-01-02T10:00:00',
        '2018-01-02T09:30:00',
        '1',
        'a',
        'REJECTED',
        null,
        0,
      ),
      slot('i-5', '2016-05-05T10:00:00', '2016-05-05T11:00:00', null, null, '1', 'R1', null, null, 1),
      slot('i-5', '2016-05-05T10:00:00', '2016-05-05T11:00:00', null, null, '3', 'R2', null, null, 7),
      slot('i-6', null, null, null, null, null, null, null, null, null),
    ]);
  });

  test('is derived into employees by their newest names', async () => {
    expect(await service.rows('SELECT employee_id, first_name, last_name FROM employee ORDER BY 1')).toEqual([
      { employee_id: 'e1', first_name: 'Ann', last_name: 'Ä' },
      { employee_id: 'e2', first_name: 'Bob', last_name: 'B' },
      { employee_id: 'e3', first_name: null, last_name: '' },
      { employee_id: 'e9', first_name: 'Zoë', last_name: '=1+1' },
    ]);
  });

  test('is derived into applications, whose stage and step are those of the newest row', async () => {
    expect(
      await service.rows(
        'SELECT application_id::text, candidate_profile_id::text, job_id::text, stage::text, step FROM application ORDER BY 1',
      ),
    ).toEqual([
      { application_id: A1, candidate_profile_id: C1, job_id: J2, stage: 'OFFER', step: 'Talk' },
      { application_id: A2, candidate_profile_id: C2, job_id: J1, stage: 'REJECTED', step: null },
    ]);
  });

  test('is derived into candidates and jobs, without names', async () => {
    expect(
      await service.rows('SELECT candidate_profile_id::text AS id, first_name, last_name FROM candidate ORDER BY 1'),
    ).toEqual([
      { id: C1, first_name: null, last_name: null },
      { id: C2, first_name: null, last_name: null },
    ]);
    expect(await service.rows('SELECT job_id::text AS id, title, department FROM job ORDER BY 1')).toEqual([
      { id: J1, title: null, department: null },
      { id: J2, title: null, department: null },
    ]);
  });

  test('takes CET, EET, MET and WET for zones with daylight saving, as the IANA database has them', async () => {
    const other = await startService();
    const zones = ['CET', 'MET', 'EET', 'WET'];
    const at = { startTime: '2017-07-01T10:00:00' };
    await other.import(csvOf(zones.map((zone) => rowOf({ interviewId: zone, interviewTimeZone: zone, ...at }))));
    expect(
      await other.rows(
        "SELECT interview_id AS zone, to_json(starts_at AT TIME ZONE 'UTC') AS at FROM appointment ORDER BY 1",
      ),
    ).toEqual([
      { zone: 'CET', at: '2017-07-01T08:00:00' },
      { zone: 'EET', at: '2017-07-01T07:00:00' },
      { zone: 'MET', at: '2017-07-01T08:00:00' },
      { zone: 'WET', at: '2017-07-01T09:00:00' },
    ]);
    await other.stop();
  });

  test('changes nothing when it is imported again', async () => {
    const before = await service.rows(
      'SELECT version, (SELECT array_agg(xmin::text ORDER BY interview_id) FROM interview) AS touched FROM dataset',
    );
    expect(await service.import(FILE, OPTIONS)).toMatchObject({
      saved: true,
      inserted: 0,
      updated: 0,
      unchanged: 10,
      duplicates: 1,
      removed: 0,
    });
    expect(
      await service.rows(
        'SELECT version, (SELECT array_agg(xmin::text ORDER BY interview_id) FROM interview) AS touched FROM dataset',
      ),
    ).toEqual(before);
  });
});

function interview(
  interview_id: string,
  application_id: string | null,
  candidate_profile_id: string | null,
  candidate_status: string | null,
  job_id: string | null,
  type: string | null,
  location: string | null,
  time_zone: string | null,
  created_at: string | null,
  updated_at: string | null,
  start_date: string | null,
  starts_at: string | null,
  duration: string | null,
  canceled: boolean | null,
  creator_employee_id: string | null,
) {
  return {
    interview_id,
    application_id,
    candidate_profile_id,
    candidate_status,
    job_id,
    type,
    location,
    time_zone,
    created_at,
    updated_at,
    start_date,
    starts_at,
    duration,
    canceled,
    creator_employee_id,
  };
}

function slot(
  interview_id: string,
  start_time: string | null,
  end_time: string | null,
  starts_at: string | null,
  ends_at: string | null,
  duration: string | null,
  room: string | null,
  application_stage: string | null,
  application_step: string | null,
  interviewer_count: number | null,
) {
  return {
    interview_id,
    start_time,
    end_time,
    starts_at,
    ends_at,
    duration,
    room,
    application_stage,
    application_step,
    interviewer_count,
  };
}
