import type { ServerContext } from '@modelcontextprotocol/server';
import type { RunProgress } from '#app/progress';

/** Hears what happens and tells the client that asked for it (`progressToken`), one line for each step and measurement. */
export function heardBy({ mcpReq }: ServerContext): (event: RunProgress) => void {
  const token = mcpReq._meta?.progressToken;
  let count = 0;
  return (event) => {
    const message = token === undefined ? undefined : messageOf(event);
    if (token === undefined || message === undefined) return;
    count += 1;
    const params = { progressToken: token, progress: count, message };
    // A client that has gone hears nothing, and the run goes on.
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
}

function messageOf(event: RunProgress): string | undefined {
  switch (event.kind) {
    case 'phase-started':
      return event.title;
    case 'step-started':
      return `${event.stepId}: ${event.title}`;
    case 'step-verified':
      return `${event.stepId}: ${event.detail}`;
    case 'step-undone':
      return `${event.stepId} is undone`;
    case 'step-progress':
      return `${event.stepId}: ${event.progress.done} ${event.progress.unit}`;
    case 'held':
      return `held: ${event.why}`;
    case 'gate-reached':
      return `gate ${event.gate}: ${event.needs}`;
    default:
      return undefined;
  }
}
