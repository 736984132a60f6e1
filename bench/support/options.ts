/** `--rows 1000 --quick` becomes `{ rows: '1000', quick: 'true' }`. Throws on anything that is no option. */
export function parseOptions(args: readonly string[]): Readonly<Record<string, string>> {
  const options: Record<string, string> = {};
  for (let place = 0; place < args.length; place += 1) {
    const [name, value] = [args[place] ?? '', args[place + 1]];
    if (!name.startsWith('--')) throw new Error(`${name} is not an option: options are written --name value`);
    const isFlag = value === undefined || value.startsWith('--');
    options[name.slice(2)] = isFlag ? 'true' : value;
    if (!isFlag) place += 1;
  }
  return options;
}

/** A whole number above 0 among the options, or the default. */
export function countOf(options: Readonly<Record<string, string>>, name: string, otherwise: number): number {
  const text = options[name];
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} wants a whole number above 0, not ${text}`);
  return value;
}
