import type { Surroundings, Verb } from './verb.ts';

/** The same surroundings for what only looks: a database is opened as its user for reading, where the target has one. */
export function asReader(surroundings: Surroundings): Surroundings {
  return { ...surroundings, sessions: 'reader' };
}

/** A verb that only looks can do so as nobody but the reader, whoever calls it. */
export function lookingAsReader(verb: Verb): Verb {
  if (!verb.isReadOnly) return verb;
  return { ...verb, execute: (input, surroundings) => verb.execute(input, asReader(surroundings)) };
}
