const { render, unmountComponentAtNode, createPortal } = require('react-dom');

export function flash(text) {
  const host = document.createElement('div');
  document.body.append(host, createPortal);
  render(<p>{text}</p>, host);
  render(<b>{text}</b>, host);
  setTimeout(2000);
  unmountComponentAtNode(host);
}
