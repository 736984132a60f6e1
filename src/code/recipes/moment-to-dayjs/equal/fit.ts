/** What a form rests on beside what is seen of its arguments. Only the user can grant it. */
export const premiseMeanings = {
  'valid-dates': 'no date is invalid, or outside of the years 100 to 9999, which Day.js writes otherwise',
  'common-years': 'no year before 100 is read',
  'fitting-strings':
    'each string that is read is an ISO 8601 date that exists, or fits its format, and nothing else is read',
  'whole-amounts': 'amounts of days to years are whole numbers',
  'plain-clocks':
    'no local time stands where clocks are changed, or before 1973, when some offsets were no quarters of an hour',
  'relative-times': 'a text such as "2 years ago" may say one more or less near the border',
} as const;

export type Premise = keyof typeof premiseMeanings;

/** Plugins of Day.js, in the order in which they are brought: `utc` has to be the last that writes dates. */
export const pluginOrder = [
  'advancedFormat',
  'localizedFormat',
  'customParseFormat',
  'dayOfYear',
  'isBetween',
  'isLeapYear',
  'isSameOrAfter',
  'isSameOrBefore',
  'isoWeek',
  'quarterOfYear',
  'relativeTime',
  'toArray',
  'toObject',
  'weekOfYear',
  'weekYear',
  'duration',
  'utc',
] as const;

export type Plugin = (typeof pluginOrder)[number];

/** Why an amount of days to years that is written out stays, whatever is granted. */
export const brokenAmount = 'its amount is no whole number, and each of both makes other days of that';

/** What is seen of an argument. */
export type Given =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A value of moment that is followed, and becomes one of Day.js together with the one that is called. */
  | { readonly kind: 'followed' }
  /** `new Date()` or `Date.now()`. */
  | { readonly kind: 'now' }
  /** A number with decimal places, as it is written out or known by its type. */
  | { readonly kind: 'number'; readonly isFraction: true }
  /** `other` is a list, an object, a function. */
  | { readonly kind: 'number' | 'date' | 'string' | 'unknown' | 'other' };

/** What a call needs to be the same in Day.js. */
export type Needs = {
  readonly plugins?: readonly Plugin[];
  readonly premises?: readonly Premise[];
  /** Needed where a value is in local time, or may be. */
  readonly localPremises?: readonly Premise[];
  /** The value has to be a valid date. */
  readonly isValid?: true;
  /** Texts and weeks have to be those of English. */
  readonly isEnglish?: true;
  /** All values of the group have to be local, or all UTC. */
  readonly isOneMode?: true;
  /** All values of the group have to be local: what is read beside them is. */
  readonly isLocalOnly?: true;
  /** The name in Day.js, where it is another. */
  readonly as?: string;
};

/** What a method does: changes its value in place and answers it, answers a copy, or answers what is no date. */
export type Effect = 'changes' | 'copies' | 'answers';

/** A call that is the same in Day.js, or why it is not, as the end of "… stays: ". */
export type Fit = (Needs & { readonly effect: Effect; readonly mode?: 'utc' | 'local' }) | { readonly why: string };
