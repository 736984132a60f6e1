import semver from 'semver';
import type { Finding } from '#core/finding';
import type { PublishedTool } from '../published-tool.ts';
import { publishedTools } from '../published-tools/index.ts';
import type { RegistryAnswer } from '../registry/registry.ts';
import { isReason } from './applies.ts';
import type { Hop } from './upgrade-path.ts';

/** A published tool at the version that a hop calls. */
export type PlannedTool = {
  readonly tool: PublishedTool;
  readonly version: string;
  readonly calls: readonly (readonly string[])[];
};

/** The tools that a hop calls, and what has to be said of tools that it does not. */
export type ToolChoice = { readonly tools: readonly PlannedTool[]; readonly findings: readonly Finding[] };

/**
 * Tools whose makers publish them for a move of this hop, at the newest version that is meant for it. Where programs are not
 * granted none is called, and a finding names what could be.
 */
export async function toolsFor(
  { changes }: Pick<Hop, 'changes'>,
  { mayRun, packument }: { readonly mayRun: boolean; packument(name: string): Promise<RegistryAnswer> },
): Promise<ToolChoice> {
  const tools: PlannedTool[] = [];
  const findings: Finding[] = [];
  for (const tool of publishedTools) {
    const move = changes.find((change) => isReason(tool.applies, change));
    if (move?.from === undefined) continue;
    const calls = tool.callsFor({ from: move.from, to: move.to });
    if (calls.length === 0) continue;
    const answer = await packument(tool.package);
    const version =
      answer.kind === 'packument' ? newest(Object.keys(answer.packument.versions), tool, move.to) : undefined;
    const shown = calls.map((args) =>
      ['npx', `${tool.package}@${version ?? tool.versionsFor(move.to)}`, ...args].join(' '),
    );
    if (version !== undefined && mayRun) tools.push({ tool, version, calls });
    else findings.push(notCalled(tool, shown, version === undefined ? 'no-version' : 'not-granted'));
  }
  return { tools, findings };
}

function newest(versions: readonly string[], tool: PublishedTool, to: string): string | undefined {
  return semver.maxSatisfying([...versions], tool.versionsFor(to)) ?? undefined;
}

function notCalled(tool: PublishedTool, shown: readonly string[], why: 'no-version' | 'not-granted'): Finding {
  const lines = shown.map((line) => `\`${line}\``).join(', ');
  return {
    rule: 'recipe/published-tool',
    severity: 'warning',
    message: `${tool.package} rewrites what changes here, and is not called: ${why === 'not-granted' ? 'it is foreign code that runs programs and opens connections' : 'the registry has no version of it for this move'}.`,
    cure:
      why === 'not-granted'
        ? `Plan again with --allow-run: it then runs on a copy of the tree, and what it does is a commit of its own before the gate. By hand: ${lines}.`
        : `Rewrite by hand, or run it yourself: ${lines}.`,
    evidence: tool.why,
    object: tool.package,
  };
}
