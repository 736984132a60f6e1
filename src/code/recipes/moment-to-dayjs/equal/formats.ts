import type { Needs, Plugin } from './fit.ts';

/** The tokens of moment, as its own pattern finds them. */
const momentTokens =
  /(\[[^[]*\])|(\\)?(eHHmm|[Hh]mm(ss)?|Mo|MM?M?M?|Do|DDDo|DD?D?D?|ddd?d?|do?|w[o|w]?|W[o|W]?|Qo?|N{1,5}|YYYYYY|YYYYY|YYYY|YY|y{2,4}|yo?|gg(ggg?)?|GG(GGG?)?|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|LTS|LT|LL?L?L?|l{1,4}|.)/g;

const plain = new Set('YYYY YY M MM D DD d H HH h hh m mm s ss SSS A a'.split(' '));
const english = new Set('MMM MMMM dd ddd dddd'.split(' '));
const offsets = new Set('Z ZZ'.split(' '));
const advanced = new Set('Do Q X x k kk'.split(' '));
const localized = new Set('L LT LTS LL LLL LLLL l ll lll llll'.split(' '));
const weeks: ReadonlyMap<string, readonly Plugin[]> = new Map<string, readonly Plugin[]>([
  ['W', ['isoWeek', 'advancedFormat']],
  ['WW', ['isoWeek', 'advancedFormat']],
  ['GGGG', ['isoWeek', 'advancedFormat']],
  ['w', ['weekOfYear', 'advancedFormat']],
  ['ww', ['weekOfYear', 'advancedFormat']],
  ['gggg', ['weekOfYear', 'weekYear', 'advancedFormat']],
]);

/** Every token that both libraries write alike. */
export const formatTokens: readonly string[] = [
  ...plain,
  ...english,
  ...offsets,
  ...advanced,
  ...localized,
  ...weeks.keys(),
];

type Read = Needs | { readonly why: string };

/** What a format needs to be written alike; the value must be valid. Pure. */
export function formatNeeds(format: string): Read {
  if (format === '') return { why: 'an empty format is written otherwise' };
  const plugins = new Set<Plugin>();
  let isEnglish = false;
  let hasOffset = false;
  const tokens = [...format.matchAll(momentTokens)].map(([token]) => token);
  for (const [at, token] of tokens.entries()) {
    // moment puts the long form in its place first, and reads the whole anew.
    const isBeside = [tokens[at - 1], tokens[at + 1]].some((one) => /^[A-Za-z]/.test(one ?? ''));
    if (localized.has(token) && isBeside) return { why: `\`${token}\` stands directly beside another token` };
    if (token.startsWith('[')) {
      if (!/^\[[^[\]]+\]$/.test(token)) return { why: `\`${token}\` is read otherwise` };
      continue;
    }
    if (token.length === 1 && !/[A-Za-z\\]/.test(token)) continue;
    const week = weeks.get(token);
    if (advanced.has(token)) plugins.add('advancedFormat');
    else if (localized.has(token)) plugins.add('localizedFormat');
    else if (week !== undefined) for (const plugin of week) plugins.add(plugin);
    else if (!plain.has(token) && !english.has(token) && !offsets.has(token) && !isLiteral(token))
      return { why: `\`${token}\` in a format is not written alike` };
    isEnglish ||= english.has(token) || localized.has(token) || week !== undefined || /^(Do|A|a)$/.test(token);
    hasOffset ||= offsets.has(token) || week !== undefined;
  }
  return {
    plugins: [...plugins],
    isValid: true,
    ...(isEnglish ? { isEnglish } : {}),
    ...(hasOffset ? { localPremises: ['plain-clocks'] } : {}),
  };
}

/** A letter that is a token of neither. */
function isLiteral(token: string): boolean {
  return /^[BCFGIJKOPRTUVbcfijnopqrtuv]$/.test(token);
}

/** Whether a format is read alike: whole dates of digits, with what stands between, and clock times after them. */
export function isReadAlike(format: string): boolean {
  return /^(YYYY([-/. ]?)MM\2DD|(DD|D)([-/. ])(MM|M)\4YYYY|(MM|M)([-/. ])(DD|D)\7YYYY)((?:T| |\[T\])?HH(?::?mm(?::?ss(?:\.SSS)?)?)?)?$/.test(
    format,
  );
}

/** Whether a strict format takes the same strings in both, and all others are invalid in both. */
export function isStrictAlike(format: string): boolean {
  return /^(YYYY([-/.])MM\2DD|DD([-/.])MM\3YYYY|MM([-/.])DD\4YYYY)$/.test(format);
}
