/**
 * @param {HTMLElement | null} root
 * @param {string} text
 */
export function render(root, text) {
  if (root) root.textContent = text;
}
