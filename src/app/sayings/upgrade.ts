import type { Saying } from '../saying.ts';

export const upgrade: Saying = {
  name: 'upgrade',
  summary: 'Packages, Node, Python or Django at another version',
  forms: [
    '(upgrade|update|bump|raise|move|migrate|go) [from] [the] {package} [from] [version] [{version:old}] (to|->) [version] {version}',
    '(upgrade|update|bump|move|migrate|go) to {package} [version] {version}',
    '(upgrade|update|bump|move|migrate|go) [to] {wish}',
    '(upgrade|update|bump) (everything|all|all packages|all dependencies|dependencies|the dependencies|my dependencies)',
  ],
  examples: [
    { says: 'upgrade react to 19', command: 'godwit plan --upgrade react@19' },
    { says: 'migrate to python 3.14', command: 'godwit plan --upgrade python@3.14' },
    { says: 'upgrade from express 4 to 5', command: 'godwit plan --upgrade express@5' },
    { says: 'update all dependencies', command: 'godwit plan --upgrade all' },
  ],
  means({ package: name, version, wish }) {
    if (wish !== undefined) return { args: ['plan', '--upgrade', wish] };
    if (name === undefined || version === undefined) return { args: ['plan', '--upgrade', 'all'] };
    const lower = name.toLowerCase();
    return {
      args: ['plan', '--upgrade', `${/^node(\.?js)?$/.test(lower) ? 'node' : lower}@${version.replace(/^v/i, '')}`],
    };
  },
};
