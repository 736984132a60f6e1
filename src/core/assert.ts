/** States an invariant of ours. A failure is our own mistake, never the user's. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`godwit has a bug: ${message}. Please report it with this text.`);
}

/** Marks a branch that the types say cannot be reached. */
export function unreachable(value: never): never {
  throw new Error(`godwit has a bug: unexpected ${JSON.stringify(value)}. Please report it with this text.`);
}
