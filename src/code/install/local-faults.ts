import type { FailedInstall, InstallFault } from './install-fault.ts';

/** A lock file that does not hold what package.json declares, is missing, or cannot be read. */
export function lockFault({ output, command }: FailedInstall): InstallFault | undefined {
  const isOld =
    /can only install packages when your package\.json and|ERR_PNPM_OUTDATED_LOCKFILE|ERR_PNPM_LOCKFILE_CONFIG_MISMATCH|Your lockfile needs to be updated|lockfile would have been (modified|created)|lockfile had changes, but lockfile is frozen/.test(
      output,
    );
  if (isOld)
    return installFailed({
      what: `\`${command}\` refuses the lock file.`,
      why: `It does not hold what package.json declares${differences(output)}.`,
      next: 'Install once without a frozen lock, look at what it changes, and commit the lock file.',
    });
  if (/can only install with an existing|ERR_PNPM_NO_LOCKFILE/.test(output))
    return installFailed({
      what: `\`${command}\` has no lock file to go by.`,
      why: 'There is none in this tree, or of a form that is too old.',
      next: 'Install once without a frozen lock, and commit the lock file that it writes.',
    });
  if (
    /ERR_PNPM_(BROKEN_LOCKFILE|LOCKFILE_BREAKING_CHANGE)|EJSONPARSE|Invalid value type .* in .*yarn\.lock|Failed parsing lockfile|InvalidLockfile/i.test(
      output,
    )
  )
    return installFailed({
      what: `\`${command}\` cannot read a file of this tree.`,
      why:
        firstMatch(output, /.*(?:BROKEN_LOCKFILE|LOCKFILE_BREAKING_CHANGE|JSON\.?parse|EJSONPARSE|lockfile).*/i) ??
        'It is broken.',
      next: 'Correct it there, or take it back from git; marks of a merge that is not finished are the usual reason.',
    });
  return undefined;
}

/** What the project, or a package, does not allow: versions of Node and of package managers, overrides, failing scripts. */
export function settingFault({ output, command }: FailedInstall): InstallFault | undefined {
  const what = `\`${command}\` was stopped.`;
  if (
    /\bEBADENGINE\b.*\n.*Unsupported|code EBADENGINE|ERR_PNPM_UNSUPPORTED_ENGINE|The engine "node" is incompatible/.test(
      output,
    )
  ) {
    const wanted = /Required: (\{.*\})|Expected version:? "?([^"\n]+?)"?(?:\.|\n)|Wanted: (\{.*\})/
      .exec(output)
      ?.slice(1)
      .find((group) => group !== undefined);
    const who =
      /Not compatible with your version of node\/npm: (?!undefined)(\S+)|incompatible with "([^"]+)"|error ([^\s:]+): The engine/
        .exec(output)
        ?.slice(1)
        .find((group) => group !== undefined);
    return installFailed({
      what,
      why: `${who ?? 'This tree, or one of its packages,'} does not run on this Node${wanted === undefined ? '' : `: it wants ${wanted}`}.`,
      next: 'Use a Node that it allows, or choose a version of the package that runs on this one.',
    });
  }
  if (
    /EBADDEVENGINES|ERR_PNPM_BAD_PM_VERSION|defines "packageManager"|This project is configured to use|ERR_PNPM_OTHER_PM_EXPECTED/.test(
      output,
    )
  )
    return installFailed({
      what,
      why:
        firstMatch(
          output,
          /(?:(?<=EBADDEVENGINES )Invalid semver|ERR_PNPM_BAD_PM_VERSION|This project's|This project is configured).*/,
        ) ?? 'package.json names another package manager, or another version of it.',
      next: 'Use the package manager and the version that package.json names (`corepack enable` brings it), or change the field.',
    });
  if (/\bEOVERRIDE\b/.test(output))
    return installFailed({
      what,
      why: firstMatch(output, /Override for .*/) ?? 'An entry of `overrides` contradicts a direct dependency.',
      next: 'Give both the same version, or remove the override.',
    });
  return undefined;
}

/**
 * A script of the project or of a package that fails while it is installed. What it prints may look like any other fault:
 * only the lines of the package manager say that it was a script.
 */
export function scriptFault({ output, command }: FailedInstall): InstallFault | undefined {
  const script =
    /command failed\n|command sh -c|ELIFECYCLE|script from "[^"]+" exited|error .*: Command failed\.|YN0009|error Command failed with exit code/.test(
      output,
    );
  if (!script) return undefined;
  const path =
    /npm (?:error|ERR!) path (\S+)/.exec(output)?.[1] ?? /error (\S+node_modules\S+): Command failed/.exec(output)?.[1];
  const named = /script from "([^"]+)"/.exec(output)?.[1];
  const name =
    named ?? (path?.includes('node_modules') === false ? 'this tree' : path?.replace(/^.*node_modules\//, ''));
  return installFailed({
    what: `A script that \`${command}\` runs failed.`,
    why: `${name === undefined ? 'A lifecycle script' : `The script of ${name}`} ended with an error:\n${lastLines(output)}`,
    next: 'Mend what it complains about; the same install fails outside of godwit too.',
  });
}

/** What the machine lacks: room, rights, time. */
export function surroundingsFault({ output, command }: FailedInstall): InstallFault | undefined {
  const what = `\`${command}\` cannot write what it installs.`;
  if (/\bENOSPC\b|no space left on device/i.test(output))
    return installFailed({
      what,
      why: 'The disk is full.',
      next: 'Make room, then run the same command again: nothing of it is lost.',
    });
  if (/\b(EACCES|EPERM|EROFS)\b/.test(output)) {
    const path = /(?:EACCES|EPERM|EROFS)[^\n]*?(?:'|path )([^'\n]+)/.exec(output)?.[1];
    return installFailed({
      what,
      why: `This user may not write${path === undefined ? '' : ` ${path.trim()}`}.`,
      next: 'Give the files to the user who works here; they were often left by an install as root, or are held open by a program.',
    });
  }
  return undefined;
}

function installFailed(explanation: InstallFault['explanation']): InstallFault {
  return { code: 'install-failed', explanation };
}

function differences(output: string): string {
  const npm = [...output.matchAll(/(Missing: .+ from lock file|Invalid: lock file's .+)$/gm)].map(
    ([, line = '']) => line,
  );
  const pnpm = [
    ...output.matchAll(/^\s*(?:\* \d+ dependencies were (?:added|removed): .+|- \S+ \(lockfile: .+\))$/gm),
  ].map(([line]) => line.trim());
  const bun = /note: (dependencies in package\.json changed.*)/.exec(output)?.[1];
  const all = [...npm, ...pnpm, ...(bun === undefined ? [] : [bun])];
  return all.length === 0
    ? ''
    : `: ${all.slice(0, 5).join('; ')}${all.length > 5 ? ` and ${all.length - 5} more` : ''}`;
}

/** The first match as a sentence. */
function firstMatch(output: string, pattern: RegExp): string | undefined {
  const found = pattern.exec(output)?.[0].trim().slice(0, 400);
  return found === undefined || found.endsWith('.') ? found : `${found}.`;
}

function lastLines(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !line.includes('A complete log of this run'));
  return lines.slice(-10).join('\n');
}
