import { z, ZodError, ZodIssueCode, type ZodSchema, type ZodTypeAny } from 'zod';

export const password = z
  .object({ first: z.string(), second: z.string() })
  .refine(({ first, second }) => first === second, { message: 'they differ', path: ['second'] });

export const even = z.number().superRefine((value, context) => {
  if (value % 2 === 0) return;
  context.addIssue({ code: z.ZodIssueCode.custom, message: `odd at ${context.path.join('.')}` });
});

export const code = z.string().transform((text, context) => {
  const value = Number(text);
  if (Number.isNaN(value)) {
    context.addIssue({ code: ZodIssueCode.custom, message: 'no number' });
    return z.NEVER;
  }
  return value;
});

export const shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('circle'), radius: z.number() }),
  z.object({ kind: z.literal('square'), side: z.number() }),
]);

export const add = z.function().args(z.number(), z.number()).returns(z.number());
export const sum = add.implement((one, other) => one + other);

export const map: z.ZodErrorMap = (issue, context) => {
  if (issue.code === z.ZodIssueCode.invalid_type) return { message: `wanted ${issue.expected}` };
  return { message: context.defaultError };
};
z.setErrorMap(map);

export function check<T>(schema: ZodSchema<T>, value: unknown): T {
  try {
    return schema.parse(value);
  } catch (error) {
    if (error instanceof ZodError) throw new Error(error.errors[0]?.message);
    throw error;
  }
}

export function nameOf(schema: ZodTypeAny): string {
  return schema.description ?? schema._def.typeName;
}
