import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type McpServer, type ReadResourceResult, ResourceTemplate } from '@modelcontextprotocol/server';
import { asReader } from '#app/as-reader';
import { findPlan, planIds } from '#app/plan-folder';
import { status } from '#app/verbs/status';
import { fenced } from './fenced.ts';
import { type Served, surroundingsOf } from './served.ts';

const quiet = { target: undefined, on: () => undefined };

/** `plan://ID`: the document of a plan; `run://ID`: where its run stands. */
export function addResources(server: McpServer, served: Served): void {
  const open = () => surroundingsOf(served, { ...quiet, signal: served.signal });
  const listed = (scheme: 'plan' | 'run') => async () => {
    const { surroundings } = await open();
    const ids = await planIds(surroundings);
    return { resources: ids.map((id) => ({ uri: `${scheme}://${id}`, name: id })) };
  };
  server.registerResource(
    'plan',
    new ResourceTemplate('plan://{id}', { list: listed('plan') }),
    { title: 'Plan', description: 'A plan as PLAN.md', mimeType: 'text/markdown' },
    async (uri, { id }) => {
      const { surroundings, clean } = await open();
      const { dir } = await findPlan(String(id), surroundings);
      return textAt(uri, 'text/markdown', fenced(clean(await readFile(join(dir, 'PLAN.md'), 'utf8'))));
    },
  );
  server.registerResource(
    'run',
    new ResourceTemplate('run://{id}', { list: listed('run') }),
    { title: 'Run', description: 'Where the run of a plan stands', mimeType: 'application/json' },
    async (uri, { id }) => {
      const { surroundings, clean } = await open();
      const { json } = await status.execute({ plan: String(id) }, asReader(surroundings));
      return textAt(uri, 'application/json', clean(JSON.stringify(json, undefined, 2)));
    },
  );
}

function textAt(uri: URL, mimeType: string, text: string): ReadResourceResult {
  return { contents: [{ uri: uri.href, mimeType, text }] };
}
