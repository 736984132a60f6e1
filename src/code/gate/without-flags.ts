/** Flags by name: whether a flag takes a value of its own where it is not written as `--flag=value`. */
export type Flags = Readonly<Record<string, 'alone' | 'with-value'>>;

/** Arguments without some flags and their values; one that is alone may still be followed by `true` or `false`. What follows `--` belongs to somebody else and stays. */
export function withoutFlags(args: readonly string[], flags: Flags): readonly string[] {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  const kept: string[] = [];
  let waiting: Flags[string] | undefined;
  for (const arg of own) {
    const isValue = waiting === 'with-value' || (waiting === 'alone' && /^(true|false)$/.test(arg));
    // `--outputFile.json=x` is a part of `--outputFile`.
    const [name = ''] = arg.startsWith('-') ? arg.split(/[.=]/, 1) : [arg];
    const kind = isValue || !Object.hasOwn(flags, name) ? undefined : flags[name];
    if (!isValue && kind === undefined) kept.push(arg);
    waiting = arg.includes('=') ? undefined : kind;
  }
  return end === -1 ? kept : [...kept, ...args.slice(end)];
}
