import * as z from 'zod';

/** Majors of PostgreSQL that rules speak of: all that godwit supports. */
export const oldestMajor = 12;
export const newestMajor = 18;

const all = Array.from({ length: newestMajor - oldestMajor + 1 }, (_, index) => oldestMajor + index);

const error = ({ input }: { readonly input?: unknown }): string =>
  `"${String(input)}" is not a major version of PostgreSQL that godwit knows: one of ${all.join(', ')}, without the minor`;

/** A major version that was said by somebody. */
export const majorSchema = z.int({ error }).min(oldestMajor, { error }).max(newestMajor, { error });
