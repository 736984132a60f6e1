const { createRoot } = require('react-dom/client');
const { createPortal } = require('react-dom');

export function flash(text) {
  const host = document.createElement('div');
  document.body.append(host, createPortal);
  const root = createRoot(host);
  root.render(<p>{text}</p>);
  root.render(<b>{text}</b>);
  setTimeout(2000);
  root.unmount();
}
