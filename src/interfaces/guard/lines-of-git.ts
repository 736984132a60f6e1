/** Command lines that git is told to run: by an alias, an editor, `bisect run`, `submodule foreach`, filters. Pure. */
export function linesOfGit(rest: readonly string[]): readonly string[] {
  return [...gitAliases(rest), ...gitPrograms(rest), ...gitRuns(rest)];
}

/** `git -c alias.x='!command' x`, and `git config alias.x '!command'`. */
function gitAliases(rest: readonly string[]): readonly string[] {
  return rest.flatMap((word, at) => {
    const value =
      /^alias\.[^=]+=([\s\S]*)$/.exec(word)?.[1] ?? (/^alias\./.test(rest[at - 1] ?? '') ? word : undefined);
    if (value === undefined) return [];
    return [value.startsWith('!') ? value.slice(1) : `git ${value}`];
  });
}

const program =
  /^(core\.(?:editor|pager|sshcommand|askpass|fsmonitor)|sequence\.editor|diff\.external|pager\.[\w-]+|credential\.helper)$/i;

/** `git -c core.editor='command' commit`. */
function gitPrograms(rest: readonly string[]): readonly string[] {
  return rest.flatMap((word, at) => {
    const [, name = '', value = ''] = /^([\w.-]+)=([\s\S]*)$/.exec(word) ?? [];
    if (program.test(name)) return [value];
    return program.test(rest[at - 1] ?? '') ? [word] : [];
  });
}

function gitRuns(rest: readonly string[]): readonly string[] {
  const each = rest.includes('submodule')
    ? rest.indexOf('foreach')
    : rest.includes('bisect')
      ? rest.indexOf('run')
      : -1;
  const own = each === -1 ? [] : [rest.slice(each + 1).join(' ')];
  const behind = rest.filter((_, at) => /^(--exec|-x|--[a-z]+-filter)$/.test(rest[at - 1] ?? ''));
  const joined = rest.flatMap((word) => /^--(?:exec|[a-z]+-filter)=([\s\S]+)$/.exec(word)?.[1] ?? []);
  return [...own, ...(rest.includes('rebase') || rest.includes('filter-branch') ? [...behind, ...joined] : [])];
}
