import type { ImplementableInputObjectRef, InputRef } from '@pothos/core';
import { type Attribute, ENTITIES, type EntityName, entityOf } from '../../../domain/entities.ts';
import { keysOf, mapRecord } from '../../../domain/types/records.ts';
import { builder, PERSONAL, type Types } from '../../builder.ts';
import { NAMES } from '../names.ts';
import { filterFormOf, OPERATORS } from './operators.ts';

/** The input types of filters, built from the catalogue (src/domain/entities.ts). */

/** A client's filter, already validated against the schema. */
export type Where = { readonly [name: string]: unknown };

type FilterRef = ImplementableInputObjectRef<Types, Where>;

const ALL_MATCH = 'Conditions are combined with AND.';

const filters = new Map<string, InputRef<Where>>();

/** Returns the input type of a filter on an attribute. Each type is created once. */
function filterOf(attribute: Attribute): InputRef<Where> {
  const { name, type, operators } = filterFormOf(attribute);
  const existing = filters.get(name);
  if (existing) return existing;
  const ref = builder.inputRef<Where>(name);
  filters.set(name, ref);
  ref.implement({
    description: `${ALL_MATCH} Null matches only \`not\` and \`isNull\`.`,
    fields: (t) =>
      Object.fromEntries(
        operators.map((operator) => {
          const description = OPERATORS[operator];
          if (operator === 'isNull') return [operator, t.boolean({ description })];
          return [
            operator,
            operator === 'in' ? t.field({ type: [type], description }) : t.field({ type, description }),
          ];
        }),
      ),
  });
  return ref;
}

const WHERE = mapRecord(NAMES, (name) => builder.inputRef<Where>(`${name}Where`));

/** Returns the filter type of an entity. */
export const whereOf = (entity: EntityName): InputRef<Where> => WHERE[entity];

const listFilters = new Map<EntityName, InputRef<Where>>();

/** Returns the input type of `atLeast`. */
const atLeastOf = (entity: EntityName): InputRef<Where> =>
  builder.inputRef<Where>(`${NAMES[entity]}AtLeast`).implement({
    description: 'Matches by the number of related items.',
    fields: (t) => ({
      count: t.int({ required: true, description: 'Minimum number of matching items; at least 1.' }),
      where: t.field({ type: WHERE[entity], description: 'Condition on the counted items; all items by default.' }),
    }),
  });

function listFilterOf(entity: EntityName): InputRef<Where> {
  const existing = listFilters.get(entity);
  if (existing) return existing;
  const ref = builder.inputRef<Where>(`${NAMES[entity]}ListFilter`);
  listFilters.set(entity, ref);
  ref.implement({
    description: ALL_MATCH,
    fields: (t) => ({
      some: t.field({ type: WHERE[entity], description: 'At least one related item matches.' }),
      every: t.field({ type: WHERE[entity], description: 'Every related item matches; true for an empty list.' }),
      none: t.field({ type: WHERE[entity], description: 'No related item matches.' }),
      atLeast: t.field({ type: atLeastOf(entity), description: 'At least `count` related items match.' }),
    }),
  });
  return ref;
}

/** Returns the input fields that filter attributes. */
const attributeFilters = (
  t: Parameters<Parameters<FilterRef['implement']>[0]['fields']>[0],
  attributes: Readonly<Record<string, Attribute>>,
) =>
  mapRecord(attributes, (attribute) =>
    t.field({
      type: filterOf(attribute),
      description: attribute.description,
      ...(attribute.personal && { extensions: PERSONAL }),
    }),
  );

const RowWhere = builder.inputRef<Where>('ExtractRowWhere').implement({
  description: `A filter on the fields of a row, by their extract names. ${ALL_MATCH}`,
  fields: (t) => attributeFilters(t, ENTITIES.appointment.row),
});

for (const entity of keysOf(NAMES)) {
  const { attributes, relations, row } = entityOf(entity);
  const type = WHERE[entity];
  type.implement({
    description: `A filter. ${ALL_MATCH}`,
    fields: (t) => ({
      and: t.field({ type: [type], description: 'All of these match.' }),
      or: t.field({ type: [type], description: 'At least one of these matches.' }),
      not: t.field({ type, description: 'This does not match.' }),
      ...attributeFilters(t, attributes),
      ...mapRecord(relations, ({ to, many, description }) =>
        t.field({ type: many ? listFilterOf(to) : WHERE[to], description }),
      ),
      ...(row && { row: t.field({ type: RowWhere, description: 'The 30 fields of the row.' }) }),
    }),
  });
}
