/** A comment that silences findings, as it was written. */
export type SuppressionComment = {
  /** Whose syntax it is. */
  readonly tool: string;
  /** What it holds for: a statement, the file, or what stands between its beginning and its end. */
  readonly scope: 'statement' | 'file' | 'begin' | 'end';
  readonly names: readonly string[] | 'all';
  readonly reason: string | undefined;
  /** Without a reason it does not hold. */
  readonly needsReason: boolean;
};

/** A comment that is addressed to a linter and cannot be read: why, as a sentence. */
export type MalformedComment = { readonly tool: string; readonly malformed: string };

/**
 * Reads a comment, delimiters included: our own `-- godwit: ignore <rules>: <reason>` and `ignore-file`, or that of
 * another tool with its own meaning. Undefined for a comment that is no suppression.
 */
export function readSuppression(comment: string): SuppressionComment | MalformedComment | undefined {
  const body = comment.startsWith('--') ? comment.slice(2) : comment.replace(/^\/\*|\*\/$/g, '');
  const text = body.trim();
  for (const { tool, marker, read } of syntaxes) {
    const found = marker.exec(text);
    if (found !== null) return read({ tool, variant: found[1]?.toLowerCase() ?? '', rest: (found[2] ?? '').trim() });
  }
  return undefined;
}

/** True where a text may hold a suppression at all: most files hold none, and then nothing else need be done. */
export function mayHoldSuppression(text: string): boolean {
  return anyMarker.test(text);
}

const anyMarker =
  /godwit\s*:?\s*ignore|squawk-ignore|eugene: ignore|atlas:nolint|migrationpilot-disable|pgfence|pgsafe:|pg(?:t|ls)-ignore/i;

type Found = { readonly tool: string; readonly variant: string; readonly rest: string };
type Syntax = {
  readonly tool: string;
  /** The first group tells the variant, the second what stands after it. */
  readonly marker: RegExp;
  readonly read: (found: Found) => SuppressionComment | MalformedComment;
};

const syntaxes: readonly Syntax[] = [
  { tool: 'godwit', marker: /^godwit\s*:\s*ignore(-file)?(?![\w-])([\s\S]*)$/i, read: ofGodwit },
  {
    tool: 'godwit',
    marker: /^godwit\s+ignore(-file)?(?![\w-])/i,
    read: ({ tool }) => ({ tool, malformed: 'It lacks the colon: godwit: ignore RULE: reason.' }),
  },
  // https://github.com/sbdchd/squawk, crates/squawk_linter/src/ignore.rs: a second comment in the line is a remark.
  { tool: 'squawk', marker: /^squawk-ignore(-file)?(?![\w-])(.*)/, read: ofSquawk },
  // https://github.com/kaaveland/eugene, eugene/src/comments.rs
  { tool: 'eugene', marker: /^eugene: ignore()(?![\w-])(.*)/, read: (found) => listed(found, found.rest) },
  // https://github.com/ariga/atlas, cmd/atlas/internal/lint/runner.go: names of analyzers and codes between spaces.
  { tool: 'Atlas', marker: /^atlas:nolint()(?![\w-])(.*)/, read: (found) => listed(found, found.rest) },
  // https://github.com/mickelsamuel/migrationpilot, src/rules/disable.ts: only MP and three digits are names.
  {
    tool: 'MigrationPilot',
    marker: /^migrationpilot-disable(-file|-next-line)?(?![\w-])(.*)/i,
    read: ofMigrationPilot,
  },
  // https://github.com/flvmnt/pgfence, src/parser.ts
  {
    tool: 'pgfence',
    marker: /^pgfence-ignore()(?![\w-])(?:\s*:\s*(.*))?/i,
    read: (found) => listed(found, found.rest),
  },
  { tool: 'pgfence', marker: /^pgfence:\s*ignore()\s+(.*)/i, read: (found) => listed(found, found.rest) },
  // https://github.com/fixed-width/pgsafe, src/suppression.rs: one rule, then a reason that must not be missing.
  { tool: 'pgsafe', marker: /^pgsafe:\s*ignore()(?![\w-])(.*)/, read: ofPgsafe },
  // https://github.com/supabase-community/postgres-language-server, docs/guides/suppressions.md
  { tool: 'Postgres Language Server', marker: /^pg(?:t|ls)-ignore(-all|-start|-end)?(?![\w-])(.*)/, read: ofPgls },
];

/** A colon, but not that of `ps:rule`; or a second comment; or the word because. */
const beforeReason = /(?<!(?:^|[\s,])ps):|\s--\s|\sbecause\s|\s\u2014\s/i;

function ofGodwit({ tool, variant, rest }: Found): SuppressionComment | MalformedComment {
  const cut = beforeReason.exec(rest);
  const names = words(rest.slice(0, cut?.index));
  if (names.length === 0) return { tool, malformed: 'It names no rule.' };
  const reason = cut === null ? '' : rest.slice(cut.index + cut[0].length).trim();
  return { tool, scope: scopeOf(variant), names, reason: reason === '' ? undefined : reason, needsReason: true };
}

function ofSquawk(found: Found): SuppressionComment {
  const [names = '', ...remark] = found.rest.split('--');
  return { ...listed(found, names), reason: remark.join('--').trim() || undefined };
}

function ofMigrationPilot(found: Found): SuppressionComment | MalformedComment {
  const read = listed(found, found.rest);
  if (read.names === 'all') return read;
  const names = read.names.filter((name) => /^MP\d{3}$/i.test(name));
  return names.length === 0 ? { tool: found.tool, malformed: 'It names no rule.' } : { ...read, names };
}

function ofPgsafe({ tool, rest }: Found): SuppressionComment | MalformedComment {
  const [, name, reason] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
  if (name === undefined) return { tool, malformed: 'It names no rule.' };
  return { tool, scope: 'statement', names: [name], reason: reason || undefined, needsReason: true };
}

function ofPgls({ tool, variant, rest }: Found): SuppressionComment | MalformedComment {
  const [, specifier, , reason] = /^([^\s:]+)([^:]*)(?::\s*(.*))?$/.exec(rest) ?? [];
  if (specifier === undefined) return { tool, malformed: 'It does not say what is to be ignored.' };
  // All rules stood in lint/safety before they had other groups, so that both names mean all.
  const names = /^lint(\/safety)?$/.test(specifier) ? 'all' : [specifier];
  return { tool, scope: scopeOf(variant), names, reason: reason || undefined, needsReason: false };
}

function listed({ tool, variant }: Found, text: string): SuppressionComment {
  const names = words(text);
  return {
    tool,
    scope: scopeOf(variant),
    names: names.length === 0 ? 'all' : names,
    reason: undefined,
    needsReason: false,
  };
}

function scopeOf(variant: string): SuppressionComment['scope'] {
  if (variant === '-start') return 'begin';
  if (variant === '-end') return 'end';
  return variant === '-file' || variant === '-all' ? 'file' : 'statement';
}

function words(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}
