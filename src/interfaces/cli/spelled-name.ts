/** A command as it is typed: those of a group stand in a folder of the shelf, `recipe/run` is `recipe run`. */
export function spelledName(name: string): string {
  return name.replaceAll('/', ' ');
}
