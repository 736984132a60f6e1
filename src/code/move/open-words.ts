import type { Finding } from '#core/finding';
import { lineAt } from '../text/place.ts';
import type { MoveStudy, OpenWord } from './study-move.ts';

/** Words of images, of lists of what is ignored and of configuration that are left as they are, each with its reason. Pure. */
export function openWords({ images, ignored, doubtful, texts }: MoveStudy): readonly Finding[] {
  const shown = (word: OpenWord, severity: Finding['severity']): Omit<Finding, 'rule' | 'message' | 'cure'> => ({
    severity,
    object: word.from,
    ...lineAt(word.from, texts.get(word.from) ?? '', word),
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
    ...doubtful.map((word) => ({
      rule: 'move/mention',
      message: `${word.specifier} may be ${word.why}, or the name of something else; it is left as it is.`,
      cure: 'Where it is that path, write it anew on the branch.',
      ...shown(word, 'warning'),
    })),
  ];
}
