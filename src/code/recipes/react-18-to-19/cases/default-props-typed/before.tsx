import React from 'react';

interface Props {
  tone: 'plain' | 'loud';
  readonly rows: number;
  label: string;
}

const defaults = { tone: 'plain' } as const;

export const Badge: React.FC<Props> = ({ tone, label }) => <b data-tone={tone}>{label}</b>;
Badge.defaultProps = defaults;

export function Table(props: React.PropsWithChildren<Props>) {
  return <table data-rows={props.rows}>{props.children}</table>;
}

Table.defaultProps = {
  rows: 3,
};

export class Old extends React.Component<Props> {
  static defaultProps = { rows: 3 };
}
