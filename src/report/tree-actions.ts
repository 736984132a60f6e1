import * as z from 'zod';

const declared = z.array(
  z.object({ file: z.string(), group: z.string(), from: z.string().optional(), to: z.string() }),
);
const versions = z.array(z.object({ name: z.string(), declared }));
const edits = z.array(z.object({ before: z.string(), text: z.string(), offset: z.number() }));
const files = z.array(z.object({ path: z.string(), edits }));

const tool = z.object({ package: z.string(), version: z.string(), calls: z.array(z.array(z.string())) });
const runtime = z.object({ files });
const read = z.object({
  documents: z.array(
    z.object({
      package: z.string(),
      from: z.string(),
      to: z.string(),
      path: z.string(),
      lines: z.number(),
      quotes: z.array(z.object({ line: z.number(), text: z.string() })),
    }),
  ),
  unread: z.array(z.object({ package: z.string(), why: z.string() })),
});

type Fields = Readonly<Record<string, unknown>>;

/** What an action in a working tree does, in words; undefined for actions elsewhere. */
export function treeSentence(kind: string, fields: Fields): string | undefined {
  switch (kind) {
    case 'code/start':
      return 'keep what git does not track, and create the branch of the plan; uncommitted changes are refused';
    case 'code/return':
      return 'go back to the branch of before, delete the branch of the plan, and bring files back that git does not hold so';
    case 'code/baseline':
      return fields.python === undefined
        ? 'install what the lock file says where it is not there, and run every check once; what is red already counts as red before'
        : 'run every check once; what is red already counts as red before. Nothing is installed';
    case 'code/versions':
      return 'set the versions, let the package manager install them, and commit them with the lock file';
    case 'code/read':
      return 'read what the packages say of their changes; lines that speak of a break';
    case 'code/edits':
      return 'write these edits, and commit them';
    case 'code/move':
      return `move these files, make the edits that follow from it, ${fields.members === undefined ? 'and commit both at once' : 'install what the lock file then says, which links the packages anew, and commit it'}`;
    case 'code/changes':
      if (fields.recipe === undefined) return 'write these edits and new files, and commit them';
      return `write what the recipe ${String(fields.recipe)} made of the tree when the plan was made, and commit it`;
    case 'code/moved':
      return 'every file stands where it was to go, nothing is left uncommitted, and git sees the renames';
    case 'code/recipe':
      return `run the recipe ${String(fields.recipe)} over the tracked files, and commit what it writes`;
    case 'code/tool':
      return `${callsOf(fields)} on a copy of the tree, and commit what it does there`;
    case 'code/deprecations':
      return 'look for uses of what the new versions call deprecated';
    case 'code/gate':
      return `${fields.node === undefined ? '' : `with Node ${String(fields.node)}, `}install, types, build, lint and tests against the baseline: no new error, no test lost or skipped, no new any, @ts-ignore, @ts-expect-error or eslint-disable`;
    case 'code/hand-edits':
      return 'commit what was changed by hand';
    case 'code/committed':
      return 'nothing is left uncommitted';
    case 'code/undo':
      return `take the commit of the step back${fields.reinstall === true ? ', and install what the lock file then says' : ''}`;
    default:
      return undefined;
  }
}

function callsOf(fields: Fields): string {
  const { package: name, version, calls } = tool.parse(fields);
  return calls.map((args) => `\`${['npx', `${name}@${version}`, ...args].join(' ')}\``).join(', then ');
}

/** The diff that stands in an action, or one made of its edits or versions; undefined where there is none. */
export function diffOf(fields: Fields): string | undefined {
  if (typeof fields.diff === 'string') return fields.diff === '' ? undefined : fields.diff.trimEnd();
  const reading = read.safeParse(fields).data;
  if (reading !== undefined) return readLines(reading).join('\n');
  const moved = versions.safeParse(fields.changes).data;
  const raised = runtime.safeParse(fields.runtime).data?.files ?? [];
  if (moved !== undefined) return [...raised.flatMap(editLines), ...moved.flatMap(versionLines)].join('\n');
  const edited = files.safeParse(fields.files).data;
  return edited === undefined || edited.length === 0 ? undefined : edited.flatMap(editLines).join('\n');
}

function readLines({ documents, unread }: z.infer<typeof read>): readonly string[] {
  return [
    ...documents.flatMap(({ package: name, from, to, path, lines, quotes }) => [
      `# ${name} ${from} → ${to}: ${path}, ${lines} ${lines === 1 ? 'line' : 'lines'}`,
      ...quotes.map(({ line, text }) => `${line}: ${text}`),
    ]),
    ...unread.map(({ package: name, why }) => `# ${name}: nothing was found to read. ${why}`),
  ];
}

function versionLines({ name, declared: places }: z.infer<typeof versions>[number]): readonly string[] {
  return places.flatMap(({ file, group, from, to }) => [
    `# ${file}, ${group}`,
    ...(from === undefined ? [] : [`-"${name}": "${from}"`]),
    `+"${name}": "${to}"`,
  ]);
}

function editLines({ path, edits: all }: z.infer<typeof files>[number]): readonly string[] {
  return all.flatMap(({ before, text, offset }) => [
    `# ${path}, at character ${offset}`,
    ...before.split('\n').map((line) => `-${line}`),
    ...text.split('\n').map((line) => `+${line}`),
  ]);
}
