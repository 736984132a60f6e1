/** The units of time that both libraries name alike. */
export type Unit =
  | 'year'
  | 'quarter'
  | 'month'
  | 'week'
  | 'isoWeek'
  | 'day'
  | 'date'
  | 'hour'
  | 'minute'
  | 'second'
  | 'millisecond';

const spellings: readonly (readonly [Unit, string])[] = [
  ['year', 'year years y'],
  ['quarter', 'quarter quarters Q'],
  ['month', 'month months M'],
  ['week', 'week weeks w'],
  ['isoWeek', 'isoWeek'],
  ['day', 'day days d'],
  ['date', 'date'],
  ['hour', 'hour hours h'],
  ['minute', 'minute minutes m'],
  ['second', 'second seconds s'],
  ['millisecond', 'millisecond milliseconds ms'],
];

const units: ReadonlyMap<string, Unit> = new Map(
  spellings.flatMap(([unit, names]) => names.split(' ').map((name) => [name, unit] as const)),
);

/** Undefined where Day.js does not know the name, or takes it for another unit. */
export function unitOf(name: string): Unit | undefined {
  return units.get(name);
}

/** Every name by which a unit may be called. */
export const unitNames: readonly string[] = [...units.keys()];
