import type { CodeUse } from '../code-use.ts';
import type { Constant } from '../modules/constants.ts';
import { noFlow } from './flow.ts';

/** A use whose name stands in a constant: it is edited there only if every place that names the constant means the same. */
export function throughConstants(use: CodeUse, constants: readonly Pick<Constant, 'meetings'>[]): CodeUse {
  if (constants.length === 0 || use.doubt !== undefined || use.final.length === 0) return use;
  const { flow = { ...noFlow, name: '' } } = use;
  const meetings = [...flow.meetings, ...constants.flatMap((constant) => constant.meetings())];
  return { ...use, flow: { ...flow, meetings } };
}
