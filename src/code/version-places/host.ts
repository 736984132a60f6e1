import { baseName, findAll } from '../text/search-text.ts';
import type { VersionPlace } from '../version-place.ts';

/** Settings of hosts and older CI services that name Node in a line `name: value` or `name = "value"`. */
export const host: VersionPlace = {
  id: 'host',
  reads:
    'Netlify, Azure Pipelines, AppVeyor, Render, Serverless, SAM, App Engine, Firebase, Vercel, Terraform, Fly, AWS CodeBuild, Amplify, Platform.sh, Visual Studio Code',
  example: {
    path: 'netlify.toml',
    text: '[build.environment]\n  NODE_VERSION = "⟦18⟧"\n[context.x]\n  environment = { OTHER = "18", NODE_VERSION = "⟦20⟧" }\n',
  },
  isIn: (path) =>
    /^(netlify\.toml|app\.ya?ml|firebase\.json|vercel\.json|[\w.-]+\.tf|azure-pipelines[\w.-]*\.ya?ml|\.?appveyor\.ya?ml|render\.ya?ml|fly[\w.-]*\.toml|buildspec[\w.-]*\.ya?ml|amplify\.ya?ml|nixpacks\.toml|\.platform\.app\.ya?ml|launch\.json|project\.toml|manifest[\w.-]*\.ya?ml|serverless\.ya?ml|template\.ya?ml|wercker\.yml)$/.test(
      baseName(path),
    ) || /(^|\/)\.(upsun|platform)\/.+\.ya?ml$/.test(path),
  find: (text) =>
    [
      ...findAll(
        text,
        /(?:^[ \t-]*|[{,][ \t]*)["']?(?:NIXPACKS_|BP_)?(?:NODE_VERSION|nodejs_version|nodeVersion|node_version)["']?[ \t]*[:=][ \t]*["']?((?![0-3]\.)\d[\w.*-]*)/dgim,
      ),
      ...findAll(text, /\bBP_NODE_VERSION["']?\s+value[ \t]*=[ \t]*["'](\d[\w.*-]*)/dg),
      ...findAll(
        text,
        /^runtime[ \t]*:[ \t]*nodejs[ \t]*\r?\n(?:[^\n]*\n)*?[ \t]+runtime_version[ \t]*:[ \t]*["']?(\d[\w.*-]*)/dgm,
      ),
      ...findAll(text, /\btype["']?[ \t]*:[ \t]*["']?nodejs:(\d[\d.]*)/dg),
      ...findAll(text, /["']runtimeVersion["'][ \t]*:[ \t]*["'](v?\d[\d.]*)/dg),
      ...findAll(text, /\bruntime["']?[ \t]*[:=][ \t]*["']?nodejs(\d+)(?!\.?\d)/dgi),
      ...findAll(text, /\bruntime["']?[ \t]*[:=][ \t]*["']?nodejs(\d+\.\d+)/dgi).map((found) => ({
        ...found,
        stays: 'what the host calls a newer one is not known',
      })),
    ].sort((one, other) => one.offset - other.offset),
};
