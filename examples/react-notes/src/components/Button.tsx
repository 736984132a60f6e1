import React from 'react';

interface ButtonProps extends React.ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'primary' | 'plain' | 'danger';
}

export const Button = React.forwardRef<HTMLButtonElement, ButtonProps>(({ kind, type, ...rest }, ref) => (
  <button ref={ref} type={type} className={`button button-${kind}`} {...rest} />
));

Button.displayName = 'Button';
Button.defaultProps = { kind: 'primary', type: 'button' };
