import { createPortal } from 'react-dom';
import type { Container } from 'react-dom/client';

export const show = (at: Container) => createPortal(null, at);
