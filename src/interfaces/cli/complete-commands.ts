import type { Json } from '#core/canonical';
import { shellWord } from '#core/shell';

/** How the user called godwit: what a command in an answer has to repeat, so that it can be pasted. */
export type Spelling = {
  /** Flags that say where, e.g. `--target live`; never with a credential. */
  readonly place: readonly string[];
  /** The plan as the user named it; undefined where none was named. */
  readonly plan: string | undefined;
  /** Names of plans by their ids. */
  readonly names: ReadonlyMap<string, string>;
  /** The whole command as it was called, without its credentials. */
  readonly called: string;
  /** Names of what takes no target. */
  readonly withoutTarget: ReadonlySet<string>;
  /** Names of what takes a plan as its argument. */
  readonly takesPlan: ReadonlySet<string>;
};

const planFolder = /migrations\/(\d{8}-[a-z0-9-]+-[0-9a-f]{8})(?![\w-])/g;
const sameCommand = /\b(the same command again)\b(?! \()/;

/** Ids of the plans whose folders a text names. */
export function plansNamedIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(planFolder)].flatMap(([, id]) => (id === undefined ? [] : [id])))];
}

/**
 * Completes the commands that stand between backticks in a text: the plan by the name that it has here, and the flags
 * that say where, so that each can be pasted. Placeholders stay placeholders.
 */
export function completeCommands(text: string, spelling: Spelling): string {
  const whole = text.replaceAll(/`godwit ([a-z]+)([^`]*)`/g, (all, verb: string, rest: string) =>
    spelling.withoutTarget.has(verb) ? all : `\`godwit ${verb}${completed(verb, rest, spelling)}\``,
  );
  return whole.replace(sameCommand, `$1 (\`${spelling.called.replaceAll('$', '$$$$')}\`)`);
}

/** The same in a JSON document: in what its checks and findings say is to be done next. */
export function completeDocument(document: Json, spelling: Spelling): Json {
  if (!isRecord(document)) return document;
  const { checks, findings } = document;
  return {
    ...document,
    ...(Array.isArray(checks) ? { checks: checks.map((check) => completeField(check, 'next', spelling)) } : {}),
    ...(Array.isArray(findings) ? { findings: findings.map((one) => completeField(one, 'cure', spelling)) } : {}),
  };
}

function completed(verb: string, rest: string, { place, plan, names, takesPlan }: Spelling): string {
  const named = rest.replaceAll(planFolder, (_, id: string) => shellWord(names.get(id) ?? id));
  const lacksPlan = takesPlan.has(verb) && plan !== undefined && /^( -|$)/.test(named);
  const flags = / --(target|db)\b/.test(named) ? [] : place;
  return [lacksPlan ? ` ${shellWord(plan)}` : '', named, ...flags.map((flag) => ` ${shellWord(flag)}`)].join('');
}

function completeField(value: Json, field: string, spelling: Spelling): Json {
  if (!isRecord(value)) return value;
  const text = value[field];
  return typeof text === 'string' ? { ...value, [field]: completeCommands(text, spelling) } : value;
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
