import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import { dateFit } from '../equal/dates.ts';
import { type Given, type Needs, type Plugin, type Premise, premiseMeanings } from '../equal/fit.ts';
import { durationFit, hollowAnswers, originFit } from '../equal/origins.ts';
import { givenBy } from '../reading/given.ts';
import { type Called, type Origin, type Refusal, refuse, type State } from './state.ts';

/** What is known beside the file. */
export type Outlook = {
  readonly granted: ReadonlySet<string>;
  /** A place at which another language is chosen for all values, or a text of it. */
  readonly otherLanguage: string | undefined;
  /** A place at which a test sets the present. */
  readonly stubbedNow: string | undefined;
};

/** What the groups that can be converted need. */
export type Decided = {
  readonly pluginsOf: ReadonlyMap<number, ReadonlySet<Plugin>>;
  /** Names of methods that are others in Day.js. */
  readonly renamed: readonly { readonly called: Called; readonly as: string }[];
};

/** Judges every call of every group, and refuses those that are not the same in Day.js. */
export function decideGroups(state: State, outlook: Outlook): Decided {
  const pluginsOf = new Map<number, Set<Plugin>>();
  const renamed: { readonly called: Called; readonly as: string }[] = [];
  const ids = new Set(state.origins.map(({ group }) => state.groups.of(group)));
  for (const id of ids) {
    const isIn = (one: { readonly group: number }): boolean => state.groups.of(one.group) === id;
    const origins = state.origins.filter(isIn);
    const calls = state.calls.filter(({ value }) => isIn(value));
    const made = origins.map((one) => ({ one, fit: originFit(one.name, givenOf(one.call, state)) }));
    for (const { one, fit } of made) if ('why' in fit) refuse(state, id, one.call, fit.why);
    const fits = made.flatMap(({ one, fit }) => ('why' in fit ? [] : [{ one, fit }]));
    const type = fits[0]?.fit.type ?? 'date';
    if (fits.some(({ fit }) => fit.type !== type))
      refuse(state, id, origins[0]?.call ?? state.source, 'dates and durations meet');
    const answered = calls.map((one) => {
      const name = one.access.name.text;
      const given = givenOf(one.call, state);
      return { one, given, fit: type === 'date' ? dateFit(name, given) : durationFit(name, given) };
    });
    for (const { one, fit } of answered) if ('why' in fit) refuse(state, id, one.access.name, fit.why);
    const good = answered.flatMap(({ one, given, fit }) => ('why' in fit ? [] : [{ one, given, fit }]));
    for (const { one, fit } of good) if (fit.as !== undefined) renamed.push({ called: one, as: fit.as });
    const modes = new Set([...fits.map(({ fit }) => fit.mode), ...good.flatMap(({ fit }) => fit.mode ?? [])]);
    const isChanged = calls.some(({ isChange }) => isChange);
    const sight: Sight = {
      isLocal: modes.has('local'),
      isMixed: modes.size > 1,
      isPresent: fits.every(({ fit }) => fit.isNow === true) && !isChanged,
      isSure:
        fits.every(({ fit }) => fit.isSurelyValid || fit.premises?.includes('fitting-strings') === true) &&
        good.every(({ one, given }) => !one.isChange || given.every(({ kind }) => kind !== 'number')),
    };
    for (const { one, fit } of fits) {
      judge(one.call, fit, { id, sight, state, outlook });
      if (fit.isNow === true && outlook.stubbedNow !== undefined)
        refuse(state, id, one.call, `${outlook.stubbedNow} sets \`Date.now\`, which Day.js does not ask`);
    }
    for (const { one, fit } of good) {
      const isExempt = sight.isPresent && /^(format|utcOffset)$/.test(one.access.name.text);
      const isHollow = fits.some(({ fit }) => fit.isHollow === true) && !hollowAnswers.includes(one.access.name.text);
      const needs = {
        ...fit,
        ...(isExempt ? { localPremises: [] } : {}),
        ...(isHollow ? { isValid: true as const } : {}),
      };
      judge(one.access.name, needs, { id, sight, state, outlook });
    }
    pluginsOf.set(id, new Set([...fits, ...good].flatMap(({ fit }) => fit.plugins ?? [])));
  }
  return { pluginsOf, renamed };
}

function givenOf(call: TypeScript.CallExpression, state: State): readonly Given[] {
  return call.arguments.map((node): Given => {
    if (ts.isSpreadElement(node)) return { kind: 'unknown' };
    if (state.dated.has(node)) return { kind: 'followed' };
    const called = state.calls.find((one) => one.call === node);
    return called !== undefined && numbers.test(called.access.name.text)
      ? { kind: 'number' }
      : givenBy(node, state.checker);
  });
}

/** Methods that answer a number. */
const numbers = /^(diff|valueOf|unix|year|month|date|day|hour|minute|second|millisecond)s?$/;

type Sight = {
  readonly isLocal: boolean;
  readonly isMixed: boolean;
  readonly isPresent: boolean;
  readonly isSure: boolean;
};

function judge(
  node: TypeScript.Node,
  needs: Needs,
  {
    id,
    sight,
    state,
    outlook,
  }: { readonly id: number; readonly sight: Sight; readonly state: State; readonly outlook: Outlook },
): void {
  const wanted: Premise[] = [...(needs.premises ?? []), ...(sight.isLocal ? (needs.localPremises ?? []) : [])];
  if (needs.isValid === true && !sight.isSure) wanted.push('valid-dates');
  const missing = wanted.find((one) => !outlook.granted.has(one));
  if (missing !== undefined)
    refuse(
      state,
      id,
      node,
      `it is the same only if ${premiseMeanings[missing]} (grant it with --recipe-option assume=${missing})`,
    );
  if (needs.isEnglish === true && outlook.otherLanguage !== undefined)
    refuse(state, id, node, `its text depends on the language, which ${outlook.otherLanguage} chooses`);
  if (needs.isLocalOnly === true && (sight.isMixed || !sight.isLocal))
    refuse(state, id, node, 'what it is compared with is read in UTC by moment, and in local time by Day.js');
  if (needs.isOneMode === true && sight.isMixed)
    refuse(state, id, node, 'local time and UTC meet in it, which Day.js makes local');
}

/** The origins of a group that cannot be converted, with the first reason and where it stands. */
export function refusedOrigins(state: State): readonly { readonly origin: Origin; readonly first: Refusal }[] {
  return state.origins.flatMap((origin) => {
    const id = state.groups.of(origin.group);
    const [first] = state.refusals
      .filter(({ group }) => state.groups.of(group) === id)
      .toSorted((one, other) => one.node.getStart() - other.node.getStart());
    return first === undefined ? [] : [{ origin, first }];
  });
}
