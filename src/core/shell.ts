import type { Plan } from './plan.ts';

/** A word as a POSIX shell reads it back: quoted where it has to be. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The command that plans the intent of a plan anew; several moves or recipes stand one a line in its text. */
export function planAgain({ intent }: Pick<Plan, 'intent'>): string {
  const isRecipe = intent.kind === 'recipe';
  const options = Object.entries(intent.options).map(([name, value]) =>
    isRecipe ? ` --recipe-option ${shellWord(`${name}=${value}`)}` : ` --${name} ${shellWord(value)}`,
  );
  const flag = intent.kind === 'sql' ? '' : `--${intent.kind} `;
  const texts = intent.kind === 'move' || isRecipe ? intent.text.split('\n') : [intent.text];
  return `godwit plan ${texts.map((text) => `${flag}${shellWord(text)}`).join(' ')}${options.join('')}`;
}
