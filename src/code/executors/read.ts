import type { Executor } from '#core/executor';
import { readSchema } from '../action.ts';

/** Nothing is done: what a person is to read stands in the plan, and the log says where it is. */
export function read(): Executor {
  return {
    kind: 'code/read',
    execute: async (action) => {
      const { documents, unread } = readSchema.parse(action);
      const places = documents.map(({ package: name, path, lines }) => `${name}: ${path} (${lines} lines)`);
      const missing = unread.map(({ package: name }) => `${name}: nothing was found`);
      return { ok: true, detail: [...places, ...missing].join('; ') };
    },
  };
}
