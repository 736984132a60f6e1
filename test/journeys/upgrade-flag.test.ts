import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { stateOfTree } from '../support/git-tree.ts';
import { document, errorSchema } from '../support/godwit.ts';
import { planned, ran, upgradeTree } from '../support/upgrade-tree.ts';

const files = {
  'package.json': JSON.stringify({
    name: 'ids',
    private: true,
    scripts: { test: 'node --test' },
    dependencies: { uuid: '^8.3.2' },
  }),
  'src/ids.js': "const { v4 } = require('uuid');\nexports.id = () => v4();\n",
  'test/ids.test.js':
    "const { test } = require('node:test');\ntest('an id', () => { if (require('../src/ids.js').id().length !== 36) throw new Error('short'); });\n",
};

describe('an upgrade behind a flag', () => {
  it('has old and new side by side until somebody says that the new one is in use; then the flag goes', async () => {
    const tree = await upgradeTree({ files });
    try {
      const before = stateOfTree(tree);
      const { plan } = document(await tree.run('plan', '--upgrade', 'uuid@9', '--flag', 'uuid', '--json'), planned);
      expect(plan.phases.map(({ id }) => id)).toEqual([
        'prepare',
        'hop-1-uuid-9-flag',
        'gate-hop-1-uuid-9-flag',
        'hop-1-uuid-9',
        'gate-hop-1-uuid-9',
        'finish',
      ]);
      expect(document(await tree.run('apply', '--json'), ran)).toMatchObject({
        state: 'waiting',
        gate: { id: 'gate-hop-1-uuid-9-flag' },
      });
      const versionWith = (UUID_NEXT: string): string =>
        execFileSync(
          process.execPath,
          ['-p', "require('./src/uuid-flag.js') === require('uuid-next') ? 'new' : 'old'"],
          { cwd: tree.root, env: { ...process.env, UUID_NEXT }, encoding: 'utf8' },
        ).trim();
      expect([versionWith(''), versionWith('1')]).toEqual(['old', 'new']);
      expect((await tree.run('apply', '--json')).exit).toBe(3);

      const done = await tree.run('apply', '--confirm', 'gate-hop-1-uuid-9-flag', '--json');
      expect(document(done, ran).state, done.stdout).toBe('done');
      expect(tree.git('show', 'HEAD:src/ids.js')).toBe(files['src/ids.js']);
      expect(JSON.parse(tree.git('show', 'HEAD:package.json')).dependencies).toEqual({ uuid: '^9.0.1' });
      expect(tree.git('ls-files')).not.toContain('uuid-flag');

      const back = document(await tree.run('rollback', '--json'), ran);
      expect(back.restored).toEqual({ schema: true, data: true, exceptions: [] });
      expect(stateOfTree(tree)).toEqual(before);
    } finally {
      await tree.remove();
    }
  });

  it('is refused for what does not move', async () => {
    const tree = await upgradeTree({ files });
    try {
      const answer = await tree.run('plan', '--upgrade', 'uuid@9', '--flag', 'express', '--json');
      expect(document(answer, errorSchema).error.code).toBe('bad-input');
    } finally {
      await tree.remove();
    }
  });
});
