import type { Recipe } from '../../recipe.ts';
import { convert } from './convert.ts';

/** Values of moment become values of Day.js where both do the same. */
export const momentToDayjs: Recipe = {
  id: 'moment-to-dayjs',
  summary: 'Values of moment become values of Day.js where both do the same.',
  why: 'moment is no longer developed, and large. Day.js has most of its methods, but its values never change: `m.add(1, "day")` as a statement does nothing there. Each value is followed to every place that sees it; it becomes one of Day.js where all of these do the same, and changes become assignments. All others are named.',
  applies: [],
  risk: 'medium',
  params: {
    assume: {
      summary:
        'Premises that you grant: valid-dates, common-years, fitting-strings, whole-amounts, plain-clocks, relative-times; with commas between',
      default: '',
    },
  },
  transforms: [
    {
      kind: 'tree',
      id: 'dayjs',
      why: 'The makers of moment ask to use another library in new work; values that change in place are its most frequent source of errors.',
      transform: convert,
    },
  ],
};
