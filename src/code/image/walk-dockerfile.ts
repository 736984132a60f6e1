import { joined, relativeFrom } from '../tree/tree-path.ts';
import { readCopy } from './copy-line.ts';
import { type ImageWorld, imagePath, imageWord, namedIn, type Walk } from './image-world.ts';
import { type Instruction, instructionsOf, wordsOf } from './read-dockerfile.ts';
import { shellWords } from './shell-words.ts';
import type { Copied, Stage } from './stage.ts';

/** Follows a Dockerfile line by line: what each puts where, and which of its words name what moves. Pure. */
export function walkDockerfile(text: string, world: ImageWorld, known: Walk['known'] = []): Walk {
  const walk: Walk = { world, stages: [], found: [], mirrors: new Map(), known };
  for (const instruction of instructionsOf(text)) {
    if (instruction.keyword === 'FROM') walk.stages.push(stageOf(instruction, walk));
    const stage = walk.stages.at(-1);
    if (stage === undefined) continue;
    if (instruction.keyword === 'WORKDIR') enter(instruction, stage, walk);
    else if (/^(COPY|ADD)$/.test(instruction.keyword)) readCopy(instruction, stage, walk);
    else if (/^(RUN|CMD|ENTRYPOINT|HEALTHCHECK)$/.test(instruction.keyword)) readCommand(instruction, stage, walk);
    else if (/^(ENV|ARG|VOLUME)$/.test(instruction.keyword)) readValues(instruction, stage, walk);
  }
  return walk;
}

/** A stage goes on from another one, or from an image whose folder of work is not known here. */
function stageOf(instruction: Instruction, { stages, mirrors }: Walk): Stage {
  const [image, as, name] = wordsOf(instruction)
    .map(({ text }) => text)
    .filter((word) => !word.startsWith('--'));
  const base = stages.find((one) => one.name === image?.toLowerCase());
  const stage: Stage = {
    name: as?.toLowerCase() === 'as' && name !== undefined ? name.toLowerCase() : String(stages.length),
    folder: base?.folder ?? { before: '{folder of the image}', after: '{folder of the image}' },
    copied: [...(base?.copied ?? [])],
  };
  mirrors.set(stage, [...((base && mirrors.get(base)) ?? [])]);
  return stage;
}

function enter(instruction: Instruction, stage: Stage, walk: Walk): void {
  const [word] = wordsOf(instruction);
  const path = word === undefined ? undefined : imagePath(stage.folder.before, word.text);
  if (word === undefined || path === undefined) {
    stage.folder = { before: '{another folder}', after: '{another folder}' };
    return;
  }
  const named = namedIn(stage, path, walk.world);
  const after = named?.kind === 'place' ? named.path : path;
  const place = { offset: word.offset, length: word.text.length };
  const text = imageWord(word.text, stage.folder.after, after);
  if (named?.kind === 'open') walk.found.push({ ...place, why: named.why });
  else if (text !== word.text) walk.found.push({ ...place, text });
  stage.folder = { before: path, after };
}

function readCommand(instruction: Instruction, stage: Stage, walk: Walk): void {
  const bound: Copied[] = [];
  for (const match of instruction.text.matchAll(/--mount=(\S+)/g)) {
    const options = new Map((match[1] ?? '').split(',').map((one) => [one.split('=')[0], one.split('=')[1]] as const));
    const target = imagePath(stage.folder.before, options.get('target') ?? options.get('dst') ?? '');
    const source = joined(walk.world.context.before, options.get('source') ?? options.get('src') ?? '.');
    if (options.get('type') !== 'bind' || options.has('from') || target === undefined) continue;
    bound.push({
      source: { before: source, after: walk.world.after(source) },
      place: { before: target, after: target },
    });
    readSource(match, { source, options }, { instruction, walk });
  }
  const seen = { ...stage, copied: [...stage.copied, ...bound] };
  for (const word of shellWords(instruction, stage.folder)) {
    const path = imagePath(word.folder.before, word.text);
    const named = path === undefined ? undefined : namedIn(seen, path, walk.world);
    if (named === undefined) continue;
    const place = { offset: word.offset, length: word.text.length };
    if (named.kind === 'open') {
      if (word.isPath) walk.found.push({ ...place, why: named.why });
      continue;
    }
    const text = imageWord(word.text, word.folder.after, named.path);
    if (word.enters !== undefined) word.enters({ before: path ?? '', after: named.path });
    if (text === word.text) continue;
    walk.found.push(
      word.isSure ? { ...place, text } : { ...place, why: `it may be what stands at ${text} after the move` },
    );
  }
}

type Mounted = { readonly source: string; readonly options: ReadonlyMap<string | undefined, string | undefined> };

function readSource(
  match: RegExpMatchArray,
  { source, options }: Mounted,
  { instruction, walk }: { readonly instruction: Instruction; readonly walk: Walk },
): void {
  const written = options.get('source') ?? options.get('src');
  const after = walk.world.after(source);
  if (written === undefined || after === source) return;
  const offset = instruction.offset + (match.index ?? 0) + match[0].search(/(?<=[=,](?:source|src)=)/);
  const way = relativeFrom(walk.world.context.after, after);
  walk.found.push({
    offset,
    length: written.length,
    ...(way.startsWith('../')
      ? { why: 'it goes out of the folder from which the image is built' }
      : { text: written.startsWith('./') ? way : way.replace(/^\.\//, '') }),
  });
}

/** Values that programs read as they please: those from the root of the image are paths of it, others may be anything. */
function readValues(instruction: Instruction, stage: Stage, walk: Walk): void {
  for (const word of shellWords(instruction, stage.folder)) {
    if (!word.isPath) continue;
    const path = imagePath(word.folder.before, word.text);
    const named = path === undefined ? undefined : namedIn(stage, path, walk.world);
    if (named === undefined) continue;
    const place = { offset: word.offset, length: word.text.length };
    const text = named.kind === 'open' ? undefined : imageWord(word.text, stage.folder.after, named.path);
    if (text === word.text) continue;
    if (text !== undefined && word.text.startsWith('/')) walk.found.push({ ...place, text });
    else
      walk.found.push({
        ...place,
        why: named.kind === 'open' ? named.why : `it may be what stands at ${text ?? ''} after the move`,
      });
  }
}
