import { literalPattern } from '#code/text/search-text';
import { type Slots, slotKinds } from './slots.ts';

const part = /\[([^\]]+)\]|\(([^)]+)\)|\{(\w+)(?::(\w+))?\}|[^\s[\](){}]+/g;

/** Tells what a sentence says in the slots; undefined where it does not fit. */
export type ReadForm = (sentence: string) => Slots | undefined;

/** Reads a form as `Saying` describes it. Throws for a slot of a kind that there is not. */
export function readForm(form: string): ReadForm {
  const source = [...form.matchAll(part)].map(([word, optional, choice, kind, own]) => {
    if (optional !== undefined) return `(?:\\s+(?:${wordsOf(optional)}))?`;
    if (choice !== undefined) return `\\s+(?:${wordsOf(choice)})`;
    return kind === undefined ? `\\s+${literalPattern(word)}` : `\\s+${slot(kind, own ?? kind)}`;
  });
  const whole = new RegExp(`^${source.join('')}$`, 'iu');
  return (sentence) => {
    const found = whole.exec(` ${sentence}`);
    if (found === null) return undefined;
    return Object.fromEntries(Object.entries(found.groups ?? {}).map(([key, text]) => [key, text ?? '']));
  };
}

/** Words of which one may stand there; slots among them too. */
function wordsOf(choices: string): string {
  return choices
    .split('|')
    .map((choice) =>
      choice
        .trim()
        .split(/\s+/)
        .map((word) => {
          const [, kind, own] = /^\{(\w+)(?::(\w+))?\}$/.exec(word) ?? [];
          return kind === undefined ? literalPattern(word) : slot(kind, own ?? kind);
        })
        .join('\\s+'),
    )
    .join('|');
}

function slot(kind: string, key: string): string {
  if (!isKind(kind)) throw new Error(`A form has a slot {${kind}}, of which there is no kind.`);
  return `(?<${key}>${slotKinds[kind]})`;
}

function isKind(kind: string): kind is keyof typeof slotKinds {
  return Object.hasOwn(slotKinds, kind);
}
