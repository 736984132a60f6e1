import * as z from 'zod';

/** One field of an input, as the command line spells it. */
export type Flag = {
  /** Name of the field, e.g. `dryRun`. */
  readonly field: string;
  /** e.g. `--dry-run` */
  readonly flag: string;
  /** `optional` is text that may be left out: `--flag` or `--flag value`. */
  readonly kind: 'boolean' | 'number' | 'text' | 'list' | 'optional';
  readonly summary: string;
  readonly choices: readonly string[] | undefined;
  readonly fallback: string | undefined;
};

const propertySchema = z.object({
  type: z.string().optional(),
  anyOf: z.array(z.unknown()).optional(),
  description: z.string().default(''),
  enum: z.array(z.string()).optional(),
  default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
});
const objectSchema = z.object({ properties: z.record(z.string(), propertySchema).default({}) });

/** The fields of an input schema in order, read from its JSON Schema, so that a verb is declared once. */
export function flagsOf(input: z.ZodType): readonly Flag[] {
  const { properties } = objectSchema.parse(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }));
  return Object.entries(properties).map(([field, property]) => ({
    field,
    flag: `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    kind: property.anyOf === undefined ? kindOf(property.type) : 'optional',
    summary: property.description,
    choices: property.enum,
    fallback: fallbackOf(property.default),
  }));
}

/** An empty list is no default that anybody has to be told of. */
function fallbackOf(value: z.infer<typeof propertySchema>['default']): string | undefined {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return undefined;
  return String(value);
}

function kindOf(type: string | undefined): Flag['kind'] {
  if (type === 'boolean') return 'boolean';
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'array' ? 'list' : 'text';
}
