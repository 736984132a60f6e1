import type { Saying } from '../saying.ts';

export const askStatus: Saying = {
  name: 'ask-status',
  summary: 'Where a run stands',
  forms: [
    '(where are we|where is it|how far is it|how far are we|how is it going|what is running|what is the status|show status)',
  ],
  examples: [{ says: 'where are we?', command: 'godwit status' }],
  means: () => ({ args: ['status'] }),
};
