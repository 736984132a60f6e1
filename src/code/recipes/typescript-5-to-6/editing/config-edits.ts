import { diffLines } from 'diff';
import type { TextEdit, TreeTransformed, TreeUnresolved, Unresolved } from '../../../recipe.ts';
import { type Config, type Configs, chainOf, settingsOf } from '../reading/configs.ts';
import { type ConfigText, configText } from './config-text.ts';

/** Changes of compiler options that pile up, and what is left to a person, each at its option. */
export interface ConfigEdits {
  set(config: Config, key: string, value: unknown): void;
  remove(config: Config, key: string): void;
  /** Makes `paths` what is given, entry by entry, so that what stands between them stays. */
  setPaths(config: Config, paths: Readonly<Record<string, readonly string[]>>): void;
  /** Leaves an option to a person. Without a key, the file. */
  leave(config: Config, key: string | undefined, item: Omit<Unresolved, 'offset' | 'length'>): void;
  result(): TreeTransformed;
}

/** Begins with no change. */
export function configEdits(): ConfigEdits {
  const texts = new Map<string, { readonly before: string; readonly text: ConfigText }>();
  const left: {
    readonly config: Config;
    readonly key: string | undefined;
    readonly item: Omit<Unresolved, 'offset' | 'length'>;
  }[] = [];
  const open = (config: Config): ConfigText => {
    const known = texts.get(config.path) ?? { before: config.text, text: configText(config.text) };
    texts.set(config.path, known);
    return known.text;
  };
  return {
    set: (config, key, value) => open(config).set(['compilerOptions', key], value),
    remove: (config, key) => open(config).remove(['compilerOptions', key]),
    setPaths(config, paths) {
      const before = config.options.paths;
      const isThere = typeof before === 'object' && before !== null;
      if (!isThere) open(config).set(['compilerOptions', 'paths'], paths);
      else
        for (const [pattern, targets] of Object.entries(paths))
          open(config).set(['compilerOptions', 'paths', pattern], targets);
    },
    leave(config, key, item) {
      left.push({ config, key, item });
    },
    result() {
      const unresolved = left.map(({ config, key, item }): TreeUnresolved => {
        const place = open(config).placeOf(key === undefined ? ['compilerOptions'] : ['compilerOptions', key]);
        return { path: config.path, ...place, ...item };
      });
      const edits = [...texts].flatMap(([path, { before, text }]) => {
        const mine = editsBetween(before, text.text());
        return mine.length === 0 ? [] : [{ kind: 'edit' as const, path, edits: mine }];
      });
      return { edits, unresolved };
    },
  };
}

/**
 * Sets an option for programs, as near to the root of what they extend as can be, so that it is said once: a config takes it
 * where every program that it reaches wants the same value, or already has its own say.
 */
export function place(
  edits: ConfigEdits,
  { programs }: Configs,
  { key, needs }: { readonly key: string; readonly needs: ReadonlyMap<Config, unknown> },
): void {
  const placed = new Map<string, { readonly at: Config; readonly value: unknown }>();
  for (const [program, value] of needs) {
    const holders = chainOf(program).filter(({ isOwn }) => isOwn);
    const fits = (at: Config): boolean =>
      programs.every((other) => {
        const now = settingsOf(other).get(key)?.value;
        const then = settingsOf(other, { at, key, value }).get(key)?.value;
        const wanted = needs.has(other) && isReached(other, at) ? needs.get(other) : now;
        return JSON.stringify(then) === JSON.stringify(wanted);
      });
    const at = holders.find(fits) ?? program;
    placed.set(at.path, { at, value });
  }
  for (const { at, value } of placed.values()) edits.set(at, key, value);
}

function isReached(program: Config, at: Config): boolean {
  return chainOf(program).some(({ path }) => path === at.path);
}

/**
 * Takes an option away wherever the tree sets it, and where only a package that is extended does, sets it to null in the
 * programs: that is how `extends` is undone (https://www.typescriptlang.org/tsconfig/#extends).
 */
export function takeAway(
  edits: ConfigEdits,
  { own, programs }: Configs,
  { key, isMeant }: { readonly key: string; isMeant(value: unknown): boolean },
): void {
  for (const config of own) {
    const value = config.options[key];
    if (value === undefined || value === null || !isMeant(value)) continue;
    if (isMeantValue(comingIn(config, { key, isMeant }), isMeant)) edits.set(config, key, null);
    else edits.remove(config, key);
  }
  for (const program of programs) {
    const gate = chainOf(program).find(
      (config) =>
        config.isOwn && config.options[key] === undefined && isMeantValue(comingIn(config, { key, isMeant }), isMeant),
    );
    if (gate !== undefined && !settingsOf(program).get(key)?.from.isOwn) edits.set(gate, key, null);
  }
}

type Taken = { readonly key: string; isMeant(value: unknown): boolean };

function isMeantValue(value: unknown, isMeant: Taken['isMeant']): boolean {
  return value !== undefined && value !== null && isMeant(value);
}

/** What a config gets of an option from what it extends, once the tree's own configs no longer say it. */
function comingIn(config: Config, taken: Taken): unknown {
  return config.bases.map((base) => goingOut(base, taken)).findLast((value) => value !== undefined);
}

function goingOut(config: Config, taken: Taken): unknown {
  const own = config.options[taken.key];
  const below = comingIn(config, taken);
  if (!config.isOwn || (own !== undefined && !isMeantValue(own, taken.isMeant))) return own ?? below;
  return own !== undefined && isMeantValue(below, taken.isMeant) ? null : below;
}

/** Two texts as edits of the first, whole lines each, so that what was noticed elsewhere keeps its place. */
export function editsBetween(before: string, after: string): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let offset = 0;
  for (const { value, added, removed } of diffLines(before, after)) {
    if (added) edits.push({ offset, length: 0, text: value });
    else if (removed) edits.push({ offset, length: value.length, text: '' });
    if (!added) offset += value.length;
  }
  return edits;
}
