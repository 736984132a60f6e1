export function render(root: HTMLElement | null, text: string) {
  if (root) root.textContent = text;
}
