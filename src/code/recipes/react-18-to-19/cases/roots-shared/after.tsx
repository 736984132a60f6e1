import * as React from 'react';
import { createRoot } from 'react-dom/client';
import type { Container, Root } from 'react-dom/client';
import { Panel } from './panel';

const roots = new WeakMap<Container, Root>();

function rootOf(container: Container): Root {
  const root = roots.get(container) ?? createRoot(container);
  roots.set(container, root);
  return root;
}

function unmountAt(container: Container): void {
  roots.get(container)?.unmount();
  roots.delete(container);
}

const host = document.createElement('div');

export class Bridge {
  show(text: string) {
    rootOf(host).render(<Panel>{text}</Panel>);
  }

  hide() {
    unmountAt(host);
  }
}
