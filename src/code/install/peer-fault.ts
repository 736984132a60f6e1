import { literalPattern } from '../text/search-text.ts';
import type { FailedInstall, InstallFault } from './install-fault.ts';

/**
 * A conflict of peers: npm stops there with ERESOLVE, pnpm where `strict-peer-dependencies` is set. The cure is never to
 * force it: packages then run beside versions that they were not written for.
 */
export function peerFault({ output, command }: FailedInstall): InstallFault | undefined {
  const wants = /\bERESOLVE\b/.test(output)
    ? npmConflict(output)
    : /ERR_PNPM_PEER_DEP_ISSUES/.test(output)
      ? pnpmConflicts(output)
      : undefined;
  if (wants === undefined) return undefined;
  return {
    code: 'no-solution',
    explanation: {
      what: `\`${command}\` finds no versions that fit together.`,
      why: wants,
      next: 'Move the packages together, hold the one back that the other does not take yet, or replace it. godwit never uses --force or --legacy-peer-deps.',
    },
  };
}

/** `peer react@"^18" from react-dom@18.2.0` under `Could not resolve dependency`, and `Found: react@19.0.0` above it. */
function npmConflict(output: string): string {
  const text = output.replaceAll(/^npm (error|ERR!) ?/gm, '');
  const [, peer = '', range = '', wanter = ''] =
    /\bpeer(?:Optional)? (\S+?)@"([^"]*)" from (\S+)/.exec(
      text.slice(Math.max(0, text.indexOf('Could not resolve'))),
    ) ?? [];
  const found = /Found: (\S+)/.exec(text)?.[1] ?? /Conflicting peer dependency: (\S+)/.exec(text)?.[1];
  if (peer === '') return `npm says:\n${text.slice(text.indexOf('ERESOLVE'), text.indexOf('ERESOLVE') + 800).trim()}`;
  const by = new RegExp(
    `\\s${literalPattern(wanter.slice(0, wanter.lastIndexOf('@')))}@"[^"]*" from (the root project|\\S+)`,
  ).exec(text)?.[1];
  const from = by === undefined || by === 'the root project' ? '' : ` (which ${by} brings)`;
  return `${wanter}${from} wants ${peer} ${range}, and ${found === undefined ? 'no such version can be placed' : `${found} is what the rest wants`}.`;
}

function pnpmConflicts(output: string): string {
  const found: string[] = [];
  let wanter = '';
  for (const line of output.split('\n')) {
    const plain = line.replaceAll(/[│├└─┬ ]+/g, ' ').trim();
    const unmet = /^✕ (unmet|missing) peer (.+)$/.exec(plain);
    if (unmet !== null) found.push(`${wanter} wants ${(unmet[2] ?? '').replace(': found', ', found')}`);
    else if (/^@?[\w./-]+ \d+\.\d+\.\d+\S*$/.test(plain)) wanter = plain.replace(' ', '@');
  }
  return found.length === 0 ? 'pnpm names peers that do not fit.' : `${found.slice(0, 5).join('; ')}.`;
}
