/** The answers to the questions of docs/cookbook.md, worked out from the rows by plain JavaScript. */
import { FIELDS, type Field } from '../../src/domain/fields.ts';
import {
  ascending,
  endsAt,
  type Interview,
  interviewerName,
  numberOf,
  reviewedAt,
  type Slot,
  type Stated,
  startsAt,
  utc,
} from './expected-from-rows.ts';
import type { Row } from './generated.ts';
import type { Json } from './graphql.ts';
import type { PlainValues } from './metrics/measures.ts';
import { plainMetrics } from './metrics/plain-metrics.ts';
import type { MetricsRequest } from './metrics/request.ts';

/** A question's variables; times as instants in UTC or as wall clocks. */
type Variables = Readonly<Record<string, string>>;

interface Answer {
  /** The data that the query has to give. Lists whose order the question doesn't state may come in any. */
  data(stated: Stated, variables: Variables): Json;
  /** The list whose order it states, as the values that it is ordered by. */
  order?(data: Json): (string | null)[];
  readonly descending?: boolean;
}

const has = (time: string | null, from: string, until: string) => time !== null && time >= from && time < until;
const isAhead = (time: string | null, now: string) => time !== null && time >= now;
const isOver = (time: string | null, now: string) => time !== null && time < now;
const orNull = (id: string | null, of: Json) => (id === null ? null : of);
const slotsOf = ({ slots }: Interview, show: (slot: Slot) => Json) => slots.map(show);
const isOn = (row: Row) => row.interviewCanceled !== 'true';
const page = (all: readonly Json[], size = 50) => all.slice(0, size);
/** Rows by a time, nothing last. */
const by = (rows: readonly Row[], time: (row: Row) => string | null) =>
  [...rows].sort((one, other) => ascending(time(one), time(other)));
const candidateOf = ({ candidateProfileId }: Row) => orNull(candidateProfileId, { candidateProfileId });
const jobOf = ({ jobId }: Row) => orNull(jobId, { jobId });

/** A value of a row as GraphQL gives it. */
function graphqlValue({ kind }: Field, cell: string | null): Json {
  if (cell === null) return null;
  if (kind === 'utc') return `${cell}Z`;
  if (kind === 'boolean') return cell === 'true';
  return kind === 'number' || kind === 'integer' ? Number(cell) : cell;
}

type Metrics = ReturnType<typeof plainMetrics>;

/** The answer to a question of metrics: what the plain computation makes of a request, as the query selects it. */
const measured = (
  requestOf: (variables: Variables) => Omit<MetricsRequest, 'at'>,
  select: (metrics: Metrics, stated: Stated) => Json,
): Answer => ({
  data: (stated, variables) => {
    const surroundings = { stages: new Map(), departments: new Map() };
    const { now: at = '', ...others } = variables;
    return { metrics: select(plainMetrics(stated.rows, surroundings, { ...requestOf(others), at }), stated) };
  },
});

const LAST_MONTHS = (count: number) => ({ last: { count, unit: 'MONTH', andCurrent: true } }) as const;
const timeText = (instant: PlainValues['feedbackBacklog']['oldestEndedAt']) =>
  instant === null ? null : `${new Date(instant).toISOString().slice(0, 19)}Z`;
const interviewerOf = ({ text: [id = null] }: { readonly text: readonly (string | null)[] }, stated: Stated) =>
  orNull(id, { employeeId: id, name: stated.nameOf(id) });

