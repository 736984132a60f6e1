import { readCodemodPackage } from '#code/codemod/codemod-package';
import { runPackageTests } from '#code/recipe-tests/package-tests';
import { readdirSync, existsSync } from 'node:fs';
const dirs = process.argv.slice(2);
let p = 0, f = 0;
for (const dir of dirs) {
  if (!existsSync(dir + '/codemod.yaml')) { console.log('no codemod.yaml', dir); continue; }
  const t = Date.now();
  try {
    const pack = await readCodemodPackage(dir);
    const r = await runPackageTests(pack, undefined, { grants: { files: false, run: false, network: false }, env: process.env, memoryMb: 1024, signal: new AbortController().signal });
    p += r.passed; f += r.failed;
    console.log(pack.manifest.name, r.passed, r.failed, (Date.now() - t) / 1000 + 's', r.notRun.join('|'));
    if (process.env.V) for (const c of r.cases.filter((c) => !c.ok)) console.log('   ', c.name, '\n', c.detail);
  } catch (e) { console.log(dir, 'ERR', e.message ?? e, e.explanation ? '' : e.stack); }
}
console.log('total', p, f);
