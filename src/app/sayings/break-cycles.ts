import { unquoted } from '../plain-words/slots.ts';
import type { Saying } from '../saying.ts';

export const breakCycles: Saying = {
  name: 'break-cycles',
  summary: 'Import cycles, cut where the fewest declarations move',
  forms: [
    '(break|cut|remove|fix|end) [the|all|all the] [import|circular|module|dependency] (cycles|cycle|imports|dependencies|import cycles) [of|with|in|around] {path}',
    '(break|cut|remove|fix|end) [the|all|all the] (cycles|import cycles|module cycles|circular imports|circular dependencies|dependency cycles)',
  ],
  examples: [
    { says: 'break the import cycles', command: 'godwit plan --break-cycles all' },
    { says: 'break the cycle with src/users.ts', command: 'godwit plan --break-cycles src/users.ts' },
  ],
  means({ path }) {
    return { args: ['plan', '--break-cycles', path === undefined ? 'all' : unquoted(path)] };
  },
};
