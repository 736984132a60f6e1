import React, { useCallback, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useOutsideClick } from '../hooks/useOutsideClick';
import { Button } from './Button';

interface ModalProps {
  title: React.ReactText;
  onClose: () => void;
  children: React.ReactNode;
}

export const Modal: React.VoidFunctionComponent<ModalProps> = ({ title, onClose, children }) => {
  const dialog = useRef<HTMLDivElement>(null);
  useOutsideClick(dialog, useCallback(() => onClose(), [onClose]));
  return createPortal(
    <div role="dialog" aria-label={String(title)} ref={dialog}>
      <h2>{title}</h2>
      {children}
      <Button kind="plain" onClick={onClose}>
        Close
      </Button>
    </div>,
    document.body,
  );
};
