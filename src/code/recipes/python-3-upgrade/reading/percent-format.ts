import { curlyEscaped } from './format-string.ts';

type Field = {
  readonly key: string | undefined;
  readonly flags: string;
  readonly width: string;
  readonly precision: string;
  readonly conversion: string;
};
type Part = { readonly text: string; readonly field?: Field };

const fieldForm = /^%(?:\(([^()]*)\))?([#0+ -]*)(\*|\d*)((?:\.(?:\*|\d*))?)[hlL]?([\s\S])/;

/** The pieces of a format of `%`; undefined where Python would refuse it. */
export function parsePercent(text: string): readonly Part[] | undefined {
  const parts: Part[] = [];
  let from = 0;
  for (;;) {
    const at = text.indexOf('%', from);
    if (at === -1) return from === text.length && parts.length > 0 ? parts : [...parts, { text: text.slice(from) }];
    const found = fieldForm.exec(text.slice(at));
    if (found === null) return undefined;
    const [whole, key, flags = '', width = '', precision = '', conversion = ''] = found;
    parts.push({ text: text.slice(from, at), field: { key, flags, width, precision, conversion } });
    from = at + whole.length;
  }
}

/** Whether a format can be one of `str.format`: of values in order, or by name. */
export function hasSameFormat(parts: readonly Part[], { isNamed }: { readonly isNamed: boolean }): boolean {
  return parts.every(({ field }) => {
    if (field === undefined) return true;
    const { key, flags, width, precision, conversion } = field;
    const isPlain = flags === '' && width === '' && precision === '';
    if (width === '*' || precision === '.*' || key === '') return false;
    // They convert or refuse values in another way than `format` does.
    if ('diuc'.includes(conversion)) return false;
    if (flags.includes('#') && conversion === 'o') return false;
    if (!isPlain && '%ar'.includes(conversion)) return false;
    if (width !== '' && conversion === 's') return false;
    return !isNamed || (key !== undefined && key !== '');
  });
}

/** The source of a string with a format of `%`, as one of `str.format`. */
export function percentToFormat(source: string): string {
  return (parsePercent(source) ?? [])
    .map(({ text, field }) => `${curlyEscaped(text)}${field === undefined ? '' : spelled(field)}`)
    .join('');
}

function spelled({ key, flags, width, precision, conversion }: Field): string {
  if (conversion === '%') return '%';
  const isConverted = conversion === 'r' || conversion === 'a';
  const type = conversion === 's' || isConverted ? '' : conversion;
  const spec = `${simplified(flags)}${width}${precision}${type}`;
  return `{${key ?? ''}${flags !== '' || width !== '' || precision !== '' || type !== '' ? ':' : ''}${spec}${isConverted ? `!${conversion}` : ''}}`;
}

function simplified(flags: string): string {
  const kept: string[] = [];
  const drop = (flag: string): void => {
    const index = kept.indexOf(flag);
    if (index !== -1) kept.splice(index, 1);
  };
  for (const flag of flags) {
    if (kept.includes(flag)) continue;
    const own = flag === '-' ? '<' : flag;
    kept.push(own);
    if (own === '<') drop('0');
    else if (own === '+') drop(' ');
  }
  return kept.join('');
}
