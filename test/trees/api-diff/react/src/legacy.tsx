import * as React from 'react';
import { findDOMNode, hydrate, unmountComponentAtNode } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { renderToStaticMarkup } from 'react-dom/server';
import { act } from 'react-dom/test-utils';

export class Panel extends React.Component<{ title: string }, { open: boolean }> {
  static defaultProps = { title: 'none' };
  override state = { open: false };
  override componentDidMount(): void {
    console.log(findDOMNode(this), this.refs);
  }
  override render(): React.ReactNode {
    return <div ref={(node) => (this.node = node)}>{this.props.title}</div>;
  }
  private node: HTMLDivElement | null = null;
}

export const child: React.ReactChild = 'text';
export const text: React.ReactText = 1;
export const fragment: React.ReactFragment = [];
export const style: React.CSSProperties = { color: 'red' };
export const legacy: React.LegacyRef<HTMLDivElement> = 'x';
export const mutable: React.MutableRefObject<number> = { current: 1 };

export const factory = React.createFactory('div');
export const element = React.createElement('a', { href: '#' }, 'go');
export const cloned = React.cloneElement(element, { href: '/' });

declare global {
  namespace JSX {
    interface IntrinsicElements {
      'x-thing': { readonly size?: number };
    }
  }
}

export const custom = () => <x-thing size={1} />;

export function swap(node: HTMLElement): string {
  hydrate(<Panel title="a" />, node);
  unmountComponentAtNode(node);
  createRoot(node).render(<Panel title="b" />);
  act(() => undefined);
  return renderToStaticMarkup(<Panel title="c" />);
}
