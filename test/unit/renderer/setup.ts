import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// Testing Library cleans up by itself only where `afterEach` is a global.
afterEach(cleanup);

// What never comes ends a test; a busy machine, where a second is soon over, does not.
configure({ asyncUtilTimeout: 30_000 });
