/** Flags by name: whether a flag takes a value of its own where it is not written as `--flag=value`. */
export type Flags = Readonly<Record<string, 'alone' | 'with-value'>>;

/** Arguments without some flags and their values. What follows `--` belongs to somebody else and stays. */
export function withoutFlags(args: readonly string[], flags: Flags): readonly string[] {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  const kept: string[] = [];
  let isValue = false;
  for (const arg of own) {
    const [name = ''] = arg.split('=', 1);
    const kind = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (!isValue && kind === undefined) kept.push(arg);
    isValue = !isValue && kind === 'with-value' && !arg.includes('=');
  }
  return end === -1 ? kept : [...kept, ...args.slice(end)];
}
