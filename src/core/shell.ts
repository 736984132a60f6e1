import type { Plan } from './plan.ts';

/** A word as a POSIX shell reads it back: quoted where it has to be. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The command that plans the intent of a plan anew. */
export function planAgain({ intent }: Pick<Plan, 'intent'>): string {
  const options = Object.entries(intent.options).map(([name, value]) => ` --${name} ${shellWord(value)}`);
  const flag = intent.kind === 'sql' ? '' : `--${intent.kind} `;
  return `godwit plan ${flag}${shellWord(intent.text)}${options.join('')}`;
}
