import type { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { planHeadings } from '#report/plan-document';

/** The prompt for a migration plan, with the headings that `PLAN.md` has. */
export function addPrompts(server: McpServer): void {
  server.registerPrompt(
    'migration-plan',
    {
      title: 'Migration plan',
      description: 'Plans a change of a database or a code base under the eight headings of godwit',
      argsSchema: z.object({ change: z.string().describe('What shall change, in words or SQL') }),
    },
    ({ change }) => ({
      messages: [{ role: 'user', content: { type: 'text', text: promptText(change) } }],
    }),
  );
}

function promptText(change: string): string {
  return [
    `Make a migration plan for this change: ${change}`,
    'Use the tools in this order: doctor, inspect, plan, rehearse. Let `plan` decide the steps; do not write SQL or edits of your own beside it.',
    `Then show the plan under these headings, in this order: ${planHeadings.join(', ')}.`,
    'Say which numbers were measured by the rehearsal and which are estimates. Name every hazard with its cure. Do not call apply before a person has read the plan.',
  ].join('\n');
}
