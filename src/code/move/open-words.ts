import type { Finding } from '#core/finding';
import { placeAt } from '../text/place.ts';
import type { MoveStudy, OpenWord } from './study-move.ts';

/** Words of images and lists of what is ignored that are left as they are, each with its reason. Pure. */
export function openWords({ images, ignored, texts }: MoveStudy): readonly Finding[] {
  const shown = (word: OpenWord, severity: Finding['severity']): Omit<Finding, 'rule' | 'message' | 'cure'> => ({
    severity,
    object: word.from,
    ...placeAt(word.from, texts.get(word.from) ?? '', word),
  });
  return [
    ...images.map((word) => ({
      rule: 'move/image',
      message: `${word.specifier} is left as it is: ${word.why}.`,
      cure: 'Look at what stands there in the image after the move, and mend the line on the branch.',
      ...shown(word, 'error'),
    })),
    ...ignored.map((word) => ({
      rule: 'move/pattern',
      message: `The pattern ${word.specifier} is left as it is: ${word.why}.`,
      cure: 'Where it has to hold for the same files, widen or narrow it on the branch.',
      ...shown(word, 'warning'),
    })),
  ];
}
