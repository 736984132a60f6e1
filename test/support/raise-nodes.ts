import { findVersions } from '#code/find-versions';
import { imageArguments } from '#code/image/image-variables';
import { applyFileEdits } from '#code/text/apply-file-edits';
import { placeAt } from '#code/text/place';
import { raisePlaces } from '#code/upgrade/runtime/raise-places';
import { nodeImageVariables } from '#code/version-places/image-variable';

const goal = { range: '24.x', floor: '24.0.0', version: '24.11.1' };

/** What an upgrade of Node to 24.11.1 makes of files, and where it names one that stays (`file:line`). */
export async function raiseNodes(files: Readonly<Record<string, string>>) {
  const told = imageArguments(new Map(Object.entries(files)), nodeImageVariables);
  const places = Object.entries(files).flatMap(([path, text]) =>
    findVersions(path, text, told).map(({ offset, ...found }) => ({
      ...found,
      place: placeAt(path, text, { offset, length: found.value.length }),
      in: '.',
    })),
  );
  const raised = await raisePlaces(places, goal, async (path) => files[path]);
  const edits = new Map(raised.files.map((file) => [file.path, file]));
  const after = Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      const file = edits.get(path);
      return [path, file === undefined ? text : applyFileEdits(file, text)];
    }),
  );
  const left = raised.findings.flatMap(({ rule, file, line }) =>
    rule === 'tree/node-place-left' ? [`${file}:${line}`] : [],
  );
  return { after, left, from: raised.from, rules: raised.findings.map(({ rule, line }) => `${rule}:${line}`) };
}
