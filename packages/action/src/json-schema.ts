/** Pieces of a JSON Schema (draft 7), for reports whose form is rendered from code. */
export type Schema = Readonly<Record<string, unknown>>;

export const schemaOf = {
  text: (description: string): Schema => ({ type: 'string', description }),
  nullable: (type: string, description: string): Schema => ({ type: [type, 'null'], description }),
  oneOf: (values: readonly string[], description: string): Schema => ({ enum: values, description }),
  count: (description: string): Schema => ({ type: 'integer', minimum: 0, description }),
  list: (items: Schema, description: string): Schema => ({ type: 'array', items, description }),
  /** Every key is there, and no other. */
  object(properties: Readonly<Record<string, Schema>>, description?: string): Schema {
    return {
      type: 'object',
      ...(description === undefined ? {} : { description }),
      additionalProperties: false,
      required: Object.keys(properties),
      properties,
    };
  },
} as const;
