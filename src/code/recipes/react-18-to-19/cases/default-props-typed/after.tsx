import React from 'react';

interface Props {
  tone?: 'plain' | 'loud';
  readonly rows?: number;
  label: string;
}

const defaults = { tone: 'plain' } as const;

export const Badge: React.FC<Props> = ({ tone = defaults.tone, label }) => <b data-tone={tone}>{label}</b>;

export function Table({ rows = 3, ...otherProps }: React.PropsWithChildren<Props>) {
  const props = { ...otherProps, rows };
  return <table data-rows={props.rows}>{props.children}</table>;
}

export class Old extends React.Component<Props> {
  static defaultProps = { rows: 3 };
}
