import { unquoted } from '../plain-words/slots.ts';
import type { Saying } from '../saying.ts';

export const renameSymbol: Saying = {
  name: 'rename-symbol',
  summary: 'A symbol under another name, with every use of it',
  forms: [
    'rename [the] [function|class|type|interface|method|variable|constant|symbol|export|component] {symbol} (of|in|from) {path} to {symbol:fresh}',
    'rename [the] [function|class|type|interface|method|variable|constant|symbol|export|component] {place} to {symbol:fresh}',
  ],
  examples: [
    {
      says: 'rename the function getUser in src/users.ts to findUser',
      command: "godwit plan --rename-symbol 'src/users.ts#getUser=findUser'",
    },
    {
      says: 'rename src/users.ts#getUser to findUser',
      command: "godwit plan --rename-symbol 'src/users.ts#getUser=findUser'",
    },
  ],
  means({ symbol, path = '', place, fresh = '' }) {
    return { args: ['plan', '--rename-symbol', `${place ?? `${unquoted(path)}#${symbol}`}=${fresh}`] };
  },
};
