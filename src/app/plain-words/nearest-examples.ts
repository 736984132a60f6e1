import type { Saying } from '../saying.ts';

type Example = Saying['examples'][number];

const shownMax = 4;

/** Of each saying the example of the form that shares most words with a sentence, the likest first; else in the order of the shelf. Pure. */
export function nearestExamples(sentence: string, sayings: readonly Saying[]): readonly Example[] {
  const own = new Set(stems(sentence));
  const likeness = (text: string): number => {
    const words = stems(text);
    const shared = words.filter((word) => own.has(word)).length;
    // The word that it begins with is what is to be done.
    const isSameDeed = words[0] !== undefined && own.has(words[0]);
    return shared === 0 ? 0 : (isSameDeed ? 1 : 0) + shared / Math.max(words.length, own.size);
  };
  const ranked = sayings.flatMap((saying) => {
    const score = Math.max(...saying.forms.map((form) => likeness(form.replaceAll(/\{[^}]*\}/g, ''))));
    const [example] = saying.examples.toSorted((one, other) => likeness(other.says) - likeness(one.says));
    return example === undefined ? [] : [{ example, score }];
  });
  return ranked
    .toSorted((one, other) => other.score - one.score)
    .slice(0, shownMax)
    .map(({ example }) => example);
}

function stems(text: string): readonly string[] {
  return (text.toLowerCase().match(/[a-z]+/g) ?? []).map((word) => word.replace(/(?<=..)(ing|ed|es|s|e)$/, ''));
}
