import * as z from 'zod';

enum Level {
  Low = 'low',
  High = 'high',
}

export const settings = z.object({
  level: z.nativeEnum(Level),
  mode: z.enum(['fast', 'slow']).default('fast'),
  port: z.string().transform(Number).pipe(z.number().min(1)),
  hosts: z.set(z.string()).min(1),
  pair: z.tuple([z.string(), z.number()]).rest(z.boolean()),
  either: z.union([z.string(), z.number()]).nullable(),
  when: z.string().datetime().or(z.date()),
  lazily: z.lazy(() => z.array(z.unknown())),
  done: z.promise(z.string()),
  text: z.ostring(),
  count: z.onumber(),
  safe: z.number().safe().finite(),
  cuid: z.string().cuid(),
  address: z.string().ip(),
  url: z.string().url().trim().toLowerCase(),
});

export type Settings = z.output<typeof settings>;
export type Input = z.input<typeof settings>;

export const modes = settings.shape.mode.removeDefault().options;
export const levels = Object.values(settings.shape.level.enum);
export const keys: string[] = settings.keyof().options;

export function branded(): z.ZodBranded<z.ZodString, 'Id'> {
  return z.string().brand<'Id'>();
}

export class Holder<T extends z.ZodRawShape> {
  constructor(readonly schema: z.ZodObject<T>) {}
  read(value: unknown): z.infer<z.ZodObject<T>> {
    return this.schema.parse(value);
  }
}

export function isEffect(schema: z.ZodTypeAny): boolean {
  return schema instanceof z.ZodEffects;
}
