import { render } from '@testing-library/react';
import { act, Simulate } from 'react-dom/test-utils';

act(() => render());
Simulate.click(node);
