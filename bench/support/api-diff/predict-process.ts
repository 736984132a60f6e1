import { readdirSync } from 'node:fs';
import { predictBreaks } from '#code/api/predict-breaks';
import { registryOptions } from '#code/registry/registry-options';
import { requestSchema } from './prediction-result.ts';

/** A process of its own for each prediction, so that its time and memory are its own. */
const request = requestSchema.parse(JSON.parse(process.argv[2] ?? ''));
const files = readdirSync(request.root, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.includes('node_modules/') && /\.\w+$/.test(file));
const startMs = performance.now();
const { findings, facts, unknown } = await predictBreaks({
  root: request.root,
  files,
  configs: files.filter((file) => file === 'tsconfig.json'),
  upgrades: request.upgrades,
  registryOptions: await registryOptions({ root: request.root, env: process.env, yarnrc: undefined }),
  signal: AbortSignal.timeout(request.timeoutMs),
  nowMs: () => performance.now(),
  budgetMs: request.timeoutMs,
  compile: request.compile,
});
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const result = {
  findings,
  facts,
  unknown,
  seconds: (performance.now() - startMs) / 1000,
  cpuSeconds: (userCPUTime + systemCPUTime) / 1_000_000,
  megabytes: maxRSS / 1024,
};
console.log(JSON.stringify(result));
