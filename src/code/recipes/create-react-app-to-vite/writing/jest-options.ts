import { isRecord } from '../../../text/read-data.ts';
import { within } from '../../../text/search-text.ts';
import type { CraApplication } from '../reading/cra-application.ts';

const modules = { '^.+\\.module\\.(css|sass|scss)$': 'identity-obj-proxy' };

/**
 * What react-scripts tells Jest, with what package.json says over it. Tests see the page at `http://localhost/`, as jsdom
 * in Jest has it.
 */
export function jestOptions(
  { fields, folder, files, manifest }: CraApplication,
  setupFiles: readonly string[],
): Readonly<Record<string, unknown>> {
  const setup = ['js', 'ts', 'jsx', 'tsx']
    .map((end) => `src/setupTests.${end}`)
    .find((name) => files.includes(within(folder, name)));
  const isCovered = Object.values(manifest.scripts).some((script) => /--coverage|--collectCoverage/.test(script));
  const hasModules = files.some((path) => /\.module\.(css|s[ac]ss)$/.test(path));
  const mapped = isRecord(fields.jest?.moduleNameMapper) ? fields.jest.moduleNameMapper : {};
  return {
    roots: ['<rootDir>/src'],
    ...(isCovered ? { collectCoverageFrom: ['src/**/*.{js,jsx,ts,tsx}', '!src/**/*.d.ts'] } : {}),
    ...(setupFiles.length === 0 ? {} : { setupFiles }),
    ...(setup === undefined ? {} : { setupFilesAfterEnv: [`<rootDir>/${setup}`] }),
    testEnvironment: 'jsdom',
    testEnvironmentOptions: { url: 'http://localhost/' },
    resetMocks: true,
    ...fields.jest,
    ...(hasModules ? { moduleNameMapper: { ...modules, ...mapped } } : {}),
  };
}
