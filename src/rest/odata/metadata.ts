import { unreachable } from '../../domain/types/unreachable.ts';
import type { EntitySet, Property } from './entity-sets.ts';
import { ENTITY_SETS } from './resource-path.ts';

/** The namespace of the entity types. */
const NAMESPACE = 'Interviews';

const VOCABULARIES = 'https://oasis-tcs.github.io/odata-vocabularies/vocabularies';

/** Returns the type of a property as CSDL (OData CSDL XML 4.01, 6), as attributes of its element. */
function typeAttributes({ kind }: Property): Readonly<Record<string, string>> {
  switch (kind) {
    case 'identifier':
    case 'text':
    case 'enumeration':
    case 'zone':
    case 'local':
      return { Type: 'Edm.String' };
    case 'uuid':
      return { Type: 'Edm.Guid' };
    case 'boolean':
      return { Type: 'Edm.Boolean' };
    case 'integer':
      return { Type: 'Edm.Int32' };
    case 'number':
      return { Type: 'Edm.Decimal', Scale: 'variable' };
    case 'day':
      return { Type: 'Edm.Date' };
    case 'utc':
    case 'instant':
      return { Type: 'Edm.DateTimeOffset' };
    default:
      return unreachable(kind);
  }
}

const xml = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const attributesOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xml(value)}"`)
    .join('');

const annotation = (term: string, value: Readonly<Record<string, string>>): string =>
  `<Annotation${attributesOf({ Term: term, ...value })}/>`;

const described = (description: string): string => annotation('Core.Description', { String: description });

function propertyElement(property: Property): string {
  const { key, nullable, description } = property;
  const attributes = { Name: key, ...typeAttributes(property), ...(nullable ? {} : { Nullable: 'false' }) };
  return `<Property${attributesOf(attributes)}>${described(description)}</Property>`;
}

const typeElement = ({ typeName, key, properties, description }: EntitySet): string =>
  [
    `<EntityType Name="${typeName}">`,
    `<Key><PropertyRef Name="${key}"/></Key>`,
    ...properties.map(propertyElement),
    described(description),
    '</EntityType>',
  ].join('\n');

/** Returns an annotation whose value is a record of flags or lists of properties. */
const record = (term: string, values: Readonly<Record<string, boolean | readonly string[]>>): string =>
  `<Annotation Term="Capabilities.${term}"><Record>${Object.entries(values)
    .map(([name, value]) =>
      typeof value === 'boolean'
        ? `<PropertyValue Property="${name}" Bool="${value}"/>`
        : `<PropertyValue Property="${name}"><Collection>${value.map((path) => `<PropertyPath>${path}</PropertyPath>`).join('')}</Collection></PropertyValue>`,
    )
    .join('')}</Record></Annotation>`;

/** What cannot be done with an entity set, for tools that ask (OData Capabilities Vocabulary). */
const capabilities = ({ properties, orders }: EntitySet): string =>
  [
    record('SortRestrictions', {
      Sortable: true,
      NonSortableProperties: properties.map(({ key }) => key).filter((key) => !orders.includes(key)),
    }),
    record('ExpandRestrictions', { Expandable: false }),
    record('SearchRestrictions', { Searchable: false }),
    record('InsertRestrictions', { Insertable: false }),
    record('UpdateRestrictions', { Updatable: false }),
    record('DeleteRestrictions', { Deletable: false }),
  ].join('\n');

const setElement = (set: EntitySet): string =>
  [
    `<EntitySet Name="${set.name}" EntityType="${NAMESPACE}.${set.typeName}">`,
    described(set.description),
    capabilities(set),
    '</EntitySet>',
  ].join('\n');

const reference = (namespace: string, alias: string): string =>
  `<edmx:Reference Uri="${VOCABULARIES}/${namespace}.xml"><edmx:Include Namespace="${namespace}" Alias="${alias}"/></edmx:Reference>`;

/** Returns the description of all entity sets for tools: `$metadata` as CSDL in XML, version 4.0. */
export const metadataDocument = (): string =>
  [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">',
    reference('Org.OData.Core.V1', 'Core'),
    reference('Org.OData.Capabilities.V1', 'Capabilities'),
    '<edmx:DataServices>',
    `<Schema Namespace="${NAMESPACE}" xmlns="http://docs.oasis-open.org/odata/ns/edm">`,
    ...ENTITY_SETS.map(typeElement),
    '<EntityContainer Name="Container">',
    ...ENTITY_SETS.map(setElement),
    record('BatchSupport', { Supported: false }),
    `<Annotation Term="Capabilities.FilterFunctions"><Collection><String>contains</String><String>startswith</String></Collection></Annotation>`,
    '</EntityContainer>',
    '</Schema>',
    '</edmx:DataServices>',
    '</edmx:Edmx>',
    '',
  ].join('\n');
