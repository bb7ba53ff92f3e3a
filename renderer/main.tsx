import './zod-setup';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import './theme/tokens.css';
import './theme/base.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { onControlsLocked } from './bridge';
import { askUnlock } from './care/lock-store';
import { ErrorBoundary } from './components/ErrorBoundary';
import { installErrorReporting } from './stores/notice-store';
import { connectPanelStore } from './stores/panel-store';
import { panelTheme, panelVariables } from './theme/theme';

function styleNonce(): string {
  return document.querySelector('meta[name="style-nonce"]')?.getAttribute('content') ?? '';
}

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no element "root"');

installErrorReporting();
connectPanelStore();
onControlsLocked(askUnlock);
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      defaultColorScheme="auto"
      theme={panelTheme}
      cssVariablesResolver={panelVariables}
      getStyleNonce={styleNonce}
    >
      <ErrorBoundary what="The window">
        <App />
      </ErrorBoundary>
    </MantineProvider>
  </StrictMode>,
);
