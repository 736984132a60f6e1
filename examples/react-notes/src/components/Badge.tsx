import type { ReactChild } from 'react';

type Tone = 'neutral' | 'warning' | 'success';

interface BadgeProps {
  tone: Tone;
  title?: string;
  children: ReactChild;
}

export function Badge({ tone, title, children }: BadgeProps) {
  return (
    <span className={`badge badge-${tone}`} title={title}>
      {children}
    </span>
  );
}

Badge.defaultProps = {
  tone: 'neutral',
};
