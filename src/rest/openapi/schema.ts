/** A schema of OpenAPI 3.1, which is JSON Schema 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

/** Returns a reference to a schema of the components. */
export const refSchema = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** Returns the schema of an object with these properties, all required but the optional ones. */
export const objectSchema = (
  properties: Readonly<Record<string, Schema>>,
  description?: string,
  optional: Readonly<Record<string, Schema>> = {},
): Schema => ({
  type: 'object',
  ...(description !== undefined && { description }),
  required: Object.keys(properties),
  properties: { ...properties, ...optional },
});

export const arraySchema = (items: Schema, description?: string): Schema => ({
  type: 'array',
  ...(description !== undefined && { description }),
  items,
});

export const textSchema = (description: string): Schema => ({ type: 'string', description });
export const countSchema = (description: string): Schema => ({ type: 'integer', minimum: 0, description });
export const flagSchema = (description: string): Schema => ({ type: 'boolean', description });
