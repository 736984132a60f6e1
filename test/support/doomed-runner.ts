/**
 * A runner to be killed: takes the lease of a database and carries out one action, as its own process.
 * Arguments: URL, run id, deed, direction, the action as JSON. Says `at work` once the lease is taken, `done` at the end.
 */
import { databaseExecutors } from '#db/executors/index';
import { executionContext, executionTools, openLease } from './execution.ts';

const [url = '', runId = '', deed = '', direction = 'forward', text = '{}'] = process.argv.slice(2);
const action: { readonly kind: string } = JSON.parse(text);
const leases = await openLease(url, { place: `doomed, process ${process.pid}` });
const lease = await leases.acquire(runId, new AbortController().signal);
process.stdout.write('at work\n');
const executor = databaseExecutors(executionTools(url, lease)).find(({ kind }) => kind === action.kind);
const way = direction === 'back' ? 'back' : 'forward';
await executor?.execute(action, executionContext(runId, { deed, direction: way }));
process.stdout.write('done\n');
await leases.release(lease);
await leases.end();
