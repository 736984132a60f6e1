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
  means({ package: name, version, old, wish }) {
    if (wish !== undefined) return { args: ['plan', '--upgrade', wish] };
    if (name === undefined || version === undefined) return { args: ['plan', '--upgrade', 'all'] };
    const lower = name.toLowerCase();
    if (platforms.test(lower) || (old !== undefined && old !== '' && isOlder(version, old))) return undefined;
    return {
      args: ['plan', '--upgrade', `${/^node(\.?js)?$/.test(lower) ? 'node' : lower}@${version.replace(/^v/i, '')}`],
    };
  },
};

/** What is meant by these names is no package, though npm has one that is called so: that one is meant by `upgrade postgres@3`. */
const platforms =
  /^(?:postgres(?:ql)?|pg|mysql|mariadb|sqlite|redis|mongo(?:db)?|docker|kubernetes|java|ruby|php|go|golang|rust|linux|ubuntu|debian|alpine)$/;

/** True for a version below another, as far as both are written out. */
function isOlder(version: string, than: string): boolean {
  const [one = [], other = []] = [version, than].map((text) => text.replace(/^v/i, '').split('.').map(Number));
  const at = one.findIndex((part, place) => part !== (other[place] ?? part));
  return at !== -1 && (one[at] ?? 0) < (other[at] ?? 0);
}
