import semver from 'semver';
import { literalPattern } from '../text/search-text.ts';

/** A document that ships in a package. */
export type PackageDocument = { readonly path: string; readonly text: string };

/** A line of a document that speaks of a symbol. `line` counts from 1. */
export type Citation = { readonly path: string; readonly line: number; readonly text: string };

type Line = Citation & { readonly version: string | undefined; readonly isGuide: boolean };

export type EvidenceIndex = { readonly lines: readonly Line[] };

const linesMax = 60_000;
const quoteMax = 240;
const breakWords = /break|remov|renam|replac|no longer|drop|deprecat|moved|instead|now\b/i;
/** Words about the form of a module, where no line names the symbol. */
const formWords =
  /\b(default export|named export|export default|pure esm|esm[- ]only|es modules?|ecmascript modules?|commonjs|require\()/i;

/** True for what a package says of its changes. */
export function isChangeDocument(path: string): boolean {
  const isText = /(\.(md|markdown|mdx|rst|txt)|(^|\/)[A-Z]+)$/i.test(path);
  return (
    isText &&
    /(^|[/_-])(changelog|changes|history|upgrad\w*|migrat\w*|release[-_ ]?notes?|releases|breaking[-_ ]changes?|v\d+)\b/i.test(
      path,
    )
  );
}

/** Reads what both versions lie apart: lines of changelogs under versions in between, and whole guides. Pure. */
export function evidenceIndex(
  documents: readonly PackageDocument[],
  { from, to }: { readonly from: string; readonly to: string },
): EvidenceIndex {
  const lines = documents.flatMap((document) => linesOf(document));
  const isBetween = ({ version, isGuide }: Line): boolean => {
    if (version === undefined) return isGuide;
    return semver.gt(version, from) && semver.lte(version, to);
  };
  return { lines: lines.filter(isBetween).slice(0, linesMax) };
}

/** The lines that name a symbol by its last part, those that speak of a break first. */
export function cite({ lines }: EvidenceIndex, symbol: string, limit: number): readonly Citation[] {
  const name = symbol.split(/[./]/).at(-1) ?? symbol;
  if (name.length < 3) return [];
  const escaped = literalPattern(name);
  const plain = new RegExp(`(^|[^\\w$-])${escaped}(?![\\w$-])`);
  // A name that is a word of English counts only as code.
  const isWord = /^[a-z]+$/.test(name);
  const asCode = new RegExp(`\`[^\`]*(^|[^\\w$-])?${escaped}(?![\\w$-])[^\`]*\`|\\.${escaped}\\b|\\b${escaped}\\(`);
  const found = lines.filter(({ text }) => (isWord ? asCode : plain).test(text));
  const rank = ({ text }: Line): number => (breakWords.test(text) ? 0 : 1);
  return [...found].sort((one, other) => rank(one) - rank(other)).slice(0, limit);
}

/** What a document says of the way between both versions. */
export type Reading = { readonly path: string; readonly lines: number; readonly quotes: readonly Citation[] };

/** Each document with how many lines it has on the way, and those of them that speak of a break; at most `limit` in all. */
export function readings({ lines }: EvidenceIndex, limit: number): readonly Reading[] {
  let left = limit;
  return [...new Set(lines.map(({ path }) => path))].map((path) => {
    const own = lines.filter((line) => line.path === path);
    const quotes = own.filter(({ text }) => breakWords.test(text)).slice(0, left);
    left -= quotes.length;
    return { path, lines: own.length, quotes: quotes.map(({ line, text }) => ({ path, line, text })) };
  });
}

/** The lines that speak of the module's form: ES module, default and named exports. */
export function citeForm({ lines }: EvidenceIndex, limit: number): readonly Citation[] {
  return lines.filter(({ text }) => formWords.test(text)).slice(0, limit);
}

/** `CHANGELOG.md:12: removed \`x\``. */
export function spellCitation({ path, line, text }: Citation): string {
  return `${path}:${line}: ${text}`;
}

function linesOf({ path, text }: PackageDocument): readonly Line[] {
  const isGuide = !/(^|\/)(changelog|changes|history|releases?)/i.test(path);
  const rows = text.split(/\r?\n/);
  let version: string | undefined;
  return rows.flatMap((row, index) => {
    const found = headingVersion(row, rows[index + 1]);
    if (found !== undefined) version = found;
    const quoted = row
      .replaceAll(/\s+/g, ' ')
      .replace(/^ ?[-*+#>]+ /, '')
      .trim();
    if (quoted === '' || /^[-=`~]+$/.test(quoted)) return [];
    return [{ path, line: index + 1, text: quoted.slice(0, quoteMax), version, isGuide }];
  });
}

/** `## [5.0.0] - 2024`, `# v5`, `5.0.0 / 2024-09-10` with a line of `=` under it, `<a name="7.0.0">`. */
function headingVersion(row: string, next: string | undefined): string | undefined {
  const isHeading = /^#{1,4}\s/.test(row) || /^(={3,}|-{3,})\s*$/.test(next ?? '') || /^\*\*v?\d/.test(row);
  const found = isHeading ? /(?:^|[\s[(v@*])v?(\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?)/.exec(row) : null;
  if (found === null) return undefined;
  const text = found[1] ?? '';
  return semver.valid(text) ?? semver.coerce(text)?.version;
}
