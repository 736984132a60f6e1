import * as z from 'zod';

/** What `assist` takes. */
export const assistInput = z.strictObject({
  words: z.array(z.string()).optional().describe('What you want, e.g. "rename users.name to full_name"'),
  show: z.boolean().optional().describe('Print the command that the words stand for, and call nothing'),
  list: z.boolean().optional().describe('Print what can be said'),
  model: z.boolean().optional().describe('Ask the model, also where the words stand for a command'),
  workList: z
    .union([z.boolean(), z.string()])
    .optional()
    .describe(
      'Let the model do what a plan for the working tree leaves to people, at the gate where its run waits; with the plan where there are several',
    ),
  writeRecipe: z
    .string()
    .optional()
    .describe('Let the model write a recipe with this id, from cases in the folder that --cases names'),
  cases: z.string().optional().describe('Folder of cases, each a folder with before.EXT and after.EXT'),
  language: z.string().optional().describe('Language of the cases, as recipes name it (default: by their extension)'),
  tries: z.number().int().min(1).max(20).default(3).describe('How often the model may try the same again'),
  transcript: z.string().optional().describe('File for the transcript (default: in the git directory)'),
});

export type AssistInput = z.infer<typeof assistInput>;
