import React from 'react';

interface CardProps {
  /** What stands above. */
  title: React.ReactNode;
  sizes?: ('s' | 'm')[];
  at?: {
    x: number;
    move?(...args: unknown[]): unknown;
  };
}

export function Card({ title, sizes }: CardProps) {
  return <p data-sizes={sizes}>{title}</p>;
}

export class Typed extends React.Component<{ a: string }> {
  render() {
    return this.props.a;
  }
}
