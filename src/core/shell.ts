import type { Plan } from './plan.ts';

/** A word as a POSIX shell reads it back: quoted where it has to be. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Of these several stand in the text of an intent, one a line. */
const listed = ['move', 'rename-symbol'];

/** The command that plans the intent of a plan anew. An option without a value is a flag. */
export function planAgain({ intent }: Pick<Plan, 'intent'>): string {
  const options = Object.entries(intent.options).map(([name, value]) =>
    value === '' ? ` --${name}` : ` --${name} ${shellWord(value)}`,
  );
  const flag = intent.kind === 'sql' ? '' : `--${intent.kind} `;
  const texts = listed.includes(intent.kind) ? intent.text.split('\n') : [intent.text];
  return `godwit plan ${texts.map((text) => `${flag}${shellWord(text)}`).join(' ')}${options.join('')}`;
}
