import { baseName, findAll } from '../text/search-text.ts';
import type { Found, VersionPlace } from '../version-place.ts';

/** Settings of hosts and older CI services that name Node in a line `name: value` or `name = "value"`. */
export const host: VersionPlace = {
  id: 'host',
  reads:
    'Netlify, Azure Pipelines, AppVeyor, Render, Serverless, SAM, App Engine, Firebase, Vercel, Terraform, Fly, AWS CodeBuild, Amplify',
  example: {
    path: 'render.yaml',
    text: 'envVars:\n  - key: NODE_VERSION\n    value: ⟦18.19.0⟧\n  - { key: OTHER, value: 18.19.0 }\nx: { NODE_VERSION: "⟦18⟧" }\n',
  },
  isIn: (path) =>
    /^(netlify\.toml|app\.ya?ml|firebase\.json|vercel\.json|[\w.-]+\.tf|azure-pipelines[\w.-]*\.ya?ml|\.?appveyor\.ya?ml|render\.ya?ml|fly[\w.-]*\.toml|buildspec[\w.-]*\.ya?ml|amplify\.ya?ml|nixpacks\.toml|serverless\.ya?ml|template\.ya?ml|wercker\.yml)$/.test(
      baseName(path),
    ),
  find: (text) =>
    [
      ...findAll(
        text,
        /(?:^[ \t-]*|[{,][ \t]*)["']?(?:NIXPACKS_)?(?:NODE_VERSION|nodejs_version|nodeVersion|node_version)["']?[ \t]*[:=][ \t]*["']?((?![0-3]\.)\d[\w.*-]*)/dgim,
      ),
      ...inPairs(text),
      ...findAll(text, /\bruntime["']?[ \t]*[:=][ \t]*["']?nodejs(\d+)(?!\.?\d)/dgi),
      ...findAll(text, /\bruntime["']?[ \t]*[:=][ \t]*["']?nodejs(\d+\.\d+)/dgi).map((found) => ({
        ...found,
        stays: 'what the host calls a newer one is not known',
      })),
    ].sort((one, other) => one.offset - other.offset),
};

/** Settings that stand as a list of names and values. */
function inPairs(text: string): readonly Found[] {
  const name = '(?:key|name)["\']?[ \\t]*:[ \\t]*["\']?NODE_VERSION["\']?';
  const value = 'value["\']?[ \\t]*:[ \\t]*["\']?(v?\\d[\\w.*-]*)';
  const between = '[ \\t]*(?:,[ \\t]*|\\r?\\n[ \\t]+)["\']?';
  return findAll(text, new RegExp(`\\b${name}${between}${value}`, 'dg'));
}
