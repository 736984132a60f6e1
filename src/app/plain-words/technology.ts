/** Names that people have for what recipes call by another one. */
const others: Readonly<Record<string, string>> = {
  js: 'javascript',
  ts: 'typescript',
  cjs: 'commonjs',
  'common js': 'commonjs',
  'es modules': 'esm',
  'es module': 'esm',
  'ecmascript modules': 'esm',
  modules: 'esm',
  cra: 'create-react-app',
  'create react app': 'create-react-app',
  'react-scripts': 'create-react-app',
  'day.js': 'dayjs',
  'moment.js': 'moment',
  'mocha and chai': 'mocha',
  'native functions': 'native',
  'native javascript': 'native',
  'native code': 'native',
  'plain javascript': 'native',
};

/** A technology as recipes call it. Pure. */
export function technologyOf(said: string): string {
  const name = said.toLowerCase().replace(/^(?:the|a|an) /, '');
  return Object.hasOwn(others, name) ? (others[name] ?? name) : name.replaceAll(' ', '-');
}
