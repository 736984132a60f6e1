import type { Finding, Severity } from '#core/finding';
import type { Hit, Rule } from '../rule.ts';
import type { Effects } from './effects/effects.ts';
import { type LockMode, stronger } from './lock-mode.ts';
import { placeOf } from './text/place.ts';
import { positionOf } from './text/position-of.ts';
import type { Unit } from './unit.ts';

/** What a finding of a rule says of the server: the strongest lock that writers wait for, and on which relations. */
export type Said = {
  readonly lock: LockMode | undefined;
  readonly tables: readonly string[];
  readonly rewrite: boolean;
  readonly scan: boolean;
};

/** Effects as a finding says them; an index that is built reads every row too. */
export function saidOf(effects: Effects): Said {
  const strong = effects.locks.filter(({ kind, mode }) => kind === 'table' && isTold(mode));
  return {
    lock: strong.reduce<LockMode | undefined>(
      (found, { mode }) => (found === undefined ? mode : stronger(found, mode)),
      undefined,
    ),
    tables: [...new Set(strong.map(({ relation }) => relation))],
    rewrite: effects.rewrites.length > 0,
    scan: effects.scans.length > 0 || effects.builds.length > 0,
  };
}

/** Locks that every reader and writer takes themselves are not worth a word. */
function isTold(mode: LockMode): boolean {
  return mode !== 'ACCESS SHARE' && mode !== 'ROW SHARE' && mode !== 'ROW EXCLUSIVE';
}

/** A hit as a finding, with its place in the file. */
export function makeFinding(
  hit: Hit,
  place: {
    readonly rule: Rule;
    readonly unit: Unit;
    readonly severity: Severity;
    readonly path: string;
    readonly text: string;
  },
): Finding {
  const { rule, unit, text } = place;
  const { start, end } = placeOf(unit, hit.at, text);
  const from = positionOf(text, start);
  const to = positionOf(text, end);
  const effects = { ...unit.effects, ...hit.effects };
  const said = saidOf(effects);
  const { start: whole, end: wholeEnd } = unit.statement;
  return {
    rule: rule.id,
    aliases: aliasesOf(rule),
    severity: hit.severity ?? place.severity,
    message: hit.message,
    instead: hit.instead ?? rule.instead,
    file: place.path,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    tables: said.tables.length > 0 ? said.tables : (hit.tables ?? []),
    rewrite: said.rewrite,
    scan: said.scan,
    ...(said.lock === undefined ? {} : { lock: said.lock }),
    ...(effects.fails === undefined ? {} : { sqlstates: [effects.fails] }),
    ...(hit.fix === undefined
      ? {}
      : { edit: { offset: whole, length: wholeEnd - whole, before: text.slice(whole, wholeEnd), text: hit.fix } }),
  };
}

/** Names that other tools have for a rule, in one list. */
export function aliasesOf({ aliases }: Pick<Rule, 'aliases'>): readonly string[] {
  const known = lists.get(aliases) ?? Object.values(aliases).flat();
  lists.set(aliases, known);
  return known;
}

/** Every finding asks, and a rule has one answer. */
const lists = new WeakMap<Rule['aliases'], readonly string[]>();
