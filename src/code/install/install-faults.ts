import type { FailedInstall, InstallFault } from './install-fault.ts';
import { lockFault, scriptFault, settingFault, surroundingsFault } from './local-faults.ts';
import { peerFault } from './peer-fault.ts';
import { registryFault } from './registry-faults.ts';

const linesShown = 15;

/** Explains why an install failed, in words that say which package wants what and what can be done. */
export function installFault(failed: FailedInstall): InstallFault {
  for (const look of [scriptFault, peerFault, lockFault, registryFault, settingFault, surroundingsFault]) {
    const fault = look(failed);
    if (fault !== undefined) return fault;
  }
  return {
    code: 'install-failed',
    explanation: {
      what: `\`${failed.command}\` failed.`,
      why: lastWords(failed.output),
      next: 'Run it yourself in this tree: it fails there in the same way.',
    },
  };
}

function lastWords(output: string): string {
  const lines = output
    .split(/\r?\n/)
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trimEnd())
    .filter((line) => line.trim() !== '' && !/A complete log of this run|^\s+at .+:\d+:\d+\)?$/.test(line));
  return lines.length === 0 ? 'It said nothing.' : `Its last words:\n${lines.slice(-linesShown).join('\n')}`;
}
