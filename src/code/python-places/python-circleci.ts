import { circleciValues } from '../ci-values/circleci-values.ts';
import type { PythonPlace } from '../python-place.ts';
import { circleci } from '../version-places/circleci.ts';

/** https://circleci.com/developer/orbs/orb/circleci/python */
const search = {
  orb: 'python',
  taker: '(?:\\bpython:|\\bpython-version["\']?[ \\t]*:[ \\t]*["\']?)',
  known: /^python[-_]?version$/i,
  version: /^3\.\d{1,2}(?:\.\d+)?$/,
};

/** Parameters of CircleCI's own orb for Python, and of a configuration of one's own that say a Python version. */
export const pythonCircleci: PythonPlace = {
  id: 'python-circleci',
  role: 'pin',
  reads: 'CircleCI',
  example: {
    path: '.circleci/config.yml',
    text: 'jobs:\n  a:\n    parameters: { tag: { type: string, default: "⟦3.9⟧" }, other: { default: "3.9" } }\n    docker: [{ image: "cimg/python:<< parameters.tag >>" }]\nworkflows:\n  w:\n    jobs:\n      - python/test: { version: "⟦3.9.1⟧" }\n      - a: { matrix: { parameters: { tag: ["⟦3.9⟧", "⟦3.10⟧"] } } }\n',
  },
  isIn: circleci.isIn,
  find: (text) => circleciValues(text, search),
};
