import { createPortal, type Container } from 'react-dom';

export const show = (at: Container) => createPortal(null, at);
