/** Folders in which Node looks for node_modules, from one upwards; a folder named node_modules is passed over. Pure. */
export function moduleFolders(from: string): readonly string[] {
  const parts = from === '' ? [] : from.split('/');
  return Array.from({ length: parts.length + 1 }, (_, up) => parts.slice(0, parts.length - up).join('/')).filter(
    (folder) => !/(^|\/)node_modules$/.test(folder),
  );
}

/** Where a package lies for a folder. Pure. */
export function modulePlace(folder: string, name: string): string {
  return folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
}
