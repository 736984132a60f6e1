import * as z from 'zod';

/** What `assist` takes. */
export const assistInput = z.strictObject({
  words: z.array(z.string()).optional().describe('What you want, e.g. "rename users.name to full_name"'),
  show: z.boolean().optional().describe('Print the command that the words stand for, and call nothing'),
  list: z.boolean().optional().describe('Print what can be said'),
});

export type AssistInput = z.infer<typeof assistInput>;
