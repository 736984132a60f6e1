import type * as TypeScript from 'typescript';
import type { Finding } from '#core/finding';
import { nodesBelow, parseSource } from '../engine/compiler-tree.ts';
import { type ConstantPath, constantPaths } from '../graph/constant-paths.ts';
import { scriptsOf } from '../graph/read-file.ts';
import { applyFileEdits } from '../text/apply-file-edits.ts';
import { lineAt } from '../text/place.ts';
import { joined } from '../tree/tree-path.ts';
import ts from '../typescript.cts';
import { movedBelow, movedPath } from './moved-paths.ts';
import type { MoveStudy } from './study-move.ts';

const endings = ['', '.js', '.ts', '.mjs', '.cjs', '.json'];

/** Paths that a program puts together of constant parts, and that lead to something else after the moves. Pure. */
export function joinedPaths(study: MoveStudy): readonly Finding[] {
  return [...study.texts].flatMap(([path, text]) => {
    if (!/\b(?:join|resolve)\s*\(/.test(text) || !/\bpath\b|__dirname|import\.meta|\bcwd\b/.test(text)) return [];
    const edits = study.edits.get(path);
    const then = edits === undefined ? text : applyFileEdits(edits, text);
    const scripts = scriptsOf(path, then);
    return scriptsOf(path, text).flatMap((script, at) =>
      findingsIn(
        {
          path,
          text,
          offset: script.offset,
          now: joinsOf(path, script),
          afterwards: joinsOf(path, scripts[at] ?? script),
        },
        study,
      ),
    );
  });
}

/** A call of `join` or `resolve`, and what it may be. */
type Join = {
  readonly call: TypeScript.CallExpression;
  readonly source: TypeScript.SourceFile;
  readonly paths: readonly ConstantPath[];
  /** What its first part may be, where that is made elsewhere. */
  readonly bases: readonly ConstantPath[];
};

function joinsOf(path: string, { name, text }: { readonly name: string; readonly text: string }): readonly Join[] {
  const source = parseSource(name, text);
  const read = constantPaths(path, source);
  return [...nodesBelow(source)].flatMap((call): readonly Join[] => {
    if (!ts.isCallExpression(call) || call.arguments.length < 2) return [];
    const { expression, arguments: args } = call;
    const called = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText(source);
    const [first] = args;
    if (first === undefined || (called !== 'join' && called !== 'resolve')) return [];
    const isMade = ts.isIdentifier(first) || ts.isCallExpression(first);
    return [{ call, source, paths: read(call), bases: isMade ? read(first) : [] }];
  });
}

type Script = {
  readonly path: string;
  readonly text: string;
  readonly offset: number;
  readonly now: readonly Join[];
  readonly afterwards: readonly Join[];
};

function findingsIn({ path, text, offset, now, afterwards }: Script, study: MoveStudy): readonly Finding[] {
  const { moved, before } = study;
  const homes = ['.', before.homeOf(path)?.folder ?? '.'];
  const known = new Set<string>();
  return now.flatMap(({ call, source, paths, bases }, at) => {
    // What stands on a path that is named already goes with that.
    if (bases.some(({ text: base }) => known.has(base))) return [];
    const target = paths
      .flatMap((one, nth) => targetsOf(one, { homes, later: afterwards[at]?.paths[nth] ?? one, path, study }))
      .find(({ to, after }) => movedBelow(to, moved) !== to && after !== movedBelow(to, moved));
    if (target === undefined) return [];
    known.add(target.way);
    const start = call.getStart(source);
    const written = source.text.slice(start, call.end);
    return [
      {
        rule: 'move/computed',
        severity: 'error' as const,
        message: `${written.replaceAll(/\s+/g, ' ')} ${paths.length > 1 ? 'may be' : 'is'} ${target.to}, which moves to ${movedBelow(target.to, moved)}; it is left as it is.`,
        cure: 'Write the path anew on the branch.',
        object: target.to,
        ...lineAt(path, text, { offset: offset + start, length: call.end - start }),
      },
    ];
  });
}

type Target = { readonly way: string; readonly to: string; readonly after: string };
type Aim = {
  readonly homes: readonly string[];
  readonly later: ConstantPath;
  readonly path: string;
  readonly study: MoveStudy;
};

/** What a path may lead to, and to what it leads as it is written afterwards. */
function targetsOf({ from, text, isOpen }: ConstantPath, { homes, later, path, study }: Aim): readonly Target[] {
  const { moved } = study;
  // What a file that moves makes of its own place is named as that already.
  if (isOpen || (from === 'tree' && moved.files.has(path))) return [];
  const bases = from === 'tree' ? ['.'] : homes;
  return bases.flatMap((base) =>
    endings.map((ending) => ({
      way: text,
      to: joined(base, text) + ending,
      after: joined(movedPath(base, moved), later.text + ending),
    })),
  );
}
