import { render } from '@testing-library/react';
import { act } from 'react';
import { Simulate } from 'react-dom/test-utils';

act(() => render());
Simulate.click(node);
