import type { Plan } from './plan.ts';

/** A word as a POSIX shell reads it back: quoted where it has to be. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Of these several stand in the text of an intent, one a line. */
const listed = ['move', 'rename-symbol', 'split', 'break-cycles', 'recipe'];

/** The command that plans the intent of a plan anew; folders of code stand one a line too. The options of a rename and of a split are flags. */
export function planAgain({ intent }: Pick<Plan, 'intent'>): string {
  const options = Object.entries(intent.options).flatMap(([name, value]) => {
    if (intent.kind === 'recipe') return [` --recipe-option ${shellWord(`${name}=${value}`)}`];
    if (intent.kind === 'rename-symbol' || intent.kind === 'split') return [` --${name}`];
    return (name === 'code' ? value.split('\n') : [value]).map((one) => ` --${name} ${shellWord(one)}`);
  });
  const flag = intent.kind === 'sql' ? '' : `--${intent.kind} `;
  const texts = listed.includes(intent.kind) ? intent.text.split('\n') : [intent.text];
  return `godwit plan ${texts.map((text) => `${flag}${shellWord(text)}`).join(' ')}${options.join('')}`;
}
