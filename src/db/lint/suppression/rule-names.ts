import type { Finding } from '#core/finding';
import { nearestNames } from '#core/nearest-names';

/** Finds rules by any of their names. */
export type RuleNames = {
  /**
   * Ids of the rules that a name means: our id, the id without its group, or a name of another tool; without regard to
   * case, to `ps:` before it, and to camel case instead of hyphens. Empty for a name that means none.
   */
  readonly named: (name: string) => readonly string[];
  /** Ids that look most like a name that means none; best first, at most three. */
  readonly nearest: (name: string) => readonly string[];
};

/** The names of all rules. An id without its group counts only where one rule alone has it. */
export function ruleNames(rules: readonly { readonly id: string; readonly aliases: readonly string[] }[]): RuleNames {
  const byName = new Map<string, Set<string>>();
  const add = (name: string, id: string) => {
    const key = keyOf(name);
    byName.set(key, (byName.get(key) ?? new Set()).add(id));
  };
  for (const { id, aliases } of rules) for (const name of [id, ...aliases]) add(name, id);
  const shorts = new Map<string, string[]>();
  for (const { id } of rules) {
    const key = keyOf(withoutGroup(id));
    shorts.set(key, [...(shorts.get(key) ?? []), id]);
  }
  const named = (name: string): readonly string[] => {
    const key = keyOf(name);
    const ids = [...(byName.get(key) ?? [])];
    const [short, ...others] = shorts.get(key) ?? [];
    return ids.length > 0 || short === undefined || others.length > 0 ? ids : [short];
  };
  const nearest = (name: string): readonly string[] => {
    const known = rules.flatMap(({ id, aliases }) =>
      [id, ...aliases].map((one) => ({ id, key: keyOf(withoutGroup(one)) })),
    );
    const keys = known.map(({ key }) => key);
    const near = nearestNames(keyOf(withoutGroup(name)), keys);
    return [...new Set(near.flatMap((key) => known.filter((one) => one.key === key).map(({ id }) => id)))].slice(0, 3);
  };
  return { named, nearest };
}

/** True where the finding is of a rule of an analyzer of Atlas, whose names stand for the codes of its checks. */
export function isOfAnalyzer(name: string, { aliases = [] }: Finding): boolean {
  const codes = analyzers.get(name);
  return codes !== undefined && aliases.some((alias) => codes.test(alias));
}

/** True for the name of an analyzer of Atlas. */
export function isAnalyzer(name: string): boolean {
  return analyzers.has(name);
}

/** https://atlasgo.io/lint/analyzers */
const analyzers: ReadonlyMap<string, RegExp> = new Map([
  ['destructive', /^DS\d+$/],
  ['data_depend', /^MF\d+$/],
  ['incompatible', /^BC\d+$/],
  ['concurrent_index', /^PG1\d+$/],
  ['condrop', /^CD\d+$/],
  ['naming', /^NM\d+$/],
]);

function withoutGroup(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** `ps:Drop-Table`, `banDropTable` and `lint/safety/banDropTable` as they are compared. */
function keyOf(name: string): string {
  const bare = name.replace(/^ps:/i, '').replace(/^lint\/(?:\w+\/)?/, '');
  const hyphened = /^[a-z]+(?:[A-Z][a-z0-9]*)+$/.test(bare) ? bare.replace(/[A-Z]/g, '-$&') : bare;
  return hyphened.toLowerCase().replaceAll('_', '-');
}
