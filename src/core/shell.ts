import type { Plan } from './plan.ts';

/** A word as a POSIX shell reads it back: quoted where it has to be. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The command that plans the intent of a plan anew; several moves, recipes or folders of code stand one a line in its text. */
export function planAgain({ intent }: Pick<Plan, 'intent'>): string {
  const isRecipe = intent.kind === 'recipe';
  const options = Object.entries(intent.options).flatMap(([name, value]) => {
    if (isRecipe) return [` --recipe-option ${shellWord(`${name}=${value}`)}`];
    return (name === 'code' ? value.split('\n') : [value]).map((one) => ` --${name} ${shellWord(one)}`);
  });
  const flag = intent.kind === 'sql' ? '' : `--${intent.kind} `;
  const texts = intent.kind === 'move' || isRecipe ? intent.text.split('\n') : [intent.text];
  return `godwit plan ${texts.map((text) => `${flag}${shellWord(text)}`).join(' ')}${options.join('')}`;
}
