import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** Settings of hosts and older CI services that name Node in a line `name: value` or `name = "value"`. */
export const host: VersionPlace = {
  id: 'host',
  reads: 'Netlify, Azure Pipelines, AppVeyor, Render, Serverless, SAM, App Engine, Firebase, Vercel, Terraform',
  example: { path: 'netlify.toml', text: '[build.environment]\n  NODE_VERSION = "⟦18⟧"\n' },
  isIn: (path) =>
    /^(netlify\.toml|app\.ya?ml|firebase\.json|vercel\.json|[\w.-]+\.tf|azure-pipelines[\w.-]*\.ya?ml|\.?appveyor\.ya?ml|render\.ya?ml|serverless\.ya?ml|template\.ya?ml|wercker\.yml)$/.test(
      baseName(path),
    ),
  find: (text) =>
    [
      ...findAll(
        text,
        /^[ \t-]*["']?(?:NODE_VERSION|nodejs_version|nodeVersion|node_version)["']?[ \t]*[:=][ \t]*["']?([\d][\w.*-]*)/dgim,
      ),
      ...findAll(text, /\bruntime["']?[ \t]*[:=][ \t]*["']?nodejs(\d+(?:\.\d+)?)/dgi),
    ].sort((one, other) => one.offset - other.offset),
};
