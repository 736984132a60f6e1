import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { type Plugin, pluginOrder } from '#code/recipes/moment-to-dayjs/equal/fit';

const load = createRequire(import.meta.url);
export const moment: unknown = load('moment');
Reflect.set(Object(moment), 'suppressDeprecationWarnings', true);

/** A Day.js of its own with these plugins and no others, in the order of the local module. */
export function dayjsWith(plugins: readonly Plugin[]): unknown {
  const key = [...new Set(plugins)].sort().join(' ');
  const made = extended.get(key) ?? freshDayjs(plugins);
  extended.set(key, made);
  return made;
}

const extended = new Map<string, unknown>();

function freshDayjs(plugins: readonly Plugin[]): unknown {
  for (const path of Object.keys(load.cache)) if (/[\\/]dayjs[\\/]/.test(path)) delete load.cache[path];
  const dayjs: unknown = load('dayjs');
  for (const one of pluginOrder.filter((name) => plugins.includes(name)))
    called(dayjs, 'extend', [load(`dayjs/plugin/${one}`)]);
  return dayjs;
}

export function called(target: unknown, name: string, args: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(Object(target), name);
  if (typeof method !== 'function') throw new Error(`There is no ${name}.`);
  return Reflect.apply(method, target, [...args]);
}

export function made(library: unknown, name: string, args: readonly unknown[]): unknown {
  if (name !== 'moment') return called(library, name, args);
  if (typeof library !== 'function') throw new Error('It is no function.');
  return Reflect.apply(library, undefined, [...args]);
}

/** What can be seen of an answer: of a date its instant, its mode and all fields. */
function seen(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  const isDate = typeof value === 'object' && value !== null && !Array.isArray(value) && 'format' in value;
  if (!isDate) return value;
  return ['valueOf', 'year', 'month', 'date', 'hour', 'minute', 'second', 'millisecond', 'day'].map((name) =>
    called(value, name, []),
  );
}

export function outcome(run: () => unknown): unknown {
  try {
    return seen(run());
  } catch {
    return 'throws';
  }
}

/** Says what both answered where that is not the same. */
export function same(input: unknown, [theirs, mine]: readonly unknown[]): void {
  if (!isDeepStrictEqual(mine, theirs)) expect({ input, answer: mine }).toEqual({ input, answer: theirs });
}
