import type { Finding } from '#core/finding';
import { lineAt } from '../text/place.ts';
import ts from '../typescript.cts';
import { nameStart, nodesNamed } from './nodes-named.ts';
import { publishedBy } from './published-by.ts';
import { nodeAt } from './rename-places.ts';
import type { Renamed, RenameStudy } from './study-rename.ts';
import { untypedKeys } from './untyped-keys.ts';

/** What a person has to know of the renames besides the edits. Pure. */
export function renameFindings(study: RenameStudy): readonly Finding[] {
  return study.renamed.flatMap((renamed) => [
    ...published(renamed, study),
    ...(renamed.declared.isMember
      ? [...untyped(renamed, study), ...untypedKeys(renamed, study), atRunTime(renamed)]
      : keptKeys(renamed, study)),
  ]);
}

/** What a package exports is used by people of whom this tree knows nothing. */
function published(renamed: Renamed, study: RenameStudy): readonly Finding[] {
  const { wish, declared } = renamed;
  return publishedBy(renamed, study).map(({ name, entry, isPrivate }) => {
    const says = `${wish.path.join('.')} is part of what ${name} exports (${entry})`;
    const isKept = study.keepsOldName && !declared.isMember;
    return {
      rule: 'rename/published',
      severity: isKept || isPrivate ? 'advice' : 'warning',
      message: isKept
        ? `${says}; the old name stays beside ${wish.to}, marked as deprecated.`
        : `${says}: whoever uses it from outside of this tree by that name breaks${isPrivate ? ', where there is somebody: the package is private' : ''}.`,
      cure: isKept
        ? 'Take the old name away with the next major version.'
        : declared.isMember
          ? 'Publish it as a major version, or keep a member of the old name by hand.'
          : 'Plan with --keep-old-name, which keeps it as a deprecated export; or publish it as a major version.',
      object: name,
    };
  });
}

/** Members of a value that has no type: whether this one is meant, only the running program knows. */
function untyped({ wish: { from, to }, places }: Renamed, study: RenameStudy): readonly Finding[] {
  const known = new Set(places.map(({ file, offset }) => `${file}:${offset}`));
  return study.projects.flatMap(({ files, program }) =>
    files.flatMap((path) => {
      const text = study.texts.get(path) ?? '';
      const file = text.includes(from) ? program.getSourceFile(`${study.root}/${path}`) : undefined;
      if (file === undefined) return [];
      const nodes = nodesNamed(file, new Set([from])).filter((node) => {
        const { parent } = node;
        const isAccess = ts.isPropertyAccessExpression(parent) && parent.name === node;
        const isElement = ts.isElementAccessExpression(parent) && parent.argumentExpression === node;
        if (!(isAccess || isElement) || known.has(`${path}:${nameStart(node, file)}`)) return false;
        const checker = program.getTypeChecker();
        const { flags } = checker.getTypeAtLocation(parent.expression);
        return (
          checker.getSymbolAtLocation(node) === undefined || (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0
        );
      });
      return nodes.map((node): Finding => {
        return {
          rule: 'rename/untyped',
          severity: 'warning',
          message: `\`${from}\` is read here of a value whose type does not declare it; it is left as it is.`,
          cure: `Where the renamed member is meant, write \`${to}\` on the branch.`,
          object: from,
          ...lineAt(path, text, { offset: nameStart(node, file), length: from.length }),
        };
      });
    }),
  );
}

function atRunTime({ wish }: Renamed): Finding {
  return {
    rule: 'rename/at-run-time',
    severity: 'advice',
    message: `${wish.path.join('.')} is a member: where values of it are stored or sent (JSON, a database, another program), they hold the name ${wish.from}.`,
    cure: 'Look whether they leave the program; the compiler knows nothing of that.',
    object: wish.from,
  };
}

/** A key of `module.exports` is what others ask for; a variable that gets another name does not change it. */
function keptKeys({ wish: { from, to }, places }: Renamed, study: RenameStudy): readonly Finding[] {
  return places.flatMap(({ file: path, offset, length, side }): readonly Finding[] => {
    if (side === 'property' || !/\.c?jsx?$/.test(path)) return [];
    const file = study.projects.map(({ program }) => program.getSourceFile(`${study.root}/${path}`)).find(Boolean);
    const node = file === undefined ? undefined : nodeAt(file, offset);
    if (node === undefined || !(side === 'variable' ? isInExports(node) : isExportedAs(node, from))) return [];
    return [
      {
        rule: 'rename/key-kept',
        severity: 'warning',
        message: `The file exports ${to} under the key ${from} still: who requires it asks for that key.`,
        cure: 'Where the key is to change too, change it and every `require` of it by hand.',
        object: from,
        ...lineAt(path, study.texts.get(path) ?? '', { offset, length }),
      },
    ];
  });
}

/** `module.exports = { a }` */
function isInExports({ parent }: ts.Node): boolean {
  const assignment = parent.parent?.parent;
  return (
    assignment !== undefined && ts.isBinaryExpression(assignment) && assignment.left.getText() === 'module.exports'
  );
}

/** `exports.a = a` */
function isExportedAs(node: ts.Node, name: string): boolean {
  const { parent } = node;
  if (!ts.isBinaryExpression(parent) || parent.right !== node || !ts.isPropertyAccessExpression(parent.left))
    return false;
  return parent.left.name.text === name && /^(module\.)?exports$/.test(parent.left.expression.getText());
}
