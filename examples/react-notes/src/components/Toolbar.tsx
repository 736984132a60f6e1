import React, { type ReactNodeArray } from 'react';

interface ToolbarProps {
  label: string;
  children: React.ReactNode;
}

export const Toolbar: React.FC<ToolbarProps> = ({ label, children }) => {
  const items: ReactNodeArray = React.Children.toArray(children);
  return (
    <div role="toolbar" aria-label={label}>
      {items.map((item, index) => (
        <span key={index} data-position={index + 1}>
          {item}
        </span>
      ))}
    </div>
  );
};