export const ANSWERS: Readonly<Record<string, Answer>> = {
  TodaysInterviews: {
    data: (stated, { jobId = '', from = '', until = '' }) => ({
      interviews: {
        nodes: stated
          .of('jobId', jobId)
          .filter((one) => one.isOn && one.slots.some(({ row }) => has(row.startTime, from, until)))
          .map((one) => ({
            interviewId: one.id,
            type: one.row.interviewType,
            timeZone: one.row.interviewTimeZone,
            candidate: orNull(one.row.candidateProfileId, {
              candidateProfileId: one.row.candidateProfileId,
              name: null,
            }),
            timeSlots: slotsOf(one, ({ row, rows }) => ({
              startTime: row.startTime,
              endTime: row.endTime,
              room: row.room,
              appointments: rows.map((each) => ({
                interviewerName: interviewerName(each),
                status: each.interviewerStatus,
              })),
            })),
          })),
      },
    }),
  },
  Declined: {
    data(stated, { now = '' }) {
      const rows = stated.rows.filter(
        (row) => row.interviewerStatus === 'DECLINED' && isOn(row) && isAhead(startsAt(row), now),
      );
      const nodes = by(rows, startsAt).map((row) => ({
        interviewerName: interviewerName(row),
        timeSlot: { startsAt: startsAt(row), endsAt: endsAt(row), room: row.room },
        interview: {
          interviewId: row.interviewId,
          job: orNull(row.jobId, { jobId: row.jobId, title: null }),
          creator: orNull(row.creatorEmployeeId, { name: stated.nameOf(row.creatorEmployeeId) }),
        },
      }));
      return { appointments: { totalCount: rows.length, nodes: page(nodes) } };
    },
    order: ({ appointments }) => appointments.nodes.map(({ timeSlot }: Json) => timeSlot.startsAt),
  },
  Unanswered: {
    data: ({ interviews }, { now = '' }) => ({
      interviews: {
        nodes: page(
          interviews
            .filter((one) => ['PENDING', 'TENTATIVE'].includes(one.row.candidateStatus ?? ''))
            .filter((one) => one.isOn && isAhead(one.startsAt, now))
            .map(({ id, row, startsAt }) => ({
              interviewId: id,
              startsAt,
              candidateStatus: row.candidateStatus,
              candidate: candidateOf(row),
            })),
        ),
      },
    }),
    order: ({ interviews }) => interviews.nodes.map((one: Json) => one.startsAt),
  },
  NobodyAccepted: {
    data: ({ interviews }, { now = '' }) => ({
      interviews: {
        nodes: page(
          interviews
            .filter((one) => one.isOn && isAhead(one.startsAt, now))
            .filter(({ rows }) => !rows.some((row) => row.interviewerStatus === 'ACCEPTED'))
            .map((one) => ({
              interviewId: one.id,
              startsAt: one.startsAt,
              job: jobOf(one.row),
              timeSlots: slotsOf(one, ({ rows }) => ({
                appointments: rows.map(({ interviewerStatus }) => ({ status: interviewerStatus })),
              })),
            })),
        ),
      },
    }),
    order: ({ interviews }) => interviews.nodes.map((one: Json) => one.startsAt),
  },
  SeveralSlots: {
    data(stated, { now = '' }) {
      const candidates = [...new Set(stated.rows.map((row) => row.candidateProfileId))].sort(ascending);
      const nodes = candidates.flatMap((candidateProfileId) => {
        const ahead = stated
          .of('candidateProfileId', candidateProfileId)
          .filter((one) => one.isOn && one.slots.some(({ row }) => isAhead(startsAt(row), now)));
        const slots = ahead.flatMap((one) => one.slots).filter(({ row }) => isAhead(startsAt(row), now));
        if (candidateProfileId === null || slots.length < 2) return [];
        const nodes = ahead.map((one) => ({
          interviewId: one.id,
          timeSlots: slotsOf(one, ({ row }) => ({ startsAt: startsAt(row) })),
        }));
        return [{ candidateProfileId, interviews: { nodes } }];
      });
      return { candidates: { nodes: page(nodes) } };
    },
    order: ({ candidates }) => candidates.nodes.map((one: Json) => one.candidateProfileId),
  },
  InterviewersWeek: {
    data(stated, { employeeId = '', from = '', until = '' }) {
      const rows = stated.rows.filter(
        (row) => row.interviewerEmployeeId === employeeId && isOn(row) && has(startsAt(row), from, until),
      );
      const nodes = by(rows, startsAt).map((row) => ({
        status: row.interviewerStatus,
        timeSlot: { startsAt: startsAt(row), endsAt: endsAt(row), startTime: row.startTime, room: row.room },
        interview: { interviewId: row.interviewId, timeZone: row.interviewTimeZone, type: row.interviewType },
      }));
      return { interviewer: { name: stated.nameOf(employeeId), appointments: { nodes: page(nodes) } } };
    },
    order: ({ interviewer }) => interviewer.appointments.nodes.map(({ timeSlot }: Json) => timeSlot.startsAt),
  },
  MissingFeedback: {
    data(stated, { now = '', since = '' }) {
      const rows = stated.rows.filter(
        (row) =>
          has(endsAt(row), since, now) &&
          isOn(row) &&
          row.interviewerStatus === 'ACCEPTED' &&
          row.interviewerReview === null &&
          row.interviewerRating === null,
      );
      const nodes = by(rows, startsAt)
        .reverse()
        .map((row) => ({
          interviewerName: interviewerName(row),
          interviewer: orNull(row.interviewerEmployeeId, { employeeId: row.interviewerEmployeeId }),
          timeSlot: { endsAt: endsAt(row) },
          interview: { interviewId: row.interviewId, candidate: candidateOf(row) },
        }));
      return { appointments: { nodes: page(nodes) } };
    },
  },
  LatestFeedback: {
    data(stated, { now = '' }) {
      const rows = by(
        stated.rows.filter((row) => (reviewedAt(row) ?? '9') <= now),
        reviewedAt,
      ).reverse();
      const nodes = rows.map((row) => ({
        reviewedAt: reviewedAt(row),
        interviewerName: interviewerName(row),
        rating: numberOf(row.interviewerRating),
        review: row.interviewerReview,
        interview: { interviewId: row.interviewId, job: jobOf(row) },
      }));
      return { appointments: { nodes: page(nodes, 10) } };
    },
    order: ({ appointments }) => appointments.nodes.map((one: Json) => one.reviewedAt),
    descending: true,
  },
  ChangedSince: {
    data({ interviews }, { since = '' }) {
      const changed = interviews.filter(({ row }) => isAhead(utc(row.interviewUpdateDate), since));
      const nodes = [...changed]
        .sort((one, other) => ascending(other.row.interviewUpdateDate, one.row.interviewUpdateDate))
        .map(({ id, row, startsAt }) => ({
          interviewId: id,
          updatedAt: utc(row.interviewUpdateDate),
          startsAt,
          canceled: row.interviewCanceled === null ? null : row.interviewCanceled === 'true',
          candidateStatus: row.candidateStatus,
        }));
      return { interviews: { totalCount: changed.length, nodes: page(nodes) } };
    },
    order: ({ interviews }) => interviews.nodes.map((one: Json) => one.updatedAt),
    descending: true,
  },
  CanceledThisWeek: {
    data: ({ interviews }, { from = '', until = '' }) => ({
      interviews: {
        nodes: interviews
          .filter((one) => !one.isOn && has(one.startsAt, from, until))
          .map(({ id, row, startsAt }) => ({
            interviewId: id,
            startsAt,
            updatedAt: utc(row.interviewUpdateDate),
            candidateStatus: row.candidateStatus,
            job: jobOf(row),
          })),
      },
    }),
    order: ({ interviews }) => interviews.nodes.map((one: Json) => one.startsAt),
  },
  CandidatesPanel: {
    data(stated, { candidateProfileId = '' }) {
      const rows = stated.rows.filter((row) => row.candidateProfileId === candidateProfileId);
      const nodes = by(rows, startsAt).map((row) => ({
        interviewerName: interviewerName(row),
        status: row.interviewerStatus,
        rating: numberOf(row.interviewerRating),
        review: row.interviewerReview,
        timeSlot: {
          startsAt: startsAt(row),
          applicationStage: row.applicationStage,
          applicationStep: row.applicationStep,
        },
      }));
      return { candidate: { name: null, appointments: { nodes: page(nodes, 100) } } };
    },
    order: ({ candidate }) => candidate.appointments.nodes.map(({ timeSlot }: Json) => timeSlot.startsAt),
  },
  ApplicationsStages: {
    data(stated, { applicationId = '' }) {
      const newest = stated.applications.find(({ id }) => id === applicationId)?.newest;
      const nodes = stated.of('applicationId', applicationId).map((one) => ({
        startsAt: one.startsAt,
        canceled: one.row.interviewCanceled === null ? null : one.row.interviewCanceled === 'true',
        timeSlots: slotsOf(one, ({ row }) => ({
          applicationStage: row.applicationStage,
          applicationStep: row.applicationStep,
          startsAt: startsAt(row),
        })),
      }));
      return {
        application: { stage: newest?.applicationStage, step: newest?.applicationStep, interviews: { nodes } },
      };
    },
    order: ({ application }) => application.interviews.nodes.map((one: Json) => one.startsAt),
  },
  JobsInterviewers: {
    data: (stated, { jobId = '' }) => ({
      job: {
        title: null,
        interviewers: stated.interviewers
          .filter(({ rows }) => rows.some((row) => row.jobId === jobId))
          .map(({ id }) => ({ employeeId: id, name: stated.nameOf(id) })),
      },
    }),
    order: ({ job }) => job.interviewers.map((one: Json) => one.employeeId),
  },
  FreeInterviewers: {
    data: ({ interviewers }, { jobId = '', from = '', until = '' }) => ({
      interviewers: {
        nodes: interviewers
          .filter(({ rows }) => rows.some((row) => row.jobId === jobId))
          .filter(
            ({ rows }) =>
              !rows.some(
                (row) =>
                  isOver(startsAt(row), until) &&
                  (endsAt(row) ?? '') > from &&
                  isOn(row) &&
                  row.interviewerStatus !== 'DECLINED',
              ),
          )
          .map(({ id }) => ({ employeeId: id })),
      },
    }),
    order: ({ interviewers }) => interviewers.nodes.map((one: Json) => one.employeeId),
  },
  Workload: {
    data({ interviewers }, { from = '', until = '' }) {
      const nodes = interviewers.flatMap(({ id, rows }) => {
        const week = rows.filter((row) => isOn(row) && has(startsAt(row), from, until));
        const count = (...statuses: string[]) => ({
          totalCount: week.filter((row) => statuses.includes(row.interviewerStatus ?? '')).length,
        });
        return week.length === 0
          ? []
          : [{ employeeId: id, accepted: count('ACCEPTED'), open: count('PENDING', 'TENTATIVE') }];
      });
      return { interviewers: { nodes: page(nodes, 100) } };
    },
    order: ({ interviewers }) => interviewers.nodes.map((one: Json) => one.employeeId),
  },
  Overloaded: {
    data({ interviewers }, { from = '', until = '' }) {
      const busy = interviewers.filter(
        ({ rows }) =>
          rows.filter((row) => isOn(row) && row.interviewerStatus !== 'DECLINED' && has(startsAt(row), from, until))
            .length >= 4,
      );
      return { interviewers: { totalCount: busy.length, nodes: page(busy.map(({ id }) => ({ employeeId: id }))) } };
    },
    order: ({ interviewers }) => interviewers.nodes.map((one: Json) => one.employeeId),
  },
  AtLocation: {
    data: ({ interviews }, { location = '', from = '', until = '' }) => ({
      interviews: {
        nodes: page(
          interviews
            .filter(({ row }) => row.interviewLocation?.toLowerCase().includes(location.toLowerCase()))
            .filter((one) => has(one.startsAt, from, until))
            .map((one) => ({
              interviewId: one.id,
              startsAt: one.startsAt,
              location: one.row.interviewLocation,
              timeSlots: slotsOf(one, ({ row }) => ({ room: row.room })),
            })),
        ),
      },
    }),
    order: ({ interviews }) => interviews.nodes.map((one: Json) => one.startsAt),
  },
  CreatedBy: {
    data(stated, { creatorEmployeeId = '', since = '' }) {
      const created = stated.interviews
        .filter(({ row }) => row.creatorEmployeeId === creatorEmployeeId)
        .filter(({ row }) => isAhead(utc(row.interviewCreateDate), since))
        .sort((one, other) => ascending(other.row.interviewCreateDate, one.row.interviewCreateDate));
      const nodes = created.map(({ id, row, startsAt }) => ({
        interviewId: id,
        createdAt: utc(row.interviewCreateDate),
        startsAt,
        canceled: row.interviewCanceled === null ? null : row.interviewCanceled === 'true',
      }));
      return {
        interviewer: {
          name: stated.nameOf(creatorEmployeeId),
          createdInterviews: { totalCount: created.length, nodes: page(nodes, 20) },
        },
      };
    },
    order: ({ interviewer }) => interviewer.createdInterviews.nodes.map((one: Json) => one.createdAt),
    descending: true,
  },
  JobsCandidates: {
    data(stated, { jobId = '', now = '' }) {
      const interviews = stated.of('jobId', jobId);
      const candidates = [...new Set(interviews.map(({ row }) => row.candidateProfileId))].filter((id) => id !== null);
      const nodes = candidates.sort(ascending).map((candidateProfileId) => ({
        candidateProfileId,
        interviews: {
          nodes: interviews
            .filter(({ row, isOn }) => row.candidateProfileId === candidateProfileId && isOn)
            .filter((one) => isAhead(one.startsAt, now))
            .slice(0, 1)
            .map(({ id, row, startsAt }) => ({ interviewId: id, startsAt, type: row.interviewType })),
        },
      }));
      return { job: { candidates: { totalCount: candidates.length, nodes: page(nodes, 100) } } };
    },
    order: ({ job }) => job.candidates.nodes.map((one: Json) => one.candidateProfileId),
  },
  Forgotten: {
    data(stated, { now = '' }) {
      const forgotten = stated.applications.filter(({ id, newest }) => {
        const on = stated.of('applicationId', id).filter((one) => one.isOn);
        return (
          newest.applicationStage === 'INTERVIEW' &&
          on.some((one) => isOver(one.startsAt, now)) &&
          !on.some((one) => isAhead(one.startsAt, now))
        );
      });
      const nodes = forgotten.map(({ id, newest }) => ({
        applicationId: id,
        step: newest.applicationStep,
        interviews: {
          nodes: stated
            .of('applicationId', id)
            .slice(-1)
            .map(({ startsAt }) => ({ startsAt })),
        },
      }));
      return { applications: { totalCount: forgotten.length, nodes: page(nodes) } };
    },
    order: ({ applications }) => applications.nodes.map((one: Json) => one.applicationId),
  },
  Totals: {
    data({ interviews }, { from = '', until = '' }) {
      const week = interviews.filter((one) => has(one.startsAt, from, until));
      const count = (which: (one: Interview) => boolean) => ({ totalCount: week.filter(which).length });
      const answered = (...statuses: string[]) =>
        count((one) => one.isOn && statuses.includes(one.row.candidateStatus ?? ''));
      return {
        all: count(() => true),
        canceled: count((one) => !one.isOn),
        accepted: answered('ACCEPTED'),
        waiting: answered('PENDING', 'TENTATIVE'),
        declined: answered('DECLINED'),
      };
    },
  },
  OneInterview: {
    data(stated, { interviewId = '' }) {
      const one = stated.interviews.find(({ id }) => id === interviewId) as Interview;
      const { row } = one;
      const application = stated.applications.find(({ id }) => id === row.applicationId);
      return {
        interview: {
          id: Buffer.from(`Interview:${interviewId}`).toString('base64'),
          type: row.interviewType,
          location: row.interviewLocation,
          timeZone: row.interviewTimeZone,
          canceled: row.interviewCanceled === null ? null : row.interviewCanceled === 'true',
          createdAt: utc(row.interviewCreateDate),
          updatedAt: utc(row.interviewUpdateDate),
          startDate: row.interviewStartDate,
          startsAt: one.startsAt,
          duration: numberOf(row.interviewDuration),
          candidateStatus: row.candidateStatus,
          creator: orNull(row.creatorEmployeeId, {
            employeeId: row.creatorEmployeeId,
            name: stated.nameOf(row.creatorEmployeeId),
          }),
          application: orNull(row.applicationId, {
            applicationId: row.applicationId,
            stage: application?.newest.applicationStage,
            step: application?.newest.applicationStep,
          }),
          candidate: orNull(row.candidateProfileId, { candidateProfileId: row.candidateProfileId, name: null }),
          job: orNull(row.jobId, { jobId: row.jobId, title: null, department: null }),
          timeSlots: slotsOf(one, (slot) => ({
            startTime: slot.row.startTime,
            endTime: slot.row.endTime,
            startsAt: startsAt(slot.row),
            endsAt: endsAt(slot.row),
            duration: numberOf(slot.row.duration),
            room: slot.row.room,
            applicationStage: slot.row.applicationStage,
            applicationStep: slot.row.applicationStep,
            interviewerCount: numberOf(slot.row.interviewers),
            appointments: slot.rows.map((each) => ({
              interviewer: orNull(each.interviewerEmployeeId, {
                employeeId: each.interviewerEmployeeId,
                name: stated.nameOf(each.interviewerEmployeeId),
              }),
              interviewerName: interviewerName(each),
              status: each.interviewerStatus,
              rating: numberOf(each.interviewerRating),
              review: each.interviewerReview,
              reviewedAt: reviewedAt(each),
            })),
          })),
        },
      };
    },
  },
  ExtractRows: {
    data: ({ rows }, { jobId = '' }) => ({
      appointments: {
        nodes: by(
          rows.filter((row) => row.jobId === jobId),
          (row) => row.interviewCreateDate,
        ).map((row) => ({
          row: Object.fromEntries(FIELDS.map((field) => [field.key, graphqlValue(field, row[field.key])])),
        })),
      },
    }),
    order: ({ appointments }) => appointments.nodes.map(({ row }: Json) => row.interviewCreateDate),
  },
  HeldByWeek: measured(
    () => ({ period: { last: { count: 8, unit: 'WEEK' } }, groupBy: ['WEEK'], compareTo: 'PREVIOUS_PERIOD' }),
    ({ groups, total, previousTotal }) => ({
      groups: groups.map(({ key: { period }, values, previous }) => ({
        key: { period: period && { name: period.name, from: period.from, complete: period.complete } },
        values: { heldInterviews: values.heldInterviews, heldHours: values.heldHours },
        previous: previous && { heldInterviews: previous.heldInterviews },
      })),
      total: { heldInterviews: total.heldInterviews, candidates: total.candidates },
      previousTotal: previousTotal && { heldInterviews: previousTotal.heldInterviews },
    }),
  ),
  CanceledMost: measured(
    () => ({ period: LAST_MONTHS(3), groupBy: ['INTERVIEW_TYPE'] }),
    ({ groups }) => ({
      groups: groups.map(({ key: { text }, values: { cancellation } }) => ({
        key: { interviewType: text[0] },
        values: { cancellation },
      })),
    }),
  ),
  FeedbackOnTime: measured(
    () => ({ period: { last: { count: 8, unit: 'WEEK' } }, groupBy: ['WEEK'] }),
    ({ groups }) => ({
      groups: groups.map(({ key: { period }, values }) => {
        const { value, denominator } = values.feedbackWithin(48);
        return {
          key: { period: period && { name: period.name, complete: period.complete } },
          values: {
            feedback: { value: values.feedback.value },
            feedbackWithin: { value, denominator },
            timeToFeedback: { percentileOfDue: values.timeToFeedback.percentileOfDue(0.5) },
          },
        };
      }),
    }),
  ),
  FeedbackOwed: measured(
    () => ({
      groupBy: ['INTERVIEWER'],
      having: [{ metric: 'FEEDBACK_BACKLOG_UNDER_THIRTY_DAYS', gt: 0 }],
      orderBy: [{ metric: 'FEEDBACK_BACKLOG_UNDER_THIRTY_DAYS', direction: 'DESC' }],
      first: 10,
    }),
    ({ groupCount, groups }, stated) => ({
      groupCount,
      groups: groups.map(({ key, values: { feedbackBacklog } }) => ({
        key: { interviewer: interviewerOf(key, stated) },
        values: {
          feedbackBacklog: {
            underThirtyDays: feedbackBacklog.underThirtyDays,
            underOneDay: feedbackBacklog.underOneDay,
            oldestEndedAt: timeText(feedbackBacklog.oldestEndedAt),
          },
        },
      })),
    }),
  ),
  BusiestInterviewers: measured(
    () => ({
      period: LAST_MONTHS(1),
      groupBy: ['INTERVIEWER'],
      orderBy: [{ metric: 'HELD_INTERVIEWER_HOURS', direction: 'DESC' }],
      first: 10,
    }),
    ({ groups }, stated) => ({
      groups: groups.map(({ key, values: { heldInterviewerHours, heldSlots, interviewerDecline } }) => ({
        key: { interviewer: interviewerOf(key, stated) },
        values: {
          heldInterviewerHours,
          heldSlots,
          interviewerDecline: { value: interviewerDecline.value, denominator: interviewerDecline.denominator },
        },
      })),
    }),
  ),
  SchedulingLead: measured(
    () => ({ period: { on: 'CREATE', ...LAST_MONTHS(3) }, groupBy: ['JOB'] }),
    ({ groups }) => ({
      groups: groups.map(({ key: { text }, values: { interviews, schedulingLead } }) => ({
        key: { job: orNull(text[0] ?? null, { jobId: text[0] }) },
        values: {
          interviews,
          schedulingLead: {
            count: schedulingLead.count,
            median: schedulingLead.median,
            p90: schedulingLead.p90,
          },
        },
      })),
    }),
  ),
  HoursByMonth: measured(
    () => ({
      period: LAST_MONTHS(2),
      groupBy: ['MONTH', 'JOB'],
      having: [{ metric: 'HELD_INTERVIEWER_HOURS', gt: 0 }],
      fill: false,
    }),
    ({ groups, total }) => ({
      groups: groups.map(({ key: { text }, values: { heldInterviewerHours } }) => ({
        key: { text },
        values: { heldInterviewerHours },
      })),
      total: { heldInterviewerHours: total.heldInterviewerHours },
    }),
  ),
  UncoveredSlots: measured(
    ({ from = '', to = '' }) => ({ period: { from, to }, groupBy: ['DAY'] }),
    ({ groups }) => ({
      groups: groups.map(({ key: { period }, values: { upcomingSlots, upcomingSlotsUncovered } }) => ({
        key: { period: period && { name: period.name } },
        values: { upcomingSlots, upcomingSlotsUncovered },
      })),
    }),
  ),
  BusyHours: measured(
    () => ({
      period: LAST_MONTHS(3),
      groupBy: ['WEEKDAY', 'HOUR'],
      orderBy: [{ metric: 'SLOTS', direction: 'DESC' }],
      first: 10,
    }),
    ({ groupCount, groups }) => ({
      groupCount,
      groups: groups.map(({ key: { text }, values: { slots } }) => ({
        key: { weekday: text[0] ?? null, hour: numberOf(text[1] ?? null) },
        values: { slots },
      })),
    }),
  ),
  BookedTwice: measured(
    () => ({ groupBy: ['INTERVIEWER'], orderBy: [{ metric: 'OVERLAPPING', direction: 'DESC' }], first: 5 }),
    ({ groups }) => ({
      groups: groups.map(({ key: { text }, values: { appointments, overlapping } }) => ({
        key: { interviewer: orNull(text[0] ?? null, { employeeId: text[0] }) },
        values: { appointments, overlapping },
      })),
    }),
  ),
  ChangesSince: {
    data: ({ interviews }, { since = '' }) => ({
      interviews: {
        nodes: [...interviews]
          .filter(({ row }) => isAhead(utc(row.interviewUpdateDate), since))
          .sort((one, other) => ascending(one.row.interviewUpdateDate, other.row.interviewUpdateDate))
          .map((one) => ({
            interviewId: one.id,
            updatedAt: utc(one.row.interviewUpdateDate),
            canceled: one.row.interviewCanceled === null ? null : one.row.interviewCanceled === 'true',
            startsAt: one.startsAt,
            timeSlots: slotsOf(one, ({ row, rows }) => ({
              startsAt: startsAt(row),
              appointments: rows.map(({ interviewerStatus }) => ({ status: interviewerStatus })),
            })),
          })),
      },
    }),
    order: ({ interviews }) => interviews.nodes.map((one: Json) => one.updatedAt),
  },
};
