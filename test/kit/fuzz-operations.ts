/** Operations and bodies of every kind that the schema allows, and of many that it doesn't; the same for the same seed. */
import {
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Random } from '../../src/generate/random.ts';

/** A request's body, and whether it is JSON that GraphQL over HTTP describes. */
export interface FuzzedOperation {
  readonly body: string;
  readonly isWellFormed: boolean;
}

const NOISE: readonly unknown[] = [
  ...[
    '',
    ' ',
    '\0',
    '\ud800',
    '💥'.repeat(30),
    "'; DROP TABLE appointment; --",
    '$1',
    '%',
    '_',
    '\\',
    'x'.repeat(5000),
  ],
  ...['__proto__', 'constructor', 'null', '-1', '2026-02-30', '2026-03-29T02:30:00', '9999-12-31T23:59:59-12:00', 'İß'],
  ...[0, -1, 1.5, 1e300, 2 ** 31, Number.MAX_SAFE_INTEGER, true, null, [], {}, [[[]]], { a: 1 }],
];
const SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  Int: [1, 2, 3, 10],
  Float: [0.5, 1, 4],
  Boolean: [true, false],
  String: ['a', 'e', 'Room', 'Room 1', '65b2f0c1a4e9d83f7c5b1a20'],
  ID: ['SW50ZXJ2aWV3OjE=', 'Sm9iOjE='],
  UUID: ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', '7D444840-9DC0-11D1-B245-5FFDCE74FAD2'],
  DateTime: ['2026-01-02T10:00:00Z', '2025-06-01T00:00:00+02:00'],
  LocalDate: ['2026-01-02', '2025-06-01'],
  LocalDateTime: ['2026-01-02T10:00:00', '2025-06-01'],
  TimeZone: ['Europe/Berlin', 'UTC'],
};
/** How often a value is one that the schema doesn't allow. */
const NOISY = 0.02;
/** How often an operation begins with metrics, which have more arguments than one of many root fields would be tried with. */
const METRICS_SHARE = 0.2;

/** A value of an input type, mostly one that it takes; `level` is how deep it stands. */
function sampleOf(type: GraphQLInputType, random: Random, known: readonly string[], level = 0): unknown {
  if (random.chance(NOISY)) return random.pick(NOISE);
  if (isNonNullType(type)) return sampleOf(type.ofType, random, known, level);
  if (random.chance(0.03)) return null;
  if (isListType(type))
    return Array.from({ length: random.below(4) }, () => sampleOf(type.ofType, random, known, level + 1));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const required = fields.filter((field) => isNonNullType(field.type));
    const others = fields.filter((field) => !isNonNullType(field.type));
    const chosen = random.shuffled(others).slice(0, level > 4 ? 1 : 1 + random.below(2));
    return Object.fromEntries(
      [...required, ...(type.isOneOf ? [] : chosen)].map(({ name, type: of }) => [
        name,
        sampleOf(of, random, known, level + 1),
      ]),
    );
  }
  if (isEnumType(type)) return random.pick((type as GraphQLEnumType).getValues()).name;
  return random.pick([
    ...(SCALARS[type.name] ?? NOISE),
    ...(type.name === 'ID' || type.name === 'String' ? known : []),
  ]);
}

/** A value written out in the document; an enumeration's has no quotes. */
function literal(value: unknown, type: GraphQLInputType): string {
  const named = isNonNullType(type) ? type.ofType : type;
  if (Array.isArray(value))
    return `[${value.map((one) => literal(one, isListType(named) ? named.ofType : named)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = isInputObjectType(named) ? named.getFields() : {};
    const members = Object.entries(value).map(
      ([name, inner]) => `${name}: ${literal(inner, fields[name]?.type ?? (named as GraphQLInputType))}`,
    );
    return `{${members.join(', ')}}`;
  }
  if (isEnumType(named) && typeof value === 'string' && /^\w+$/.test(value)) return value;
  return JSON.stringify(value);
}

/** Makes operations over a schema. `known` are texts that stand in the data, such as ids and cursors. */
export class OperationFuzz {
  readonly #schema: GraphQLSchema;
  readonly #random: Random;
  readonly #known: readonly string[];
  #variables: Record<string, unknown> = {};
  #definitions: string[] = [];

  constructor(schema: GraphQLSchema, random: Random, known: readonly string[]) {
    this.#schema = schema;
    this.#random = random;
    this.#known = known;
  }

  next(): FuzzedOperation {
    this.#variables = {};
    this.#definitions = [];
    const random = this.#random;
    const query = this.#schema.getQueryType() as GraphQLNamedType;
    const selection = this.#selection(query, 0);
    const head = this.#definitions.length > 0 ? ` Fuzz(${this.#definitions.join(', ')})` : '';
    const operation = { query: `query${head} ${selection}`, variables: this.#variables };
    const body = JSON.stringify(operation);
    if (random.chance(0.85)) return { body, isWellFormed: true };
    return { body: this.#damaged(body), isWellFormed: false };
  }

  #damaged(body: string): string {
    const random = this.#random;
    const at = random.below(body.length);
    const length = random.below(20);
    const noise = String(random.pick(NOISE));
    return random.pick([
      body.slice(0, at),
      body.slice(0, at) + body.slice(at + length),
      body.slice(0, at) + noise + body.slice(at),
      body.slice(0, at) + body.slice(at, at + length).repeat(3) + body.slice(at + length),
      JSON.stringify(random.pick(NOISE)),
      JSON.stringify({ query: random.pick(NOISE), variables: random.pick(NOISE), operationName: random.pick(NOISE) }),
      JSON.stringify({ documentId: random.pick(NOISE), extensions: random.pick(NOISE) }),
    ]);
  }

  #selection(type: GraphQLNamedType, level: number): string {
    const random = this.#random;
    if (isAbstractType(type)) {
      const possible = random.pick(this.#schema.getPossibleTypes(type));
      return `{ __typename ... on ${possible.name} ${this.#selection(possible, level + 1)} }`;
    }
    if (!isObjectType(type)) return '';
    const fields = Object.values(type.getFields());
    const plain = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const pool = level > 5 && plain.length > 0 ? plain : fields;
    const { metrics } = type.getFields();
    const chosen =
      level === 0 && metrics && random.chance(METRICS_SHARE)
        ? [metrics]
        : random.shuffled(pool).slice(0, 1 + random.below(level === 0 ? 2 : 3));
    const directive = () => (random.chance(0.03) ? ` @include(if: ${random.chance(0.5)})` : '');
    return `{ ${chosen.map((field) => this.#field(field, level) + directive()).join(' ')} __typename }`;
  }

  #field(field: GraphQLField<unknown, unknown>, level: number): string {
    const random = this.#random;
    const given = field.args.filter(({ type }) => isNonNullType(type) || random.chance(0.35));
    const args = given.map((argument) => {
      const value = /^(first|last)$/.test(argument.name)
        ? 1 + random.below(5)
        : sampleOf(argument.type, random, this.#known);
      if (random.chance(0.5)) return `${argument.name}: ${literal(value, argument.type)}`;
      const name = `v${this.#definitions.length}`;
      this.#definitions.push(`$${name}: ${argument.type}`);
      this.#variables[name] = value;
      return `${argument.name}: $${name}`;
    });
    const below = isCompositeType(getNamedType(field.type))
      ? ` ${this.#selection(getNamedType(field.type as GraphQLOutputType), level + 1)}`
      : '';
    const alias = random.chance(0.05) ? `a${random.below(3)}: ` : '';
    return `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${below}`;
  }
}
