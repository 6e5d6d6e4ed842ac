import type { GraphQLResolveInfo } from 'graphql';
import { readItems } from '../../db/query/pages/items.ts';
import { WEEKDAYS } from '../../domain/calendar/units.ts';
import type { EntityName } from '../../domain/entities.ts';
import { APPLICATION_STAGES, INTERVIEW_TYPES, RESPONSE_STATUSES } from '../../domain/fields.ts';
import { DIMENSIONS, type DimensionName, isBucket, SLOT_STATES } from '../../domain/metrics/dimensions.ts';
import { keysOf } from '../../domain/types/records.ts';
import { builder, type Costs, PERSONAL } from '../builder.ts';
import { keptByField } from '../connection/kept-by-field.ts';
import { nodeTypeOf } from '../connection/nodes/node-types.ts';
import { selectionOf } from '../connection/selection.ts';
import type { Context } from '../context.ts';
import { RELATED_ITEM_COST, RELATION_COST } from '../costs.ts';
import { MAX_GROUPS } from '../limits.ts';
import { ApplicationStage, InterviewType, ResponseStatus } from '../types/enumerations.ts';
import { SlotState, Weekday } from './enumerations.ts';
import { type Period, PeriodType } from './period.ts';

/** What a group is of. */
export interface GroupKey {
  readonly groupBy: readonly DimensionName[];
  /** The key of each dimension, as a statement gives it (src/db/metrics/read-metrics.ts). */
  readonly keys: readonly (string | null)[];
  /** Returns the bucket that begins on a day. */
  readonly bucketOf: ((firstDay: string) => Period) | null;
}

/** Returns the key of a dimension; null also if groups are not by it. */
const keyOf = ({ groupBy, keys }: GroupKey, dimension: DimensionName): string | null =>
  keys[groupBy.indexOf(dimension)] ?? null;

function bucket({ groupBy, keys, bucketOf }: GroupKey): Period | null {
  const firstDay = keys[groupBy.findIndex(isBucket)] ?? null;
  return firstDay === null || bucketOf === null ? null : bucketOf(firstDay);
}

/** Returns a key as one of the values of an enumeration. */
function oneOf<V extends string>(values: readonly V[], key: string | null): V | null {
  return values.find((value) => value === key) ?? null;
}

/** Returns the options of a field with the item that a dimension’s key identifies. One statement reads those of all groups. */
function keyItem(dimension: DimensionName, entity: EntityName) {
  return {
    type: nodeTypeOf(entity),
    description: DIMENSIONS[dimension].description,
    extensions: { cost: { field: RELATED_ITEM_COST, multiplier: 1 }, statement: RELATION_COST } satisfies Costs,
    resolve: (group: GroupKey, _args: object, { loaders, query, viewer }: Context, info: GraphQLResolveInfo) => {
      const id = keyOf(group, dimension);
      if (id === null) return null;
      return loaders.load('item of key', info, [id], async (keys) => {
        const extent = { items: MAX_GROUPS, repeated: false };
        const selection = keptByField(info, viewer, () =>
          selectionOf(entity, info.fieldNodes, extent, { ...info, viewer }),
        );
        return Array.from(await readItems(query, selection, keys), (item) => item ?? null);
      });
    },
  };
}

const text = (dimension: DimensionName) => ({
  description: DIMENSIONS[dimension].description,
  resolve: (group: GroupKey) => keyOf(group, dimension),
});

const personalText = (dimension: DimensionName) => ({
  ...text(dimension),
  description: `${DIMENSIONS[dimension].description} Requires the scope \`personal\`.`,
  extensions: PERSONAL,
});

export const MetricKey = builder.objectRef<GroupKey>('MetricKey').implement({
  description:
    'What a group is of. Only the fields of `groupBy` are set; they are null for appointments in which the value is null.',
  fields: (t) => ({
    text: t.stringList({
      nullable: { list: false, items: true },
      description:
        'A text for each of `groupBy`, in its order, as in CSV: for tables of any groups. Has IDs and never names.',
      resolve: (group) =>
        group.keys.map((key, index) => (isBucket(group.groupBy[index] ?? 'JOB') ? (bucket(group)?.name ?? null) : key)),
    }),
    period: t.field({
      type: PeriodType,
      description: 'The day, week, month, quarter or year.',
      resolve: bucket,
    }),
    weekday: t.field({
      type: Weekday,
      description: DIMENSIONS.WEEKDAY.description,
      resolve: (group) => oneOf(WEEKDAYS, keyOf(group, 'WEEKDAY')),
    }),
    hour: t.int({
      description: DIMENSIONS.HOUR.description,
      resolve: (group) => {
        const hour = keyOf(group, 'HOUR');
        return hour === null ? null : Number(hour);
      },
    }),
    interviewer: t.field(keyItem('INTERVIEWER', 'employee')),
    creator: t.field(keyItem('CREATOR', 'employee')),
    candidate: t.field(keyItem('CANDIDATE', 'candidate')),
    job: t.field(keyItem('JOB', 'job')),
    department: t.string(text('DEPARTMENT')),
    applicationStage: t.field({
      ...text('APPLICATION_STAGE'),
      type: ApplicationStage,
      resolve: (group) => oneOf(APPLICATION_STAGES, keyOf(group, 'APPLICATION_STAGE')),
    }),
    applicationStep: t.string(text('APPLICATION_STEP')),
    interviewType: t.field({
      ...text('INTERVIEW_TYPE'),
      type: InterviewType,
      resolve: (group) => oneOf(INTERVIEW_TYPES, keyOf(group, 'INTERVIEW_TYPE')),
    }),
    candidateStatus: t.field({
      ...text('CANDIDATE_STATUS'),
      type: ResponseStatus,
      resolve: (group) => oneOf(RESPONSE_STATUSES, keyOf(group, 'CANDIDATE_STATUS')),
    }),
    interviewerStatus: t.field({
      ...text('INTERVIEWER_STATUS'),
      type: ResponseStatus,
      resolve: (group) => oneOf(RESPONSE_STATUSES, keyOf(group, 'INTERVIEWER_STATUS')),
    }),
    canceled: t.boolean({
      description: DIMENSIONS.CANCELED.description,
      resolve: (group) => {
        const canceled = keyOf(group, 'CANCELED');
        return canceled === null ? null : canceled === 'true';
      },
    }),
    slotState: t.field({
      type: SlotState,
      description: DIMENSIONS.SLOT_STATE.description,
      resolve: (group) => oneOf(keysOf(SLOT_STATES), keyOf(group, 'SLOT_STATE')),
    }),
    location: t.string(personalText('LOCATION')),
    room: t.string(personalText('ROOM')),
  }),
});
