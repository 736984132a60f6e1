import { describe, expect, it } from 'vitest';
import { stateOfTree } from '../support/git-tree.ts';
import { document } from '../support/godwit.ts';
import { inTurn } from '../support/turn.ts';
import { planned, ran, type UpgradeTree, upgradeTree } from '../support/upgrade-tree.ts';

const style = {
  'package.json': JSON.stringify({
    name: 'style',
    private: true,
    scripts: { test: 'node --test' },
    devDependencies: { autoprefixer: '^10.4.20', postcss: '^8.4.49', tailwindcss: '^3.4.17' },
  }),
  'tailwind.config.js':
    "module.exports = { content: ['./src/**/*.html'], theme: { extend: { colors: { brand: '#123456' } } } };\n",
  'postcss.config.js': 'module.exports = { plugins: { tailwindcss: {}, autoprefixer: {} } };\n',
  'src/app.css':
    '@tailwind base;\n@tailwind components;\n@tailwind utilities;\n\n.button { @apply rounded shadow-sm; }\n',
  'src/index.html': '<div class="flex-shrink-0 shadow-sm bg-brand !p-4">shop</div>\n',
  'style.test.js': `const { test } = require('node:test');
const { readFileSync } = require('node:fs');
test('the stylesheet has what the page uses', async () => {
  const { plugins } = require('./postcss.config.js');
  const made = Object.entries(plugins).map(([name, options]) => require(name)(options));
  const css = await require('postcss')(made).process(readFileSync('src/app.css', 'utf8'), { from: 'src/app.css' });
  for (const part of ['.bg-brand', '.button', 'padding']) if (!css.css.includes(part)) throw new Error(part);
});
`,
};

const pages = {
  'package.json': JSON.stringify({
    name: 'pages',
    private: true,
    scripts: { types: 'tsc --noEmit' },
    dependencies: { next: '^14.2.0', react: '^18.3.0', 'react-dom': '^18.3.0' },
    devDependencies: { '@types/node': '^20.0.0', '@types/react': '^18.3.0', typescript: '^5.6.0' },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      noEmit: true,
      jsx: 'preserve',
      module: 'esnext',
      moduleResolution: 'bundler',
      skipLibCheck: true,
      lib: ['dom', 'esnext'],
    },
    include: ['app'],
  }),
  'app/page.tsx': `import { cookies } from 'next/headers';

export default function Page({ searchParams }: { searchParams: { sort: string } }) {
  const theme = cookies().get('theme');
  return <p className={theme?.value}>{searchParams.sort}</p>;
}
`,
};

describe('tools that the makers of a package publish', () => {
  it('are named, and not called, unless that is allowed', async () => {
    const tree = await upgradeTree({ files: style });
    try {
      const { plan } = document(await tree.run('plan', '--upgrade', 'tailwindcss@4', '--json'), planned);
      expect(plan.risks).toContainEqual(
        expect.objectContaining({ rule: 'recipe/published-tool', object: '@tailwindcss/upgrade' }),
      );
      expect(JSON.stringify(plan.phases)).not.toContain('code/tool');
    } finally {
      await tree.remove();
    }
  });

  const lives: readonly (readonly [string, Readonly<Record<string, string>>, string, (tree: UpgradeTree) => void])[] = [
    [
      'Tailwind 3 → 4: configuration becomes CSS',
      style,
      'tailwindcss@4',
      (tree) => {
        expect(tree.git('show', 'HEAD:src/app.css')).toContain('--color-brand: #123456');
        expect(tree.git('show', 'HEAD:src/index.html')).toContain('shadow-xs');
        expect(tree.git('show', 'HEAD:postcss.config.js')).toContain('@tailwindcss/postcss');
        expect(tree.git('ls-files')).not.toContain('tailwind.config.js');
      },
    ],
    [
      'Next 14 → 15: what became asynchronous is awaited',
      pages,
      'next@15',
      (tree) => expect(tree.git('show', 'HEAD:app/page.tsx')).toContain('await cookies()'),
    ],
  ];
  it.each(inTurn(lives, 2))('%s, the checks hold, and it is taken back', (_, files, wish, expectChanges) =>
    lifeOf(files, wish, expectChanges),
  );
});

async function lifeOf(
  files: Readonly<Record<string, string>>,
  wish: string,
  expectChanges: (tree: UpgradeTree) => void,
): Promise<void> {
  const tree = await upgradeTree({ files });
  try {
    const before = stateOfTree(tree);
    await tree.run('plan', '--upgrade', wish, '--allow-run', '--json');
    const applied = await tree.run('apply', '--json');
    expect(document(applied, ran).state, applied.stdout).toBe('done');
    expectChanges(tree);
    const back = document(await tree.run('rollback', '--json'), ran);
    expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
    expect(stateOfTree(tree)).toEqual(before);
  } finally {
    await tree.remove();
  }
}
