import * as z from 'zod';

export const userSchema = z.object({
  id: z.string().uuid(),
  name: z.string({ required_error: 'a name is needed', invalid_type_error: 'a name is text' }).min(1),
  email: z.string().email({ message: 'no address' }),
  age: z.number().int().positive().optional(),
  tags: z.array(z.string()).nonempty(),
  born: z.coerce.date(),
  extra: z.record(z.string()),
  scores: z.record(z.string(), z.number()),
});
export type User = z.infer<typeof userSchema>;

export const adminSchema = userSchema.extend({ role: z.literal('admin') }).strict();
export const patchSchema = userSchema.partial().omit({ id: true });
export const deepSchema = userSchema.deepPartial();
export const merged = userSchema.merge(z.object({ more: z.boolean() })).passthrough();

export function parseUser(value: unknown): User {
  const result = userSchema.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.errors.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(lines.join('\n') + JSON.stringify(result.error.flatten().fieldErrors));
}

export function issuesOf(error: z.ZodError): string[] {
  return error.issues.map(({ code, message }) => `${code} ${message}`).concat(Object.keys(error.format()));
}
