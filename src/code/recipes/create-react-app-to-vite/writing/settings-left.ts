import type { TreeUnresolved } from '../../../recipe.ts';
import type { SettingPlace } from '../reading/settings.ts';

/** What to do about variables of react-scripts that Vite has no reading for. */
const cures: Readonly<Record<string, string>> = {
  CHOKIDAR_USEPOLLING: 'Say `server.watch: { usePolling: true }`.',
  DISABLE_NEW_JSX_TRANSFORM: "Say `jsxRuntime: 'classic'` to @vitejs/plugin-react.",
  HTTPS: 'Say `server.https`, with a certificate, or take @vitejs/plugin-basic-ssl.',
  IMAGE_INLINE_SIZE_LIMIT: 'Write the number into `build.assetsInlineLimit`.',
  SSL_CRT_FILE: 'Say `server.https.cert`.',
  SSL_KEY_FILE: 'Say `server.https.key`.',
  WDS_SOCKET_HOST: 'Say `server.hmr.host`.',
  WDS_SOCKET_PATH: 'Say `server.hmr.path`.',
  WDS_SOCKET_PORT: 'Say `server.hmr.clientPort`.',
};

/** Settings that nothing reads any more, where they stand. */
export function settingsLeft(settings: readonly SettingPlace[]): readonly TreeUnresolved[] {
  return settings.flatMap(({ name, path, offset, isFalse }) => {
    const cure = Object.hasOwn(cures, name) ? cures[name] : undefined;
    if (cure === undefined || (isFalse && /^(HTTPS|CHOKIDAR_USEPOLLING)$/.test(name))) return [];
    return [
      {
        path,
        offset,
        length: offset === 0 ? 0 : name.length,
        message: `\`${name}\` is read by react-scripts, and not by Vite.`,
        cure,
      },
    ];
  });
}
